package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.CommandRun.Place;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalVerifyCommandTest {
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
    void shouldFindAWholeJournalSound() {
        CommandRun run = Place.in(directory).run("journal", "verify", "journal");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern("queue +file +documents +events +sequence +used +state")
                .containsPattern("tape +20260105F\\.cq4 +[0-9,]+ +[0-9,]+ +1 to [0-9,]+ .* open")
                .containsPattern("depth +20260105-14F\\.cq4 ")
                .containsPattern("events +[0-9,]+, sequence 1 to [0-9,]+\n")
                .containsPattern("verdict +sound\n");
        assertThat(run.outLines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void shouldSayWhereAJournalIsDamaged() throws IOException {
        Path file = only("journal/tape");
        flip(file, 200_000);

        CommandRun run = Place.in(directory).run("journal", "verify", "journal");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("NOT SOUND").contains("events missing")
                .contains(file.getFileName().toString());
        assertThat(run.err()).doesNotContain("Exception");
    }

    @Test
    void shouldSayThatThereIsNoJournal() throws IOException {
        Files.createDirectories(directory.resolve("empty"));

        CommandRun absent = Place.in(directory).run("journal", "verify", "absent");
        CommandRun empty = Place.in(directory).run("journal", "verify", "empty");

        assertThat(absent.exitCode()).isEqualTo(66);
        assertThat(absent.err()).contains("absent: no such directory");
        assertThat(empty.exitCode()).isEqualTo(66);
        assertThat(empty.err()).contains("empty: holds no journal");
    }

    @Test
    void shouldRefuseAJournalOfANewerProgram() throws IOException {
        flip(directory.resolve("journal/journal.meta"), 9);

        CommandRun verify = Place.in(directory).run("journal", "verify", "journal");
        CommandRun replay = Place.in(directory).run("replay", "--journal", "journal");

        assertThat(verify.exitCode()).isEqualTo(65);
        assertThat(verify.err()).contains("format version");
        assertThat(replay.exitCode()).isEqualTo(65);
        assertThat(replay.err()).contains("format version");
    }

    @Test
    void shouldWarnOfADamagedJournalThatIsReplayed() throws IOException {
        flip(only("journal/tape"), 200_000);

        CommandRun run = Place.in(directory).run("replay", "--journal", "journal");

        assertThat(run.exitCode()).isEqualTo(65);
        assertThat(run.err()).startsWith("waickoff: ").doesNotContain("Exception");
    }

    private Path only(String folder) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".cq4")).findFirst()
                    .orElseThrow();
        }
    }

    private static void flip(Path path, long offset) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(offset);
            int value = file.read();
            file.seek(offset);
            file.write(value ^ 0x41);
        }
    }
}
