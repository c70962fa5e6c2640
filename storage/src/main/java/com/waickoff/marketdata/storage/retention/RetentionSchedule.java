package com.waickoff.marketdata.storage.retention;

import com.waickoff.marketdata.storage.drain.StopSignal;
import java.util.function.LongSupplier;

/**
 * Rounds of {@link Retention}: at the start, every so often, and at once when the disk runs short.
 *
 * <p>Threads: one of its own runs it.
 */
public final class RetentionSchedule implements Runnable {
    private static final long BETWEEN_LOOKS_MS = 5_000;
    /** What did not help a minute ago will not help now. */
    private static final long BETWEEN_SHORTAGES_MS = 60_000;

    private final Retention retention;
    private final RetentionStatus status;
    private final LongSupplier epochMs;
    private final StopSignal stop;
    private long nextMs;
    private long lastMs = Long.MIN_VALUE / 2;

    /** A schedule that has not begun. */
    public RetentionSchedule(Retention retention, RetentionStatus status, LongSupplier epochMs,
            StopSignal stop) {
        this.retention = retention;
        this.status = status;
        this.epochMs = epochMs;
        this.stop = stop;
    }

    @Override
    public void run() {
        do {
            look();
        } while (!stop.await(BETWEEN_LOOKS_MS));
    }

    /** Does a round if it is time for one. */
    void look() {
        long nowMs = epochMs.getAsLong();
        boolean isShort = nowMs - lastMs >= BETWEEN_SHORTAGES_MS && retention.isDiskShort();
        if (nowMs < nextMs && !isShort) {
            return;
        }
        try {
            retention.round();
        } catch (RuntimeException e) {
            // A fault of this program: what is old stays until the next round, and the drain goes on.
            status.failed(e.toString(), nowMs);
        }
        lastMs = epochMs.getAsLong();
        nextMs = nowMs + retention.settings().every().toMillis();
        status.put("next_ms", nextMs);
    }
}
