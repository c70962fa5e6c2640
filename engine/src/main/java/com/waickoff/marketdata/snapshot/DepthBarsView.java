package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.window.DepthBar;
import com.waickoff.marketdata.window.Timeframe;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A copy of what the book was like in the windows of one timeframe: reusable, filled by
 * {@link SnapshotReader}.
 *
 * <p>Threads: one.
 */
public final class DepthBarsView {
    private static final Comparator<DepthBar> BY_START = Comparator
            .comparingLong(DepthBar::startMs);

    private DepthBar[] slots = {};
    private DepthBar[] bars = {};
    private long keptMs;
    private long sequence;

    void copyFrom(DirectBuffer buffer, int section, Timeframe timeframe, SnapshotConfig config) {
        int length = DepthBarsSection.slots(config, timeframe);
        if (slots.length != length) {
            slots = new DepthBar[length];
            Arrays.setAll(slots, slot -> new DepthBar());
        }
        keptMs = length * timeframe.lengthMs();
        int at = section + SeqLock.LENGTH;
        for (DepthBar slot : slots) {
            DepthBarsSection.copy(buffer, at, slot);
            at += DepthBarsSection.BAR_LENGTH;
        }
    }

    /** Puts what was copied in order, once it is known to be whole. */
    void sequence(long copied) {
        sequence = copied;
        DepthBar[] used = Arrays.stream(slots).filter(bar -> !bar.isEmpty()).sorted(BY_START)
                .toArray(DepthBar[]::new);
        // A slot that no later window needed may hold one of long ago.
        long oldestMs = used.length == 0 ? 0 : used[used.length - 1].startMs() - keptMs;
        bars = Arrays.stream(used).filter(bar -> bar.startMs() > oldestMs)
                .toArray(DepthBar[]::new);
    }

    /** Last engine sequence of the copy; 0 if nothing was ever written. */
    public long sequence() {
        return sequence;
    }

    /** Number of windows; those in which the book never followed its venue are left out. */
    public int count() {
        return bars.length;
    }

    /** Window {@code index}, the oldest first; valid until the view is filled again. */
    public DepthBar bar(int index) {
        return bars[Objects.checkIndex(index, bars.length)];
    }

    /** The newest window, or null. */
    public @Nullable DepthBar newest() {
        return bars.length == 0 ? null : bars[bars.length - 1];
    }

    /** The window that starts at a moment, in ms since the epoch, or null. */
    public @Nullable DepthBar find(long startMs) {
        for (int i = bars.length - 1; i >= 0; i--) {
            if (bars[i].startMs() == startMs) {
                return bars[i];
            }
        }
        return null;
    }
}
