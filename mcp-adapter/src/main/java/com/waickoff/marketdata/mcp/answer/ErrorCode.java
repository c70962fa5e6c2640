package com.waickoff.marketdata.mcp.answer;

/** Why a tool has no answer: the first word of its text. */
public enum ErrorCode {
    /** No such instrument; the text names the nearest ones. */
    UNKNOWN_INSTRUMENT,
    /** A bare symbol that several venues have; the text names them. */
    AMBIGUOUS_INSTRUMENT,
    /** An argument is missing, unknown or out of range; the text says what is allowed. */
    INVALID_ARGUMENT,
    /** The instrument is known, and nothing was traded yet. */
    NO_DATA,
    /** This version cannot answer it; the text says what it can. */
    NOT_AVAILABLE,
    /** There is no file of an engine that could be read. */
    ENGINE_DOWN,
    /** The engine wrote each time the numbers were copied. */
    BUSY,
    /** A fault of this program; standard error has more under the same reference. */
    INTERNAL
}
