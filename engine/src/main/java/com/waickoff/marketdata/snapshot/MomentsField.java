package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.window.PriceMoments;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The sums of a volume-weighted average price in a section.
 *
 * <pre>
 *   0               8              16             24            32             40
 *   +---------------+--------------+--------------+-------------+--------------+
 *   | price * quantity: high, low  | price² * quantity: high, middle, low word |
 *   +---------------+--------------+--------------+-------------+--------------+
 * </pre>
 */
final class MomentsField {
    static final int LENGTH = 5 * Long.BYTES;

    private static final int NOTIONAL_LOW = Long.BYTES;
    private static final int SQUARES_HIGH = 2 * Long.BYTES;
    private static final int SQUARES_MID = 3 * Long.BYTES;
    private static final int SQUARES_LOW = 4 * Long.BYTES;

    private MomentsField() {}

    static void put(MutableDirectBuffer buffer, int at, PriceMoments moments) {
        buffer.putLong(at, moments.notionalHigh());
        buffer.putLong(at + NOTIONAL_LOW, moments.notionalLow());
        buffer.putLong(at + SQUARES_HIGH, moments.squaresHigh());
        buffer.putLong(at + SQUARES_MID, moments.squaresMid());
        buffer.putLong(at + SQUARES_LOW, moments.squaresLow());
    }

    static void get(DirectBuffer buffer, int at, PriceMoments moments) {
        moments.set(buffer.getLong(at), buffer.getLong(at + NOTIONAL_LOW),
                buffer.getLong(at + SQUARES_HIGH), buffer.getLong(at + SQUARES_MID),
                buffer.getLong(at + SQUARES_LOW));
    }
}
