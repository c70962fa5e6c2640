package com.waickoff.marketdata.window;

/** What a trade did to the windows, as bits. */
public final class TradeOutcome {
    /** Nothing out of the ordinary. */
    public static final int ORDINARY = 0;
    /** It came after its window had closed in at least one timeframe, and revised it. */
    public static final int REVISED = 1;
    /** It came out of tape order in at least one window. */
    public static final int OUT_OF_ORDER = 1 << 1;
    /** Its match time is too far ahead: it counts at the watermark and does not move it. */
    public static final int SUSPECT_TIME = 1 << 2;
    /** At least one of its windows is no longer kept: rebuild that one from the journal. */
    public static final int TOO_LATE = 1 << 3;
    /** Rows of at least one window were merged. */
    public static final int MERGED = 1 << 4;
    /** Rows of a closed window made room. */
    public static final int EVICTED = 1 << 5;
    /** It was left out of at least one window whose sums it would have overflowed. */
    public static final int OVERFLOW = 1 << 6;

    private TradeOutcome() {}
}
