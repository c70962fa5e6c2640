package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.ErrorLog;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Keeps book levels within their share of the disk, while an engine writes: the oldest files of the
 * depth go, the tape of their time stays. What a consumer has not read yet stays too; if one lags for
 * so long that the disk fills, {@link DiskGuard} leaves levels out instead.
 *
 * <p>A checkpoint is not waited for: what a restart lacks of these levels it is told, see
 * {@link DepthPruning}.
 *
 * <p>Threads: one.
 */
public final class DepthCap {
    private static final String OWNER = "journal";

    private final Path journal;
    private final long keptBytes;
    private final CounterBlock counters;
    private final ErrorLog errors;

    /**
     * A cap that has removed nothing yet.
     *
     * @param journal its directory
     * @param keptBytes of files of levels as the file system shows them; the newest file is kept
     *     whatever its size
     * @param counters of the thread that enforces it
     * @param errors hears why it cannot be enforced
     */
    public DepthCap(Path journal, long keptBytes, CounterBlock counters, ErrorLog errors) {
        if (keptBytes < 1) {
            throw new IllegalArgumentException(
                    "book levels may take " + keptBytes + " bytes, allowed is from 1");
        }
        this.journal = journal;
        this.keptBytes = keptBytes;
        this.counters = counters;
        this.errors = errors;
    }

    /** Removes what must go, as far as it may. A failure is recorded, and costs room at worst. */
    public void enforce() {
        try {
            JournalDirectory directory = JournalDirectory.open(journal);
            DepthPruning pruning = DepthPruning.toBytes(directory, neededFrom(directory),
                    keptBytes);
            pruning.carryOut(directory);
            counters.add(Counter.DEPTH_FILES_REMOVED, pruning.removed().size());
        } catch (JournalException | IOException e) {
            errors.record(OWNER, "levels_not_removed", String.valueOf(e.getMessage()));
        }
    }

    private long neededFrom(JournalDirectory directory) {
        return JournalConsumer.all(journal).stream()
                .mapToLong(consumer -> consumer.neededFrom(directory.journalId())).min()
                .orElse(Long.MAX_VALUE);
    }
}
