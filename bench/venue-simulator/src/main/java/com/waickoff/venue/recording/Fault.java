package com.waickoff.venue.recording;

/** What may go wrong with a received frame. */
public enum Fault {
    /** The frame does not arrive. */
    DROP(false, true),
    /** The frame arrives twice. */
    DUPLICATE(false, false),
    /** The end of the frame is missing. */
    TRUNCATE(false, true),
    /** Other bytes arrive. */
    GARBAGE(false, true),
    /** A quantity that no scale of ours can hold. */
    MISFIT(false, true),
    /** A frame of trades arrives behind the next one of its instrument. */
    SWAP(true, false),
    /** The trades within a frame change places. */
    SHUFFLE(true, false),
    /** A frame of trades arrives seconds late. */
    LATE(true, false),
    /** Members that nobody knows, with values of every kind. */
    UNKNOWN_KEYS(false, false),
    /** Blanks around all tokens. */
    WHITE_SPACE(false, false),
    /** The members of all objects in another order. */
    KEY_ORDER(false, false);

    private final boolean tradesOnly;
    private final boolean lossy;

    Fault(boolean tradesOnly, boolean lossy) {
        this.tradesOnly = tradesOnly;
        this.lossy = lossy;
    }

    /** Whether it befalls frames of trades only. */
    public boolean tradesOnly() {
        return tradesOnly;
    }

    /** Whether what the frame told is lost; else a good reader ends with the same trades. */
    public boolean lossy() {
        return lossy;
    }
}
