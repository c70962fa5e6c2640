package com.waickoff.marketdata.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The kept windows of one instrument in one timeframe: a ring by window index, so that a window is
 * found by arithmetic and the oldest make room by themselves.
 */
final class WindowSeries {
    private static final long NO_WINDOW = Long.MIN_VALUE;

    private final Timeframe timeframe;
    private final Window[] ring;
    private Window newest;
    private long newestIndex = NO_WINDOW;
    // No window before these has rows, or is open; they may be older than what is kept.
    private long firstWithRows = NO_WINDOW;
    private long firstOpen = NO_WINDOW;

    WindowSeries(Timeframe timeframe, WindowConfig config, TradeRun run, RowPages pages,
            long baseSize) {
        this.timeframe = timeframe;
        ring = new Window[config.keptWindows(timeframe)];
        for (int i = 0; i < ring.length; i++) {
            ring[i] = new Window(timeframe, run,
                    new Rows(pages, config.rowCapacity(), baseSize));
        }
        newest = ring[0];
    }

    /** Most windows. */
    int capacity() {
        return ring.length;
    }

    /** The newest window; unused before the first trade. */
    Window newest() {
        return newest;
    }

    boolean isOlderThanKept(long index) {
        return newestIndex != NO_WINDOW && index <= newestIndex - ring.length;
    }

    /** The window with this index, or null where there was no trade or it is no longer kept. */
    @Nullable
    Window find(long index) {
        if (newestIndex == NO_WINDOW || index > newestIndex || isOlderThanKept(index)) {
            return null;
        }
        Window window = ring[slot(index)];
        return window.isUsed() ? window : null;
    }

    /** Opens the window with this index, which is kept and not yet there. */
    Window open(long index) {
        Window window = ring[slot(index)];
        window.open(index * timeframe.lengthNs());
        firstWithRows = Math.min(firstWithRows, index);
        firstOpen = Math.min(firstOpen, index);
        if (newestIndex == NO_WINDOW || index > newestIndex) {
            newestIndex = index;
            newest = window;
        }
        return window;
    }

    /** The oldest kept window that leaves when {@code index} becomes the newest, or null. */
    @Nullable
    Window nextToRetire(long index) {
        if (newestIndex == NO_WINDOW) {
            return null;
        }
        long last = Math.min(newestIndex, index - ring.length);
        for (long i = newestIndex - ring.length + 1; i <= last; i++) {
            Window window = ring[slot(i)];
            if (window.isUsed()) {
                return window;
            }
        }
        return null;
    }

    /** The kept window next before {@code window}, or null. */
    @Nullable
    Window before(Window window) {
        for (long i = timeframe.indexOf(window.startNs()) - 1; i > newestIndex - ring.length; i--) {
            Window candidate = ring[slot(i)];
            if (candidate.isUsed()) {
                return candidate;
            }
        }
        return null;
    }

    /** The oldest kept window, or null. */
    @Nullable
    Window oldest() {
        return newestIndex == NO_WINDOW ? null : nextToRetire(newestIndex + ring.length);
    }

    /** The oldest window that has not closed, or null. */
    @Nullable
    Window oldestOpen() {
        for (long i = Math.max(firstOpen, oldestIndex()); i <= newestIndex; i++) {
            Window window = ring[slot(i)];
            if (window.isUsed() && !window.has(Window.CLOSED)) {
                firstOpen = i;
                return window;
            }
        }
        firstOpen = newestIndex;
        return null;
    }

    /** The oldest window with rows but for the newest window and the one before it, or null. */
    @Nullable
    Window oldestToEvict() {
        Window previous = before(newest);
        boolean isFirst = true;
        for (long i = Math.max(firstWithRows, oldestIndex()); i < newestIndex; i++) {
            Window window = ring[slot(i)];
            if (window.isUsed() && !window.has(Window.ROWS_EVICTED)) {
                firstWithRows = isFirst ? i : firstWithRows;
                isFirst = false;
                if (window != previous && !window.rows().isEmpty()) {
                    return window;
                }
            }
        }
        return null;
    }

    private long oldestIndex() {
        return newestIndex == NO_WINDOW ? NO_WINDOW : newestIndex - ring.length + 1;
    }

    /** The kept window next after {@code window}, or null. */
    @Nullable
    Window after(Window window) {
        for (long i = timeframe.indexOf(window.startNs()) + 1; i <= newestIndex; i++) {
            Window candidate = ring[slot(i)];
            if (candidate.isUsed()) {
                return candidate;
            }
        }
        return null;
    }

    private int slot(long index) {
        return (int) Math.floorMod(index, (long) ring.length);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(newestIndex);
        int used = 0;
        for (Window window : ring) {
            used += window.isUsed() ? 1 : 0;
        }
        out.writeInt(used);
        for (Window window = oldest(); window != null; window = after(window)) {
            window.writeTo(out);
        }
    }

    void readFrom(DataInput in) throws IOException {
        newestIndex = in.readLong();
        int used = in.readInt();
        if (used < 0 || used > ring.length) {
            throw new IOException(used + " windows of " + timeframe.label() + " where "
                    + ring.length + " are kept: written with another configuration");
        }
        for (int i = 0; i < used; i++) {
            long startNs = in.readLong();
            Window window = ring[slot(timeframe.indexOf(startNs))];
            window.readFrom(startNs, in);
        }
        newest = used == 0 ? ring[0] : ring[slot(newestIndex)];
        firstWithRows = NO_WINDOW;
        firstOpen = NO_WINDOW;
    }
}
