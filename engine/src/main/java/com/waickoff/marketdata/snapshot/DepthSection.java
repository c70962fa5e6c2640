package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.NativeMemory;
import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.snapshot.SnapshotFormat.Depth;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Writes the book of an instrument: its best levels and the sums near its mid.
 *
 * <pre>
 *   begin()  book(…)  addBid(…)…  addAsk(…)…  within(…) for each band  end(sequence)
 * </pre>
 *
 * <p>Threads: one study thread.
 */
public final class DepthSection {
    /** Distances from the mid within which quantities are summed, in basis points. */
    private static final int[] BANDS_BPS = {5, 10, 25, 50};

    private final AtomicBuffer buffer;
    private final int offset;
    private final int capacity;
    private final SeqLock lock;
    /** Of the mapped file: checked once, so that each level need not be. */
    private final long levelsAddress;
    private int bids;
    private int asks;
    private int shownBids;
    private int shownAsks;
    private int reach;

    DepthSection(AtomicBuffer buffer, int offset, SnapshotConfig config) {
        this.buffer = buffer;
        this.offset = offset;
        capacity = config.depthLevels();
        lock = new SeqLock(buffer, offset);
        buffer.boundsCheck(offset, Depth.LEVELS_OFFSET + 2 * capacity * SnapshotFormat.CELL_LENGTH);
        levelsAddress = buffer.addressOffset() + offset + Depth.LEVELS_OFFSET;
    }

    /** Number of bands around the mid. */
    public static int bandCount() {
        return BANDS_BPS.length;
    }

    /** Half width of a band, in basis points of the mid. */
    public static int bandBps(int band) {
        return BANDS_BPS[band];
    }

    /** Most levels shown of a side. */
    public int capacity() {
        return capacity;
    }

    /**
     * What readers see of it, for a thread of this process.
     *
     * @param levels of a side that are wanted at most
     */
    public DepthPeek peek(int levels) {
        return new DepthPeek(buffer, offset, capacity, levels);
    }

    /** Begins a whole new picture of the book, without levels and sums. */
    public void begin() {
        lock.beginWrite();
        bids = 0;
        asks = 0;
        reach = 0;
        for (int band = 0; band < BANDS_BPS.length; band++) {
            within(band, 0, false, 0, false);
        }
    }

    /**
     * Says what the picture is of.
     *
     * @param updateId the venue's id of the last update applied
     * @param matchTimeNs the venue's time of that update, 0 where unknown
     * @param receiveTimeNs when it was received
     * @param bookBids number of bid levels of the whole book
     * @param bookAsks number of ask levels of the whole book
     */
    public void book(BookState state, long updateId, long matchTimeNs, long receiveTimeNs,
            int bookBids, int bookAsks) {
        buffer.putInt(offset + Depth.STATE_OFFSET_32, state.ordinal());
        buffer.putLong(offset + Depth.UPDATE_ID_OFFSET_64, updateId);
        buffer.putLong(offset + Depth.MATCH_TIME_OFFSET_64, matchTimeNs);
        buffer.putLong(offset + Depth.RECEIVE_TIME_OFFSET_64, receiveTimeNs);
        buffer.putInt(offset + Depth.BOOK_BIDS_OFFSET_32, bookBids);
        buffer.putInt(offset + Depth.BOOK_ASKS_OFFSET_32, bookAsks);
    }

    /**
     * Adds the next bid, best first.
     *
     * @return false if there is no room for it and those after it
     */
    public boolean addBid(long price, long quantity) {
        if (bids == capacity) {
            return false;
        }
        putLevel(bids++, price, quantity);
        return true;
    }

    /**
     * Adds the next ask, best first.
     *
     * @return false if there is no room for it and those after it
     */
    public boolean addAsk(long price, long quantity) {
        if (asks == capacity) {
            return false;
        }
        putLevel(capacity + asks++, price, quantity);
        return true;
    }

    /**
     * Sets all bids at once, as {@link #addBid} one after another would: for who has them in
     * arrays, at a quarter of the time.
     *
     * @param count of levels in both arrays, best first, up to {@link #capacity}
     */
    public void bids(long[] prices, long[] quantities, int count) {
        bids = count;
        putLevels(0, prices, quantities, count);
    }

    /** Sets all asks at once; see {@link #bids}. */
    public void asks(long[] prices, long[] quantities, int count) {
        asks = count;
        putLevels(capacity, prices, quantities, count);
    }

    /**
     * Sets the quantities within {@link #bandBps} of the mid.
     *
     * @param bidsReach whether the known bids reach that far, so that the sum is whole
     * @param asksReach the same for the asks
     */
    public void within(int band, long bidQuantity, boolean bidsReach, long askQuantity,
            boolean asksReach) {
        int at = offset + Depth.WITHIN_OFFSET + band * 2 * Long.BYTES;
        buffer.putLong(at, bidQuantity);
        buffer.putLong(at + Long.BYTES, askQuantity);
        int bits = (bidsReach ? Depth.BIDS_REACH : 0) + (asksReach ? Depth.ASKS_REACH : 0);
        reach |= bits << (2 * band);
    }

    /**
     * Ends the picture.
     *
     * @param sequence last engine sequence the book holds
     */
    public void end(long sequence) {
        buffer.putInt(offset + Depth.REACH_OFFSET_32, reach);
        buffer.putInt(offset + Depth.SHOWN_BIDS_OFFSET_32, bids);
        buffer.putInt(offset + Depth.SHOWN_ASKS_OFFSET_32, asks);
        // Levels of the last picture that this one does not have.
        for (int i = bids; i < shownBids; i++) {
            putLevel(i, 0, 0);
        }
        for (int i = asks; i < shownAsks; i++) {
            putLevel(capacity + i, 0, 0);
        }
        shownBids = bids;
        shownAsks = asks;
        lock.endWrite(sequence);
    }

    /**
     * Changes what the picture is worth and leaves the levels as they are.
     *
     * @param receiveTimeNs when that became known
     * @param sequence last engine sequence applied
     */
    public void writeState(BookState state, long receiveTimeNs, long sequence) {
        lock.beginWrite();
        buffer.putInt(offset + Depth.STATE_OFFSET_32, state.ordinal());
        buffer.putLong(offset + Depth.RECEIVE_TIME_OFFSET_64, receiveTimeNs);
        lock.endWrite(sequence);
    }

    private void putLevels(int index, long[] prices, long[] quantities, int count) {
        if (count > capacity) {
            throw new IllegalArgumentException(count + " levels, room is for " + capacity);
        }
        long address = levelsAddress + (long) index * SnapshotFormat.CELL_LENGTH;
        for (int i = 0; i < count; i++) {
            NativeMemory.putLong(address, prices[i]);
            NativeMemory.putLong(address + Long.BYTES, quantities[i]);
            address += SnapshotFormat.CELL_LENGTH;
        }
    }

    private void putLevel(int index, long price, long quantity) {
        int at = offset + Depth.LEVELS_OFFSET + index * SnapshotFormat.CELL_LENGTH;
        buffer.putLong(at, price);
        buffer.putLong(at + Long.BYTES, quantity);
    }

    void handOver() {
        lock.handOver();
    }
}
