package com.waickoff.marketdata.event;

/**
 * What a {@link MarketEvent} is. The codes are written to the journal: never renumber, only append.
 */
public final class EventKind {
    /** No event: a slot that was never written. */
    public static final byte NONE = 0;
    /** A trade of the public tape. */
    public static final byte TRADE = 1;
    /** One price level of a book update; the last one of an update carries {@link EventFlags#LAST}. */
    public static final byte BOOK_LEVEL = 2;
    /** The book of an instrument can no longer be trusted; it stays visible as stale. */
    public static final byte BOOK_RESET = 3;
    /** The book of an instrument is joined to the venue's sequence again. */
    public static final byte BOOK_READY = 4;
    /** Trades of an instrument are missing from the tape. */
    public static final byte TRADE_GAP = 5;
    /** The first frame of an instrument's feed after its subscription was acknowledged. */
    public static final byte FEED_UP = 6;
    /** The connection that carried an instrument's feed has ended. */
    public static final byte FEED_DOWN = 7;
    /** Time passes: one for all instruments every 100 ms of receive time. */
    public static final byte CLOCK = 8;
    /** An instrument was defined; the definition itself is in the {@link InstrumentCatalogue}. */
    public static final byte INSTRUMENT = 9;
    /** From here on book levels are missing from the journal on purpose. */
    public static final byte DEPTH_PAUSED = 10;
    /** Book levels are journaled again. */
    public static final byte DEPTH_RESUMED = 11;

    private static final String[] NAMES = {"NONE", "TRADE", "BOOK_LEVEL", "BOOK_RESET",
            "BOOK_READY", "TRADE_GAP", "FEED_UP", "FEED_DOWN", "CLOCK", "INSTRUMENT",
            "DEPTH_PAUSED", "DEPTH_RESUMED"};

    private EventKind() {}

    /** The name of {@code kind} as it is shown to people; {@code "UNKNOWN"} for a foreign code. */
    public static String name(byte kind) {
        return kind >= 0 && kind < NAMES.length ? NAMES[kind] : "UNKNOWN";
    }

    /** Whether {@code kind} is a code of this version. */
    public static boolean isKnown(byte kind) {
        return kind > NONE && kind < NAMES.length;
    }
}
