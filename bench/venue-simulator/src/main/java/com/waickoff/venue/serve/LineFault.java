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
    FREEZE,
    /** The frame arrives behind the next one of its stream. */
    SWAP,
    /** A quantity near the top of a book's difference is another one; its ids are right. */
    CORRUPT_LEVEL,
    /** A bid as high as an ask stands in a book's difference; its ids are right. */
    CROSS,
    /** The match time of a trade is 0, a year ahead or -1, in turn. */
    WILD_TIME,
    /** The frame has a member that nobody knows. */
    NEW_FIELD,
    /** A frame of a kind that nobody knows arrives in front of the frame. */
    UNKNOWN_EVENT,
    /** A text frame that is no UTF-8 arrives in front of the frame. */
    BAD_UTF8,
    /** A frame marked as compressed (RSV1) arrives in front of the frame. */
    COMPRESSED,
    /** A masked frame arrives in front of the frame. */
    MASKED,
    /** A binary frame arrives in front of the frame. */
    BINARY,
    /** A hundred thousand open brackets arrive in front of the frame. */
    DEEP_JSON,
    /** A frame says that it has 64 MB; some bytes of it come, and then nothing any more. */
    HUGE_HEADER,
    /** The next bytes leave one by one, each in a segment of its own. */
    SLICE,
    /** From now on one byte a second is sent. */
    TRICKLE;

    /** Whether it changes what a frame says: there must be a frame that can be changed so. */
    boolean changesFrame() {
        return this == CORRUPT_LEVEL || this == CROSS || this == WILD_TIME || this == NEW_FIELD;
    }
}
