package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what decoders and books find out, and keeps the accounts of it. Trades are put into the
 * open batch and published with {@link #publishTrades()}; every other event is a batch of its own, so
 * it first publishes the trades before it.
 *
 * <p>Threads: the feed thread.
 */
public final class FeedEvents {
    /** The trade is new, and now the last of its tape. */
    public static final int NEXT = 0;
    /** The trade was declared missing, and fills its place. */
    public static final int MISSED = 1;
    /** The trade was received before, or given up: it is left out. */
    public static final int REPEATED = 2;

    /** How far a trade may be ahead of the time of its tape to move it. */
    private static final long MOST_AHEAD_NS = 60_000_000_000L;
    /** By how much those before it may have come late. */
    private static final long MOST_LATE_NS = 900_000_000_000L;
    /** How far the first one may be ahead of the machine's clock. */
    private static final long MOST_AHEAD_AT_FIRST_NS = 86_400_000_000_000L;

    private final EventSink sink;
    private final TradeChains chains;
    private final CounterBlock counters;
    private long receiveTimeNs;
    private int line; // of the frame at hand
    private long epoch; // of its connection
    private int openTrades;
    private int openOffBook;
    private @Nullable RecentTrades openIds;
    private @Nullable InstrumentFeed openTape; // whose trades are in the open batch
    private long openMatchNs;
    private long openFirstId;
    private long openLastId;
    private boolean hasOpenIds;
    private boolean hasUnfit; // a value fitted no scale since somebody asked

    FeedEvents(EventSink sink, TradeChains chains, CounterBlock counters) {
        this.sink = sink;
        this.chains = chains;
        this.counters = counters;
    }

    /** When the frame at hand was received. */
    public long receiveTimeNs() {
        return receiveTimeNs;
    }

    void receivedAt(long timeNs) {
        receiveTimeNs = timeNs;
    }

    void receivedOn(int lineOfFrame, long connectionEpoch) {
        line = lineOfFrame;
        epoch = connectionEpoch;
    }

    /**
     * Notes that a frame of the instrument's own trades was received; the first one of a connection
     * that carries its tape says that its feed is up.
     *
     * @param venueTimeNs when the venue sent it, or a negative number if the frame does not say
     */
    public void up(InstrumentFeed instrument, long venueTimeNs) {
        if (!instrument.isUp) {
            instrument.isTapeSilent = false;
            upSlowPath(instrument, venueTimeNs);
        }
    }

    /**
     * Notes that a frame of the instrument's own book was received, which says the same, unless its
     * tape was found dead.
     *
     * @param venueTimeNs when the venue sent it, or a negative number if the frame does not say
     */
    public void upByBook(InstrumentFeed instrument, long venueTimeNs) {
        if (!instrument.isUp && !instrument.isTapeSilent) {
            upSlowPath(instrument, venueTimeNs);
        }
    }

    private void upSlowPath(InstrumentFeed instrument, long venueTimeNs) {
        if (instrument.tapeLine != line || instrument.isSuspended()) {
            return;
        }
        instrument.isUp = true;
        instrument.upNs = venueTimeNs < 0 ? receiveTimeNs : venueTimeNs;
        sink.next().feedUp(instrument.id, instrument.upNs, receiveTimeNs, epoch);
        sink.commit();
    }

    /** Ends the book of an instrument, if it was ready. */
    public void bookDown(InstrumentFeed instrument, Reason reason) {
        if (instrument.isBookReady) {
            resetBook(instrument, 0, 0, reason);
        }
    }

    /** Ends the feed of an instrument, if it was up. */
    void tapeDown(InstrumentFeed instrument, Reason reason) {
        if (instrument.isUp) {
            instrument.isUp = false;
            if (reason != Reason.REDEFINED) { // its stream goes on
                instrument.gap.open(instrument.lastMatchNs);
            }
            sink.next().feedDown(instrument.id, receiveTimeNs, epoch, reason);
            sink.commit();
        }
    }

    /** Publishes a definition, which the catalogue holds. */
    void define(InstrumentFeed instrument) {
        sink.next().instrument(instrument.id, receiveTimeNs);
        sink.commit();
    }

    /**
     * Follows the chain of trade ids of an instrument whose ids chain: declares the ids missing
     * before this one, and makes it the last.
     *
     * @return {@link #NEXT}, {@link #MISSED} or {@link #REPEATED}
     */
    public int follow(InstrumentFeed instrument, long tradeId, long matchTimeNs) {
        if (chains.isDuplicate(instrument.id, tradeId)) {
            return isMissedSlowPath(instrument, tradeId) ? MISSED : REPEATED;
        }
        long missing = chains.missingBefore(instrument.id, tradeId);
        if (missing != 0) {
            gap(instrument, matchTimeNs, tradeId - missing, tradeId - 1, Reason.SEQUENCE_GAP);
        }
        chains.advance(instrument.id, tradeId);
        return NEXT;
    }

    private boolean isMissedSlowPath(InstrumentFeed instrument, long tradeId) {
        int gap = instrument.gaps.find(tradeId);
        if (gap == TradeGaps.NONE) {
            counters.increment(Counter.DUPLICATE_TRADES);
            return false;
        }
        instrument.gaps.fill(gap, tradeId, tradeId);
        counters.increment(Counter.TRADES_REPAIRED);
        return true;
    }

    /**
     * Puts trades into the open batch that fill a gap: one, or several that are told as one. Their ids
     * are in the one range of {@link InstrumentFeed#gaps} that {@code gap} names.
     *
     * @param count how many, their ids rising by one from {@code firstId}
     */
    public void fill(InstrumentFeed instrument, int gap, long matchTimeNs, long price,
            long quantity, long firstId, long count, long aux, int flags) {
        instrument.gaps.fill(gap, firstId, firstId + count - 1);
        counters.add(Counter.TRADES_REPAIRED, count);
        put(instrument, matchTimeNs, price, quantity, firstId, aux, flags | EventFlags.REPAIRED);
    }

    /** Puts a trade into the open batch that fills a gap of an instrument whose ids do not chain. */
    public void fill(InstrumentFeed instrument, long matchTimeNs, long price, long quantity,
            long id64, long aux, int flags) {
        counters.increment(Counter.TRADES_REPAIRED);
        put(instrument, matchTimeNs, price, quantity, id64, aux, flags | EventFlags.REPAIRED);
    }

    /**
     * Remembers a trade that is about to fill a gap of an instrument whose ids do not chain.
     *
     * @return false if it was received before
     */
    public boolean isMissing(InstrumentFeed instrument, long id64) {
        RecentTrades recent = instrument.recentTrades;
        openIds = recent;
        return recent != null && recent.add(id64);
    }

    private void put(InstrumentFeed instrument, long matchTimeNs, long price, long quantity,
            long id64, long aux, int flags) {
        if ((flags & EventFlags.OFF_BOOK) == 0) {
            trade(instrument, matchTimeNs, price, quantity, id64, aux, flags);
        } else {
            offBookTrade(instrument, matchTimeNs, price, quantity, id64, aux, flags);
        }
    }

    /** Declares that all trades matched from this time on have been published by now. */
    public void filled(InstrumentFeed instrument, long fromMatchNs) {
        publishTrades();
        sink.next().tradeGapFilled(instrument.id, receiveTimeNs, fromMatchNs,
                Math.max(instrument.lastMatchNs, instrument.upNs));
        sink.commit();
    }

    /**
     * Remembers a trade of an instrument whose ids do not chain, which is about to be put into the
     * open batch.
     *
     * @return false if it was received before
     */
    public boolean isNew(InstrumentFeed instrument, long id64) {
        RecentTrades recent = instrument.recentTrades;
        if (recent == null || recent.add(id64)) {
            openIds = recent;
            openFirstId = hasOpenIds ? openFirstId : id64;
            openLastId = id64;
            hasOpenIds = true;
            return true;
        }
        counters.increment(Counter.DUPLICATE_TRADES);
        return false;
    }

    /** Declares a trade lost whose id is known and follows in the chain, but not its content. */
    public void lostTrade(InstrumentFeed instrument, long tradeId, long matchTimeNs,
            Reason reason) {
        rejectValue(reason);
        if (chains.isDuplicate(instrument.id, tradeId)) {
            counters.increment(Counter.DUPLICATE_TRADES);
        } else {
            follow(instrument, tradeId, matchTimeNs);
            gap(instrument, matchTimeNs, tradeId, tradeId, reason);
        }
    }

    /** Declares one trade of an instrument lost whose ids do not chain. */
    public void lostTrade(InstrumentFeed instrument, long matchTimeNs, Reason reason) {
        rejectValue(reason);
        lostTrades(instrument, matchTimeNs, reason);
    }

    private void rejectValue(Reason reason) {
        counters.increment(Counter.VALUES_REJECTED);
        hasUnfit |= reason == Reason.VALUE_OUT_OF_RANGE;
    }

    /** Whether a trade did not fit its scale since the last call. */
    boolean takeUnfit() {
        boolean taken = hasUnfit;
        hasUnfit = false;
        return taken;
    }

    /**
     * Declares that any number of trades may be lost between the last one and the next, unless ids
     * chain and will show it.
     *
     * @param matchTimeNs of the frame that held them, 0 where unknown
     */
    public void lostTrades(InstrumentFeed instrument, long matchTimeNs, Reason reason) {
        if (!instrument.idsChain) {
            publishTrades();
            sink.next().tradeGapByTime(instrument.id, matchTimeNs, receiveTimeNs, reason);
            sink.commit();
            instrument.gap.open(instrument.lastMatchNs);
            counters.increment(Counter.TRADE_GAPS);
        }
    }

    private void gap(InstrumentFeed instrument, long matchTimeNs, long firstId, long lastId,
            Reason reason) {
        publishTrades();
        sink.next().tradeGapByIds(instrument.id, matchTimeNs, receiveTimeNs, firstId, lastId,
                reason);
        sink.commit();
        instrument.gaps.add(firstId, lastId, instrument.lastMatchNs, matchTimeNs);
        counters.increment(Counter.TRADE_GAPS);
        counters.add(Counter.TRADES_MISSING, lastId - firstId + 1);
    }

    /** Puts a trade into the open batch. */
    public void trade(InstrumentFeed instrument, long matchTimeNs, long price, long quantity,
            long id64, long aux, int flags) {
        sink.next().trade(instrument.id, matchTimeNs, receiveTimeNs, price, quantity, id64, aux,
                flags);
        openTrades++;
        opened(instrument, matchTimeNs);
    }

    private void opened(InstrumentFeed instrument, long matchTimeNs) {
        openTape = instrument;
        if (matchTimeNs > openMatchNs && isBelieved(instrument, matchTimeNs)) {
            openMatchNs = matchTimeNs;
        }
    }

    /**
     * A trade far ahead of all others says nothing about where the tape has come to, unless it is they
     * who came late.
     */
    private boolean isBelieved(InstrumentFeed instrument, long matchTimeNs) {
        if (instrument.lastMatchNs == 0) {
            return matchTimeNs - receiveTimeNs <= MOST_AHEAD_AT_FIRST_NS;
        }
        long aheadNs = matchTimeNs - instrument.lastMatchNs
                - (receiveTimeNs - instrument.lastMatchReceivedNs);
        return aheadNs <= MOST_AHEAD_NS
                || (aheadNs <= MOST_LATE_NS && matchTimeNs - receiveTimeNs <= MOST_AHEAD_NS);
    }

    /** Puts a print that is no book trade into the open batch. */
    public void offBookTrade(InstrumentFeed instrument, long matchTimeNs, long price,
            long quantity, long id64, long aux, int flags) {
        sink.next().trade(instrument.id, matchTimeNs, receiveTimeNs, price, quantity, id64, aux,
                flags);
        openOffBook++;
        opened(instrument, matchTimeNs);
    }

    /** Publishes the trades of the open batch. */
    public void publishTrades() {
        if (openTape != null) {
            keep(openTape);
        }
        if (openTrades != 0) {
            counters.add(Counter.TRADES_DECODED, openTrades);
            openTrades = 0;
            sink.commit();
        }
        if (openOffBook != 0) {
            counters.add(Counter.OFF_BOOK_TRADES, openOffBook);
            openOffBook = 0;
            sink.commit();
        }
    }

    /** What is known of the tape whose trades are being published. */
    private void keep(InstrumentFeed tape) {
        if (openIds != null) {
            openIds.keep();
        }
        if (hasOpenIds) {
            tape.gap.onTrade(openFirstId);
            tape.gap.onTrade(openLastId);
        }
        if (openMatchNs > tape.lastMatchNs) {
            tape.lastMatchNs = openMatchNs;
            tape.lastMatchReceivedNs = receiveTimeNs;
        }
        forgetOpen();
    }

    private void forgetOpen() {
        openTape = null;
        openIds = null;
        openMatchNs = 0;
        hasOpenIds = false;
    }

    /** Takes back what is in the open batch: trades or levels of a frame that proved bad. */
    public void abort() {
        if (openIds != null) {
            openIds.takeBack();
        }
        forgetOpen();
        openTrades = 0;
        openOffBook = 0;
        sink.abort();
    }

    /** Publishes the levels of the open batch as one update of a book. */
    public void publishLevels(int count) {
        sink.commit();
        counters.add(Counter.LEVELS_DECODED, count);
    }

    /** Declares that the book of an instrument can no longer be trusted. */
    public void resetBook(InstrumentFeed instrument, long matchTimeNs, long updateId,
            Reason reason) {
        instrument.isBookReady = false;
        sink.next().bookReset(instrument.id, matchTimeNs, receiveTimeNs, updateId, reason);
        sink.commit();
        counters.increment(Counter.BOOK_RESETS);
    }

    /** Declares that the book of an instrument follows the venue's sequence. */
    public void readyBook(InstrumentFeed instrument, long matchTimeNs, long updateId) {
        instrument.isBookReady = true;
        sink.next().bookReady(instrument.id, matchTimeNs, receiveTimeNs, updateId);
        sink.commit();
        counters.increment(Counter.BOOK_READY);
    }
}
