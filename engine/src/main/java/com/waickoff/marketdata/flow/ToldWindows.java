package com.waickoff.marketdata.flow;

import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What was told of the kept windows of one timeframe: at which revision they were looked at last, and
 * a digest of the signals they showed.
 *
 * <p>Threads: one study thread.
 */
final class ToldWindows {
    private static final long UNUSED = Long.MIN_VALUE;

    private final Timeframe timeframe;
    private final long[] starts;
    private final int[] revisions;
    private final long[] digests;

    /**
     * Nothing was told.
     *
     * @param capacity most windows that are kept
     */
    ToldWindows(Timeframe timeframe, int capacity) {
        this.timeframe = timeframe;
        starts = new long[capacity];
        revisions = new int[capacity];
        digests = new long[capacity];
        Arrays.fill(starts, UNUSED);
    }

    /** Whether a closed window was never looked at, or with {@code revised}: has changed since. */
    boolean isDue(Window window, boolean revised) {
        int place = place(window);
        return starts[place] != window.startNs()
                || (revised && revisions[place] != window.revision());
    }

    /** The digest of what was told of a window; 0 for nothing. */
    long digest(Window window) {
        int place = place(window);
        return starts[place] == window.startNs() ? digests[place] : 0;
    }

    /** Remembers what is told of a window. */
    void told(Window window, long digest) {
        int place = place(window);
        starts[place] = window.startNs();
        revisions[place] = window.revision();
        digests[place] = digest;
    }

    private int place(Window window) {
        return (int) Math.floorMod(timeframe.indexOf(window.startNs()), (long) starts.length);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(starts.length);
        for (int i = 0; i < starts.length; i++) {
            out.writeLong(starts[i]);
            out.writeInt(revisions[i]);
            out.writeLong(digests[i]);
        }
    }

    void readFrom(DataInput in) throws IOException {
        int written = in.readInt();
        if (written != starts.length) {
            throw new IOException(written + " windows of " + timeframe.label() + " where "
                    + starts.length + " are kept: written with another configuration");
        }
        for (int i = 0; i < starts.length; i++) {
            starts[i] = in.readLong();
            revisions[i] = in.readInt();
            digests[i] = in.readLong();
        }
    }
}
