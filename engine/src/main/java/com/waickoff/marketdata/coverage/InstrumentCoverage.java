package com.waickoff.marketdata.coverage;

import com.waickoff.marketdata.snapshot.CoverageStamp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The uncovered intervals of one instrument: half-open, in ms of match time, in order, disjoint.
 *
 * <pre>
 *  ids chain      trade a ──── gap(ids) ──── trade b       uncovered [a, b), until all ids are repaired
 *                 trade a ── down ── up ──── trade b       uncovered while unknown; covered once b
 *                                                          shows that no id is missing
 *  ids do not     trade a ── down ── up ──── trade b       uncovered [a, up)
 *  chain          trade a ──── gap ───────── trade b       uncovered [a, b), until all between was
 *                                                          fetched
 *  always         before the first up                      uncovered
 * </pre>
 *
 * <p>An interval is never empty, because the missing trades may share the millisecond of the trades
 * around them; for the same reason one that would end exactly where a minute begins reaches 1 ms
 * into it. Bounded: when there are too many intervals, the two oldest become one, with what lay
 * between them: the answer errs on the side of uncovered.
 */
public final class InstrumentCoverage implements CoverageStamp.Intervals {
    /** End of an interval that is still open. */
    public static final long OPEN_END = Long.MAX_VALUE;
    /** Start of the interval before anything was heard. */
    public static final long BEFORE_ALL = 0;
    /** No trade id, and no number of missing trades. */
    public static final long UNKNOWN = -1;

    private static final long MINUTE_MS = 60_000;
    private static final byte NOT_OPEN = 0;
    private static final byte OPEN_UNTIL_FEED = 1;
    private static final byte OPEN_UNTIL_TRADE = 2;

    private final boolean idsChain;
    private final long[] fromMs;
    private final long[] toMs;
    private final long[] firstMissing;
    private final long[] lastMissing;
    private final long[] missing;
    private int closed;

    private byte open = OPEN_UNTIL_FEED;
    private boolean openByGap;
    private long openFromMs = BEFORE_ALL;
    private long openFirstMissing = UNKNOWN;
    private long openLastMissing = UNKNOWN;
    private long openFetched;
    private boolean everUp;
    private boolean up;
    private long lastTradeMs = UNKNOWN;
    private long lastTradeId = UNKNOWN;
    private long gaps;
    private long repairedTrades;
    private long repairedGaps;
    private long feedEpoch;
    private int version;

    /** Nothing is covered yet. */
    public InstrumentCoverage(boolean idsChain, CoverageConfig config) {
        this.idsChain = idsChain;
        fromMs = new long[config.intervals()];
        toMs = new long[config.intervals()];
        firstMissing = new long[config.intervals()];
        lastMissing = new long[config.intervals()];
        missing = new long[config.intervals()];
    }

    /** A trade of the live tape, in order of arrival; off-book prints too, for their ids. */
    public void onTrade(long matchMs, long id) {
        if (open == OPEN_UNTIL_TRADE) {
            closeAtSlowPath(matchMs);
        }
        if (matchMs > lastTradeMs) {
            lastTradeMs = matchMs;
        }
        if (id > lastTradeId || !idsChain) {
            lastTradeId = id;
        }
    }

    private void closeAtSlowPath(long matchMs) {
        version++;
        open = NOT_OPEN;
        boolean isFetched = openFirstMissing != UNKNOWN
                && openFetched == openLastMissing - openFirstMissing + 1;
        if (isFetched) {
            repairedGaps++;
        } else if (openByGap || !idsChain) {
            add(openFromMs, matchMs, openFirstMissing, openLastMissing, openFetched);
        }
        openFirstMissing = UNKNOWN;
        openLastMissing = UNKNOWN;
        openFetched = 0;
        openByGap = false;
    }

    /**
     * Trades fetched after the fact.
     *
     * @param count how many, their ids rising by one from {@code id}
     */
    public void onRepairedTrades(long id, long count) {
        version++;
        repairedTrades += count;
        if (openFirstMissing != UNKNOWN && id >= openFirstMissing && id <= openLastMissing) {
            openFetched += count;
            return;
        }
        for (int i = closed - 1; i >= 0; i--) {
            if (firstMissing[i] != UNKNOWN && id >= firstMissing[i] && id <= lastMissing[i]) {
                missing[i] -= count;
                if (missing[i] <= 0) {
                    remove(i);
                    repairedGaps++;
                }
                return;
            }
        }
    }

    /**
     * All that was missing between these match times was fetched, where ids do not chain. The end of an
     * interval may lie two ms beyond: one because it excludes its last, one into a minute.
     */
    public void onGapFilled(long fromMs, long toMs) {
        version++;
        for (int i = closed - 1; i >= 0; i--) {
            if (firstMissing[i] == UNKNOWN && this.fromMs[i] != BEFORE_ALL
                    && this.fromMs[i] >= fromMs && this.toMs[i] <= toMs + 2) {
                remove(i);
                repairedGaps++;
            }
        }
    }

    /** Trades with these ids, both included, are missing between the last trade and the next. */
    public void onGap(long firstId, long lastId) {
        gaps++;
        boolean alreadyOpen = open == OPEN_UNTIL_TRADE && openByGap;
        openGap();
        openFirstMissing = alreadyOpen ? Math.min(openFirstMissing, firstId) : firstId;
        openLastMissing = lastId;
    }

    /** Trades are missing between the last trade and the next; nobody knows which. */
    public void onGap() {
        gaps++;
        openGap();
    }

    private void openGap() {
        version++;
        if (open == NOT_OPEN) {
            openFromMs = lastTradeMs == UNKNOWN ? coveredFromMs() : lastTradeMs;
        }
        if (open != OPEN_UNTIL_FEED) {
            open = OPEN_UNTIL_TRADE;
        }
        openByGap = true;
    }

    /** The feed's first frame after its subscription was acknowledged, at this venue time. */
    public void onFeedUp(long venueMs, long epoch) {
        version++;
        feedEpoch = epoch;
        up = true;
        if (open != OPEN_UNTIL_FEED) {
            return;
        }
        boolean nextTradeTells = everUp && idsChain && lastTradeId != UNKNOWN;
        if (nextTradeTells || openByGap) {
            open = OPEN_UNTIL_TRADE;
        } else {
            open = NOT_OPEN;
            add(openFromMs, venueMs, UNKNOWN, UNKNOWN, 0);
        }
        everUp = true;
    }

    /** The connection has ended. */
    public void onFeedDown() {
        version++;
        up = false;
        if (open == NOT_OPEN) {
            openFromMs = lastTradeMs == UNKNOWN ? coveredFromMs() : lastTradeMs;
        }
        open = OPEN_UNTIL_FEED;
    }

    private long coveredFromMs() {
        return closed == 0 ? BEFORE_ALL : toMs[closed - 1];
    }

    private void add(long from, long to, long firstId, long lastId, long fetched) {
        long end = Math.max(to, from + 1);
        if (end % MINUTE_MS == 0) {
            end++;
        }
        if (closed == fromMs.length) {
            joinOldest();
        }
        int at = closed;
        while (at > 0 && fromMs[at - 1] > from) {
            at--;
        }
        shift(at, at + 1, closed - at);
        closed++;
        fromMs[at] = at == 0 ? from : Math.max(from, toMs[at - 1]);
        toMs[at] = Math.max(end, fromMs[at]);
        firstMissing[at] = firstId;
        lastMissing[at] = lastId;
        missing[at] = firstId == UNKNOWN ? UNKNOWN : lastId - firstId + 1 - fetched;
    }

    private void joinOldest() {
        toMs[0] = Math.max(toMs[0], toMs[1]);
        firstMissing[0] = UNKNOWN;
        lastMissing[0] = UNKNOWN;
        missing[0] = UNKNOWN;
        remove(1);
    }

    private void remove(int at) {
        shift(at + 1, at, closed - at - 1);
        closed--;
    }

    private void shift(int from, int to, int length) {
        System.arraycopy(fromMs, from, fromMs, to, length);
        System.arraycopy(toMs, from, toMs, to, length);
        System.arraycopy(firstMissing, from, firstMissing, to, length);
        System.arraycopy(lastMissing, from, lastMissing, to, length);
        System.arraycopy(missing, from, missing, to, length);
    }

    @Override
    public int count() {
        return open == NOT_OPEN ? closed : closed + 1;
    }

    @Override
    public long fromMs(int index) {
        return index < closed ? fromMs[index] : Math.max(openFromMs, coveredFromMs());
    }

    @Override
    public long toMs(int index) {
        return index < closed ? toMs[index] : OPEN_END;
    }

    /** Number of gaps declared so far. */
    public long gaps() {
        return gaps;
    }

    /** Number of missing trades fetched after the fact. */
    public long repairedTrades() {
        return repairedTrades;
    }

    /** Number of gaps of which every missing trade was fetched. */
    public long repairedGaps() {
        return repairedGaps;
    }

    /** Changes whenever the intervals do. */
    public int version() {
        return version;
    }

    /** Whether the feed delivers. */
    public boolean isUp() {
        return up;
    }

    /** Counts the connections of the feed; 0 before the first. */
    public long feedEpoch() {
        return feedEpoch;
    }

    /** Largest match time of its trades in ms, or {@link #UNKNOWN}. */
    public long lastTradeMs() {
        return lastTradeMs;
    }

    /** Id of the last trade in tape order, or {@link #UNKNOWN}: where an id chain goes on. */
    public long lastTradeId() {
        return lastTradeId;
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(closed);
        for (int i = 0; i < closed; i++) {
            out.writeLong(fromMs[i]);
            out.writeLong(toMs[i]);
            out.writeLong(firstMissing[i]);
            out.writeLong(lastMissing[i]);
            out.writeLong(missing[i]);
        }
        out.writeByte(open);
        out.writeBoolean(openByGap);
        out.writeLong(openFromMs);
        out.writeLong(openFirstMissing);
        out.writeLong(openLastMissing);
        out.writeLong(openFetched);
        out.writeBoolean(everUp);
        out.writeBoolean(up);
        out.writeLong(lastTradeMs);
        out.writeLong(lastTradeId);
        out.writeLong(gaps);
        out.writeLong(repairedTrades);
        out.writeLong(repairedGaps);
        out.writeLong(feedEpoch);
    }

    void readFrom(DataInput in) throws IOException {
        int written = in.readInt();
        if (written < 0 || written > fromMs.length) {
            throw new IOException(written + " uncovered intervals do not fit "
                    + fromMs.length + ": raise coverage.intervals");
        }
        closed = written;
        for (int i = 0; i < closed; i++) {
            fromMs[i] = in.readLong();
            toMs[i] = in.readLong();
            firstMissing[i] = in.readLong();
            lastMissing[i] = in.readLong();
            missing[i] = in.readLong();
        }
        open = in.readByte();
        openByGap = in.readBoolean();
        openFromMs = in.readLong();
        openFirstMissing = in.readLong();
        openLastMissing = in.readLong();
        openFetched = in.readLong();
        everUp = in.readBoolean();
        up = in.readBoolean();
        lastTradeMs = in.readLong();
        lastTradeId = in.readLong();
        gaps = in.readLong();
        repairedTrades = in.readLong();
        repairedGaps = in.readLong();
        version++;
        feedEpoch = in.readLong();
    }
}
