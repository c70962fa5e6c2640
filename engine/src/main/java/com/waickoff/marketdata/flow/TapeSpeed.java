package com.waickoff.marketdata.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How many trades the last S seconds had, and the n stretches of S seconds before them: a ring of
 * counts by second of match time.
 *
 * <pre>
 *   seconds   … n × S before …  │ … S lately … now
 *   fast      lately · n · 1000 &gt; factor · before,  and lately ≥ the least number of trades
 * </pre>
 *
 * <p>Nothing is fast before the tape has been followed through a whole ring. A late trade counts in
 * its own second where that is still in the ring.
 *
 * <p>Threads: one study thread.
 */
final class TapeSpeed {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long NEVER = Long.MIN_VALUE;

    private final FlowConfig.Speed config;
    private final long[] counts;
    private long first = NEVER;
    private long now = NEVER;
    private long lately;
    private long before;
    private boolean told;

    TapeSpeed(FlowConfig.Speed config) {
        this.config = config;
        counts = new long[config.seconds() * (config.stretches() + 1)];
    }

    /** Trades of the last stretch; {@code -1} before the first trade. */
    long lately() {
        return now == NEVER ? -1 : lately;
    }

    /** Trades of the stretches before it. */
    long before() {
        return before;
    }

    /**
     * Takes in trades.
     *
     * @param fills how many there are
     * @return whether the tape became fast with them
     */
    boolean add(long timeNs, long fills) {
        long second = Math.floorDiv(timeNs, NS_PER_SECOND);
        if (second > now) {
            advanceSlowPath(second);
        }
        long age = now - second;
        if (age < config.seconds()) {
            lately += fills;
        } else if (age < counts.length) {
            before += fills;
        } else {
            return false;
        }
        counts[place(second)] += fills;
        if (told || !isFast()) {
            return false;
        }
        told = true;
        return true;
    }

    /** The tape has a hole: what is usual has to be found out again. */
    void restart() {
        first = NEVER;
    }

    private void advanceSlowPath(long second) {
        if (now == NEVER || second - now >= counts.length) {
            Arrays.fill(counts, 0);
            lately = 0;
            before = 0;
            told = false;
            now = second;
        }
        first = first == NEVER ? second : first;
        while (now < second) {
            now++;
            int oldest = place(now);
            before -= counts[oldest];
            counts[oldest] = 0;
            long leaving = counts[place(now - config.seconds())];
            lately -= leaving;
            before += leaving;
            told &= isFast();
        }
    }

    private boolean isFast() {
        return first != NEVER && now - first >= counts.length && lately >= config.minTrades()
                && lately * config.stretches() * FlowConfig.ONE > before * config.factor();
    }

    private int place(long second) {
        return (int) Math.floorMod(second, (long) counts.length);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(first);
        out.writeLong(now);
        out.writeLong(lately);
        out.writeLong(before);
        out.writeBoolean(told);
        for (long count : counts) {
            out.writeLong(count);
        }
    }

    void readFrom(DataInput in) throws IOException {
        first = in.readLong();
        now = in.readLong();
        lately = in.readLong();
        before = in.readLong();
        told = in.readBoolean();
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.readLong();
        }
    }
}
