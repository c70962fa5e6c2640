package com.waickoff.venue.serve;

/** What may go wrong on the line between a venue and one client. */
public enum LineFault {
    /** The frame does not arrive. */
    DROP,
    /** The frame arrives twice. */
    DUPLICATE,
    /** The frame and all behind it arrive late, in order. */
    DELAY,
    /** The frame alone arrives late, behind others. */
    LATE,
    /** Other letters arrive in place of the frame. */
    GARBAGE,
    /** A frame of many MB arrives in front of the frame. */
    OVERSIZE,
    /** The connection ends between two frames, without a word. */
    CUT,
    /** The connection ends in the middle of the frame. */
    CUT_IN_FRAME,
    /** The connection is reset. */
    RESET,
    /** The connection ends with a close frame. */
    CLOSE,
    /** Nothing is sent any more, no pong either, and the socket stays open. */
    FREEZE;

    /** Whether the connection is of no use afterwards. */
    boolean ends() {
        return this == CUT || this == CUT_IN_FRAME || this == RESET || this == CLOSE;
    }
}
