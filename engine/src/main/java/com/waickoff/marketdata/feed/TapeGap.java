package com.waickoff.marketdata.feed;

/**
 * The stretch of a tape whose ids do not chain in which trades may be missing and may still come: from
 * the last trade before it to the first one behind it. There is one at a time; a hole that opens while
 * there is one makes it longer.
 *
 * <pre>
 *   before ─── hole ─── t ─── t ─── hole ─── after ─── t …
 * </pre>
 *
 * <p>Threads: the feed thread.
 */
public final class TapeGap {
    private long lastId = RecentTrades.NO_ID;
    private long beforeId = RecentTrades.NO_ID;
    private long afterId = RecentTrades.NO_ID;
    private long fromNs;
    private boolean isOpen;
    private int attempts;

    /** A trade was received: it ends a hole that is open. */
    void onTrade(long id64) {
        if (isOpen) {
            isOpen = false;
            afterId = id64;
        }
        lastId = id64;
    }

    /** Begins behind the last trade of another one. */
    void goOn(TapeGap former) {
        lastId = former.lastId;
    }

    /** Trades may be missing behind the last one, which was matched at this time. */
    void open(long lastMatchNs) {
        if (!isWanted() && !isOpen) {
            beforeId = lastId;
            fromNs = lastMatchNs;
            attempts = 0;
        }
        isOpen = true;
    }

    /** Whether there is one whose ends are known, so that it can be asked for. */
    public boolean isWanted() {
        return !isOpen && beforeId != RecentTrades.NO_ID && afterId != RecentTrades.NO_ID;
    }

    /** Id of the last trade before it. */
    public long beforeId() {
        return beforeId;
    }

    /** Id of the first trade behind it. */
    public long afterId() {
        return afterId;
    }

    /** Match time of the last trade before it, in ns. */
    public long fromNs() {
        return fromNs;
    }

    /** Counts that it was asked for in vain, and says how often it was. */
    public int missed() {
        return ++attempts;
    }

    /** It is filled, or given up. */
    public void end() {
        beforeId = RecentTrades.NO_ID;
        afterId = RecentTrades.NO_ID;
    }
}
