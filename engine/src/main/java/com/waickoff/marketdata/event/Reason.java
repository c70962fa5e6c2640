package com.waickoff.marketdata.event;

/**
 * Why a book was reset, a gap declared or a feed ended. The codes are written to the journal:
 * never reorder, only append.
 */
public enum Reason {
    /** Not said. */
    UNSPECIFIED,
    /** The venue's update sequence or trade id chain has a hole. */
    SEQUENCE_GAP,
    /** A frame could not be read, so what it held is unknown. */
    MALFORMED_FRAME,
    /** A price or quantity does not fit the instrument's scale or a long. */
    VALUE_OUT_OF_RANGE,
    /** The venue restarted its sequence. */
    VENUE_RESTART,
    /** The connection ended. */
    DISCONNECTED,
    /** The process stopped, or was stopped. */
    ENGINE_STOPPED,
    /** More updates waited for a snapshot than the configured bound. */
    BUFFER_FULL,
    /** The instrument's tick, lot or scale changed. */
    REDEFINED,
    /** The venue no longer lists the instrument, or not yet. */
    DELISTED,
    /** Asked for anew, though nothing was wrong: a recording begins a new file. */
    RENEWED,
    /** The book differs from what the venue says of it, or from what any book must be. */
    BOOK_MISMATCH,
    /** A stream delivered nothing although the market traded, or was refused. */
    STREAM_SILENT,
    /** The disk has too little room. */
    DISK_LOW;

    private static final Reason[] VALUES = values();

    /** The reason with this code; {@link #UNSPECIFIED} for a code of a newer version. */
    public static Reason of(long code) {
        return code >= 0 && code < VALUES.length ? VALUES[(int) code] : UNSPECIFIED;
    }
}
