package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.FeedEvents;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.LevelReader;
import com.waickoff.marketdata.feed.VenueTime;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.status.Counter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The book sequence of Binance, per instrument: diffs wait in a buffer until a REST snapshot comes
 * that they follow; then they are applied as long as they chain.
 *
 * <pre>
 *                  L = the snapshot's lastUpdateId      spot                   USD-M
 *   already in the snapshot: left out                   u ≤ L                  u &lt; L
 *   first one applied                                   U ≤ L + 1 ≤ u          U ≤ L ≤ u, or pu = L
 *   every further one                                   U = last u + 1         pu = last u
 *   the snapshot is too old: asked for again            L + 1 &lt; first U        U &gt; L and pu ≠ L
 * </pre>
 *
 * Whatever does not chain resets the book and begins a new buffer. The spot rule is the venue's
 * corrected by what its wire does: a snapshot's diff can begin right after it.
 *
 * <p>Snapshots are asked for when the first diff waits, again when one is too old, fails or takes
 * longer than ten seconds; at growing and jittered distances, because they are dear. Of a market so
 * quiet that no diff comes the snapshot alone is the book: it is asked for some seconds after the
 * subscription was acknowledged, because from then on no diff after it can be missing.
 *
 * <p>Threads: the feed thread.
 */
final class BinanceBook {
    /** What becomes of a diff. */
    enum Verdict {
        APPLY, STALE, GAP
    }

    /** Decodes a frame again, now that its snapshot is there. */
    @FunctionalInterface
    interface Decoder {
        Counter decode(long address, int length);
    }

    private static final long ANSWER_TIMEOUT_NS = 10_000_000_000L;
    private static final long FIRST_DELAY_NS = 1_000_000_000L;
    private static final long LONGEST_DELAY_NS = 30_000_000_000L;
    /** How long the first diff of a subscribed book is waited for, and by how much that differs. */
    private static final long QUIET_NS = 3_000_000_000L;
    private static final long QUIET_SPREAD_NS = 3_000_000_000L;
    /** A book that was ready for so long is asked for without delay when it fails. */
    private static final long STEADY_NS = 60_000_000_000L;
    /** A connection that lags behind repeats some diffs for a while, a restarted venue all. */
    private static final int MOST_STALE_IN_A_ROW = 50;
    private static final long LONGEST_STALE_NS = 10_000_000_000L;
    private static final long UNSET = Long.MIN_VALUE;

    private final Market market;
    private final int snapshotLevels;
    private final FeedEvents events;
    private final LevelReader levels;
    private final VenueTransport transport;
    private final JsonCursor cursor = new JsonCursor();
    private final SplittableRandom jitter;
    // The snapshot at hand.
    private long snapshotId;
    private long snapshotTimeNs;
    private long bids;
    private long asks;

    BinanceBook(Market market, int snapshotLevels, FeedEvents events, LevelReader levels,
            VenueTransport transport) {
        this.market = market;
        this.snapshotLevels = Math.min(snapshotLevels, market.deepestSnapshot);
        this.events = events;
        this.levels = levels;
        this.transport = transport;
        this.jitter = new SplittableRandom(market.ordinal());
    }

    /** Whether the book is made from this channel; the first one decides where none was chosen. */
    boolean isFrom(BinanceInstrument instrument, int channel) {
        if (instrument.diffChannel == BinanceInstrument.ANY_DIFFS) {
            instrument.diffChannel = channel;
        }
        return instrument.diffChannel == channel;
    }

    /** What becomes of a diff of an instrument whose snapshot is there. */
    Verdict verdict(BinanceInstrument instrument, long first, long last, long previous) {
        long known = instrument.lastUpdateId;
        if (market == Market.SPOT) {
            return last <= known ? Verdict.STALE : first <= known + 1 ? Verdict.APPLY : Verdict.GAP;
        }
        if (previous == known) {
            return Verdict.APPLY;
        }
        if (!instrument.isJoining) {
            // One that was received before: what it says is in the book.
            return last <= known ? Verdict.STALE : Verdict.GAP;
        }
        return last < known ? Verdict.STALE : first <= known ? Verdict.APPLY : Verdict.GAP;
    }

    /** Lets go a diff that says nothing new; too many in a row show that the venue counts anew. */
    Counter passStale(BinanceInstrument instrument, long matchTimeNs, long last) {
        // Before the first diff joins, any number can be older than the snapshot.
        if (instrument.isJoining) {
            return Counter.IGNORED_STALE;
        }
        if (instrument.staleInARow++ == 0) {
            instrument.staleSinceNs = events.receiveTimeNs();
        }
        if (instrument.staleInARow >= MOST_STALE_IN_A_ROW
                && events.receiveTimeNs() - instrument.staleSinceNs >= LONGEST_STALE_NS) {
            instrument.staleInARow = 0;
            lose(instrument, matchTimeNs, last, Reason.VENUE_RESTART);
        }
        return Counter.IGNORED_STALE;
    }

    /** Applies a diff whose levels were read. */
    Counter apply(BinanceInstrument instrument, long matchTimeNs, long last) {
        instrument.lastUpdateId = last;
        instrument.lastMatchTimeNs = matchTimeNs;
        instrument.isJoining = false;
        instrument.staleInARow = 0;
        int count = levels.count();
        if (count == 0) {
            return Counter.IGNORED_EMPTY;
        }
        events.publishLevels(count);
        return Counter.FRAMES_DECODED;
    }

    /** Lets a diff wait for the snapshot; it counts as decoded now, because it has been read. */
    Counter buffer(BinanceInstrument instrument, long address, int length, long first, long last,
            long previous, long matchTimeNs) {
        DiffBuffer buffer = instrument.buffer;
        if (!buffer.isEmpty()) {
            boolean isSpot = market == Market.SPOT;
            if (last <= buffer.lastId()) {
                return Counter.IGNORED_STALE;
            }
            if (isSpot ? first != buffer.lastId() + 1 : previous != buffer.lastId()) {
                buffer.clear();
            }
        }
        boolean isKept = buffer.add(address, length, first, last, previous);
        if (!isKept) {
            events.resetBook(instrument, matchTimeNs, last, Reason.BUFFER_FULL);
            buffer.clear();
            isKept = buffer.add(address, length, first, last, previous);
        }
        instrument.lastMatchTimeNs = matchTimeNs;
        ask(instrument);
        return isKept ? Counter.FRAMES_DECODED : Counter.IGNORED_AWAITING_SNAPSHOT;
    }

    /** Declares the book lost: diffs wait for a new snapshot from here on. */
    void lose(BinanceInstrument instrument, long matchTimeNs, long updateId, Reason reason) {
        if (instrument.isBookReady()) {
            events.resetBook(instrument, matchTimeNs, updateId, reason);
            if (events.receiveTimeNs() - instrument.readyTimeNs >= STEADY_NS) {
                instrument.askDelayNs = 0;
            }
        }
        instrument.isFollowing = false;
        instrument.buffer.clear();
        ask(instrument);
    }

    /** Begins a new buffer and asks for a snapshot at once: nothing has failed. */
    void renew(BinanceInstrument instrument, Reason reason) {
        instrument.nextAskTimeNs = 0;
        instrument.askDelayNs = 0;
        lose(instrument, instrument.lastMatchTimeNs, instrument.lastUpdateId, reason);
    }

    /** Forgets a connection: the diffs of the next one do not follow. */
    void disconnect(BinanceInstrument instrument) {
        instrument.isFollowing = false;
        instrument.isAsked = false;
        instrument.buffer.release();
    }

    /**
     * Asks for the snapshot of a book that does not follow, if diffs wait for it or none come.
     *
     * @param subscribedNs when the diffs were subscribed to, 0 if they are not
     */
    void timePassed(BinanceInstrument instrument, long subscribedNs) {
        if (!instrument.buffer.isEmpty()) {
            ask(instrument);
        } else if (subscribedNs != 0) {
            if (subscribedNs != instrument.subscribedNs) {
                instrument.subscribedNs = subscribedNs;
                instrument.quietNs = subscribedNs + QUIET_NS + jitter.nextLong(QUIET_SPREAD_NS);
            }
            if (events.receiveTimeNs() >= instrument.quietNs) {
                ask(instrument);
            }
        }
    }

    /** Asks for a snapshot, unless an answer is awaited or it is too early to ask again. */
    void ask(BinanceInstrument instrument) {
        long now = events.receiveTimeNs();
        boolean isAwaited = instrument.isAsked && now - instrument.askedTimeNs < ANSWER_TIMEOUT_NS;
        if (isAwaited || now < instrument.nextAskTimeNs) {
            return;
        }
        instrument.isAsked = true;
        instrument.askedTimeNs = now;
        // Full jitter beyond the first second, so that books which failed at once do not come at once.
        instrument.nextAskTimeNs = now + instrument.askDelayNs / 2
                + jitter.nextLong(instrument.askDelayNs / 2 + 1);
        instrument.askDelayNs = Math.clamp(2 * instrument.askDelayNs, FIRST_DELAY_NS,
                LONGEST_DELAY_NS);
        transport.httpGet(market.depthPath + "?symbol="
                + URLEncoder.encode(instrument.definition().symbol(), StandardCharsets.UTF_8)
                + "&limit=" + snapshotLevels);
    }

    /**
     * Takes a snapshot.
     *
     * @return what is wrong with it, or null
     */
    @Nullable
    String join(BinanceInstrument instrument, long address, int length, Decoder decoder) {
        instrument.isAsked = false;
        if (instrument.isFollowing) {
            return null; // nobody needs it any more
        }
        if (!readSnapshot(address, length)) {
            return "depth snapshot without usable id and levels";
        }
        if (isTooOld(instrument.buffer)) {
            ask(instrument);
            return null;
        }
        long matchTimeNs = snapshotTimeNs > 0 ? snapshotTimeNs : instrument.lastMatchTimeNs;
        levels.begin(instrument, matchTimeNs, events.receiveTimeNs(), snapshotId);
        long end = address + length;
        if (levels.read(bids, end, EventFlags.SNAPSHOT | EventFlags.BID) < 0
                || levels.read(asks, end, EventFlags.SNAPSHOT) < 0) {
            events.abort();
            lose(instrument, matchTimeNs, snapshotId, Reason.VALUE_OUT_OF_RANGE);
            return "depth snapshot with an unusable level";
        }
        int count = levels.count();
        if (count == 0) {
            events.resetBook(instrument, matchTimeNs, snapshotId, Reason.VENUE_RESTART);
        } else {
            events.publishLevels(count);
        }
        instrument.lastUpdateId = snapshotId;
        instrument.isJoining = true;
        instrument.isFollowing = true;
        applyBuffered(instrument, decoder);
        if (instrument.isFollowing) {
            instrument.readyTimeNs = events.receiveTimeNs();
            events.readyBook(instrument, Math.max(matchTimeNs, instrument.lastMatchTimeNs),
                    instrument.lastUpdateId);
        }
        return null;
    }

    private void applyBuffered(BinanceInstrument instrument, Decoder decoder) {
        DiffBuffer buffer = instrument.buffer;
        for (long frame = buffer.first(); frame != 0
                && instrument.isFollowing; frame = buffer.next(frame)) {
            decoder.decode(frame, buffer.length(frame));
        }
        buffer.release();
    }

    /** Whether a diff may be missing between the snapshot and the first one it does not hold. */
    private boolean isTooOld(DiffBuffer buffer) {
        if (market == Market.SPOT) {
            return !buffer.isEmpty() && snapshotId + 1 < buffer.firstId(buffer.first());
        }
        long frame = buffer.first();
        while (frame != 0 && buffer.lastId(frame) < snapshotId) {
            frame = buffer.next(frame);
        }
        return frame != 0 && buffer.firstId(frame) > snapshotId
                && buffer.previousId(frame) != snapshotId;
    }

    private boolean readSnapshot(long address, int length) {
        snapshotId = UNSET;
        snapshotTimeNs = UNSET;
        bids = 0;
        asks = 0;
        cursor.wrap(address, length);
        if (cursor.next() != JsonCursor.BEGIN_OBJECT) {
            return false;
        }
        while (cursor.next() == JsonCursor.KEY) {
            readSnapshotMember();
        }
        return cursor.error() == JsonCursor.NO_ERROR && snapshotId >= 0 && bids != 0 && asks != 0;
    }

    private void readSnapshotMember() {
        if (cursor.textIs("lastUpdateId")) {
            snapshotId = cursor.next() == JsonCursor.NUMBER
                    ? Decimal.parse(cursor.textAddress(), cursor.textLength(), 0)
                    : UNSET;
        } else if (cursor.textIs("T")) {
            snapshotTimeNs = cursor.next() == JsonCursor.NUMBER
                    ? VenueTime.parse(cursor.textAddress(), cursor.textLength())
                    : UNSET;
        } else if (cursor.textIs("bids")) {
            bids = cursor.nextAddress();
            cursor.skipValue();
        } else if (cursor.textIs("asks")) {
            asks = cursor.nextAddress();
            cursor.skipValue();
        } else {
            cursor.skipValue();
        }
    }
}
