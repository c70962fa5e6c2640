package com.waickoff.marketdata.storage.retention;

import com.waickoff.marketdata.replay.ExportTable;
import com.waickoff.marketdata.storage.retention.RetentionSettings.Hot;
import com.waickoff.marketdata.storage.retention.RetentionSettings.Parquet;
import com.waickoff.marketdata.storage.retention.RetentionSettings.Warm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A process that does one round, and may be killed in it. */
final class RetentionChild {
    private RetentionChild() {}

    public static void main(String[] args) {
        round(Path.of(args[0]), Long.parseLong(args[1]));
    }

    /** What it did. */
    static RetentionStatus round(Path dataDir, long nowMs) {
        RetentionStatus status = new RetentionStatus();
        RetentionSettings settings = new RetentionSettings(Duration.ofHours(1), 0, 0,
                new Hot(Duration.ofHours(24), 0, 0),
                new RetentionSettings.Segments(Duration.ZERO, Duration.ZERO, 0),
                new Parquet(Map.of(ExportTable.TRADES, Duration.ZERO, ExportTable.WINDOWS,
                        Duration.ZERO), 0),
                new Warm(Map.of(), 0));
        new Retention(SimulatedDays.config(dataDir), settings, WarmTier.NONE,
                new Retention.World(() -> nowMs, () -> Long.MAX_VALUE, System.err::println,
                        () -> true),
                status).round();
        return status;
    }
}
