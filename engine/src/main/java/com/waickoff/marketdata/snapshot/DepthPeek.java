package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.snapshot.SnapshotFormat.Depth;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The best levels of a book as readers see them, for the process that writes them: nothing is
 * allocated, and a book that is being written is not waited for.
 *
 * <p>Threads: one.
 */
public final class DepthPeek {
    private final AtomicBuffer buffer;
    private final int offset;
    private final int capacity;
    private final int most;
    private final SeqLock lock;
    private final SeqLock.Copier copier = this::copy;
    private final long[] levels;
    private BookState state = BookState.REBUILDING;
    private long updateId;
    private int bookBids;
    private int bookAsks;
    private int bids;
    private int asks;

    DepthPeek(AtomicBuffer buffer, int offset, int capacity, int most) {
        this.buffer = buffer;
        this.offset = offset;
        this.capacity = capacity;
        this.most = Math.min(most, capacity);
        this.lock = new SeqLock(buffer, offset);
        this.levels = new long[4 * most];
    }

    /** Takes a copy. @return false if the book was being written */
    public boolean look() {
        return lock.readNow(copier) != SeqLock.RETRIES_EXHAUSTED;
    }

    private void copy() {
        state = BookState.of(buffer.getInt(offset + Depth.STATE_OFFSET_32));
        updateId = buffer.getLong(offset + Depth.UPDATE_ID_OFFSET_64);
        bookBids = buffer.getInt(offset + Depth.BOOK_BIDS_OFFSET_32);
        bookAsks = buffer.getInt(offset + Depth.BOOK_ASKS_OFFSET_32);
        // A torn copy may hold any count: never more levels than there is room for.
        bids = Math.clamp(buffer.getInt(offset + Depth.SHOWN_BIDS_OFFSET_32), 0, most);
        asks = Math.clamp(buffer.getInt(offset + Depth.SHOWN_ASKS_OFFSET_32), 0, most);
        int at = offset + Depth.LEVELS_OFFSET;
        copyLongs(at, 0, 2 * bids);
        copyLongs(at + capacity * SnapshotFormat.CELL_LENGTH, 2 * most, 2 * asks);
    }

    private void copyLongs(int at, int to, int count) {
        for (int i = 0; i < count; i++) {
            levels[to + i] = buffer.getLong(at + i * Long.BYTES);
        }
    }

    /** What the book is worth. */
    public BookState state() {
        return state;
    }

    /** The venue's id of the last update applied. */
    public long updateId() {
        return updateId;
    }

    /** Number of bid levels of the whole book. */
    public int bookBids() {
        return bookBids;
    }

    /** Number of ask levels of the whole book. */
    public int bookAsks() {
        return bookAsks;
    }

    /** Number of bids copied. */
    public int bidCount() {
        return bids;
    }

    /** Number of asks copied. */
    public int askCount() {
        return asks;
    }

    /** Price of bid {@code index}; 0 is the best one. */
    public long bidPrice(int index) {
        return levels[2 * index];
    }

    /** Quantity of bid {@code index}. */
    public long bidQuantity(int index) {
        return levels[2 * index + 1];
    }

    /** Price of ask {@code index}; 0 is the best one. */
    public long askPrice(int index) {
        return levels[2 * (most + index)];
    }

    /** Quantity of ask {@code index}. */
    public long askQuantity(int index) {
        return levels[2 * (most + index) + 1];
    }
}
