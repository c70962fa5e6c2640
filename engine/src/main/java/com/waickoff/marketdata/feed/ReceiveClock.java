package com.waickoff.marketdata.feed;

import java.util.function.LongSupplier;

/**
 * The receive time: the wall clock as it stood at start, carried on by a clock that only counts. A
 * wall clock that is set while the engine runs moves nothing.
 *
 * <p>Threads: one thread, the one that receives.
 */
public final class ReceiveClock implements LongSupplier {
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final long startTimeNs;
    private long latestNs;

    /**
     * A clock that starts now.
     *
     * @param startTimeNs wall-clock time now, in ns since the epoch
     * @param nanoTime counts ns from an arbitrary origin, such as {@code System::nanoTime}
     */
    public ReceiveClock(long startTimeNs, LongSupplier nanoTime) {
        this.startTimeNs = startTimeNs;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.latestNs = startTimeNs;
    }

    /** Time now in ns since the epoch; never less than before. */
    @Override
    public long getAsLong() {
        long nowNs = startTimeNs + (nanoTime.getAsLong() - startNanos);
        if (nowNs > latestNs) {
            latestNs = nowNs;
        }
        return latestNs;
    }
}
