package com.waickoff.marketdata.feed;

/**
 * What is known of one stream: the tape or the book of an instrument, on the two links its line may
 * have.
 *
 * <p>Threads: the feed thread.
 */
public final class StreamState {
    /** Nothing is under way. */
    static final byte WATCHED = 0;
    /** The venue is asked for its newest trade. */
    static final byte ASKED = 1;
    /** The venue knows a newer trade: it may be on its way. */
    static final byte DOUBTED = 2;
    /** The venue is asked again. */
    static final byte ASKED_AGAIN = 3;

    /** Whether it is the tape; else the book. */
    final boolean isTape;
    /** As the venue writes it. */
    final String symbol;

    // Of each link of the line.
    private final long[] heardNs = new long[2]; // the last frame; 0 if none came since it was asked
    private final long[] ackedNs = new long[2]; // when it was acknowledged; 0 if it was not
    private final long[] askedNs = new long[2]; // when it was asked for; 0 if that was answered

    /** How often in a row it was refused, or not answered, when it was asked for alone. */
    int refusals;

    // Of the watch.
    byte stage;
    /** The last sign of life, or the acknowledgement. */
    long lifeNs;
    /** When to look at it next. */
    long dueNs;
    /** How long until then. */
    long waitNs;
    /** The newest trade that is no sign of anything, or {@link StreamLanguage#NO_TRADE}. */
    long reference = StreamLanguage.NO_TRADE;
    /** When its sibling was last seen to move, and how often it did since this one moved. */
    long siblingNs;
    int siblingMoves;
    /** How often it was found dead lately, and when the last time. */
    int deaths;
    long diedNs;

    StreamState(String symbol, boolean isTape) {
        this.symbol = symbol;
        this.isTape = isTape;
    }

    /** A frame of it came on a link. */
    void heard(int link, long receiveTimeNs) {
        heardNs[link & 1] = receiveTimeNs;
    }

    /** When its last frame came on a link; 0 if none came since the link is up. */
    long heardNs(int link) {
        return heardNs[link & 1];
    }

    /** When its subscription was acknowledged on a link; 0 if it was not. */
    long ackedNs(int link) {
        return ackedNs[link & 1];
    }

    /** Whether it is asked for on a link, and neither acknowledged nor there. */
    boolean isPending(int link) {
        return askedNs[link & 1] != 0 && heardNs[link & 1] < askedNs[link & 1];
    }

    void asked(int link, long nowNs) {
        askedNs[link & 1] = nowNs;
        ackedNs[link & 1] = 0;
    }

    void acked(int link, long nowNs) {
        askedNs[link & 1] = 0;
        ackedNs[link & 1] = nowNs;
        refusals = 0;
    }

    void notAcked(int link) {
        askedNs[link & 1] = 0;
        refusals++;
    }

    /** The link has ended, or begins. */
    void forget(int link) {
        heardNs[link & 1] = 0;
        ackedNs[link & 1] = 0;
        askedNs[link & 1] = 0;
    }
}
