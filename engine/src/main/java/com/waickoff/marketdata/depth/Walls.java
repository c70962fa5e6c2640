package com.waickoff.marketdata.depth;

import com.waickoff.marketdata.snapshot.WallsSection;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The walls of one book: levels that are larger than a multiple of the median of their side's best
 * levels, and since when.
 *
 * <p>A wall is followed by its price from one look at the book to the next, and forgotten when it
 * is no wall at a look: one that comes back is a new one. What happens between two looks is not
 * seen. Of more walls than there is room for, the largest are followed; of equals, the nearer.
 *
 * <p>Threads: one.
 */
final class Walls {
    private final Side bids = new Side();
    private final Side asks = new Side();
    private long asOfNs;
    private int multiple;

    /** Walls of a side, best price first. */
    private static final class Side {
        private long[] prices = new long[WallsSection.CAPACITY];
        private long[] quantities = new long[WallsSection.CAPACITY];
        private long[] largest = new long[WallsSection.CAPACITY];
        private long[] firstSeenNs = new long[WallsSection.CAPACITY];
        private long[] nextPrices = new long[WallsSection.CAPACITY];
        private long[] nextLargest = new long[WallsSection.CAPACITY];
        private long[] nextFirstSeenNs = new long[WallsSection.CAPACITY];
        private int count;
        private int levels;
        private long median;

        void update(WallSearch found, long nowNs) {
            levels = found.levels();
            median = found.median();
            for (int i = 0; i < found.count(); i++) {
                long price = found.price(i);
                int known = indexOf(price);
                nextPrices[i] = price;
                nextLargest[i] = known < 0 ? found.quantity(i)
                        : Math.max(largest[known], found.quantity(i));
                nextFirstSeenNs[i] = known < 0 ? nowNs : firstSeenNs[known];
            }
            count = found.count();
            for (int i = 0; i < count; i++) {
                quantities[i] = found.quantity(i);
            }
            long[] swapped = prices;
            prices = nextPrices;
            nextPrices = swapped;
            swapped = largest;
            largest = nextLargest;
            nextLargest = swapped;
            swapped = firstSeenNs;
            firstSeenNs = nextFirstSeenNs;
            nextFirstSeenNs = swapped;
        }

        private int indexOf(long price) {
            for (int i = 0; i < count; i++) {
                if (prices[i] == price) {
                    return i;
                }
            }
            return -1;
        }

        void clear() {
            count = 0;
            levels = 0;
            median = 0;
        }

        void show(WallsSection section, boolean bid) {
            section.side(bid, levels, median);
            for (int i = 0; i < count; i++) {
                section.add(bid, prices[i], quantities[i], largest[i], firstSeenNs[i]);
            }
        }

        void writeTo(DataOutput out) throws IOException {
            out.writeInt(count);
            out.writeInt(levels);
            out.writeLong(median);
            for (int i = 0; i < count; i++) {
                out.writeLong(prices[i]);
                out.writeLong(quantities[i]);
                out.writeLong(largest[i]);
                out.writeLong(firstSeenNs[i]);
            }
        }

        void readFrom(DataInput in) throws IOException {
            count = in.readInt();
            if (count < 0 || count > WallsSection.CAPACITY) {
                throw new IOException(count + " walls of a side");
            }
            levels = in.readInt();
            median = in.readLong();
            for (int i = 0; i < count; i++) {
                prices[i] = in.readLong();
                quantities[i] = in.readLong();
                largest[i] = in.readLong();
                firstSeenNs[i] = in.readLong();
            }
        }
    }

    /**
     * Looks at a book.
     *
     * @param nowNs the book's time
     */
    void look(Book book, WallSearch search, long nowNs) {
        asOfNs = nowNs;
        multiple = search.multiple();
        search.search(book.bids());
        bids.update(search, nowNs);
        search.search(book.asks());
        asks.update(search, nowNs);
    }

    /** The book was lost: nobody knows what became of its walls. */
    void clear() {
        bids.clear();
        asks.clear();
    }

    /** Whether there never was a look. */
    boolean isUnused() {
        return asOfNs == 0;
    }

    /** Shows them. */
    void show(WallsSection section, long sequence) {
        section.begin(asOfNs, multiple);
        bids.show(section, true);
        asks.show(section, false);
        section.end(sequence);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(asOfNs);
        out.writeInt(multiple);
        bids.writeTo(out);
        asks.writeTo(out);
    }

    void readFrom(DataInput in) throws IOException {
        asOfNs = in.readLong();
        multiple = in.readInt();
        bids.readFrom(in);
        asks.readFrom(in);
    }
}
