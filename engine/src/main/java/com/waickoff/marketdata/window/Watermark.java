package com.waickoff.marketdata.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How far an instrument's tape has come: the largest match time of its trades plus the time since
 * that trade was received. It never runs backwards, and it goes on while no trade arrives, so that
 * a quiet market's windows close too.
 *
 * <p>A trade more than {@link #MAX_AHEAD_NS} ahead of a running watermark does not move it: one
 * wild timestamp must not close every window. The watermark runs from the first trade after a feed
 * came up, so that a tape resumed after a long stop is not taken for a wild one; and it stops
 * running when {@link #MAX_AHEAD_IN_A_ROW} trades in a row contradict it, so that one stale trade
 * at the start does not make all that follow suspect. A trade that is up to {@link #MAX_LAG_NS} ahead
 * is none if it was matched no later than {@link #MAX_AHEAD_NS} after the time it was received: then it
 * is the tape before it that came late, as on a connection that lagged behind the one that took its
 * place.
 *
 * <p>A book has a watermark of its own, moved by its updates in the place of trades.
 */
public final class Watermark {
    /** The watermark of an instrument that never traded. */
    public static final long NONE = Long.MIN_VALUE;
    /** How far ahead a trade may be and still move a running watermark: 60 s, in ns. */
    public static final long MAX_AHEAD_NS = 60_000_000_000L;
    /** By how much a tape may have come late: 15 min, in ns. */
    public static final long MAX_LAG_NS = 900_000_000_000L;
    /** How many trades in a row may be too far ahead before they are right: 64. */
    public static final int MAX_AHEAD_IN_A_ROW = 64;

    private long largestMatchNs = NONE;
    private long receivedNs;
    private long floorNs = NONE;
    private boolean running;
    private int aheadInARow;
    private long lastNs = NONE;

    /**
     * Takes in the times of a trade, or of an update of a book.
     *
     * @return whether the match time is plausible; if not, the watermark did not move
     */
    public boolean onTrade(long matchTimeNs, long receiveTimeNs) {
        long now = at(receiveTimeNs);
        boolean isAhead = running && matchTimeNs > now + MAX_AHEAD_NS
                && (matchTimeNs > receiveTimeNs + MAX_AHEAD_NS || matchTimeNs > now + MAX_LAG_NS);
        if (isAhead && ++aheadInARow <= MAX_AHEAD_IN_A_ROW) {
            return false;
        }
        running = true;
        aheadInARow = 0;
        floorNs = now;
        if (matchTimeNs > largestMatchNs) {
            largestMatchNs = matchTimeNs;
            receivedNs = receiveTimeNs;
        }
        lastNs = Math.max(now, matchTimeNs);
        return true;
    }

    /**
     * The watermark when the last plausible trade was received: what {@link #at} says of that time;
     * {@link #NONE} before the first.
     */
    long lastNs() {
        return lastNs;
    }

    /** A feed came up: the next trade sets the watermark, however far ahead it is. */
    public void onFeedUp() {
        running = false;
    }

    /** The watermark when the clock of receive times shows {@code receiveTimeNs}. */
    public long at(long receiveTimeNs) {
        if (largestMatchNs == NONE) {
            return NONE;
        }
        return Math.max(floorNs, largestMatchNs + Math.max(0, receiveTimeNs - receivedNs));
    }

    /** Writes the whole state. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeLong(largestMatchNs);
        out.writeLong(receivedNs);
        out.writeLong(floorNs);
        out.writeBoolean(running);
        out.writeInt(aheadInARow);
    }

    /** Replaces the state by what {@link #writeTo} wrote. */
    public void readFrom(DataInput in) throws IOException {
        largestMatchNs = in.readLong();
        receivedNs = in.readLong();
        floorNs = in.readLong();
        running = in.readBoolean();
        aheadInARow = in.readInt();
    }
}
