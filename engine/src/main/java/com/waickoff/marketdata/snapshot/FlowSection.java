package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.snapshot.SnapshotFormat.FlowSlot;
import com.waickoff.marketdata.window.Bar;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import org.agrona.concurrent.AtomicBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the order flow of the windows of one timeframe.
 *
 * <p>Threads: one study thread.
 */
public final class FlowSection {
    private static final long NS_PER_MS = 1_000_000L;
    private static final int USED = 1;

    private final AtomicBuffer buffer;
    private final Timeframe timeframe;
    private final int slotsOffset;
    private final SeqLock lock;
    // Whose signals each slot shows, as of which version.
    private final @Nullable FlowMeasures[] shown = new FlowMeasures[SnapshotFormat.SLOTS];
    private final int[] shownVersion = new int[SnapshotFormat.SLOTS];

    FlowSection(AtomicBuffer buffer, int offset, Timeframe timeframe) {
        this.buffer = buffer;
        this.timeframe = timeframe;
        slotsOffset = offset + SeqLock.LENGTH;
        lock = new SeqLock(buffer, offset);
    }

    /**
     * Shows the flow of a window. One older than the window that has its slot is no longer shown.
     *
     * <p>A late trade moves the cumulative delta of every later window, though these do not change
     * themselves: after any trade, write the newest window and the one before it.
     *
     * @param cumulativeDelta at the end of the window
     * @param measures at the end of the window
     * @param sequence last engine sequence the window holds
     * @return whether the window is shown
     */
    public boolean write(Window window, long cumulativeDelta, FlowMeasures measures,
            long sequence) {
        assert window.timeframe() == timeframe
                : window.timeframe() + " written to " + timeframe + ": use that one's section";
        int slot = (int) timeframe.indexOf(window.startNs()) & 1;
        int at = slotsOffset + slot * FlowSlot.LENGTH;
        long startMs = window.startNs() / NS_PER_MS;
        if (buffer.getInt(at + FlowSlot.USED_OFFSET_32) == USED
                && startMs < buffer.getLong(at + FlowSlot.START_MS_OFFSET_64)) {
            return false;
        }
        Bar bar = window.bar();
        lock.beginWrite();
        buffer.putLong(at + FlowSlot.START_MS_OFFSET_64, startMs);
        buffer.putLong(at + FlowSlot.DELTA_OFFSET_64, bar.delta());
        buffer.putLong(at + FlowSlot.MIN_DELTA_OFFSET_64, bar.minDelta());
        buffer.putLong(at + FlowSlot.MAX_DELTA_OFFSET_64, bar.maxDelta());
        buffer.putLong(at + FlowSlot.CUMULATIVE_DELTA_OFFSET_64, cumulativeDelta);
        buffer.putInt(at + FlowSlot.FLAGS_OFFSET_32, window.flags());
        buffer.putInt(at + FlowSlot.REVISION_OFFSET_32, window.revision());
        buffer.putInt(at + FlowSlot.USED_OFFSET_32, USED);
        write(measures, at);
        if (shown[slot] != measures || shownVersion[slot] != measures.signalsVersion()) {
            writeSignalsSlowPath(slot, measures, at);
        }
        lock.endWrite(sequence);
        return true;
    }

    private void write(FlowMeasures measures, int at) {
        buffer.putInt(at + FlowSlot.VPIN_OFFSET_32, measures.vpinPpm());
        buffer.putLong(at + FlowSlot.VPIN_BUCKET_OFFSET_64, measures.vpinBucketVolume());
        buffer.putLong(at + FlowSlot.SPEED_OFFSET_64, measures.speedTrades());
        buffer.putLong(at + FlowSlot.SPEED_BEFORE_OFFSET_64, measures.speedTradesBefore());
    }

    private void writeSignalsSlowPath(int slot, FlowMeasures measures, int at) {
        shown[slot] = measures;
        shownVersion[slot] = measures.signalsVersion();
        for (int i = 0; i < SignalKind.COUNT; i++) {
            buffer.putInt(at + FlowSlot.SIGNALS_OFFSET + i * Integer.BYTES,
                    measures.signals(SignalKind.at(i)));
        }
    }

    void handOver() {
        lock.handOver();
    }
}
