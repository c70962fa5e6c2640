package com.waickoff.marketdata.depth;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The order book of one instrument: two sides, and how far they can be believed.
 *
 * <pre>
 *   state        left by                      to
 *   REBUILDING   BOOK_READY                   SYNCED
 *   SYNCED       BOOK_RESET, a doubt          STALE
 *   STALE        snapshot, after BOOK_RESET   REBUILDING
 *                snapshot, after a doubt      SYNCED
 *                BOOK_READY                   SYNCED
 *   any          BOOK_RESET(VENUE_RESTART)    REBUILDING, empty
 * </pre>
 *
 * <p>{@code BOOK_RESET} keeps the levels, as the last that is known, except that
 * {@code VENUE_RESTART} empties the book; in the middle of an update it leaves levels of two
 * moments, and the book is rebuilding. A joined book is <i>in doubt</i>, and shown as stale,
 * <ul>
 * <li>while it is crossed or locked at the end of an update, and for good after a configured number
 * of such updates in a row;
 * <li>after a level was refused, because no sum is right without it;
 * </ul>
 * until the next snapshot or {@code BOOK_READY}.
 *
 * <p>Between the first and the last level of an update, {@link #isComplete()} is false and the
 * levels are nobody's business. Threads: one writer, who is also the only reader.
 */
public final class Book {
    /** Levels a side that {@link #copyLastSynced} can give. */
    public static final int EXPORTED_LEVELS = 20;

    private final Instrument instrument;
    private final boolean windowed;
    private final int crossedUpdatesBound;
    private final CounterBlock counters;
    private final BookSide bids;
    private final BookSide asks;

    private long updateId;
    private long matchTimeNs;
    private long receiveTimeNs;
    private boolean updating;
    private boolean replacing;
    private boolean joined;
    private boolean rebuilding = true;
    private boolean doubted;
    private int crossedUpdates;
    private long forgottenCount;

    private boolean kept;
    private int keptBidCount;
    private int keptAskCount;
    private final long[] keptBidPrices = new long[EXPORTED_LEVELS];
    private final long[] keptBidQuantities = new long[EXPORTED_LEVELS];
    private final long[] keptAskPrices = new long[EXPORTED_LEVELS];
    private final long[] keptAskQuantities = new long[EXPORTED_LEVELS];

    /**
     * An empty book, all memory taken but what a wider window needs.
     *
     * @param counters of the thread that handles the book's events
     */
    public Book(Instrument instrument, DepthConfig config, CounterBlock counters) {
        this.instrument = instrument;
        this.counters = counters;
        windowed = config.windowedVenues().contains(instrument.venue());
        crossedUpdatesBound = config.crossedUpdates();
        bids = new BookSide(true, instrument.tick(), config);
        asks = new BookSide(false, instrument.tick(), config);
    }

    /**
     * Handles a {@code BOOK_LEVEL}.
     *
     * @return whether it was the last of its update: the book is complete
     */
    public boolean onLevel(MarketEvent level) {
        int flags = level.flags();
        if ((flags & EventFlags.FIRST) != 0) {
            beginUpdate((flags & EventFlags.SNAPSHOT) != 0);
        }
        BookSide side = (flags & EventFlags.BID) != 0 ? bids : asks;
        if (!side.set(level.price(), level.quantity())) {
            doubted = true;
            counters.increment(Counter.LEVELS_REFUSED);
        }
        if ((flags & EventFlags.LAST) == 0) {
            return false;
        }
        endUpdate(level);
        return true;
    }

    /** Handles a {@code BOOK_RESET}. */
    public void onReset(Reason reason) {
        if (joined && !updating) {
            keepBest();
        } else if (joined && !replacing) {
            // Cut off in the middle: what the book was before it is not known any more.
            kept = false;
        }
        rebuilding |= updating || reason == Reason.VENUE_RESTART;
        updating = false;
        replacing = false;
        joined = false;
        doubted = false;
        crossedUpdates = 0;
        if (reason == Reason.VENUE_RESTART) {
            bids.clear();
            asks.clear();
        }
    }

    /** Handles a {@code BOOK_READY}: the levels follow the venue's sequence from here on. */
    public void onReady(MarketEvent ready) {
        joined = true;
        rebuilding = false;
        doubted = false;
        crossedUpdates = 0;
        stamp(ready);
        checkCrossing();
    }

    /** The instrument's definition. */
    public Instrument instrument() {
        return instrument;
    }

    /** How far the book can be believed. */
    public BookState state() {
        if (joined) {
            return doubted || crossedUpdates != 0 ? BookState.STALE : BookState.SYNCED;
        }
        return rebuilding ? BookState.REBUILDING : BookState.STALE;
    }

    /** Whether no update is under way: the levels may be shown. */
    public boolean isComplete() {
        return !updating;
    }

    /** The bids. */
    public BookSide bids() {
        return bids;
    }

    /** The asks. */
    public BookSide asks() {
        return asks;
    }

    /** The venue's id of the last update; 0 before the first. */
    public long updateId() {
        return updateId;
    }

    /** The venue's time of the last update in ns since the epoch; 0 where unknown. */
    public long matchTimeNs() {
        return matchTimeNs;
    }

    /** When the last update was received, in ns since the epoch; 0 before the first. */
    public long receiveTimeNs() {
        return receiveTimeNs;
    }

    /** Best bid plus best ask; 0, which is no mid price, if a side is empty. */
    public long twiceMid() {
        return bids.isEmpty() || asks.isEmpty() ? 0
                : DepthMeasures.twiceMid(bids.bestPrice(), asks.bestPrice());
    }

    /** Sum of the bids within {@code bps} of the mid; 0 if there is no positive mid. */
    public long bidQuantityWithin(int bps) {
        long twiceMid = twiceMid();
        return twiceMid <= 0 ? 0 : bids.quantityUpTo(DepthMeasures.lowestBidWithin(twiceMid, bps));
    }

    /** Sum of the asks within {@code bps} of the mid; 0 if there is no positive mid. */
    public long askQuantityWithin(int bps) {
        long twiceMid = twiceMid();
        return twiceMid <= 0 ? 0 : asks.quantityUpTo(DepthMeasures.highestAskWithin(twiceMid, bps));
    }

    /** Whether all bids within {@code bps} of the mid are known. */
    public boolean bidsReach(int bps) {
        long twiceMid = twiceMid();
        return twiceMid > 0 && bids.reaches(DepthMeasures.lowestBidWithin(twiceMid, bps), windowed);
    }

    /** Whether all asks within {@code bps} of the mid are known. */
    public boolean asksReach(int bps) {
        long twiceMid = twiceMid();
        return twiceMid > 0
                && asks.reaches(DepthMeasures.highestAskWithin(twiceMid, bps), windowed);
    }

    /** Whether {@link #copyLastSynced} has a book to give. */
    public boolean hasLastSynced() {
        return followsVenue() || kept;
    }

    /**
     * Copies the best levels of a side as they were when the book was last joined to the venue's
     * sequence and complete: now, if it still is. Levels of an update that is under way count, of
     * a snapshot they do not.
     *
     * @param limit how many at most, up to {@link #EXPORTED_LEVELS}
     * @return how many; 0 if there never was such a book
     */
    public int copyLastSynced(boolean bid, long[] intoPrices, long[] intoQuantities, int limit) {
        int most = Math.min(limit, EXPORTED_LEVELS);
        if (followsVenue()) {
            return (bid ? bids : asks).copyBest(intoPrices, intoQuantities, most);
        }
        int count = kept ? Math.min(most, bid ? keptBidCount : keptAskCount) : 0;
        System.arraycopy(bid ? keptBidPrices : keptAskPrices, 0, intoPrices, 0, count);
        System.arraycopy(bid ? keptBidQuantities : keptAskQuantities, 0, intoQuantities, 0, count);
        return count;
    }

    private boolean followsVenue() {
        return joined && !replacing;
    }

    private void beginUpdate(boolean snapshot) {
        if (snapshot) {
            if (followsVenue()) {
                keepBest();
            }
            bids.clear();
            asks.clear();
            rebuilding |= !joined;
            doubted = false;
            crossedUpdates = 0;
        }
        replacing = snapshot;
        updating = true;
    }

    private void endUpdate(MarketEvent last) {
        updating = false;
        stamp(last);
        if (replacing) {
            replacing = false;
            bids.endSnapshot();
            asks.endSnapshot();
        }
        checkCrossing();
        long forgotten = bids.forgottenCount() + asks.forgottenCount();
        if (forgotten != forgottenCount) {
            counters.add(Counter.LEVELS_FORGOTTEN, forgotten - forgottenCount);
            forgottenCount = forgotten;
        }
    }

    private void stamp(MarketEvent event) {
        updateId = event.updateId();
        matchTimeNs = event.matchTimeNs();
        receiveTimeNs = event.receiveTimeNs();
    }

    private void checkCrossing() {
        if (!joined || bids.isEmpty() || asks.isEmpty() || bids.bestPrice() < asks.bestPrice()) {
            crossedUpdates = 0;
            return;
        }
        crossedUpdates++;
        counters.increment(Counter.CROSSED_BOOKS);
        doubted |= crossedUpdates >= crossedUpdatesBound;
    }

    private void keepBest() {
        kept = true;
        keptBidCount = bids.copyBest(keptBidPrices, keptBidQuantities, EXPORTED_LEVELS);
        keptAskCount = asks.copyBest(keptAskPrices, keptAskQuantities, EXPORTED_LEVELS);
    }

    /** Writes both sides and the state. */
    void writeTo(DataOutput out) throws IOException {
        out.writeLong(updateId);
        out.writeLong(matchTimeNs);
        out.writeLong(receiveTimeNs);
        out.writeBoolean(updating);
        out.writeBoolean(replacing);
        out.writeBoolean(joined);
        out.writeBoolean(rebuilding);
        out.writeBoolean(doubted);
        out.writeInt(crossedUpdates);
        out.writeBoolean(kept);
        writeKept(out, keptBidCount, keptBidPrices, keptBidQuantities);
        writeKept(out, keptAskCount, keptAskPrices, keptAskQuantities);
        bids.writeTo(out);
        asks.writeTo(out);
    }

    /**
     * Replaces both sides and the state. Who goes on with a live venue, and not with the events that
     * followed, has to reset it: time has passed.
     */
    void readFrom(DataInput in) throws IOException {
        updateId = in.readLong();
        matchTimeNs = in.readLong();
        receiveTimeNs = in.readLong();
        updating = in.readBoolean();
        replacing = in.readBoolean();
        joined = in.readBoolean();
        rebuilding = in.readBoolean();
        doubted = in.readBoolean();
        crossedUpdates = in.readInt();
        kept = in.readBoolean();
        keptBidCount = readKept(in, keptBidPrices, keptBidQuantities);
        keptAskCount = readKept(in, keptAskPrices, keptAskQuantities);
        bids.readFrom(in);
        asks.readFrom(in);
        forgottenCount = bids.forgottenCount() + asks.forgottenCount();
    }

    private void writeKept(DataOutput out, int count, long[] prices, long[] quantities)
            throws IOException {
        int written = kept ? count : 0;
        out.writeInt(written);
        for (int i = 0; i < written; i++) {
            out.writeLong(prices[i]);
            out.writeLong(quantities[i]);
        }
    }

    private static int readKept(DataInput in, long[] prices, long[] quantities)
            throws IOException {
        int count = in.readInt();
        if (count < 0 || count > EXPORTED_LEVELS) {
            throw new IOException("a side of " + count + " levels last synced");
        }
        for (int i = 0; i < count; i++) {
            prices[i] = in.readLong();
            quantities[i] = in.readLong();
        }
        return count;
    }
}
