package com.waickoff.marketdata.storage.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.ReplayException;
import com.waickoff.marketdata.ReplayProgress;
import com.waickoff.marketdata.ReplayRequest;
import com.waickoff.marketdata.ReplayRun;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.replay.ExportTable;
import com.waickoff.marketdata.segment.ClosedFile;
import com.waickoff.marketdata.segment.Sealing;
import com.waickoff.marketdata.segment.SegmentInfo;
import com.waickoff.marketdata.segment.Segments;
import com.waickoff.marketdata.storage.retention.RetentionSettings.Hot;
import com.waickoff.marketdata.storage.retention.RetentionSettings.Parquet;
import com.waickoff.marketdata.storage.retention.RetentionSettings.Warm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetentionTest {
    private static final Duration FOR_EVER = Duration.ZERO;
    private static final long SEED = 20_260_101;
    private static final int STEPS = 288;

    @TempDir
    private Path directory;

    private final RetentionStatus status = new RetentionStatus();

    /** What a kill at a step of sealing leaves on the disk. */
    private enum Killed {
        WHILE_WRITING, BEFORE_THE_NAME, BEFORE_THE_FILE_WENT, AFTER_SOME_FILES
    }

    @Test
    void shouldReplaySealedDaysToTheStateHashOfTheirFiles() throws IOException, ReplayException {
        try (SimulatedDays days = days(3.5)) {
            String hash = stateHash(days.config());
            long before = bytes(days.config().journalDir());

            round(days, settings(Map.of(), 0));

            assertThat(closed(days, Duration.ofHours(24))).isEmpty();
            assertThat(status.values()).doesNotContainKey("retention.errors")
                    .containsEntry("retention.sealed_files", Integer.toString(2 + 2 * 24 + 12));
            assertThat(bytes(days.config().journalDir())).isLessThan(before / 2);
            assertThat(stateHash(days.config())).isEqualTo(hash);
        }
    }

    @ParameterizedTest
    @EnumSource(Killed.class)
    void shouldLoseNothingAndLeaveNothingWhereverItWasKilled(Killed killed)
            throws IOException, ReplayException {
        try (SimulatedDays days = days(2.5)) {
            String hash = stateHash(days.config());
            leaveBehind(killed, days);

            assertThat(stateHash(days.config())).isEqualTo(hash);
            round(days, settings(Map.of(ExportTable.WINDOWS, FOR_EVER), 0));

            assertThat(stateHash(days.config())).isEqualTo(hash);
            assertThat(files(days.config().dataDir()).filter(file -> file.toString()
                    .matches(".*([./]new|\\.seg\\.new)$|.*/new/.*"))).isEmpty();
            assertThat(closed(days, Duration.ofHours(24))).isEmpty();
            assertThat(status.values()).doesNotContainKey("retention.errors");
        }
    }

    @Test
    void shouldTouchNothingThatAConsumerHasNotTaken() throws IOException {
        try (SimulatedDays days = days(3.5)) {
            JournalDirectory journal = JournalDirectory.open(days.config().journalDir());
            long taken = journal.cycles(JournalQueue.TAPE).get(1).firstSequence() + 5;
            days.consumer(taken, journal.journalId());

            round(days, settings(Map.of(), 1));

            assertThat(journal.cycles(JournalQueue.TAPE)).hasSize(3);
            assertThat(journal.cycles(JournalQueue.DEPTH).getFirst().firstSequence())
                    .isLessThanOrEqualTo(taken + 1);
            assertThat(status.values().get("retention.stays"))
                    .contains("needed by the consumer drain-test", "nothing more may go");
        }
    }

    @Test
    void shouldWriteDaysThatDuckDbReads() throws IOException, SQLException {
        try (SimulatedDays days = days(2.5)) {
            round(days, settings(Map.of(ExportTable.TRADES, FOR_EVER, ExportTable.WINDOWS, FOR_EVER,
                    ExportTable.PROFILE, FOR_EVER), 0));

            String cold = Retention.coldDirectory(days.config()).toString();
            // Two days are complete; the batch that ends each is a clock.
            assertThat(ask("SELECT count(*), count(DISTINCT sequence), count(DISTINCT date) FROM '"
                    + cold + "/trades/*/*.parquet'")).isEqualTo(2 * STEPS + " " + 2 * STEPS + " 2");
            assertThat(ask("SELECT sum(trades), count(*) FROM read_parquet('" + cold
                    + "/windows/*/*.parquet') WHERE timeframe = '1d'")).isEqualTo(2 * STEPS + " 4");
            assertThat(ask("SELECT (SELECT sum(quantity) FROM '" + cold + "/trades/*/*.parquet')"
                    + " = (SELECT sum(volume) FROM '" + cold + "/windows/*/*.parquet'"
                    + " WHERE timeframe = '1m'), (SELECT sum(buy_volume + sell_volume) FROM '"
                    + cold + "/profile/*/*.parquet' WHERE timeframe = '1h') = (SELECT sum(volume)"
                    + " FROM '" + cold + "/windows/*/*.parquet' WHERE timeframe = '1h')"))
                    .isEqualTo("true true");
        }
    }

    @Test
    void shouldWriteTheSameDayFromACheckpointAndFromTheBeginning() throws IOException {
        try (SimulatedDays days = days(3.5)) {
            RetentionSettings settings = settings(Map.of(ExportTable.TRADES, FOR_EVER,
                    ExportTable.WINDOWS, FOR_EVER, ExportTable.PROFILE, FOR_EVER,
                    ExportTable.SIGNALS, FOR_EVER), 0);
            round(days, settings);
            Path manifests = Retention.coldDirectory(days.config()).resolve("days");
            Map<String, String> written = contents(manifests);
            assertThat(written).hasSize(3);

            // The checkpoint behind the second day goes with that day: the third begins anew.
            try (Stream<Path> last = files(manifests)) {
                Files.delete(last.sorted().toList().getLast());
            }
            delete(days.config().dataDir().resolve("drain").resolve("cold"));
            delete(days.config().dataDir().resolve("drain").resolve("test"));
            round(days, settings);

            assertThat(contents(manifests)).isEqualTo(written);
        }
    }

    private SimulatedDays days(double count) throws IOException {
        SimulatedDays days = new SimulatedDays(directory.resolve("data"), SEED, STEPS, 6);
        days.play(count);
        days.drain();
        return days;
    }

    private static RetentionSettings settings(Map<ExportTable, Duration> tables, long diskBytes) {
        return new RetentionSettings(Duration.ofHours(1), 0, diskBytes,
                new Hot(Duration.ofHours(24), 0, 0),
                new RetentionSettings.Segments(FOR_EVER, FOR_EVER, 0), new Parquet(tables, 0),
                new Warm(Map.of(), 0));
    }

    private void round(SimulatedDays days, RetentionSettings settings) {
        new Retention(days.config(), settings, WarmTier.NONE,
                new Retention.World(days::nowMs, () -> Long.MAX_VALUE, note -> {}, () -> true),
                status).round();
    }

    /** As the steps of {@link Sealing} follow each other. */
    private static void leaveBehind(Killed killed, SimulatedDays days) throws IOException {
        JournalDirectory journal = JournalDirectory.open(days.config().journalDir());
        List<ClosedFile> depth = ClosedFile.of(journal, JournalQueue.DEPTH);
        try (Sealing sealing = Sealing.open(journal)) {
            SegmentInfo first = sealing.seal(depth.getFirst());
            Path aside = first.path().resolveSibling(first.path().getFileName() + ".new");
            switch (killed) {
                case WHILE_WRITING -> Files.write(aside,
                        Arrays.copyOf(Files.readAllBytes(first.path()), 1_000));
                case BEFORE_THE_NAME -> Files.copy(first.path(), aside);
                case BEFORE_THE_FILE_WENT -> {
                    sealing.removeFile(depth.getFirst(), first);
                    sealing.seal(depth.get(1));
                }
                case AFTER_SOME_FILES -> {
                    sealing.removeFile(depth.getFirst(), first);
                    sealing.removeFile(depth.get(1), sealing.seal(depth.get(1)));
                }
            }
            if (killed == Killed.WHILE_WRITING || killed == Killed.BEFORE_THE_NAME) {
                Files.delete(first.path());
            }
        }
        Path cold = Files.createDirectories(
                Retention.coldDirectory(days.config()).resolve("new"));
        Files.writeString(cold.resolve("windows.parquet"), "PAR1");
    }

    private static List<ClosedFile> closed(SimulatedDays days, Duration age) {
        JournalDirectory journal = JournalDirectory.open(days.config().journalDir());
        List<ClosedFile> old = new ArrayList<>();
        for (JournalQueue queue : JournalQueue.values()) {
            ClosedFile.of(journal, queue).stream().filter(file -> file.receivedBeforeNs()
                    / 1_000_000 <= days.nowMs() - age.toMillis()).forEach(old::add);
        }
        assertThat(new Segments(journal).paths(JournalQueue.DEPTH)).isNotEmpty();
        return old;
    }

    private String stateHash(EngineConfig config) throws IOException, ReplayException {
        Path data = Files.createTempDirectory(directory, "replay");
        return ReplayRun.run(new ReplayRequest(new ReplayRequest.Journal(config.journalDir()), 0,
                Long.MAX_VALUE, ReplayRequest.AS_FAST_AS_IT_GOES, null, null,
                config.withDataDir(data)), ReplayProgress.NONE, () -> SimulatedDays.BEGIN_NS,
                System::nanoTime).stateHash();
    }

    private static String ask(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            List<String> row = new ArrayList<>();
            answer.next();
            for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
                row.add(answer.getString(i));
            }
            return String.join(" ", row);
        }
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = files(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private static Stream<Path> files(Path folder) throws IOException {
        return Files.walk(folder).filter(Files::isRegularFile);
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = files(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = files(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
