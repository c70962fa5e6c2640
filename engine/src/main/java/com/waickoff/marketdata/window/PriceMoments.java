package com.waickoff.marketdata.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * Exact sums of price times quantity (128 bits) and of price squared times quantity (192 bits): all
 * that a volume-weighted mean price and its deviation need.
 *
 * <p>Neither can overflow while the quantities' sum fits a long: {@code 63 + 63} and {@code 63 + 63 +
 * 63} bits. Prices may be negative, quantities may not. Sums of integers do not depend on the order
 * of trades, and those of several windows are those of their trades.
 *
 * <p>Threads: those of the bar.
 */
public final class PriceMoments {
    private long notionalHigh;
    private long notionalLow;
    private long squaresHigh;
    private long squaresMid;
    private long squaresLow;

    /** Becomes the sums of one trade. */
    public void set(long price, long quantity) {
        notionalHigh = Math.multiplyHigh(price, quantity);
        notionalLow = price * quantity;
        long squareHigh = Math.multiplyHigh(price, price);
        long squareLow = price * price;
        squaresLow = squareLow * quantity;
        long carried = Math.unsignedMultiplyHigh(squareLow, quantity);
        squaresMid = carried + squareHigh * quantity;
        squaresHigh = Math.multiplyHigh(squareHigh, quantity) + carry(squaresMid, carried);
    }

    /**
     * Becomes the sums of trades at prices near one.
     *
     * @param price the one; every trade's is {@code price + d}
     * @param quantity sum of the trades' quantities q
     * @param offsets sum of {@code d * q}, of at most 62 bits
     * @param squaredOffsets sum of {@code d * d * q}
     */
    void set(long price, long quantity, long offsets, long squaredOffsets) {
        set(price, quantity);
        addNotional(offsets);
        addSquares(Math.multiplyHigh(price, 2 * offsets), price * 2 * offsets);
        addSquares(0, squaredOffsets);
    }

    private void addNotional(long signed) {
        notionalLow += signed;
        notionalHigh += (signed >> (Long.SIZE - 1)) + carry(notionalLow, signed);
    }

    private void addSquares(long mid, long low) {
        squaresLow += low;
        long carry = carry(squaresLow, low);
        long sum = squaresMid + mid;
        squaresHigh += (mid >> (Long.SIZE - 1)) + carry(sum, mid);
        squaresMid = sum + carry;
        squaresHigh += carry(squaresMid, carry);
    }

    /** Adds other sums. */
    public void add(PriceMoments other) {
        notionalLow += other.notionalLow;
        notionalHigh += other.notionalHigh + carry(notionalLow, other.notionalLow);
        squaresLow += other.squaresLow;
        long carry = carry(squaresLow, other.squaresLow);
        long mid = squaresMid + other.squaresMid;
        squaresHigh += other.squaresHigh + carry(mid, squaresMid);
        squaresMid = mid + carry;
        squaresHigh += carry(squaresMid, carry);
    }

    /** 1 if a sum of unsigned numbers wrapped around, which makes it less than either of them. */
    private static long carry(long sum, long part) {
        return Long.compareUnsigned(sum, part) < 0 ? 1 : 0;
    }

    void clear() {
        set(0, 0, 0, 0, 0);
    }

    /** Becomes sums that were read somewhere, the high word of each first. */
    public void set(long highOfNotional, long lowOfNotional, long highOfSquares,
            long midOfSquares, long lowOfSquares) {
        notionalHigh = highOfNotional;
        notionalLow = lowOfNotional;
        squaresHigh = highOfSquares;
        squaresMid = midOfSquares;
        squaresLow = lowOfSquares;
    }

    /** Upper 64 bits of the sum of price times quantity. */
    public long notionalHigh() {
        return notionalHigh;
    }

    /** Lower 64 bits of the sum of price times quantity. */
    public long notionalLow() {
        return notionalLow;
    }

    /** Upper 64 bits of the sum of price squared times quantity. */
    public long squaresHigh() {
        return squaresHigh;
    }

    /** Middle 64 bits of the sum of price squared times quantity. */
    public long squaresMid() {
        return squaresMid;
    }

    /** Lower 64 bits of the sum of price squared times quantity. */
    public long squaresLow() {
        return squaresLow;
    }

    /** Sum of price times quantity. Allocates: for readers. */
    public BigInteger notional() {
        return wide(notionalHigh, notionalLow);
    }

    /** Sum of price squared times quantity. Allocates: for readers. */
    public BigInteger squares() {
        return wide(squaresHigh, squaresMid).shiftLeft(Long.SIZE).add(unsigned(squaresLow));
    }

    private static BigInteger wide(long high, long low) {
        return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(unsigned(low));
    }

    private static BigInteger unsigned(long value) {
        BigInteger signed = BigInteger.valueOf(value);
        return value < 0 ? signed.add(BigInteger.ONE.shiftLeft(Long.SIZE)) : signed;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeLong(notionalHigh);
        out.writeLong(notionalLow);
        out.writeLong(squaresHigh);
        out.writeLong(squaresMid);
        out.writeLong(squaresLow);
    }

    void readFrom(DataInput in) throws IOException {
        set(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }
}
