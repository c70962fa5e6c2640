package com.waickoff.marketdata.bench;

import com.waickoff.marketdata.depth.DepthMeasures;
import java.util.Arrays;

/** A side of a book in sorted arrays, best level first; keys so that the smaller is the better. */
final class SortedSide {
    private final long sign;
    private final long[] keys;
    private final long[] quantities;
    private int count;

    SortedSide(boolean bid, int capacity) {
        sign = bid ? -1 : 1;
        keys = new long[capacity];
        quantities = new long[capacity];
    }

    void set(long price, long quantity) {
        long key = price * sign;
        int found = Arrays.binarySearch(keys, 0, count, key);
        if (found >= 0) {
            if (quantity != 0) {
                quantities[found] = quantity;
            } else {
                System.arraycopy(keys, found + 1, keys, found, count - found - 1);
                System.arraycopy(quantities, found + 1, quantities, found, count - found - 1);
                count--;
            }
        } else if (quantity != 0) {
            int at = -found - 1;
            System.arraycopy(keys, at, keys, at + 1, count - at);
            System.arraycopy(quantities, at, quantities, at + 1, count - at);
            keys[at] = key;
            quantities[at] = quantity;
            count++;
        }
    }

    long quantityOfBest(int levels) {
        return DepthMeasures.quantityOfBest(quantities, count, levels);
    }

    long quantityUpTo(long price) {
        long last = price * sign;
        long sum = 0;
        for (int i = 0; i < count && keys[i] <= last; i++) {
            sum += quantities[i];
        }
        return sum;
    }

    long price(int level) {
        return keys[level] * sign;
    }

    long quantity(int level) {
        return quantities[level];
    }
}
