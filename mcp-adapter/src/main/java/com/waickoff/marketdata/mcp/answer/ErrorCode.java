package com.waickoff.marketdata.mcp.answer;

/** Why a tool has no answer: the first word of its text. */
public enum ErrorCode {
    /** No such instrument; the text names the nearest ones. */
    UNKNOWN_INSTRUMENT,
    /** A bare symbol that several venues have; the text names them. */
    AMBIGUOUS_INSTRUMENT,
    /** Nothing can be read by this URI; the text says where those that can are listed. */
    UNKNOWN_RESOURCE,
    /** An argument is missing, unknown or out of range; the text says what is allowed. */
    INVALID_ARGUMENT,
    /** The instrument is known, and nothing was traded yet. */
    NO_DATA,
    /** This version cannot answer it; the text says what it can. */
    NOT_AVAILABLE,
    /** More time is asked for than is answered at once; the text says how much is. */
    RANGE_TOO_LARGE,
    /** A cursor that is too old; the text says where to begin again. */
    CURSOR_EXPIRED,
    /** The store of the past does not answer; what is live still does. */
    HISTORY_UNAVAILABLE,
    /** There is no file of an engine that could be read. */
    ENGINE_DOWN,
    /** The engine wrote each time the numbers were copied. */
    BUSY,
    /** A fault of this program; standard error has more under the same reference. */
    INTERNAL
}
