package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.CommandRun.Place;
import com.waickoff.marketdata.journal.CycleContent;
import com.waickoff.marketdata.journal.JournalConsumer;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalInventory;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.segment.SegmentWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What looks after a journal, on that of the sample recording. */
class JournalToolsTest {
    @TempDir
    Path directory;

    @BeforeEach
    void writeAJournal() {
        CommandRun run = Place.in(directory).run("replay", "--recording",
                CommandRun.sampleRecording().toString(), "--venue", "bybit-linear",
                "--instruments", CommandRun.sampleInstruments().toString(), "--journal-to",
                "journal", "--quiet");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void shouldListFilesAndWhoNeedsThem() throws IOException {
        register(100);

        CommandRun run = journal("list", "journal", "--sizes");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("tape +received +for +sequence +events +used\n"
                        + "20260105F +01-05 14:00:00 +21 min 59 s +1 +15 k .* open\n")
                .containsPattern("events +34,019, sequence 1 to 34,019\n")
                .containsPattern("checkpoint +at 34,019\n")
                .containsPattern("consumer +drain is done with 100, 33,919 behind\n")
                .containsPattern("bybit-linear:BTCUSDT +5,916 +67\\.[0-9] +9,858 +19\\.[0-9] ");
        assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void shouldListAsJson() {
        CommandRun run = journal("list", "journal", "--json");

        assertThat(run.outLines()).singleElement().asString()
                .contains("\"next_sequence\":34020,").contains("\"checkpoint_sequence\":34019")
                .contains("{\"queue\":\"depth\",\"file\":\"20260105-14F.cq4\",\"state\":\"open\"")
                .contains("{\"instrument\":\"bybit-linear:BTCUSDT\",\"trades\":5916,");
    }

    @Test
    void shouldDumpWhatIsAskedFor() {
        CommandRun all = journal("dump", "journal", "--limit", "0");
        CommandRun some = journal("dump", "journal", "--from", "2026-01-05T14:10:00Z", "--to",
                "2026-01-05T14:11:00Z", "--instrument", "bybit-linear:ETHUSDT", "--kind", "trade",
                "--limit", "0", "--json");
        CommandRun first = journal("dump", "journal", "--limit", "3");
        CommandRun none = journal("dump", "journal", "--kind", "depth-paused");

        assertThat(all.outLines()).hasSize(34_019 + 1);
        assertThat(some.exitCode()).isZero();
        assertThat(some.outLines()).hasSizeGreaterThan(10)
                .allMatch(line -> line.contains("\"kind\":\"trade\"")
                        && line.contains("\"instrument\":\"bybit-linear:ETHUSDT\""));
        assertThat(first.outLines()).containsExactly("received on 2026-01-05, UTC",
                "          1 14:00:00.000000 instrument bybit-linear:BTCUSDT tick 0.1, lot 0.001",
                "          2 14:00:00.000000 instrument bybit-linear:ETHUSDT tick 0.01, lot 0.01",
                "          3 14:00:00.029780 feed-up    bybit-linear:BTCUSDT connection 1",
                "more: --sequence 4 goes on, --limit 0 shows all");
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.out()).isEmpty();
    }

    @Test
    void shouldDumpFromASequenceWhatFollowsIt() {
        List<String> all = new ArrayList<>(journal("dump", "journal", "--limit", "0", "--json")
                .outLines());

        CommandRun run = journal("dump", "journal", "--sequence", "20001", "--limit", "5",
                "--json");

        assertThat(run.outLines()).isEqualTo(all.subList(20_000, 20_005));
        assertThat(run.err()).contains("--sequence 20006 goes on");
    }

    @Test
    void shouldPruneNothingThatIsNeeded() throws IOException {
        CommandRun newest = journal("prune", "journal", "--before", "2030-01-01T00:00:00Z",
                "--yes");
        register(17);
        CommandRun needed = journal("prune", "journal", "--keep-bytes", "0", "--yes");
        Files.writeString(directory.resolve("journal/consumers/other.cursor"), "no idea");
        CommandRun unknown = journal("prune", "journal", "--keep-bytes", "0", "--yes");
        Files.delete(directory.resolve("journal/consumers/other.cursor"));
        deleteCheckpoints();
        CommandRun noCheckpoint = journal("prune", "journal", "--keep-bytes", "0", "--yes");

        assertThat(newest.exitCode()).as(newest.err()).isZero();
        assertThat(newest.out()).contains("nothing may go");
        assertThat(needed.exitCode()).isEqualTo(1);
        assertThat(needed.out()).contains("from sequence 18, by the consumer drain");
        assertThat(unknown.exitCode()).isEqualTo(65);
        assertThat(unknown.err()).contains("other.cursor: is damaged");
        assertThat(noCheckpoint.exitCode()).isEqualTo(65);
        assertThat(noCheckpoint.err()).contains("no checkpoint that verifies");
        assertThat(journal("verify", "journal").exitCode()).isZero();
    }

    @Test
    void shouldMissTheEndThatTheCheckpointHasSeen() throws IOException {
        JournalDirectory cut = JournalDirectory.open(directory.resolve("journal"));
        for (CycleContent file : JournalInventory.of(cut, (done, total, events) -> {})
                .cycles()) {
            if (file.state() == CycleContent.State.OPEN) {
                Path path = cut.path().resolve(file.queue().directoryName())
                        .resolve(file.fileName());
                try (RandomAccessFile access = new RandomAccessFile(path.toFile(), "rw")) {
                    access.setLength(file.usedBytes() - 20_000);
                }
            }
        }

        CommandRun run = journal("verify", "journal", "--quiet");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("the newest checkpoint has seen 34019");
    }

    @Test
    void shouldLookAfterWhatIsSealedAsWell() throws IOException {
        CommandRun replay = Place.in(directory).run("replay", "--recording",
                CommandRun.sampleRecording().toString(), "--venue", "bybit-linear",
                "--instruments", CommandRun.sampleInstruments().toString(), "--set",
                "journal.tape-cycle=five-minutes", "--set", "journal.depth-cycle=five-minutes",
                "--journal-to", "sealed", "--quiet");
        assertThat(replay.exitCode()).as(replay.err()).isZero();
        CommandRun before = journal("dump", "sealed", "--limit", "0", "--json");
        JournalDirectory sealed = JournalDirectory.open(directory.resolve("sealed"));
        Path segment = directory;
        for (JournalQueue queue : JournalQueue.values()) {
            List<String> files = sealed.cycleFileNames(queue);
            for (String file : files.subList(0, files.size() - 1)) {
                segment = SegmentWriter.seal(sealed, queue, file).path();
                Files.delete(sealed.path().resolve(queue.directoryName()).resolve(file));
            }
        }

        assertThat(journal("dump", "sealed", "--limit", "0", "--json").out())
                .isEqualTo(before.out());
        CommandRun verified = journal("verify", "sealed", "--quiet");
        assertThat(verified.exitCode()).as(verified.out()).isZero();
        assertThat(verified.out()).containsPattern("tape +20260105-1400V\\.seg +[0-9,]+ ")
                .contains("events    34,019, sequence 1 to 34,019\n");
        assertThat(journal("list", "sealed").out()).contains("20260105-1400V.seg");
        assertThat(journal("list", "sealed", "--json").out()).contains("\"segments\":[{\"queue\"");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 1;
        Files.write(segment, bytes);
        CommandRun damaged = journal("verify", "sealed", "--quiet");
        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(damaged.out()).contains("1 damaged segments").contains("checksum");
    }

    @Test
    void shouldSealByHand() throws IOException {
        CommandRun replay = Place.in(directory).run("replay", "--recording",
                CommandRun.sampleRecording().toString(), "--venue", "bybit-linear",
                "--instruments", CommandRun.sampleInstruments().toString(), "--set",
                "journal.tape-cycle=five-minutes", "--set", "journal.depth-cycle=five-minutes",
                "--journal-to", "byhand", "--quiet");
        assertThat(replay.exitCode()).as(replay.err()).isZero();
        String before = journal("dump", "byhand", "--limit", "0", "--json").out();
        Path byHand = directory.resolve("byhand");
        JournalDirectory opened = JournalDirectory.open(byHand);
        List<String> files = opened.cycleFileNames(JournalQueue.TAPE);
        long second = opened.cycles(JournalQueue.TAPE).get(1).firstSequence();

        CommandRun dry = journal("seal", "byhand");
        assertThat(dry.exitCode()).as(dry.err()).isZero();
        assertThat(dry.out()).containsPattern("tape +" + files.getFirst()
                + " +1 to [0-9,]+ .* would be sealed and go").contains("--yes seals them");
        assertThat(opened.cycleFileNames(JournalQueue.TAPE)).isEqualTo(files);

        new JournalConsumer("slow", opened.journalId(), second).write(byHand);
        CommandRun needed = journal("seal", "byhand", "--yes", "--quiet");
        assertThat(needed.exitCode()).isEqualTo(1);
        assertThat(needed.out()).contains("stays: needed by the consumer slow")
                .containsPattern("sealed +2 files");
        assertThat(opened.cycleFileNames(JournalQueue.TAPE))
                .isEqualTo(files.subList(1, files.size()));
        CommandRun pruned = journal("prune", "byhand", "--keep-bytes", "0", "--yes", "--quiet");
        assertThat(pruned.out() + pruned.err()).contains("nothing may go");

        new JournalConsumer("slow", opened.journalId(), 34_019).write(byHand);
        assertThat(journal("prune", "byhand", "--keep-bytes", "0", "--yes", "--quiet").err())
                .contains("is not sealed, but older files are");
        assertThat(journal("seal", "byhand", "--keep-files", "--yes", "--quiet").out())
                .contains("sealed, file stays");
        assertThat(journal("seal", "byhand", "--yes", "--quiet").exitCode()).isZero();
        assertThat(opened.cycleFileNames(JournalQueue.TAPE)).containsExactly(files.getLast());
        assertThat(journal("dump", "byhand", "--limit", "0", "--json").out()).isEqualTo(before);
        assertThat(journal("verify", "byhand", "--quiet").exitCode()).isZero();
    }

    @Test
    void shouldSalvageInAProcessOfItsOwn() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(
                directory.resolve("journal/tape/20260105F.cq4").toFile(), "rw")) {
            file.seek(400_000);
            file.write(new byte[1000]);
        }

        CommandRun run = journal("salvage", "journal", "--to", "saved", "--quiet");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.out())
                .containsPattern("tape +20260105F\\.cq4 +[0-9,]+ +[0-9,]+ .* [0-9]+ B\n")
                .containsPattern("saved +3[34],[0-9]+ events, sequence 1 to 34,019\n")
                .containsPattern("lost +[0-9]+ events in [0-9]+ holes, ");
        assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
        assertThat(Place.in(directory).run("replay", "--journal", "saved", "--quiet").exitCode())
                .isZero();
        assertThat(journal("salvage", "journal", "--to", "saved").exitCode()).isEqualTo(73);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            2  | list                                | missing DIR
            2  | dump journal --kind trades          | did you mean trade?
            2  | dump journal --limit -1             | --limit is -1, allowed is from 0
            2  | dump journal --sequence 0           | --sequence is 0, allowed is from 1
            2  | prune journal                       | missing required
            2  | prune journal --keep-bytes -1       | --keep-bytes is -1
            2  | prune journal --before yesterday    | 'yesterday' is no value for --before
            2  | salvage journal                     | missing
            66 | list absent                         | absent: no such directory
            66 | dump .                              | holds no journal
            66 | prune absent --keep-bytes 1         | absent: no such directory
            66 | salvage absent --to other           | absent: no such directory
            """)
    void shouldSayWhyItCannot(int exitCode, String commandLine, String complaint) {
        CommandRun run = journal(commandLine.strip().split(" +"));

        assertThat(run.err()).startsWith("waickoff: ").contains(complaint)
                .doesNotContain("Exception");
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
    }

    private void register(long sequence) throws IOException {
        Path journal = directory.resolve("journal");
        new JournalConsumer("drain", JournalDirectory.open(journal).journalId(), sequence)
                .write(journal);
    }

    private void deleteCheckpoints() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".ckp")).toList()) {
                Files.delete(file);
            }
        }
    }

    private CommandRun journal(String... args) {
        List<String> all = new ArrayList<>(List.of("journal"));
        all.addAll(List.of(args));
        return Place.in(directory).run(all.toArray(String[]::new));
    }
}
