package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.snapshot.SnapshotFormat.Depth;
import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * A copy of the book of an instrument: reusable, filled by {@link SnapshotReader}. Prices and
 * quantities are scaled by the instrument.
 *
 * <p>Threads: one.
 */
public final class DepthView {
    private long sequence;
    private BookState state = BookState.REBUILDING;
    private int reach;
    private long updateId;
    private long matchTimeNs;
    private long receiveTimeNs;
    private int bookBids;
    private int bookAsks;
    private int bidCount;
    private int askCount;
    private final long[] within = new long[2 * Depth.BANDS];
    private long[] bids = {};
    private long[] asks = {};

    void copyFrom(DirectBuffer buffer, int at, SnapshotConfig config) {
        int capacity = config.depthLevels();
        if (bids.length < 2 * capacity) {
            bids = new long[2 * capacity];
            asks = new long[2 * capacity];
        }
        state = BookState.of(buffer.getInt(at + Depth.STATE_OFFSET_32));
        reach = buffer.getInt(at + Depth.REACH_OFFSET_32);
        updateId = buffer.getLong(at + Depth.UPDATE_ID_OFFSET_64);
        matchTimeNs = buffer.getLong(at + Depth.MATCH_TIME_OFFSET_64);
        receiveTimeNs = buffer.getLong(at + Depth.RECEIVE_TIME_OFFSET_64);
        bookBids = buffer.getInt(at + Depth.BOOK_BIDS_OFFSET_32);
        bookAsks = buffer.getInt(at + Depth.BOOK_ASKS_OFFSET_32);
        // A torn copy may hold any count: never more levels than there is room for.
        bidCount = Math.clamp(buffer.getInt(at + Depth.SHOWN_BIDS_OFFSET_32), 0, capacity);
        askCount = Math.clamp(buffer.getInt(at + Depth.SHOWN_ASKS_OFFSET_32), 0, capacity);
        copyLongs(buffer, at + Depth.WITHIN_OFFSET, within, within.length);
        int levels = at + Depth.LEVELS_OFFSET;
        copyLongs(buffer, levels, bids, 2 * bidCount);
        copyLongs(buffer, levels + capacity * SnapshotFormat.CELL_LENGTH, asks, 2 * askCount);
    }

    private static void copyLongs(DirectBuffer buffer, int at, long[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = buffer.getLong(at + i * Long.BYTES);
        }
    }

    void sequence(long copied) {
        sequence = copied;
    }

    /** Last engine sequence of the copy; 0 if nothing was ever written. */
    public long sequence() {
        return sequence;
    }

    /** What the book is worth. */
    public BookState state() {
        return state;
    }

    /** The venue's id of the last update applied. */
    public long updateId() {
        return updateId;
    }

    /** The venue's time of the last update applied, in ns since the epoch; 0 where unknown. */
    public long matchTimeNs() {
        return matchTimeNs;
    }

    /** When the last update, or the last change of state, was received, in ns since the epoch. */
    public long receiveTimeNs() {
        return receiveTimeNs;
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
        return bidCount;
    }

    /** Number of asks copied. */
    public int askCount() {
        return askCount;
    }

    /** Price of bid {@code index}; 0 is the best one. */
    public long bidPrice(int index) {
        return bids[2 * Objects.checkIndex(index, bidCount)];
    }

    /** Quantity of bid {@code index}. */
    public long bidQuantity(int index) {
        return bids[2 * Objects.checkIndex(index, bidCount) + 1];
    }

    /** Price of ask {@code index}; 0 is the best one. */
    public long askPrice(int index) {
        return asks[2 * Objects.checkIndex(index, askCount)];
    }

    /** Quantity of ask {@code index}. */
    public long askQuantity(int index) {
        return asks[2 * Objects.checkIndex(index, askCount) + 1];
    }

    /** Sum of the best {@code levels} bids, or of as many as there are. */
    public long bidQuantityOfTop(int levels) {
        return quantityOfTop(bids, Math.min(levels, bidCount));
    }

    /** Sum of the best {@code levels} asks, or of as many as there are. */
    public long askQuantityOfTop(int levels) {
        return quantityOfTop(asks, Math.min(levels, askCount));
    }

    /** Quantity of bids within {@link DepthSection#bandBps} of the mid. */
    public long bidQuantityWithin(int band) {
        return within[2 * band];
    }

    /** Quantity of asks within {@link DepthSection#bandBps} of the mid. */
    public long askQuantityWithin(int band) {
        return within[2 * band + 1];
    }

    /** Whether the known bids reach to the edge of the band, so that the sum is whole. */
    public boolean bidsReach(int band) {
        return (reach & Depth.BIDS_REACH << (2 * band)) != 0;
    }

    /** Whether the known asks reach to the edge of the band, so that the sum is whole. */
    public boolean asksReach(int band) {
        return (reach & Depth.ASKS_REACH << (2 * band)) != 0;
    }

    private static long quantityOfTop(long[] side, int levels) {
        long sum = 0;
        for (int i = 0; i < levels; i++) {
            sum += side[2 * i + 1];
        }
        return sum;
    }
}
