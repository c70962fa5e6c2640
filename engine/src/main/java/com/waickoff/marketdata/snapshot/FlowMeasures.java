package com.waickoff.marketdata.snapshot;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What is known of the order flow at the end of a window beyond the window's own sums: measures that
 * go on from window to window, and how many signals it has of each kind.
 *
 * <p>Threads: one study thread, or one reader.
 */
public final class FlowMeasures {
    /** Of a measure that is not known. */
    public static final int UNKNOWN = -1;

    private final int[] signals = new int[SignalKind.COUNT];
    private int signalsVersion;
    private int vpinPpm;
    private long vpinBucketVolume;
    private long speedTrades;
    private long speedTradesBefore;

    /** Nothing is known. */
    public FlowMeasures() {
        clear();
    }

    /** Forgets everything. */
    public void clear() {
        vpin(UNKNOWN, 0);
        speed(UNKNOWN, 0);
        Arrays.fill(signals, 0);
        signalsVersion++;
    }

    /**
     * Sets the volume-synchronised probability of informed trading.
     *
     * @param ppm {@link #UNKNOWN} while there are too few buckets
     * @param bucketVolume volume of the bucket being filled, scaled
     */
    public void vpin(int ppm, long bucketVolume) {
        vpinPpm = ppm;
        vpinBucketVolume = bucketVolume;
    }

    /**
     * Sets the speed of the tape.
     *
     * @param trades in the last stretch; {@link #UNKNOWN} before the first trade
     * @param before in the stretches before it
     */
    public void speed(long trades, long before) {
        speedTrades = trades;
        speedTradesBefore = before;
    }

    /** Counts a signal of the window. */
    public void count(SignalKind kind) {
        signals[kind.ordinal()]++;
        signalsVersion++;
    }

    /** Sets the count of a kind. */
    public void signals(SignalKind kind, int count) {
        signals[kind.ordinal()] = count;
        signalsVersion++;
    }

    /** Parts per million; {@link #UNKNOWN} while there are too few buckets. */
    public int vpinPpm() {
        return vpinPpm;
    }

    /** Volume of the bucket being filled, scaled; 0 before the first trade. */
    public long vpinBucketVolume() {
        return vpinBucketVolume;
    }

    /** Trades of the last stretch; {@link #UNKNOWN} before the first trade. */
    public long speedTrades() {
        return speedTrades;
    }

    /** Trades of the stretches before it. */
    public long speedTradesBefore() {
        return speedTradesBefore;
    }

    /** Signals of a kind. */
    public int signals(SignalKind kind) {
        return signals[kind.ordinal()];
    }

    /** Changes whenever the number of signals of a kind may have changed. */
    int signalsVersion() {
        return signalsVersion;
    }

    /** Writes all of it. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeInt(vpinPpm);
        out.writeLong(vpinBucketVolume);
        out.writeLong(speedTrades);
        out.writeLong(speedTradesBefore);
        for (int count : signals) {
            out.writeInt(count);
        }
    }

    /** Reads what {@link #writeTo} wrote. */
    public void readFrom(DataInput in) throws IOException {
        vpin(in.readInt(), in.readLong());
        speed(in.readLong(), in.readLong());
        for (int i = 0; i < signals.length; i++) {
            signals[i] = in.readInt();
        }
        signalsVersion++;
    }
}
