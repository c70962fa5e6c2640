package com.waickoff.marketdata.event;

/**
 * Flag bits of a {@link MarketEvent}. They are written to the journal: never renumber, only append.
 */
public final class EventFlags {
    /** Last event of its batch: a trade frame, a book update, a control event. */
    public static final short LAST = 1;
    /** {@code TRADE}: the aggressor bought. Clear: the aggressor sold. */
    public static final short BUY = 1 << 1;
    /** {@code TRADE}: a block trade. */
    public static final short BLOCK = 1 << 2;
    /** {@code TRADE}: filled against a retail-price-improvement order. */
    public static final short RPI = 1 << 3;
    /**
     * {@code TRADE}: came after the fact and fills a declared gap. {@code TRADE_GAP} by time: all that
     * was missing between its two match times has come by now.
     */
    public static final short REPAIRED = 1 << 4;
    /** {@code TRADE}: not a print of the book; it advances the id chain and counts nowhere else. */
    public static final short OFF_BOOK = 1 << 5;
    /** {@code BOOK_LEVEL}: a bid. Clear: an ask. */
    public static final short BID = 1 << 6;
    /** {@code BOOK_LEVEL}: part of a snapshot, which replaces the whole book. */
    public static final short SNAPSHOT = 1 << 7;
    /** {@code BOOK_LEVEL}: first level of its update; a snapshot clears the book here. */
    public static final short FIRST = 1 << 8;
    /** {@code TRADE_GAP}: bounded by match times in ns instead of by trade ids. */
    public static final short BY_TIME = 1 << 9;

    /** {@code TRADE}: an aggregate of several fills; {@code aux} is their number. */
    public static final short AGGREGATE = 1 << 10;

    /**
     * {@code TRADE}: in a chain of single trades it stands for several, whose ids rise by one from its
     * own; {@code aux} is their number.
     */
    public static final short SPAN = 1 << 11;

    private EventFlags() {}
}
