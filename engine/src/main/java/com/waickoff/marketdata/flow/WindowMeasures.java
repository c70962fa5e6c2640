package com.waickoff.marketdata.flow;

import com.waickoff.marketdata.snapshot.FlowMeasures;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The measures of the windows of one timeframe that readers are shown: two, by the last bit of the
 * window's index, as in the snapshot.
 *
 * <p>Threads: one study thread.
 */
final class WindowMeasures {
    private static final FlowMeasures NOTHING = new FlowMeasures();
    private static final long UNUSED = Long.MIN_VALUE;

    private final Timeframe timeframe;
    private final FlowMeasures[] slots = {new FlowMeasures(), new FlowMeasures()};
    private final long[] starts = {UNUSED, UNUSED};
    private long newestNs = UNUSED;
    private FlowMeasures newest = slots[0];

    WindowMeasures(Timeframe timeframe) {
        this.timeframe = timeframe;
    }

    /** Start of the newest window; {@link Long#MIN_VALUE} before the first. */
    long newestNs() {
        return newestNs;
    }

    /** The measures of the newest window. */
    FlowMeasures newest() {
        return newest;
    }

    /** A newer window begins. */
    void open(long startNs) {
        newestNs = startNs;
        int slot = slotOf(startNs);
        newest = slots[slot];
        begin(slot, startNs);
    }

    /** The measures of the window that starts there; null if a newer one has its slot. */
    @Nullable
    FlowMeasures at(long startNs) {
        int slot = slotOf(startNs);
        if (starts[slot] > startNs) {
            return null;
        }
        if (starts[slot] < startNs) {
            begin(slot, startNs);
        }
        return slots[slot];
    }

    private void begin(int slot, long startNs) {
        starts[slot] = startNs;
        slots[slot].clear();
    }

    /** What is shown of a window. */
    FlowMeasures shown(Window window) {
        long startNs = window.startNs();
        return starts[0] == startNs ? slots[0] : starts[1] == startNs ? slots[1] : NOTHING;
    }

    private int slotOf(long startNs) {
        return (int) timeframe.indexOf(startNs) & 1;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(newestNs);
        for (int i = 0; i < slots.length; i++) {
            out.writeLong(starts[i]);
            slots[i].writeTo(out);
        }
    }

    void readFrom(DataInput in) throws IOException {
        newestNs = in.readLong();
        newest = slots[slotOf(newestNs)];
        for (int i = 0; i < slots.length; i++) {
            starts[i] = in.readLong();
            slots[i].readFrom(in);
        }
    }
}
