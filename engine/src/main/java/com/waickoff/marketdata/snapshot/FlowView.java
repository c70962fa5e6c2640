package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.snapshot.SnapshotFormat.FlowSlot;
import com.waickoff.marketdata.window.Window;
import org.agrona.DirectBuffer;

/**
 * A copy of the order flow of one timeframe: reusable, filled by {@link SnapshotReader}.
 *
 * <p>Threads: one.
 */
public final class FlowView {
    private final Slot[] slots = {new Slot(), new Slot()};
    private long sequence;

    /** The flow of one window, in the instrument's scaled quantity. */
    public static final class Slot {
        private boolean present;
        private long startMs;
        private long delta;
        private long minDelta;
        private long maxDelta;
        private long cumulativeDelta;
        private int flags;
        private int revision;
        private final FlowMeasures measures = new FlowMeasures();

        private Slot() {}

        private void copyFrom(DirectBuffer buffer, int at) {
            present = buffer.getInt(at + FlowSlot.USED_OFFSET_32) != 0;
            startMs = buffer.getLong(at + FlowSlot.START_MS_OFFSET_64);
            delta = buffer.getLong(at + FlowSlot.DELTA_OFFSET_64);
            minDelta = buffer.getLong(at + FlowSlot.MIN_DELTA_OFFSET_64);
            maxDelta = buffer.getLong(at + FlowSlot.MAX_DELTA_OFFSET_64);
            cumulativeDelta = buffer.getLong(at + FlowSlot.CUMULATIVE_DELTA_OFFSET_64);
            flags = buffer.getInt(at + FlowSlot.FLAGS_OFFSET_32);
            revision = buffer.getInt(at + FlowSlot.REVISION_OFFSET_32);
            measures.vpin(buffer.getInt(at + FlowSlot.VPIN_OFFSET_32),
                    buffer.getLong(at + FlowSlot.VPIN_BUCKET_OFFSET_64));
            measures.speed(buffer.getLong(at + FlowSlot.SPEED_OFFSET_64),
                    buffer.getLong(at + FlowSlot.SPEED_BEFORE_OFFSET_64));
            for (int i = 0; i < SignalKind.COUNT; i++) {
                measures.signals(SignalKind.at(i),
                        buffer.getInt(at + FlowSlot.SIGNALS_OFFSET + i * Integer.BYTES));
            }
        }

        /** Whether there is a window; all else is meaningless if not. */
        public boolean isPresent() {
            return present;
        }

        /** Start of the window, in ms since the epoch of match times. */
        public long startMs() {
            return startMs;
        }

        /** Buy volume minus sell volume. */
        public long delta() {
            return delta;
        }

        /** Smallest running delta, at most 0. */
        public long minDelta() {
            return minDelta;
        }

        /** Largest running delta, at least 0. */
        public long maxDelta() {
            return maxDelta;
        }

        /** Cumulative delta at the end of the window. */
        public long cumulativeDelta() {
            return cumulativeDelta;
        }

        /** Bits such as {@link Window#CLOSED}. */
        public int flags() {
            return flags;
        }

        /** Whether any bit of {@code flag} is set. */
        public boolean has(int flag) {
            return (flags & flag) != 0;
        }

        /** How often the window changed after it closed. */
        public int revision() {
            return revision;
        }

        /** What goes on from window to window, as it was at the end of this one. */
        public FlowMeasures measures() {
            return measures;
        }
    }

    void copyFrom(DirectBuffer buffer, int section) {
        for (int slot = 0; slot < slots.length; slot++) {
            slots[slot].copyFrom(buffer, section + SeqLock.LENGTH + slot * FlowSlot.LENGTH);
        }
    }

    void sequence(long copied) {
        sequence = copied;
    }

    /** Last engine sequence of the copy; 0 if nothing was ever written. */
    public long sequence() {
        return sequence;
    }

    /** The flow of the window that started last; not present before the first trade. */
    public Slot newest() {
        return slots[newestSlot()];
    }

    /** The flow of the other window that is still shown, if any. */
    public Slot older() {
        return slots[1 - newestSlot()];
    }

    private int newestSlot() {
        boolean second = slots[1].isPresent()
                && (!slots[0].isPresent() || slots[1].startMs() > slots[0].startMs());
        return second ? 1 : 0;
    }
}
