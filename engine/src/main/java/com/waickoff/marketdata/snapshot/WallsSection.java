package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.SeqLock;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Writes the walls of a book: levels that are large beside the others of their side.
 *
 * <pre>
 *   WALLS: lock, then
 *     64         72     76     80           84           88           96           104          108
 *     +----------+------+------+------------+------------+------------+------------+------------+
 *     | as of ns | bids | asks | bid levels | ask levels | median of  | median of  | multiple   | 0
 *     |          |      |      | looked at  | looked at  | bids       | asks       | of median  |
 *     +----------+------+------+------------+------------+------------+------------+------------+
 *     128                              128 + 16 * 32                   128 + 32 * 32
 *     +--------------------------------+-------------------------------+
 *     | 16 bid walls, best price first | 16 ask walls                  |
 *     +--------------------------------+-------------------------------+
 *     a wall: price (8), quantity (8), largest quantity it had (8), first seen ns (8)
 * </pre>
 *
 * <pre>
 *   begin(…)  side(…) add(…)…  end(sequence)
 * </pre>
 *
 * <p>Threads: one study thread.
 */
public final class WallsSection {
    /** Most walls of a side. */
    public static final int CAPACITY = 16;

    static final int AS_OF_OFFSET_64 = SeqLock.LENGTH;
    static final int BIDS_OFFSET_32 = AS_OF_OFFSET_64 + Long.BYTES;
    static final int ASKS_OFFSET_32 = BIDS_OFFSET_32 + Integer.BYTES;
    static final int BID_LEVELS_OFFSET_32 = ASKS_OFFSET_32 + Integer.BYTES;
    static final int ASK_LEVELS_OFFSET_32 = BID_LEVELS_OFFSET_32 + Integer.BYTES;
    static final int BID_MEDIAN_OFFSET_64 = ASK_LEVELS_OFFSET_32 + Integer.BYTES;
    static final int ASK_MEDIAN_OFFSET_64 = BID_MEDIAN_OFFSET_64 + Long.BYTES;
    static final int MULTIPLE_OFFSET_32 = ASK_MEDIAN_OFFSET_64 + Long.BYTES;
    static final int WALLS_OFFSET = MULTIPLE_OFFSET_32 + Integer.BYTES + 5 * Integer.BYTES;
    static final int WALL_LENGTH = 4 * Long.BYTES;
    /** Bytes of a section. */
    static final int LENGTH = WALLS_OFFSET + 2 * CAPACITY * WALL_LENGTH;

    static {
        if (WALLS_OFFSET != 128) {
            throw new AssertionError("walls begin at " + WALLS_OFFSET);
        }
    }

    private final AtomicBuffer buffer;
    private final int offset;
    private final SeqLock lock;
    private int bids;
    private int asks;

    WallsSection(AtomicBuffer buffer, int offset) {
        this.buffer = buffer;
        this.offset = offset;
        buffer.boundsCheck(offset, LENGTH);
        lock = new SeqLock(buffer, offset);
    }

    /**
     * Begins a whole new picture without walls.
     *
     * @param asOfNs when the book was looked at, in ns since the epoch of the venue's time
     * @param multiple of the median that a wall is larger than
     */
    public void begin(long asOfNs, int multiple) {
        lock.beginWrite();
        buffer.setMemory(offset + AS_OF_OFFSET_64, LENGTH - AS_OF_OFFSET_64, (byte) 0);
        buffer.putLong(offset + AS_OF_OFFSET_64, asOfNs);
        buffer.putInt(offset + MULTIPLE_OFFSET_32, multiple);
        bids = 0;
        asks = 0;
    }

    /** Says what a side was measured by: how many best levels, and the median of their sizes. */
    public void side(boolean bid, int levels, long median) {
        buffer.putInt(offset + (bid ? BID_LEVELS_OFFSET_32 : ASK_LEVELS_OFFSET_32), levels);
        buffer.putLong(offset + (bid ? BID_MEDIAN_OFFSET_64 : ASK_MEDIAN_OFFSET_64), median);
    }

    /**
     * Adds the next wall of a side, best price first, up to {@link #CAPACITY}.
     *
     * @param largest quantity it had since {@code firstSeenNs}
     */
    public void add(boolean bid, long price, long quantity, long largest, long firstSeenNs) {
        int index = bid ? bids++ : CAPACITY + asks++;
        int at = offset + WALLS_OFFSET + index * WALL_LENGTH;
        buffer.putLong(at, price);
        buffer.putLong(at + Long.BYTES, quantity);
        buffer.putLong(at + 2 * Long.BYTES, largest);
        buffer.putLong(at + 3 * Long.BYTES, firstSeenNs);
    }

    /**
     * Ends the picture.
     *
     * @param sequence last engine sequence it holds
     */
    public void end(long sequence) {
        buffer.putInt(offset + BIDS_OFFSET_32, bids);
        buffer.putInt(offset + ASKS_OFFSET_32, asks);
        lock.endWrite(sequence);
    }

    void handOver() {
        lock.handOver();
    }
}
