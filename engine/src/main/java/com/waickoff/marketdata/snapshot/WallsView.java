package com.waickoff.marketdata.snapshot;

import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * A copy of the walls of a book: reusable, filled by {@link SnapshotReader}. Prices and quantities
 * are scaled by the instrument; times are the venue's.
 *
 * <p>Threads: one.
 */
public final class WallsView {
    private final Side bids = new Side();
    private final Side asks = new Side();
    private long sequence;
    private long asOfNs;
    private int multiple;

    /** The walls of one side, best price first. */
    public static final class Side {
        private static final int WORDS = WallsSection.WALL_LENGTH / Long.BYTES;

        private final long[] words = new long[WallsSection.CAPACITY * WORDS];
        private int count;
        private int levels;
        private long median;

        private Side() {}

        private void copyFrom(DirectBuffer buffer, int at, int written, int measuredLevels,
                long measuredMedian) {
            // A torn copy may hold any count.
            count = Math.clamp(written, 0, WallsSection.CAPACITY);
            levels = measuredLevels;
            median = measuredMedian;
            for (int i = 0; i < count * WORDS; i++) {
                words[i] = buffer.getLong(at + i * Long.BYTES);
            }
        }

        /** How many best levels were looked at. */
        public int levels() {
            return levels;
        }

        /** Median of their quantities; of two in the middle the lower. */
        public long median() {
            return median;
        }

        /** Number of walls. */
        public int count() {
            return count;
        }

        /** Price of wall {@code index}. */
        public long price(int index) {
            return word(index, 0);
        }

        /** Quantity when the book was looked at. */
        public long quantity(int index) {
            return word(index, 1);
        }

        /** Largest quantity at any look since it is a wall. */
        public long largest(int index) {
            return word(index, 2);
        }

        /** When it was first seen as a wall, in ns since the epoch. */
        public long firstSeenNs(int index) {
            return word(index, 3);
        }

        private long word(int index, int word) {
            return words[Objects.checkIndex(index, count) * WORDS + word];
        }
    }

    void copyFrom(DirectBuffer buffer, int at) {
        asOfNs = buffer.getLong(at + WallsSection.AS_OF_OFFSET_64);
        multiple = buffer.getInt(at + WallsSection.MULTIPLE_OFFSET_32);
        int walls = at + WallsSection.WALLS_OFFSET;
        bids.copyFrom(buffer, walls, buffer.getInt(at + WallsSection.BIDS_OFFSET_32),
                buffer.getInt(at + WallsSection.BID_LEVELS_OFFSET_32),
                buffer.getLong(at + WallsSection.BID_MEDIAN_OFFSET_64));
        asks.copyFrom(buffer, walls + WallsSection.CAPACITY * WallsSection.WALL_LENGTH,
                buffer.getInt(at + WallsSection.ASKS_OFFSET_32),
                buffer.getInt(at + WallsSection.ASK_LEVELS_OFFSET_32),
                buffer.getLong(at + WallsSection.ASK_MEDIAN_OFFSET_64));
    }

    void sequence(long copied) {
        sequence = copied;
    }

    /** Last engine sequence of the copy; 0 if nothing was ever written. */
    public long sequence() {
        return sequence;
    }

    /** When the book was last looked at, in ns since the epoch; 0 for never. */
    public long asOfNs() {
        return asOfNs;
    }

    /** A wall is larger than so many times the median of its side. */
    public int multiple() {
        return multiple;
    }

    /** Walls of bids. */
    public Side bids() {
        return bids;
    }

    /** Walls of asks. */
    public Side asks() {
        return asks;
    }
}
