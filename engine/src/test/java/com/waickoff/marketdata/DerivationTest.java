package com.waickoff.marketdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.flow.FlowConfig;
import com.waickoff.marketdata.journal.CycleInfo;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.journal.JournalCycle;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.journal.SequenceRange;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SnapshotContent;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.Window;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is derived from a journal does not depend on who derives it, nor on how often it began anew. */
class DerivationTest {
    private static final long NOON_NS = 1_767_700_800_000_000_000L;
    private static final int INSTRUMENTS = 3;
    private static final int STEPS = 5_000;
    private static final long SEED = 815;
    private static final FlowConfig EASY = new FlowConfig(
            new FlowConfig.Rows(2_000, 1, 5, 2, 3), new FlowConfig.Windows(4, 1_200, 900),
            new FlowConfig.Orders(0, 20_000, 3), new FlowConfig.Speed(2, 5, 1_500, 3),
            new FlowConfig.Vpin(20_000, 5, 200_000));

    @TempDir
    private Path directory;

    private final List<String> notes = new ArrayList<>();

    @Test
    void shouldTellTheSameHoweverOftenItBeginsAnew() throws IOException {
        System.out.println("derivation: seed " + SEED);
        EngineConfig config = config("data");
        write(config, STEPS);
        Told whole = new Told(0);
        derive(config, "whole", whole);

        SplittableRandom random = new SplittableRandom(SEED);
        Told pieces = new Told(0);
        long handled = 0;
        int restarts = 0;
        for (boolean isAtTheEnd = false; !isAtTheEnd;) {
            try (Derivation derivation = open(config, "pieces", handled)) {
                restarts++;
                Told again = new Told(derivation.restoredSequence());
                for (int polls = random.nextInt(12); polls >= 0 && !isAtTheEnd; polls--) {
                    isAtTheEnd = derivation.poll(again, 1 + random.nextInt(1_000)) == 0;
                    if (random.nextInt(4) == 0 && derivation.isBetweenBatches()) {
                        derivation.checkpoint();
                    }
                }
                handled = derivation.handledSequence();
                pieces.append(again);
            }
        }

        assertThat(restarts).isGreaterThan(2);
        assertThat(pieces.lines).isEqualTo(whole.lines);
        for (String kind : List.of("trade", "closed", "revised", "signal", "SYNCED", "STALE",
                "REBUILDING", "coverage")) {
            assertThat(whole.lines).as(kind).anyMatch(line -> line.contains(' ' + kind + ' '));
        }
        assertThat(notes).isEmpty();
    }

    @Test
    void shouldRaiseTheSignalsOfTheEngine() throws IOException {
        EngineConfig config = config("data");
        List<String> raised = write(config, STEPS);
        Told told = new Told(0);

        derive(config, "derived", told);

        assertThat(told.lines.stream().filter(line -> line.contains(" signal ")))
                .containsExactlyElementsOf(raised);
    }

    @Test
    void shouldFollowAnEngineThatIsAlive() throws IOException {
        EngineConfig config = config("data");
        Told told = new Told(0);
        Told whole = new Told(0);
        try (Engine engine = open(config, new ArrayList<>())) {
            define(engine);
            engine.awaitHandled();
            try (Derivation derivation = open(config, "live", 0)) {
                SplittableRandom random = new SplittableRandom(SEED);
                for (int from = 0; from < STEPS; from += STEPS / 8) {
                    play(engine, random, from, from + STEPS / 8);
                    engine.awaitHandled();
                    while (derivation.handledSequence() < engine.nextSequence() - 1) {
                        assertThat(derivation.poll(told, 500)).isPositive();
                    }
                    assertThat(derivation.poll(told, 500)).isZero();
                }
            }
        }
        derive(config, "whole", whole);

        assertThat(told.lines).isEqualTo(whole.lines);
    }

    @Test
    void shouldGiveTheEngineACheckpointToGoOnFrom() throws IOException {
        EngineConfig config = config("data");
        write(config, STEPS);
        String before = SnapshotContent.hash(config.snapshotFile());
        long last;
        try (Derivation derivation = open(config, "derived", 0)) {
            while (derivation.poll(new Told(0), 4_096) > 0) {
                // On to the end.
            }
            last = derivation.handledSequence();
            derivation.checkpoint();
        }
        removeTheJournalBefore(config, last);

        try (Engine engine = open(config, new ArrayList<>())) {
            assertThat(engine.recoveredSequence()).isEqualTo(last);
        }

        assertThat(SnapshotContent.hash(config.snapshotFile())).isEqualTo(before);
        assertThat(notes).isEmpty();
    }

    @Test
    void shouldNotCheckpointWhatIsNotYetWhole() throws IOException {
        EngineConfig config = config("data");
        write(config, 100);
        List<Throwable> refused = new ArrayList<>();
        try (Derivation derivation = open(config, "derived", 0)) {
            derivation.poll(new DerivationListener() {
                @Override
                public void onHandled(MarketEvent event, long sequence) {
                    if (!event.has(EventFlags.LAST)) {
                        refused.add(catchThrowable(derivation::checkpoint));
                    }
                }
            }, 1_000);
        }
        assertThat(refused).isNotEmpty().doesNotContainNull();
    }

    @Test
    void shouldDeclareWhatWasRemovedBeforeItWasRead() throws IOException {
        EngineConfig config = config("data");
        write(config, STEPS);
        List<CycleInfo> tape = JournalDirectory.open(config.journalDir())
                .cycles(JournalQueue.TAPE);
        Told told = new Told(0);
        List<SequenceRange> missing = new ArrayList<>();
        try (Derivation derivation = open(config, "derived", 0)) {
            derivation.poll(told, 1_000);
            long from = derivation.handledSequence() + 1;
            removeTheJournalBefore(config, tape.get(tape.size() / 2).firstSequence());
            Told after = new Told(0) {
                @Override
                public void onMissing(SequenceRange events, String place) {
                    missing.add(events);
                    lines.clear();
                }
            };
            while (derivation.poll(after, 1_000) > 0) {
                // On to the end.
            }

            // Of the depth more is there than of the tape, so there may be levels in between.
            assertThat(missing).isNotEmpty();
            assertThat(missing.getFirst().first()).isGreaterThanOrEqualTo(from);
            for (int id = 0; id < INSTRUMENTS; id++) {
                String coverage = ' ' + Integer.toString(id) + " coverage ";
                assertThat(after.lines).anyMatch(line -> line.contains(coverage));
                assertThat(derivation.coverage(id).gaps()).isBetween(1L, 3L);
            }
        }
    }

    @Test
    void shouldRefuseADirectoryWithoutAJournal() {
        assertThatThrownBy(() -> open(config("nothing"), "derived", 0))
                .isInstanceOf(JournalException.class);
    }

    /** All that was told, a line each. */
    private static class Told implements DerivationListener {
        final List<String> lines = new ArrayList<>();
        private final long after;
        private long sequence;

        Told(long after) {
            this.after = after;
        }

        /** Takes over what was told by one that began earlier, or anew from a checkpoint. */
        void append(Told other) {
            lines.removeIf(
                    line -> Long.parseLong(line.substring(0, line.indexOf(' '))) > other.after);
            lines.addAll(other.lines);
        }

        private void add(int id, String text) {
            lines.add(sequence + " " + id + ' ' + text);
        }

        @Override
        public void onEvent(MarketEvent event, long newSequence) {
            sequence = newSequence;
            if (event.kind() == EventKind.TRADE) {
                add(event.instrumentId(), "trade " + event.id64());
            }
        }

        @Override
        public void onWindowClosed(int id, Window window, long cumulativeDelta) {
            add(id, "closed " + text(window, cumulativeDelta));
        }

        @Override
        public void onWindowRevised(int id, Window window, long cumulativeDelta) {
            add(id, "revised " + text(window, cumulativeDelta));
        }

        @Override
        public void onSignal(int id, Signal signal) {
            add(id, signalText(signal));
        }

        @Override
        public void onBookState(int id, BookState state, MarketEvent cause) {
            add(id, state + " at " + cause.updateId());
        }

        @Override
        public void onCoverage(int id) {
            add(id, "coverage changed");
        }

        private static String text(Window window, long cumulativeDelta) {
            return window.timeframe() + " " + window.startNs() + ' ' + window.flags() + ' '
                    + window.revision() + ' ' + window.bar().volume() + ' '
                    + window.bar().minDelta() + ' ' + window.rows().lowRow() + ' '
                    + window.rows().buyVolume(window.rows().lowRow()) + ' ' + cumulativeDelta;
        }
    }

    private static String signalText(Signal signal) {
        return "signal " + signal.sequence() + '-' + signal.ordinal() + ' '
                + signal.kind().label() + ' ' + signal.timeframe() + ' ' + signal.price() + ' '
                + signal.side() + ' ' + signal.revision() + ' ' + signal.input(0);
    }

    private void derive(EngineConfig config, String name, Told told) throws IOException {
        try (Derivation derivation = open(config, name, 0)) {
            while (derivation.poll(told, 4_096) > 0) {
                // On to the end.
            }
        }
    }

    private Derivation open(EngineConfig config, String name, long notBeyond)
            throws IOException {
        return Derivation.open(config, directory.resolve(name), notBeyond, notes::add);
    }

    /** Files of the tape that end before the sequence, and those of depth. */
    private static void removeTheJournalBefore(EngineConfig config, long sequence)
            throws IOException {
        JournalDirectory journal = JournalDirectory.open(config.journalDir());
        for (JournalQueue queue : JournalQueue.values()) {
            List<CycleInfo> cycles = journal.cycles(queue);
            for (int i = 0; i + 1 < cycles.size()
                    && cycles.get(i + 1).firstSequence() <= sequence; i++) {
                Files.delete(config.journalDir().resolve(queue.directoryName())
                        .resolve(cycles.get(i).fileName()));
            }
        }
    }

    private EngineConfig config(String name) {
        EngineConfig defaults = EngineConfig.defaults(directory.resolve(name));
        JournalConfig journal = new JournalConfig(JournalCycle.FIVE_MINUTES,
                JournalCycle.FIVE_MINUTES, JournalConfig.MIN_BLOCK_LENGTH);
        return new EngineConfig(defaults.dataDir(), defaults.journalDir(), 16,
                new RingConfig(1 << 14, Topology.INLINE, 1, RingConfig.Idle.SLEEPING), journal,
                defaults.windows(), defaults.depth(), defaults.coverage(), EASY,
                defaults.history(), defaults.instruments());
    }

    /** Writes a journal; returns the signals that the engine raised. */
    private List<String> write(EngineConfig config, int steps) throws IOException {
        List<String> signals = new ArrayList<>();
        try (Engine engine = open(config, signals)) {
            define(engine);
            play(engine, new SplittableRandom(SEED), 0, steps);
            engine.awaitHandled();
        }
        return signals;
    }

    private Engine open(EngineConfig config, List<String> signals) throws IOException {
        Files.createDirectories(config.dataDir());
        return Engine.open(config, new EngineWorld(Run.ofThisProcess(NOON_NS), true, () -> NOON_NS,
                CounterBlock::onHeap, () -> WindowListener.NONE,
                () -> (id, signal) -> signals.add(signal.sequence() + " " + id + ' '
                        + signalText(signal)),
                notes::add));
    }

    private static void define(Engine engine) {
        EventSink sink = engine.sink();
        for (int i = 0; i < INSTRUMENTS; i++) {
            Instrument instrument = engine.catalogue().define(Instrument.of(0, "bybit-linear",
                    "COIN" + i, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, "base", "base",
                    "quote", i == 0));
            sink.next().instrument(instrument.id(), NOON_NS);
            sink.commit();
            sink.next().feedUp(instrument.id(), NOON_NS, NOON_NS, 1);
            sink.commit();
        }
    }

    /** A step is 300 ms: trades in batches, a clock, a level; now and then late trades and a lost feed. */
    private static void play(Engine engine, SplittableRandom random, int from, int to) {
        EventSink sink = engine.sink();
        for (int i = from; i < to; i++) {
            long timeNs = NOON_NS + i * 300_000_000L;
            sink.next().clock(timeNs);
            sink.commit();
            int id = random.nextInt(INSTRUMENTS);
            boolean late = random.nextInt(60) == 0;
            boolean buy = random.nextInt(10) < (i / 900 % 2 == 0 ? 7 : 3);
            long price = 1_000 + Math.round(20 * Math.sin(i / 700.0)) + random.nextInt(6);
            int fills = 1 + random.nextInt(late ? 20 : 4);
            for (int fill = 0; fill < fills; fill++) {
                long matchNs = late ? Math.max(NOON_NS, timeNs - 40_000_000_000L * fill) : timeNs;
                sink.next().trade(id, matchNs, timeNs + 1, price + (buy ? fill / 3 : -fill / 3),
                        100L * (1 + random.nextInt(random.nextInt(50) == 0 ? 400 : 8)),
                        32L * i + fill, 7 + i, buy ? EventFlags.BUY : 0);
            }
            sink.commit();
            changeBook(sink, random, id, timeNs, i);
            if (random.nextInt(400) == 0) {
                sink.next().feedDown(id, timeNs + 2, 1, Reason.DISCONNECTED);
                sink.commit();
                sink.next().feedUp(id, timeNs + 3, timeNs + 3, 2);
                sink.commit();
            }
            if (random.nextInt(20) == 0) {
                sink.endOfRead();
            }
        }
        sink.endOfRead();
    }

    private static void changeBook(EventSink sink, SplittableRandom random, int id, long timeNs,
            int step) {
        boolean isBid = random.nextBoolean();
        sink.next().bookLevel(id, timeNs, timeNs + 1,
                isBid ? 999 - random.nextInt(30) : 1_001 + random.nextInt(30),
                random.nextInt(300), step, isBid ? EventFlags.BID : 0);
        sink.commit();
        if (random.nextInt(300) == 0) {
            boolean isRestart = random.nextBoolean();
            sink.next().bookReset(id, 0, timeNs + 1, step,
                    isRestart ? Reason.VENUE_RESTART : Reason.SEQUENCE_GAP);
            sink.commit();
        } else if (random.nextInt(100) == 0) {
            sink.next().bookReady(id, timeNs, timeNs + 1, step);
            sink.commit();
        }
    }
}
