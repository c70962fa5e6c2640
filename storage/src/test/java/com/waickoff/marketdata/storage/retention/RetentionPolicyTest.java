package com.waickoff.marketdata.storage.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.replay.ExportTable;
import com.waickoff.marketdata.replay.JournalNeed;
import com.waickoff.marketdata.segment.ClosedFile;
import com.waickoff.marketdata.segment.SegmentInfo;
import com.waickoff.marketdata.storage.retention.RetentionPlan.Stay;
import com.waickoff.marketdata.storage.retention.RetentionPlan.Step;
import com.waickoff.marketdata.storage.retention.RetentionSettings.Hot;
import com.waickoff.marketdata.storage.retention.RetentionSettings.Parquet;
import com.waickoff.marketdata.storage.retention.RetentionSettings.Segments;
import com.waickoff.marketdata.storage.retention.RetentionSettings.Warm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What there is, of each queue: a segment and two closed files a day, of 100 sequences and 1,000 bytes
 * each, segments of 100 bytes; the last day is being written.
 */
class RetentionPolicyTest {
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
    private static final int SEGMENTS = 4;
    private static final int FILES = 3;
    private static final long NOW_MS = TimeUnit.DAYS.toMillis(SEGMENTS + FILES);
    private static final Duration FOR_EVER = Duration.ZERO;
    private static final Duration LONG = Duration.ofDays(1_000);

    private @Nullable JournalNeed need = new JournalNeed(Long.MAX_VALUE, "a restart");
    private long exportedTo = Long.MAX_VALUE;
    private long freeBytes = 1L << 40;

    @Test
    void shouldSealWhatIsOldTheOldestFirst() {
        RetentionPlan plan = plan(settings(Duration.ofDays(2), FOR_EVER, FOR_EVER, 0, 0, 0));

        assertThat(what(plan)).containsExactly("journal tape 04.cq4", "journal depth 04.cq4");
        assertThat(plan.steps()).extracting(Step::why).containsOnly("older than 2 d");
        assertThat(plan.stays()).isEmpty();
    }

    @Test
    void shouldSealNothingThatSomebodyNeeds() {
        need = new JournalNeed(550, "the consumer drain-mongo");
        RetentionPlan plan = plan(settings(FOR_EVER, FOR_EVER, FOR_EVER, 0, 0, 0));

        assertThat(what(plan)).containsExactly("journal tape 04.cq4", "journal depth 04.cq4");
        assertThat(plan.stays()).extracting(Stay::what)
                .containsExactly("journal tape from 05.cq4", "journal depth from 05.cq4");
        assertThat(plan.stays()).extracting(Stay::why).allSatisfy(why -> assertThat(why)
                .contains("needed by the consumer drain-mongo from sequence 550"));
    }

    @Test
    void shouldTouchNothingOfTheJournalWithoutACheckpoint() {
        need = null;
        RetentionPlan plan = plan(settings(FOR_EVER, Duration.ofDays(1), Duration.ofDays(1), 1, 1,
                1));

        assertThat(what(plan)).allMatch(what -> what.startsWith("parquet"));
        assertThat(plan.stays()).extracting(Stay::why)
                .contains("there is no checkpoint that verifies, so a restart needs all of it");
    }

    @Test
    void shouldSealEarlierWhereFilesTakeMore() {
        RetentionPlan plan = plan(settings(LONG, FOR_EVER, FOR_EVER, 6_500, 0, 0));

        assertThat(what(plan)).containsExactly("journal tape 04.cq4", "journal depth 04.cq4");
    }

    @Test
    void shouldSealLevelsBeforeTheEngineRemovesThem() {
        RetentionPlan plan = plan(new RetentionSettings(Duration.ofHours(1), 0, 0,
                new Hot(LONG, 0, 3_500), new Segments(FOR_EVER, FOR_EVER, 0),
                new Parquet(Map.of(), 0), new Warm(Map.of(), 0)));

        assertThat(what(plan)).containsExactly("journal depth 04.cq4");
    }

    @Test
    void shouldRemoveLevelsWhileTheTapeOfTheirTimeStays() {
        RetentionPlan plan = plan(settings(LONG, FOR_EVER, Duration.ofDays(5), 0, 0, 0));

        assertThat(what(plan)).containsExactly("segment depth 00.seg", "segment depth 01.seg");
        assertThat(((RetentionPlan.RemoveLevels) plan.steps().getLast()).levelsFrom())
                .isEqualTo(200);
    }

    @Test
    void shouldRemoveTheTapeWithTheLevelsOfItsTime() {
        assertThat(what(plan(settings(LONG, Duration.ofDays(5), FOR_EVER, 0, 0, 0))))
                .containsExactly("segment tape 00.seg and 1 of levels",
                        "segment tape 01.seg and 1 of levels");
    }

    @Test
    void shouldRemoveNothingThatIsNotInParquet() {
        exportedTo = 199;
        RetentionPlan plan = plan(settings(LONG, Duration.ofDays(1), Duration.ofDays(1), 0, 0, 0));

        assertThat(what(plan)).containsExactly("segment depth 00.seg", "segment depth 01.seg",
                "segment tape 00.seg", "segment tape 01.seg");
        assertThat(plan.stays()).extracting(Stay::why)
                .containsOnly("not in Parquet yet, which has come to sequence 199");
    }

    @Test
    void shouldRemoveLevelsFirstWhereSegmentsTakeMore() {
        assertThat(what(plan(settings(LONG, FOR_EVER, FOR_EVER, 0, 250, 0)))).containsExactly(
                "segment depth 00.seg", "segment depth 01.seg", "segment depth 02.seg",
                "segment depth 03.seg", "segment tape 00.seg", "segment tape 01.seg");
    }

    @Test
    void shouldRemoveTablesByTheirAgeAndByBytes() {
        RetentionPlan byAge = plan(new RetentionSettings(Duration.ofHours(1), 0, 0,
                new Hot(LONG, 0, 0), new Segments(FOR_EVER, FOR_EVER, 0),
                new Parquet(Map.of(ExportTable.TRADES, Duration.ofDays(6)), 0),
                new Warm(Map.of(), 0)));
        assertThat(what(byAge)).containsExactly("parquet trades 1970-01-01");

        assertThat(what(plan(settings(LONG, FOR_EVER, FOR_EVER, 0, 0, 50)))).containsExactly(
                "parquet levels 1970-01-01", "parquet trades 1970-01-01");
    }

    /** Everything that may be worth something goes in the order in which it is worth least. */
    @Test
    void shouldGoDownTheLadderWhereTheDiskIsFull() {
        freeBytes = 0;
        RetentionPlan plan = plan(new RetentionSettings(Duration.ofHours(1), 4_930, 0,
                new Hot(LONG, 0, 0), new Segments(FOR_EVER, FOR_EVER, 0),
                new Parquet(Map.of(), 0), new Warm(Map.of(), 0)));

        assertThat(what(plan).stream().map(what -> what.replaceAll("[ 0-9].*", "")).distinct())
                .containsExactly("journal", "segment", "parquet");
        assertThat(what(plan)).startsWith("journal tape 04.cq4", "journal depth 04.cq4")
                .doesNotContain("segment tape 00.seg");
        assertThat(plan.steps().stream().mapToLong(Step::freedBytes).sum())
                .isGreaterThanOrEqualTo(4_930);
    }

    @Test
    void shouldSayThatNothingMoreMayGo() {
        freeBytes = 0;
        RetentionPlan plan = plan(new RetentionSettings(Duration.ofHours(1), 1 << 20, 0,
                new Hot(LONG, 0, 0), new Segments(FOR_EVER, FOR_EVER, 0),
                new Parquet(Map.of(), 0), new Warm(Map.of(), 0)));

        assertThat(what(plan)).hasSize(6 + SEGMENTS + 2 * SEGMENTS + SEGMENTS)
                .endsWith("segment tape 03.seg");
        assertThat(plan.stays()).extracting(Stay::why).containsExactly(
                "nothing more may go, but less than 1.0 MiB of the disk are free");
    }

    private RetentionPlan plan(RetentionSettings settings) {
        return RetentionPolicy.plan(settings, new Holdings(queue(JournalQueue.TAPE),
                queue(JournalQueue.DEPTH), parquet(), need, exportedTo, freeBytes, NOW_MS,
                List.of()));
    }

    private static List<String> what(RetentionPlan plan) {
        return plan.steps().stream().map(Step::what).toList();
    }

    private static RetentionSettings settings(Duration hot, Duration trades, Duration levels,
            long journalBytes, long segmentBytes, long parquetBytes) {
        return new RetentionSettings(Duration.ofHours(1), 0, 0, new Hot(hot, journalBytes, 0),
                new Segments(trades, levels, segmentBytes), new Parquet(Map.of(), parquetBytes),
                new Warm(Map.of(), 0));
    }

    private static Holdings.Queue queue(JournalQueue queue) {
        List<SegmentInfo> segments = new ArrayList<>();
        for (int day = 0; day < SEGMENTS; day++) {
            segments.add(new SegmentInfo(Path.of("0" + day + ".seg"), queue, 1, 1, 100, 100, 1_000,
                    100, Math.max(1, day * 100L), (day + 1) * 100L, day * DAY_NS,
                    (day + 1) * DAY_NS - 1, ""));
        }
        List<ClosedFile> files = new ArrayList<>();
        for (int day = SEGMENTS; day < SEGMENTS + FILES; day++) {
            files.add(new ClosedFile(queue, "0" + day + ".cq4", day * 100L, (day + 1) * 100L,
                    (day + 1) * DAY_NS, 1_000, false));
        }
        return new Holdings.Queue(files, segments, SEGMENTS * 100L, 1_000L * (FILES + 1), 0);
    }

    private static List<ColdFile> parquet() {
        List<ColdFile> files = new ArrayList<>();
        for (int day = 0; day < SEGMENTS; day++) {
            files.add(cold(ExportTable.TRADES, day));
            files.add(cold(ExportTable.LEVELS, day));
        }
        return files;
    }

    private static ColdFile cold(ExportTable table, int day) {
        return new ColdFile(Path.of(table.label() + day), table, day, 8);
    }
}
