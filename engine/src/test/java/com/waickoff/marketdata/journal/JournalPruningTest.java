package com.waickoff.marketdata.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.journal.CycleContent.State;
import com.waickoff.marketdata.replay.JournalReplay;
import com.waickoff.marketdata.replay.Pacer;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.ErrorLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalPruningTest {
    private static final long T = Tape.MIDNIGHT_NS;
    private static final int EVENTS_A_DAY = 20 * 7;

    @TempDir
    private Path directory;

    @Test
    void shouldTellWhatIsThere() {
        write(2);

        JournalInventory inventory = inventory();
        JournalReport report = JournalVerifier.verify(directory);

        assertThat(inventory.events()).isEqualTo(report.eventCount());
        assertThat(inventory.nextSequence()).isEqualTo(report.last() + 1);
        assertThat(inventory.cycles()).extracting(CycleContent::documents)
                .containsExactlyElementsOf(
                        report.cycles().stream().map(CycleReport::documents).toList());
        assertThat(inventory.cycles()).extracting(CycleContent::state).containsExactly(
                State.CLOSED, State.OPEN, State.CLOSED, State.OPEN);
        InstrumentContent content = inventory.instruments().getFirst();
        assertThat(content.name()).isEqualTo("bybit-linear:BTCUSDT");
        assertThat(content.trades()).isEqualTo(2 * 20 * 2);
        assertThat(content.tradeBytes()).isEqualTo(2 * 20 * (4 + 48 + 2 * 48));
        assertThat(content.levelBytes()).isEqualTo(2 * 20 * (4 + 48 + 5 * 16));
    }

    @Test
    void shouldRemoveWholeDaysBeforeATime() throws IOException {
        write(4);

        JournalPruning pruning = JournalPruning.before(inventory(), Long.MAX_VALUE,
                T + 2 * Tape.DAY_NS);
        pruning.carryOut(directory);

        assertThat(pruning.removed()).extracting(CycleContent::fileName).containsExactly(
                "20261121F.cq4", "20261122F.cq4", "20261121-00F.cq4", "20261122-00F.cq4");
        assertThat(pruning.events()).isEqualTo(1 + 2 * EVENTS_A_DAY);
        assertThat(Tape.read(directory).sequences).hasSize(2 * EVENTS_A_DAY).first()
                .isEqualTo(pruning.cut());
        assertThat(JournalVerifier.verify(directory).isSound()).isTrue();
    }

    @Test
    void shouldRemoveNoMoreThanItTakesToKeepSoManyBytes() {
        write(4);
        JournalInventory inventory = inventory();
        long day = inventory.cycles(JournalQueue.TAPE).getFirst().usedBytes()
                + inventory.cycles(JournalQueue.DEPTH).getFirst().usedBytes();

        assertThat(JournalPruning.toBytes(inventory, Long.MAX_VALUE, inventory.usedBytes())
                .removed()).isEmpty();
        assertThat(JournalPruning.toBytes(inventory, Long.MAX_VALUE, inventory.usedBytes() - 1)
                .removed()).hasSize(2);
        assertThat(JournalPruning.toBytes(inventory, Long.MAX_VALUE,
                inventory.usedBytes() - day - 1).removed()).hasSize(4);
        // The newest files stay, whatever is asked for.
        assertThat(JournalPruning.toBytes(inventory, Long.MAX_VALUE, 0).removed()).hasSize(6);
    }

    @Test
    void shouldKeepWhatIsNeeded() {
        write(4);
        JournalInventory inventory = inventory();
        long third = inventory.cycles(JournalQueue.TAPE).get(2).firstSequence();

        assertThat(JournalPruning.toBytes(inventory, third, 0).cut()).isEqualTo(third);
        assertThat(JournalPruning.toBytes(inventory, third - 1, 0).cut())
                .isEqualTo(inventory.cycles(JournalQueue.TAPE).get(1).firstSequence());
        assertThat(JournalPruning.toBytes(inventory, 1, 0).removed()).isEmpty();
        assertThat(JournalPruning.before(inventory, 1, Long.MAX_VALUE).removed()).isEmpty();
    }

    @Test
    void shouldRemoveLevelsAndKeepTheTape() throws IOException {
        write(4);
        JournalDirectory journal = JournalDirectory.open(directory);
        List<CycleInfo> depth = journal.cycles(JournalQueue.DEPTH);

        DepthPruning pruning = DepthPruning.toBytes(journal, Long.MAX_VALUE,
                2 * depth.getFirst().lengthBytes());
        pruning.carryOut(journal);

        assertThat(pruning.removed()).isEqualTo(depth.subList(0, 2));
        assertThat(pruning.depthFrom()).isEqualTo(depth.get(2).firstSequence())
                .isEqualTo(journal.depthFrom());
        JournalReport report = JournalVerifier.verify(directory);
        assertThat(report.problems()).isEmpty();
        assertThat(report.leftOut()).isEqualTo(2 * 20 * 5);
        Tape.Notes notes = Tape.read(directory);
        assertThat(notes.events.stream().filter(event -> event.kind() == EventKind.TRADE))
                .hasSize(4 * 20 * 2);
        assertThat(notes.events.stream().filter(event -> event.kind() == EventKind.BOOK_LEVEL))
                .hasSize(2 * 20 * 5);
        assertThat(DepthPruning.toBytes(journal, Long.MAX_VALUE, 0).removed()).hasSize(1);
        assertThat(DepthPruning.toBytes(journal, 1, 0).removed()).isEmpty();
    }

    @Test
    void shouldKeepLevelsWithinTheirShare() throws IOException {
        write(4);
        List<CycleInfo> depth = JournalDirectory.open(directory).cycles(JournalQueue.DEPTH);
        CounterBlock counters = CounterBlock.onHeap("disk");
        ErrorLog errors = ErrorLog.onHeap(() -> 0);
        DepthCap cap = new DepthCap(directory, 2 * depth.getFirst().lengthBytes(), counters,
                errors);
        long journalId = JournalDirectory.open(directory).journalId();

        new JournalConsumer("lagging", journalId, depth.get(1).firstSequence() - 1)
                .write(directory);
        cap.enforce();
        assertThat(JournalDirectory.open(directory).cycles(JournalQueue.DEPTH)).as("still needed")
                .isEqualTo(depth.subList(1, 4));

        new JournalConsumer("lagging", journalId, depth.get(3).firstSequence() - 1)
                .write(directory);
        cap.enforce();
        cap.enforce();
        assertThat(JournalDirectory.open(directory).cycles(JournalQueue.DEPTH))
                .isEqualTo(depth.subList(2, 4));
        assertThat(counters.get(Counter.DEPTH_FILES_REMOVED)).isEqualTo(2);
        assertThat(errors.read()).isEmpty();
        assertThat(JournalVerifier.verify(directory).problems()).isEmpty();
    }

    @Test
    void shouldKeepAllLevelsWhereItIsNotKnownWhoNeedsThem() throws IOException {
        write(4);
        List<CycleInfo> depth = JournalDirectory.open(directory).cycles(JournalQueue.DEPTH);
        Files.createDirectories(directory.resolve("consumers"));
        Files.writeString(directory.resolve("consumers/torn.cursor"), "waickoff-cur");
        ErrorLog errors = ErrorLog.onHeap(() -> 0);

        new DepthCap(directory, 1, CounterBlock.onHeap("disk"), errors).enforce();

        assertThat(JournalDirectory.open(directory).cycles(JournalQueue.DEPTH)).isEqualTo(depth);
        assertThat(errors.read()).singleElement()
                .satisfies(error -> assertThat(error.detail()).contains("torn.cursor"));
    }

    @Test
    void shouldStillMissLevelsThatNobodyRemovedOnPurpose() throws IOException {
        write(4);
        JournalDirectory journal = JournalDirectory.open(directory);
        List<CycleInfo> depth = journal.cycles(JournalQueue.DEPTH);
        DepthPruning.toBytes(journal, Long.MAX_VALUE, 3 * depth.getFirst().lengthBytes())
                .carryOut(journal);
        Files.delete(directory.resolve("depth").resolve(depth.get(1).fileName()));

        assertThatThrownBy(() -> Tape.read(directory)).isInstanceOf(JournalException.class)
                .hasMessageContaining("are missing");
        // From where levels should be on, there is a hole before each frame of the day.
        assertThat(JournalVerifier.verify(directory).missing()).hasSize(20);
    }

    @Test
    void shouldTellAReplayWhereLevelsWereRemoved() throws IOException {
        write(3);
        JournalDirectory journal = JournalDirectory.open(directory);
        DepthPruning pruning = DepthPruning.toBytes(journal, Long.MAX_VALUE, 0);
        pruning.carryOut(journal);
        Tape.Notes notes = new Tape.Notes();
        InstrumentCatalogue catalogue = new InstrumentCatalogue(4);

        try (JournalTail tail = new JournalTail(journal, catalogue)) {
            new JournalReplay(catalogue, notes, Pacer.NONE, 0, Long.MAX_VALUE).run(tail,
                    () -> true);
        }

        List<Byte> kinds = notes.events.stream().map(MarketEvent::kind).toList();
        int resumed = kinds.indexOf(EventKind.DEPTH_RESUMED);
        assertThat(kinds.indexOf(EventKind.DEPTH_PAUSED)).isEqualTo(1);
        assertThat(kinds.lastIndexOf(EventKind.DEPTH_PAUSED)).isEqualTo(1);
        assertThat(kinds.subList(0, resumed)).doesNotContain(EventKind.BOOK_LEVEL);
        assertThat(notes.sequences.get(resumed)).isGreaterThanOrEqualTo(pruning.depthFrom());
        assertThat(kinds.get(resumed + 1)).isEqualTo(EventKind.BOOK_LEVEL);
    }

    @Test
    void shouldNotDisturbTheEngineThatAppends() throws IOException {
        write(3);
        long next;
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            JournalPruning.toBytes(inventory(), Long.MAX_VALUE, 0).carryOut(directory);
            writer.trades(0, T + 2 * Tape.DAY_NS + 100, 2);
            writer.levels(0, T + 3 * Tape.DAY_NS, 5);
            next = writer.handler.nextSequence();
        }
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            assertThat(((Journal) writer.journal).recovery().loss()).isNull();
            assertThat(writer.handler.nextSequence()).isEqualTo(next);
            writer.trades(0, T + 4 * Tape.DAY_NS, 2);
        }

        assertThat(JournalVerifier.verify(directory).isSound()).isTrue();
        assertThat(Tape.read(directory).sequences).last().isEqualTo(next + 1);
    }

    @Test
    void shouldSeeWhereReadingMayBeginForATime() {
        write(4);
        JournalDirectory journal = JournalDirectory.open(directory);
        List<CycleContent> tape = inventory().cycles(JournalQueue.TAPE);

        assertThat(journal.sequenceBefore(0)).isZero();
        assertThat(journal.sequenceBefore(T)).isZero();
        assertThat(journal.sequenceBefore(T + Tape.DAY_NS + 1))
                .isGreaterThanOrEqualTo(tape.get(1).firstSequence())
                .isLessThan(tape.get(2).firstSequence());
        assertThat(journal.sequenceBefore(Long.MAX_VALUE))
                .isGreaterThanOrEqualTo(tape.getLast().firstSequence());
    }

    @Test
    void shouldSeeFilesThatAreCutOff() throws IOException {
        write(2);
        Path file = directory.resolve("tape/20261121F.cq4");
        byte[] bytes = Files.readAllBytes(file);
        int used = (int) inventory().cycles().getFirst().usedBytes();
        Arrays.fill(bytes, used, bytes.length, (byte) 0);
        Files.write(file, bytes);

        assertThat(inventory().cycles().getFirst().state()).isEqualTo(State.CUT);
    }

    @Test
    void shouldKnowItsConsumers() throws IOException {
        write(1);
        long id = JournalDirectory.open(directory).journalId();

        assertThat(JournalConsumer.all(directory)).isEmpty();
        new JournalConsumer("redis", id, 0).write(directory);
        new JournalConsumer("mongo", id, 17).write(directory);
        new JournalConsumer("mongo", id, 1234).write(directory);

        assertThat(JournalConsumer.all(directory)).containsExactly(
                new JournalConsumer("mongo", id, 1234), new JournalConsumer("redis", id, 0));
        assertThat(Files.readString(directory.resolve("consumers/mongo.cursor")))
                .matches("waickoff-cursor 1 " + id + " 1234 [0-9a-f]{8}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "waickoff-cursor 1 5 9 00000000\n", "waickoff-cursor 1 5 9\n",
            "something else\n"})
    void shouldNotGuessHowFarAConsumerIs(String content) throws IOException {
        Files.createDirectories(directory.resolve("consumers"));
        Files.writeString(directory.resolve("consumers/mongo.cursor"), content);

        assertThatThrownBy(() -> JournalConsumer.all(directory))
                .isInstanceOf(JournalException.class).hasMessageContaining("is damaged");
    }

    private JournalInventory inventory() {
        return JournalInventory.of(JournalDirectory.open(directory), (done, total, events) -> {});
    }

    /** Days of twenty frames of two trades and twenty updates of five levels each. */
    private void write(int days) {
        try (Tape.Writer writer = new Tape.Writer(directory)) {
            writer.define(Tape.instrument(0, "BTCUSDT"), T);
            for (int day = 0; day < days; day++) {
                for (int i = 0; i < 20; i++) {
                    writer.trades(0, T + day * Tape.DAY_NS + i, 2);
                    writer.levels(0, T + day * Tape.DAY_NS + i, 5);
                }
            }
        }
    }
}
