package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.window.Timeframe;
import org.agrona.DirectBuffer;

/**
 * A copy of the windows of one timeframe that the engine shows: reusable, filled by {@link
 * SnapshotReader}.
 *
 * <p>Threads: one.
 */
public final class ProfileView {
    private final WindowView[] slots = {new WindowView(), new WindowView()};
    private long sequence;

    void copyFrom(DirectBuffer buffer, int section, Timeframe timeframe, SnapshotConfig config) {
        for (int slot = 0; slot < slots.length; slot++) {
            slots[slot].copyFrom(buffer,
                    section + SeqLock.LENGTH + slot * SnapshotLayout.profileSlotLength(config),
                    timeframe, config.rowCapacity());
        }
    }

    void sequence(long copied) {
        sequence = copied;
    }

    /** Last engine sequence of the copy; 0 if nothing was ever written. */
    public long sequence() {
        return sequence;
    }

    /** The window that started last; not present before the first trade. */
    public WindowView newest() {
        return slots[newestSlot()];
    }

    /** The other window that is still shown, if any; not always the one next before. */
    public WindowView older() {
        return slots[1 - newestSlot()];
    }

    private int newestSlot() {
        boolean second = slots[1].isPresent()
                && (!slots[0].isPresent() || slots[1].startMs() > slots[0].startMs());
        return second ? 1 : 0;
    }
}
