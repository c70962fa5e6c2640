package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * What has to be said of an instrument before its events can be understood from the middle on: that
 * its feed is up, that a gap is open, and its book.
 *
 * <pre>
 *   events before ──fold()──► state ──writeTo()──► FEED_UP  TRADE_GAP  BOOK_LEVEL… BOOK_READY
 * </pre>
 *
 * <p>Threads: one.
 */
final class JoinedState {
    private static final long NS_PER_MS = 1_000_000L;

    private final Map<Long, Long> bids = new HashMap<>();
    private final Map<Long, Long> asks = new HashMap<>();
    private final MarketEvent event = new MarketEvent();
    private boolean isUp;
    private long epoch;
    private boolean isGapOpen;
    private long lastMatchNs;
    private boolean isBookReady;
    private long updateId;
    private long bookMatchNs;

    /** Where events go. */
    interface Output {
        /** The next event of a batch. */
        void accept(MarketEvent event);

        /** The batch is complete. */
        void endOfBatch();
    }

    /**
     * Takes notice of an event.
     *
     * @param keepLevels whether the levels of the book are of interest
     */
    void fold(MarketEvent event, boolean keepLevels) {
        switch (event.kind()) {
            case EventKind.TRADE -> onTrade(event);
            case EventKind.TRADE_GAP -> isGapOpen |= !event.has(EventFlags.REPAIRED);
            case EventKind.FEED_UP, EventKind.FEED_DOWN -> {
                isUp = event.kind() == EventKind.FEED_UP;
                epoch = event.epoch();
            }
            case EventKind.BOOK_LEVEL -> {
                if (keepLevels) {
                    onLevel(event);
                }
            }
            case EventKind.BOOK_READY -> isBookReady = true;
            case EventKind.BOOK_RESET -> {
                isBookReady = false;
                if (event.reason() == Reason.VENUE_RESTART) {
                    forgetLevels();
                }
            }
            default -> {
                // Nothing of it lasts.
            }
        }
    }

    private void onTrade(MarketEvent trade) {
        if (!trade.has(EventFlags.REPAIRED)) {
            isGapOpen = false;
            lastMatchNs = Math.max(lastMatchNs, trade.matchTimeNs());
        }
    }

    private void onLevel(MarketEvent level) {
        if (level.has(EventFlags.FIRST) && level.has(EventFlags.SNAPSHOT)) {
            forgetLevels();
        }
        Map<Long, Long> side = level.has(EventFlags.BID) ? bids : asks;
        if (level.quantity() == 0) {
            side.remove(level.price());
        } else {
            side.put(level.price(), level.quantity());
        }
        updateId = level.updateId();
        bookMatchNs = level.matchTimeNs();
    }

    private void forgetLevels() {
        bids.clear();
        asks.clear();
    }

    /** Books are no longer followed here. */
    void bookLost() {
        isBookReady = false;
    }

    boolean isUp() {
        return isUp;
    }

    long epoch() {
        return epoch;
    }

    boolean isBookReady() {
        return isBookReady;
    }

    /**
     * Says it all, as if it had been received at {@code timeNs}, and forgets the levels. The tape is
     * known from then on, but not before: from the later of that time and the last trade that was
     * left out.
     */
    void writeTo(int instrumentId, long timeNs, Output output) {
        if (isUp) {
            event.feedUp(instrumentId, Math.max(timeNs, lastMatchNs + NS_PER_MS), timeNs, epoch);
            emitAlone(output);
            if (isGapOpen) {
                event.tradeGapByTime(instrumentId, 0, timeNs, Reason.UNSPECIFIED);
                emitAlone(output);
            }
        }
        writeLevels(instrumentId, timeNs, output);
        if (isBookReady) {
            event.bookReady(instrumentId, bookMatchNs, timeNs, updateId);
            emitAlone(output);
        }
        forgetLevels();
    }

    private void emitAlone(Output output) {
        event.addFlags(EventFlags.FIRST);
        output.accept(event);
        output.endOfBatch();
    }

    private void writeLevels(int instrumentId, long timeNs, Output output) {
        int count = bids.size() + asks.size();
        if (count == 0) {
            return;
        }
        int written = writeSide(bids, Comparator.reverseOrder(), EventFlags.BID, 0, count,
                instrumentId, timeNs, output);
        writeSide(asks, Comparator.naturalOrder(), 0, written, count, instrumentId, timeNs,
                output);
        output.endOfBatch();
    }

    private int writeSide(Map<Long, Long> side, Comparator<Long> order, int sideFlag, int written,
            int count, int instrumentId, long timeNs, Output output) {
        int index = written;
        for (Map.Entry<Long, Long> level : side.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(order)).toList()) {
            int flags = EventFlags.SNAPSHOT | sideFlag | (index == 0 ? EventFlags.FIRST : 0);
            index++;
            event.bookLevel(instrumentId, bookMatchNs, timeNs, level.getKey(), level.getValue(),
                    updateId, flags | (index == count ? EventFlags.LAST : 0));
            output.accept(event);
        }
        return index;
    }
}
