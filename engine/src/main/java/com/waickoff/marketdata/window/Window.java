package com.waickoff.marketdata.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** One window of one instrument in one timeframe: its bar, its rows, and how good they are. */
public final class Window {
    /** The watermark passed the end plus the lateness; what comes now is a revision. */
    public static final int CLOSED = 1;
    /** A trade came out of tape order: min/max delta are those of the order of arrival. */
    public static final int UNORDERED = 1 << 1;
    /** It holds a trade whose match time was too far ahead to be believed. */
    public static final int SUSPECT_TIME = 1 << 2;
    /** A trade was left out because a sum would have overflowed. */
    public static final int OVERFLOW = 1 << 3;
    /** The rows made room for newer windows; the bar is whole. */
    public static final int ROWS_EVICTED = 1 << 4;

    /** A trade came after the rows had gone: rows, point of control and value area lack it. */
    public static final int OUTDATED = 1 << 5;

    /** Start of a window object that holds no window. */
    static final long UNUSED = Long.MIN_VALUE;

    private final Timeframe timeframe;
    private final TradeRun run;
    private final Bar bar = new Bar();
    private final Rows rows;
    private long startNs = UNUSED;
    private int flags;
    private int revision;
    private boolean dirty;
    private boolean unrecorded;

    /**
     * A window object that holds no window.
     *
     * @param run what the newest windows have yet to take in
     */
    Window(Timeframe timeframe, TradeRun run, Rows rows) {
        this.timeframe = timeframe;
        this.run = run;
        this.rows = rows;
    }

    void open(long newStartNs) {
        clear();
        startNs = newStartNs;
        dirty = true;
    }

    void clear() {
        bar.clear();
        rows.clear();
        startNs = UNUSED;
        flags = 0;
        revision = 0;
        dirty = false;
        unrecorded = false;
    }

    boolean isUsed() {
        return startNs != UNUSED;
    }

    void addFlag(int flag) {
        flags |= flag;
        dirty = true;
    }

    void close() {
        addFlag(CLOSED);
        unrecorded = true;
    }

    void revise() {
        revision++;
        dirty = true;
        unrecorded = true;
    }

    void markDirty() {
        dirty = true;
    }

    void takeIn(TradeRun trades) {
        bar.add(trades);
        rows.add(trades);
        dirty = true;
    }

    /** Length of this window. */
    public Timeframe timeframe() {
        return timeframe;
    }

    /** Start, included, in ns since the epoch of match times. */
    public long startNs() {
        return startNs;
    }

    /** End, excluded, in ns since the epoch of match times. */
    public long endNs() {
        return startNs + timeframe.lengthNs();
    }

    /** Prices and sums, of the trades so far: ask again after the next one. */
    public Bar bar() {
        run.settle();
        return bar;
    }

    /** Volume by price, of the trades so far: ask again after the next one. */
    public Rows rows() {
        run.settle();
        return rows;
    }

    /** Bits such as {@link #CLOSED}. */
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

    /** Whether it changed since {@link #clearDirty()}. */
    public boolean isDirty() {
        run.settle();
        return dirty;
    }

    /** Marks it as published. Threads: the one study that publishes it. */
    public void clearDirty() {
        run.settle();
        dirty = false;
        rows.clearDirty();
    }

    /** Whether it closed, or changed after that, since {@link #markRecorded()}. */
    public boolean isUnrecorded() {
        return unrecorded;
    }

    /** Marks it as kept in the history. Threads: the one study that keeps it there. */
    public void markRecorded() {
        unrecorded = false;
    }

    void writeTo(DataOutput out) throws IOException {
        run.settle();
        out.writeLong(startNs);
        out.writeInt(flags);
        out.writeInt(revision);
        out.writeBoolean(unrecorded);
        bar.writeTo(out);
        rows.writeTo(out);
    }

    /** Reads what {@link #writeTo} wrote after the start. */
    void readFrom(long readStartNs, DataInput in) throws IOException {
        startNs = readStartNs;
        flags = in.readInt();
        revision = in.readInt();
        unrecorded = in.readBoolean();
        bar.readFrom(in);
        rows.readFrom(in);
        dirty = true;
    }
}
