package com.waickoff.marketdata.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.Engine;
import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.EngineWorld;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start says of events that are not there: lost, pruned, or left out on purpose. */
class JournalLossTest {
    private static final long T = Tape.MIDNIGHT_NS;
    private static final long CYCLE_NS = 300_000_000_000L;
    /** A little more than a start looks back at. */
    private static final int MANY = CycleCheck.REMEMBERED + 5_000;

    @TempDir
    private Path directory;
    private final List<String> notes = new ArrayList<>();
    private final CounterBlock recovery = CounterBlock.onHeap("recovery");

    @Test
    void shouldNotTakeWhatWasPrunedForLost() throws IOException {
        try (Tape.Writer writer = new Tape.Writer(KilledEngine.open(directory))) {
            writer.define(Tape.instrument(0, "BTCUSDT"), T);
            writer.levels(0, T, 5);
            for (int cycle = 0; cycle < 4; cycle++) {
                writer.trades(0, T + cycle * CYCLE_NS, 20);
            }
        }
        Files.delete(files(JournalQueue.TAPE).getFirst());

        try (Journal journal = KilledEngine.open(directory)) {
            assertThat(journal.recovery()).isEqualTo(new JournalRecovery(87, null));
        }
        assertThat(Tape.read(directory).sequences.getFirst()).isEqualTo(27);
    }

    @Test
    void shouldDeclareALossThatReachesFartherBackThanAStartLooks() throws IOException {
        try (Tape.Writer writer = new Tape.Writer(KilledEngine.open(directory))) {
            writer.define(Tape.instrument(0, "BTCUSDT"), T);
            writer.levels(0, T, 5);
            long timeNs = T + CYCLE_NS;
            writer.trades(0, timeNs, 2);
            for (int i = 0; i < MANY; i++) {
                writer.levels(0, timeNs, 1);
                if (i == MANY - 10) {
                    writer.trades(0, timeNs, 2);
                }
            }
        }
        Files.delete(files(JournalQueue.TAPE).getLast());

        long next = 1 + 1 + 5 + 2 + MANY + 2;
        SequenceRange loss = new SequenceRange(2, next - 1 - 9);
        try (Engine engine = live()) {
            assertThat(engine.recoveredSequence()).isGreaterThanOrEqualTo(next - 1);
        }
        assertThat(notes).anyMatch(note -> note.contains("lacks the events " + loss));
        assertThat(recovery.get(Counter.EVENTS_LOST)).isEqualTo(loss.count());
        assertThat(JournalDirectory.open(directory).losses()).containsExactly(loss);
        assertThat(Tape.read(directory).sequences).hasSizeGreaterThan(MANY);
    }

    /** The disk was full before the engine came to say so, and killed before it could. */
    @Test
    void shouldDeclareAPauseThatHasNoEventYet() throws IOException {
        LimitedDisk disk = new LimitedDisk(Long.MAX_VALUE);
        Journal full = Journal.open(directory, KilledEngine.CONFIG, () -> T, disk);
        try (Tape.Writer writer = new Tape.Writer(full)) {
            writer.define(Tape.instrument(0, "BTCUSDT"), T);
            writer.levels(0, T, 5);
            disk.freeBytes = 0;
            while (!writer.handler.isDepthPaused()) {
                writer.levels(0, T, 500);
            }
            writer.trades(0, T, 2);
        }

        try (Engine engine = live()) {
            assertThat(engine.recoveredSequence()).isPositive();
        }
        assertThat(Tape.read(directory).events.getLast().kind()).isEqualTo(EventKind.DEPTH_PAUSED);
        assertThat(recovery.get(Counter.EVENTS_LOST)).isZero();
        assertThat(JournalVerifier.verify(directory).problems()).isEmpty();
    }

    private Engine live() throws IOException {
        EngineConfig config = EngineConfig.defaults(directory.resolveSibling("data"))
                .withJournalDir(directory);
        Files.createDirectories(config.dataDir());
        return Engine.openLive(config, new EngineWorld(Run.ofThisProcess(T), true, () -> T,
                owner -> owner.equals("recovery") ? recovery : CounterBlock.onHeap(owner),
                () -> WindowListener.NONE, notes::add), KilledEngine.open(directory));
    }

    private List<Path> files(JournalQueue queue) {
        return JournalDirectory.open(directory).cyclePathsAfter(queue, null);
    }
}
