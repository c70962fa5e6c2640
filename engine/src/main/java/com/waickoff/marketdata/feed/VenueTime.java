package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.decimal.Ascii;

/**
 * Times as venues write them: ms since the epoch in 13 digits, or µs in 16. Whatever is shorter lies
 * before September 2001, when no venue was there: it says no time.
 *
 * <p>Threads: pure.
 */
public final class VenueTime {
    /** No time that can be meant. */
    public static final long INVALID = -1;

    private static final int MILLISECOND_DIGITS = 13;
    private static final int MICROSECOND_DIGITS = 16;
    private static final long NS_PER_MS = 1_000_000;
    private static final long NS_PER_US = 1_000;

    private VenueTime() {}

    /** The time in ns since the epoch that a text says, or a negative number if it says none. */
    public static long parse(long address, int length) {
        return length < 1 || length > MICROSECOND_DIGITS || Ascii.digitCount(address) < length
                ? INVALID
                : toNs(address, length);
    }

    /**
     * The time in ns since the epoch that {@code digits} digits at {@code address} say.
     *
     * @param digits how many digits there are, all of which are known to be digits
     * @return the time, or a negative number if it cannot be one
     */
    public static long toNs(long address, int digits) {
        if (digits == MILLISECOND_DIGITS) {
            return Ascii.digits(address, digits) * NS_PER_MS; // negative beyond the year 2262
        }
        return digits == MICROSECOND_DIGITS
                ? Ascii.digits(address, digits) * NS_PER_US
                : INVALID;
    }
}
