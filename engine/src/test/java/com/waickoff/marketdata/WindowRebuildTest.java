package com.waickoff.marketdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalTail;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.replay.WindowRebuild;
import com.waickoff.marketdata.snapshot.BarsView;
import com.waickoff.marketdata.snapshot.RowsEncoder;
import com.waickoff.marketdata.snapshot.RowsView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import com.waickoff.marketdata.window.WindowConfig;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A window computed anew from the journal is the engine's, byte for byte. */
class WindowRebuildTest {
    private static final long MS = 1_000_000L;
    private static final long NOON_NS = 1_767_700_800_000_000_000L;
    private static final int TRADES = 6_000;
    private static final int REVISION_OFFSET = 12;
    private static final int FLAGS_OFFSET = 8;
    private static final List<Timeframe> CHECKED = List.of(Timeframe.M1, Timeframe.M5,
            Timeframe.M15, Timeframe.H1);

    @TempDir
    private Path directory;

    private record Trade(long id, long timeNs, long price, long quantity, int flags) {}

    /** Stretches are lost, and half of them fetched minutes later. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldBeTheSameAfterRepairsAndRevisions(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        EngineConfig config = config("repaired");
        try (Engine engine = open(config, true)) {
            Feed feed = new Feed(engine, true);
            List<List<Trade>> missing = new ArrayList<>();
            List<Trade> tape = tape(random);
            for (int at = 0; at < tape.size();) {
                int end = Math.min(tape.size(), at + 20 + random.nextInt(150));
                feed.deliver(tape.subList(at, end), 0);
                at = end;
                if (random.nextInt(3) == 0 && at + 40 < tape.size()) {
                    end = at + 1 + random.nextInt(30);
                    feed.gap(tape.get(at), tape.get(end - 1), tape.get(end).timeNs());
                    missing.add(tape.subList(at, end));
                    at = end;
                }
                if (!missing.isEmpty() && random.nextInt(4) == 0) {
                    feed.deliver(missing.removeFirst(), EventFlags.REPAIRED);
                }
            }
            feed.clockTo(feed.nowNs + 3_600_000 * MS);
        }
        for (Timeframe timeframe : CHECKED) {
            BarsView bars = bars(config, timeframe);
            RowsView rows = rows(config, timeframe);
            int revised = 0;
            for (int i = 0; i < bars.count(); i++) {
                Rebuilt rebuilt = rebuild(config, timeframe, bars.startMs(i));
                assertThat(bars.has(i, Window.UNORDERED)).isFalse();
                assertThat(rebuilt.bar).as(timeframe + " " + i).isEqualTo(bars.toBytes(i));
                assertThat(rebuilt.rows).isEqualTo(rows.toBytes(i));
                assertThat(rebuilt.cumulativeDelta).isEqualTo(bars.cumulativeDelta(i));
                revised += bars.revision(i) > 0 ? 1 : 0;
            }
            assertThat(rows.count()).isEqualTo(bars.count());
            assertThat(revised).isPositive();
        }
    }

    /** What comes in disorder, without a gap that would explain it, is as if it had not. */
    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void shouldPutADisorderedWindowIntoTheOrderOfItsTape(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Trade> tape = tape(random);
        EngineConfig ordered = config("ordered");
        try (Engine engine = open(ordered, true)) {
            Feed feed = new Feed(engine, true);
            feed.deliver(tape, 0);
            feed.clockTo(feed.nowNs + 3_600_000 * MS);
        }
        List<Trade> shuffled = new ArrayList<>(tape);
        for (int i = 0; i < 200; i++) {
            int at = random.nextInt(tape.size() - 20);
            Collections.swap(shuffled, at, at + random.nextInt(20));
        }
        EngineConfig disordered = config("disordered");
        try (Engine engine = open(disordered, true)) {
            Feed feed = new Feed(engine, true);
            feed.deliver(shuffled, 0);
            feed.clockTo(feed.nowNs + 3_600_000 * MS);
        }
        for (Timeframe timeframe : CHECKED) {
            BarsView expected = bars(ordered, timeframe);
            BarsView actual = bars(disordered, timeframe);
            int disorderedBars = 0;
            for (int i = 0; i < expected.count(); i++) {
                disorderedBars += actual.has(i, Window.UNORDERED) ? 1 : 0;
                byte[] rebuilt = rebuild(disordered, timeframe, expected.startMs(i)).bar;
                assertThat(rebuilt[FLAGS_OFFSET]).isEqualTo((byte) Window.CLOSED);
                Arrays.fill(rebuilt, REVISION_OFFSET, REVISION_OFFSET + Integer.BYTES, (byte) 0);
                assertThat(rebuilt).as(timeframe + " " + i).isEqualTo(expected.toBytes(i));
            }
            assertThat(disorderedBars).isPositive();
        }
    }

    private static List<Trade> tape(SplittableRandom random) {
        List<Trade> tape = new ArrayList<>();
        long timeNs = NOON_NS;
        long price = 10_000;
        for (int id = 1; id <= TRADES; id++) {
            timeNs += (1 + random.nextInt(2_400)) * MS;
            price += random.nextInt(-4, 5);
            tape.add(new Trade(id, timeNs, price, 100L * random.nextInt(1, 90),
                    (random.nextBoolean() ? EventFlags.BUY : 0)
                            | (random.nextInt(40) == 0 ? EventFlags.BLOCK : 0)));
        }
        return tape;
    }

    private record Rebuilt(byte[] bar, byte[] rows, long cumulativeDelta) {}

    /** Written to a file of its own as the engine would. */
    private Rebuilt rebuild(EngineConfig config, Timeframe timeframe, long startMs)
            throws IOException {
        InstrumentCatalogue catalogue = new InstrumentCatalogue(4);
        WindowRebuild rebuild;
        try (JournalTail tail = new JournalTail(JournalDirectory.open(config.journalDir()),
                catalogue)) {
            rebuild = WindowRebuild.of(tail, catalogue, "bybit-linear:COIN", timeframe,
                    startMs * MS, config.windows()).getFirst();
        }
        Window window = Objects.requireNonNull(rebuild.window());
        Path file = directory.resolve("rebuilt.bin");
        try (SnapshotWriter writer = SnapshotWriter.create(file, config.snapshot(),
                Run.ofThisProcess(NOON_NS));
                SnapshotReader live = SnapshotReader.open(
                        config.snapshotFile())) {
            var sections = writer.define(find(live).instrument());
            sections.bars(timeframe).begin();
            sections.bars(timeframe).put(window);
            sections.bars(timeframe).end(rebuild.cumulativeDelta(), 1);
            sections.rows(timeframe).write(window,
                    new RowsEncoder(config.windows().rowCapacity()), 1);
        }
        BarsView bars = new BarsView();
        RowsView rows = new RowsView();
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            assertThat(reader.read(find(reader), timeframe, bars)).isTrue();
            assertThat(reader.read(find(reader), timeframe, rows)).isTrue();
        }
        return new Rebuilt(bars.toBytes(0), rows.toBytes(0), bars.cumulativeDelta(0));
    }

    private static SnapshotEntry find(SnapshotReader reader) throws IOException {
        return Objects.requireNonNull(reader.find("bybit-linear:COIN"));
    }

    private static BarsView bars(EngineConfig config, Timeframe timeframe) throws IOException {
        BarsView view = new BarsView();
        try (SnapshotReader reader = SnapshotReader.open(config.snapshotFile())) {
            assertThat(reader.read(find(reader), timeframe, view)).isTrue();
        }
        assertThat(view.count()).isPositive();
        return view;
    }

    private static RowsView rows(EngineConfig config, Timeframe timeframe) throws IOException {
        RowsView view = new RowsView();
        try (SnapshotReader reader = SnapshotReader.open(config.snapshotFile())) {
            assertThat(reader.read(find(reader), timeframe, view)).isTrue();
        }
        return view;
    }

    private EngineConfig config(String name) {
        EngineConfig defaults = EngineConfig.defaults(directory.resolve(name));
        return new EngineConfig(defaults.dataDir(), defaults.journalDir(), 4, defaults.ring(),
                defaults.journal(), new WindowConfig(1, 512, 2_000, 6 * 3_600_000),
                defaults.depth(), defaults.coverage());
    }

    private static Engine open(EngineConfig config, boolean isJournaled) throws IOException {
        Files.createDirectories(config.dataDir());
        return Engine.open(config, new EngineWorld(Run.ofThisProcess(NOON_NS), isJournaled,
                () -> NOON_NS, CounterBlock::onHeap, () -> WindowListener.NONE, note -> {}));
    }

    /** Publishes trades as a feed does, with the clock going on as they are received. */
    private static final class Feed {
        private final Engine engine;
        private final EventSink sink;
        private final int id;
        private long nowNs = NOON_NS;

        Feed(Engine engine, boolean idsChain) {
            this.engine = engine;
            sink = engine.sink();
            Instrument instrument = engine.catalogue().define(Instrument.of(0, "bybit-linear",
                    "COIN", BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, "base", "base", "quote",
                    idsChain));
            id = instrument.id();
            sink.next().instrument(id, nowNs);
            sink.commit();
            sink.next().feedUp(id, nowNs, nowNs, 1);
            sink.commit();
        }

        void deliver(List<Trade> trades, int flags) {
            for (Trade trade : trades) {
                clockTo(trade.timeNs());
                sink.next().trade(id, trade.timeNs(), nowNs, trade.price(), trade.quantity(),
                        trade.id(), 0, trade.flags() | flags);
                sink.commit();
            }
            sink.endOfRead();
            engine.awaitHandled();
        }

        void gap(Trade first, Trade last, long matchNs) {
            sink.next().tradeGapByIds(id, matchNs, nowNs, first.id(), last.id(),
                    Reason.UNSPECIFIED);
            sink.commit();
        }

        void clockTo(long timeNs) {
            while (nowNs + 100 * MS <= timeNs) {
                nowNs = (nowNs / (100 * MS) + 1) * (100 * MS);
                sink.next().clock(nowNs);
                sink.commit();
                sink.endOfRead();
            }
            engine.awaitHandled();
        }
    }
}
