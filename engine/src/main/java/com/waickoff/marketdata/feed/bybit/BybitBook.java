package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.FeedEvents;
import com.waickoff.marketdata.feed.LevelReader;
import com.waickoff.marketdata.feed.Literal;
import com.waickoff.marketdata.status.Counter;
import org.jspecify.annotations.Nullable;

/**
 * The book sequence of Bybit, per instrument:
 *
 * <pre>
 *   snapshot, or u = 1            replaces the book; BOOK_READY if it was not ready
 *   delta with u = last + 1       changes the book
 *   delta with u and seq as last   let go: it came twice
 *   any other delta               BOOK_RESET, and the topic is subscribed anew
 *   delta before a snapshot       let go; the topic is subscribed anew every 10 s
 * </pre>
 *
 * <p>Depth 1 has no chain: it consists of snapshots, sent again with the same {@code u} after silence,
 * and, in older recordings, of deltas.
 *
 * <p>Threads: the feed thread.
 */
final class BybitBook {
    /** How long a snapshot may take before it is asked for again. */
    static final long SNAPSHOT_TIMEOUT_NS = 10_000_000_000L;
    /** Least time between two requests for one book: a book that keeps failing must not flood. */
    static final long REQUEST_GAP_NS = 2_000_000_000L;

    private static final Literal ASKS = Literal.of(",\"a\":");
    private static final int RESTART_UPDATE_ID = 1;

    /** Asks for books anew. */
    @FunctionalInterface
    interface Renewal {
        /** Ends the book's stream and asks for it again. */
        void renew(BybitInstrument instrument);
    }

    private final FeedEvents events;
    private final LevelReader levels;
    private final Renewal renewal;
    // The update at hand.
    private boolean isSnapshot;
    private long matchTimeNs;
    private long updateId;
    private long sequence;

    BybitBook(EventSink sink, FeedEvents events, Renewal renewal) {
        this.events = events;
        this.levels = new LevelReader(sink);
        this.renewal = renewal;
    }

    /** Whether the book is made from this channel, or may be. */
    boolean isFrom(BybitInstrument instrument, int channel) {
        return instrument.bookDepth == BybitInstrument.ANY_DEPTH
                || instrument.bookDepth == BybitTopics.depth(channel);
    }

    /** Forgets the update at hand: the next one may not be readable, and be of another book. */
    void forgetUpdate() {
        matchTimeNs = 0;
        updateId = 0;
    }

    /**
     * Looks at an update before its levels are read.
     *
     * @param depth levels a side of its topic
     * @param matchTimeNs the matching engine's time, 0 where unknown
     * @param updateId {@code u}
     * @param sequence {@code seq}
     * @return its fate, if that is sealed; null if it is to be applied
     */
    @Nullable
    Counter begin(BybitInstrument instrument, int depth, boolean isSnapshot,
            long matchTimeNs, long updateId, long sequence) {
        if (instrument.bookDepth != depth) {
            if (instrument.bookDepth != BybitInstrument.ANY_DEPTH) {
                return Counter.IGNORED_OTHER_CHANNEL;
            }
            instrument.bookDepth = depth;
        }
        this.isSnapshot = isSnapshot || updateId == RESTART_UPDATE_ID;
        this.matchTimeNs = matchTimeNs;
        this.updateId = updateId;
        this.sequence = sequence;
        levels.begin(instrument, matchTimeNs, events.receiveTimeNs(), updateId);
        boolean follows = updateId == instrument.lastUpdateId + 1;
        return instrument.isBookReady() && follows && !this.isSnapshot
                ? null
                : beginSlowPath(instrument, depth);
    }

    private @Nullable Counter beginSlowPath(BybitInstrument instrument, int depth) {
        boolean isSame = updateId == instrument.lastUpdateId && sequence == instrument.lastSequence;
        if (isSnapshot) {
            return depth == 1 && isSame && instrument.isBookReady()
                    ? Counter.IGNORED_DUPLICATE
                    : null;
        }
        if (!instrument.isBookReady()) {
            retry(instrument);
            return Counter.IGNORED_AWAITING_SNAPSHOT;
        }
        if (depth == 1) {
            return updateId > instrument.lastUpdateId ? null : Counter.IGNORED_DUPLICATE;
        }
        if (isSame) {
            return Counter.IGNORED_DUPLICATE;
        }
        lose(instrument, Reason.SEQUENCE_GAP);
        return Counter.REJECTED_OUT_OF_SEQUENCE;
    }

    /**
     * Reads the levels of the update.
     *
     * @param bids address of their array, 0 if there is none
     * @param asks address of their array, 0 if there is none
     * @return 0, or what {@link LevelReader#read} says is wrong
     */
    long readLevels(long bids, long asks, long end) {
        long behind = bids == 0 ? 0 : levels.read(bids, end, bidFlags());
        if (behind >= 0 && asks != 0) {
            behind = levels.read(asks, end, askFlags());
        }
        return Math.min(behind, 0);
    }

    /**
     * Reads the levels of an update in which the asks follow the bids.
     *
     * @return the address behind the asks, or a negative number if anything is otherwise
     */
    long readLevelsInOrder(long bids, long end) {
        long behind = levels.read(bids, end, bidFlags());
        if (behind < 0 || end - behind <= ASKS.length() || !ASKS.isAt(behind)) {
            return LevelReader.MALFORMED;
        }
        return levels.read(behind + ASKS.length(), end, askFlags());
    }

    /** Applies the update whose levels were read. */
    Counter apply(BybitInstrument instrument) {
        instrument.lastUpdateId = updateId;
        instrument.lastSequence = sequence;
        int count = levels.count();
        if (count != 0) {
            events.publishLevels(count);
        }
        if (isSnapshot) {
            applySnapshot(instrument, count);
        }
        return count == 0 && !isSnapshot ? Counter.IGNORED_EMPTY : Counter.FRAMES_DECODED;
    }

    private void applySnapshot(BybitInstrument instrument, int count) {
        instrument.resubscribeTimeNs = 0;
        if (count == 0) {
            events.resetBook(instrument, matchTimeNs, updateId, Reason.VENUE_RESTART);
        }
        if (!instrument.isBookReady()) {
            events.readyBook(instrument, matchTimeNs, updateId);
        }
    }

    /** Declares the book lost, and asks for it anew. */
    void lose(BybitInstrument instrument, Reason reason) {
        if (!instrument.isBookReady()) {
            retry(instrument);
            return;
        }
        events.resetBook(instrument, matchTimeNs, updateId, reason);
        long now = events.receiveTimeNs();
        instrument.resubscribeTimeNs = Math.max(now, instrument.lastRequestTimeNs + REQUEST_GAP_NS);
        retry(instrument);
    }

    /** Asks for the book anew if a snapshot is overdue. */
    void retry(BybitInstrument instrument) {
        long now = events.receiveTimeNs();
        if (instrument.resubscribeTimeNs == 0) {
            instrument.resubscribeTimeNs = now + SNAPSHOT_TIMEOUT_NS;
        } else if (now >= instrument.resubscribeTimeNs) {
            instrument.lastRequestTimeNs = now;
            instrument.resubscribeTimeNs = now + SNAPSHOT_TIMEOUT_NS;
            renewal.renew(instrument);
        }
    }

    private int bidFlags() {
        return isSnapshot ? EventFlags.BID | EventFlags.SNAPSHOT : EventFlags.BID;
    }

    private int askFlags() {
        return isSnapshot ? EventFlags.SNAPSHOT : 0;
    }
}
