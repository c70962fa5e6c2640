package com.waickoff.marketdata.storage.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.replay.ExportTable;
import com.waickoff.marketdata.storage.retention.RetentionSettings.Hot;
import com.waickoff.marketdata.storage.retention.RetentionSettings.Parquet;
import com.waickoff.marketdata.storage.retention.RetentionSettings.Segments;
import com.waickoff.marketdata.storage.retention.RetentionSettings.Warm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Days pass on a small disk: after each round of retention what is kept is below its bound. Prints what
 * each tier holds at the end of each day. For a month: {@code -Dretention.days=30
 * -Dretention.rounds=4 -Dretention.steps=43200 -Dretention.levels=10 -Dretention.disk-mb=300}, days of
 * half a million events; each step is a clock, a trade and an update of so many levels.
 */
class RetentionMonthTest {
    private static final int DAYS = Integer.getInteger("retention.days", 4);
    private static final int STEPS = Integer.getInteger("retention.steps", 96);
    private static final int LEVELS = Integer.getInteger("retention.levels", 4);
    private static final long DISK_BYTES = Long.getLong("retention.disk-mb", 30L) << 20;
    private static final int ROUNDS_A_DAY = Integer.getInteger("retention.rounds", 2);
    private static final double MB = 1e6;

    @TempDir
    private Path directory;

    @Test
    void shouldKeepTheDiskBelowItsBound() throws IOException {
        RetentionSettings settings = new RetentionSettings(Duration.ofHours(1), 0, DISK_BYTES,
                new Hot(Duration.ofHours(24), 0, 0),
                new Segments(Duration.ofDays(365), Duration.ofDays(3), 0),
                new Parquet(Map.of(ExportTable.TRADES, Duration.ofDays(5), ExportTable.WINDOWS,
                        Duration.ZERO, ExportTable.PROFILE, Duration.ZERO), 0),
                new Warm(Map.of(), 0));
        RetentionStatus status = new RetentionStatus();
        long most = 0;
        try (SimulatedDays days = new SimulatedDays(directory.resolve("data"), 1, STEPS, LEVELS)) {
            Retention retention = new Retention(days.config(), settings, WarmTier.NONE,
                    new Retention.World(days::nowMs, () -> Long.MAX_VALUE, note -> {},
                            () -> true),
                    status);
            System.out.printf(Locale.ROOT, "bound %.1f MB%nday    journal  segments   Parquet"
                    + "    in all MB   sequence%n", DISK_BYTES / MB);
            for (int day = 1; day <= DAYS; day++) {
                for (int i = 0; i < ROUNDS_A_DAY; i++) {
                    days.play(1.0 / ROUNDS_A_DAY);
                    days.drain();
                    retention.round();
                    long bytes = retention.holdings().bytes();
                    most = Math.max(most, bytes);
                    assertThat(bytes).as("day " + day).isLessThanOrEqualTo(DISK_BYTES);
                }
                print(day, retention.holdings(), days.lastSequence());
            }
        }
        System.out.printf(Locale.ROOT, "most %.1f MB; %s%n", most / MB, status.values());
        assertThat(status.values()).doesNotContainKey("retention.errors");
        assertThat(status.values().get("retention.exported_days"))
                .isEqualTo(Integer.toString(DAYS - 1));
    }

    private static void print(int day, Holdings holdings, long sequence) {
        System.out.printf(Locale.ROOT, "%3d %10.1f %9.1f %9.1f %12.1f %,10d%n", day,
                holdings.journalBytes() / MB, holdings.segmentBytes() / MB,
                holdings.parquetBytes() / MB, holdings.bytes() / MB, sequence);
    }
}
