package com.waickoff.marketdata.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The fills of one taker order as far as they came: neighbours on the tape with one side and one key.
 * The key is the venue's cross sequence where a trade has one; elsewhere the match time, which two
 * orders of one moment share: there it is inferred that they are one.
 *
 * <p>Threads: one study thread.
 */
final class TakerOrder {
    private final long rowSize;
    private boolean open;
    private boolean buy;
    private long key;
    private long timeNs;
    private long lastReceivedNs;
    private long quantity;
    private long fills;
    private long firstPrice;
    private long lastPrice;
    private long lowRow;
    private long highRow;
    private long rows;

    /**
     * No order.
     *
     * @param rowSize height of a row in scaled price units
     */
    TakerOrder(long rowSize) {
        this.rowSize = rowSize;
    }

    /** Whether a fill with this key and side belongs to it. */
    boolean holds(long fillKey, boolean fillBuys) {
        return open && key == fillKey && buy == fillBuys;
    }

    /** Whether there is an order that may get more fills. */
    boolean isOpen() {
        return open;
    }

    /** Begins an order, without fills. */
    void begin(long newKey, boolean buys, long matchTimeNs, long price) {
        open = true;
        buy = buys;
        key = newKey;
        timeNs = matchTimeNs;
        quantity = 0;
        fills = 0;
        firstPrice = price;
        lowRow = Math.floorDiv(price, rowSize);
        highRow = lowRow;
        rows = 1;
    }

    /** Adds a fill; one that stands for several counts as these. */
    void add(long price, long fillQuantity, long count, long receivedNs) {
        quantity = quantity + fillQuantity < 0 ? Long.MAX_VALUE : quantity + fillQuantity;
        fills += count;
        lastPrice = price;
        lastReceivedNs = receivedNs;
        long row = Math.floorDiv(price, rowSize);
        if (row < lowRow) {
            lowRow = row;
            rows++;
        } else if (row > highRow) {
            highRow = row;
            rows++;
        }
    }

    /** No more fills will come. */
    void end() {
        open = false;
    }

    boolean isBuy() {
        return buy;
    }

    /** Match time of the first fill. */
    long timeNs() {
        return timeNs;
    }

    long lastReceivedNs() {
        return lastReceivedNs;
    }

    long quantity() {
        return quantity;
    }

    long fills() {
        return fills;
    }

    long firstPrice() {
        return firstPrice;
    }

    long lastPrice() {
        return lastPrice;
    }

    /** Rows with a fill, as far as each was beyond those before it: what an order does. */
    long rows() {
        return rows;
    }

    long rowSize() {
        return rowSize;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeBoolean(open);
        out.writeBoolean(buy);
        out.writeLong(key);
        out.writeLong(timeNs);
        out.writeLong(lastReceivedNs);
        out.writeLong(quantity);
        out.writeLong(fills);
        out.writeLong(firstPrice);
        out.writeLong(lastPrice);
        out.writeLong(lowRow);
        out.writeLong(highRow);
        out.writeLong(rows);
    }

    void readFrom(DataInput in) throws IOException {
        open = in.readBoolean();
        buy = in.readBoolean();
        key = in.readLong();
        timeNs = in.readLong();
        lastReceivedNs = in.readLong();
        quantity = in.readLong();
        fills = in.readLong();
        firstPrice = in.readLong();
        lastPrice = in.readLong();
        lowRow = in.readLong();
        highRow = in.readLong();
        rows = in.readLong();
    }
}
