package com.waickoff.marketdata.event;

/**
 * The ring slot: 64 bytes of preallocated fields, a union by {@link EventKind}.
 *
 * <pre>
 *  +------------+-------+---------+--------------+
 *  | header (8) | kind 1| flags 2 | instrument 4 |   8-byte header with compact object headers
 *  +------------+-------+---------+--------------+
 *  | match time ns (8)  | receive time ns (8)    |
 *  +--------------------+------------------------+
 *  | word 0 | word 1 | word 2 | word 3 (8 each)  |   meaning by kind:
 *  +---------------------------------------------+
 *
 *  kind                        word 0        word 1        word 2        word 3
 *  TRADE                       price         quantity      id64          aux
 *  BOOK_LEVEL                  price         quantity      update id     -
 *  BOOK_RESET, BOOK_READY      -             -             update id     reason
 *  TRADE_GAP                   first         last          -             reason
 *  FEED_UP, FEED_DOWN          epoch         -             -             reason
 *  CLOCK, INSTRUMENT,
 *  DEPTH_PAUSED, DEPTH_RESUMED -             -             -             reason
 * </pre>
 *
 * <p>Prices and quantities are scaled by the instrument ({@link Instrument}). Times are ns since
 * the epoch, 0 where unknown. {@code id64} is the venue's trade id, or a 64-bit hash of it where it
 * is no number; {@code aux} is the venue's cross sequence, or the number of fills of an aggregate.
 *
 * <p>Threads: written by the one feed thread that claimed it, read by handlers after publication.
 */
public final class MarketEvent {
    /** The instrument id of events that concern all instruments. */
    public static final int ALL_INSTRUMENTS = -1;

    private static final int TRAITS_SHIFT = Integer.numberOfTrailingZeros(EventFlags.BUY);

    private byte kind;
    private short flags;
    private int instrumentId;
    private long matchTimeNs;
    private long receiveTimeNs;
    private long word0;
    private long word1;
    private long word2;
    private long word3;

    /** Makes this slot a {@link EventKind#TRADE}. */
    public void trade(int instrumentId, long matchTimeNs, long receiveTimeNs, long price,
            long quantity, long id64, long aux, int flags) {
        header(EventKind.TRADE, flags, instrumentId, matchTimeNs, receiveTimeNs);
        words(price, quantity, id64, aux);
    }

    /** Makes this slot a {@link EventKind#BOOK_LEVEL}; quantity 0 removes the level. */
    public void bookLevel(int instrumentId, long matchTimeNs, long receiveTimeNs, long price,
            long quantity, long updateId, int flags) {
        header(EventKind.BOOK_LEVEL, flags, instrumentId, matchTimeNs, receiveTimeNs);
        words(price, quantity, updateId, 0);
    }

    /** Makes this slot a {@link EventKind#BOOK_RESET}. */
    public void bookReset(int instrumentId, long matchTimeNs, long receiveTimeNs, long updateId,
            Reason reason) {
        header(EventKind.BOOK_RESET, EventFlags.LAST, instrumentId, matchTimeNs, receiveTimeNs);
        words(0, 0, updateId, reason.ordinal());
    }

    /** Makes this slot a {@link EventKind#BOOK_READY}. */
    public void bookReady(int instrumentId, long matchTimeNs, long receiveTimeNs, long updateId) {
        header(EventKind.BOOK_READY, EventFlags.LAST, instrumentId, matchTimeNs, receiveTimeNs);
        words(0, 0, updateId, 0);
    }

    /** Makes this slot a {@link EventKind#TRADE_GAP} of missing trade ids, both ends included. */
    public void tradeGapByIds(int instrumentId, long matchTimeNs, long receiveTimeNs, long firstId,
            long lastId, Reason reason) {
        header(EventKind.TRADE_GAP, EventFlags.LAST, instrumentId, matchTimeNs, receiveTimeNs);
        words(firstId, lastId, 0, reason.ordinal());
    }

    /**
     * Makes this slot a {@link EventKind#TRADE_GAP} whose missing trades have no known ids: from
     * the last trade before it to the first trade after it.
     */
    public void tradeGapByTime(int instrumentId, long matchTimeNs, long receiveTimeNs,
            Reason reason) {
        header(EventKind.TRADE_GAP, EventFlags.LAST | EventFlags.BY_TIME, instrumentId, matchTimeNs,
                receiveTimeNs);
        words(0, 0, 0, reason.ordinal());
    }

    /**
     * Makes this slot a {@link EventKind#TRADE_GAP} that has ended: every trade matched between these
     * times, in ns, has been published by now.
     */
    public void tradeGapFilled(int instrumentId, long receiveTimeNs, long fromMatchNs,
            long toMatchNs) {
        header(EventKind.TRADE_GAP, EventFlags.LAST | EventFlags.BY_TIME | EventFlags.REPAIRED,
                instrumentId, toMatchNs, receiveTimeNs);
        words(fromMatchNs, toMatchNs, 0, Reason.UNSPECIFIED.ordinal());
    }

    /** Makes this slot a {@link EventKind#FEED_UP}; match time is the venue's time of the frame. */
    public void feedUp(int instrumentId, long matchTimeNs, long receiveTimeNs, long epoch) {
        header(EventKind.FEED_UP, EventFlags.LAST, instrumentId, matchTimeNs, receiveTimeNs);
        words(epoch, 0, 0, 0);
    }

    /** Makes this slot a {@link EventKind#FEED_DOWN}. */
    public void feedDown(int instrumentId, long receiveTimeNs, long epoch, Reason reason) {
        header(EventKind.FEED_DOWN, EventFlags.LAST, instrumentId, 0, receiveTimeNs);
        words(epoch, 0, 0, reason.ordinal());
    }

    /** Makes this slot a {@link EventKind#CLOCK} for all instruments. */
    public void clock(long receiveTimeNs) {
        header(EventKind.CLOCK, EventFlags.LAST, ALL_INSTRUMENTS, 0, receiveTimeNs);
        words(0, 0, 0, 0);
    }

    /** Makes this slot an {@link EventKind#INSTRUMENT}: look it up in the catalogue by its id. */
    public void instrument(int instrumentId, long receiveTimeNs) {
        header(EventKind.INSTRUMENT, EventFlags.LAST, instrumentId, 0, receiveTimeNs);
        words(0, 0, 0, 0);
    }

    /** Fills the slot from its parts: the door for the journal's reader. */
    public void header(byte kind, int flags, int instrumentId, long matchTimeNs,
            long receiveTimeNs) {
        this.kind = kind;
        this.flags = (short) flags;
        this.instrumentId = instrumentId;
        this.matchTimeNs = matchTimeNs;
        this.receiveTimeNs = receiveTimeNs;
    }

    /** Sets the four words of the union: the door for the journal's reader. */
    public void words(long word0, long word1, long word2, long word3) {
        this.word0 = word0;
        this.word1 = word1;
        this.word2 = word2;
        this.word3 = word3;
    }

    /** Copies every field of {@code other}. */
    public void copyFrom(MarketEvent other) {
        header(other.kind, other.flags, other.instrumentId, other.matchTimeNs,
                other.receiveTimeNs);
        words(other.word0, other.word1, other.word2, other.word3);
    }

    /** A code of {@link EventKind}. */
    public byte kind() {
        return kind;
    }

    /** Bits of {@link EventFlags}. */
    public short flags() {
        return flags;
    }

    /** Whether any bit of {@code flag} is set. */
    public boolean has(short flag) {
        return (flags & flag) != 0;
    }

    /** Adds bits of {@link EventFlags} before publication. */
    public void addFlags(int added) {
        flags |= (short) added;
    }

    /** Id in the {@link InstrumentCatalogue}, or {@link #ALL_INSTRUMENTS}. */
    public int instrumentId() {
        return instrumentId;
    }

    /** The venue's match time in ns since the epoch; 0 where unknown. */
    public long matchTimeNs() {
        return matchTimeNs;
    }

    /** Sets the match time of a slot whose frame names it after its items. */
    public void matchTimeNs(long matchTimeNs) {
        this.matchTimeNs = matchTimeNs;
    }

    /** When the frame was received, in ns since the epoch; never backwards within a run. */
    public long receiveTimeNs() {
        return receiveTimeNs;
    }

    /** {@code TRADE}, {@code BOOK_LEVEL}: the scaled price. */
    public long price() {
        return word0;
    }

    /** {@code TRADE}, {@code BOOK_LEVEL}: the scaled quantity. */
    public long quantity() {
        return word1;
    }

    /** {@code TRADE}: the venue's trade id, or a hash of it. */
    public long id64() {
        return word2;
    }

    /** {@code TRADE}: the venue's cross sequence, or an aggregate's number of fills. */
    public long aux() {
        return word3;
    }

    /**
     * {@code TRADE}: bit 0 if the aggressor bought, bit 1 for a block trade, bit 2 if it was filled
     * against a retail-price-improvement order.
     */
    public int tradeTraits() {
        return (flags & (EventFlags.BUY | EventFlags.BLOCK | EventFlags.RPI)) >> TRAITS_SHIFT;
    }

    /**
     * {@code TRADE}: its place in the tape.
     *
     * @param idsChain whether the venue's trade ids are contiguous; else match times order the tape
     */
    public long tapeKey(boolean idsChain) {
        if (!idsChain) {
            return matchTimeNs;
        }
        // The last id where one stands for several of a chain.
        return has(EventFlags.SPAN) ? word2 + word3 - 1 : word2;
    }

    /** {@code TRADE}: how many trades of the tape it stands for. */
    public long fills() {
        return has(EventFlags.AGGREGATE) ? word3 : 1;
    }

    /** {@code BOOK_…}: the venue's update id. */
    public long updateId() {
        return word2;
    }

    /** Sets the update id of a slot whose frame names it after its levels. */
    public void updateId(long updateId) {
        word2 = updateId;
    }

    /** {@code TRADE_GAP}: the first missing id; by time and filled: the match time it begins at. */
    public long firstMissing() {
        return word0;
    }

    /** {@code TRADE_GAP}: the last missing id; by time and filled: the match time it ends at. */
    public long lastMissing() {
        return word1;
    }

    /** {@code FEED_UP}, {@code FEED_DOWN}: counts the connections of the feed, from 1. */
    public long epoch() {
        return word0;
    }

    /** {@code BOOK_RESET}, {@code TRADE_GAP}, {@code FEED_DOWN}: why. */
    public Reason reason() {
        return Reason.of(word3);
    }

    /** First word of the union, for formats that copy all four. */
    public long word0() {
        return word0;
    }

    /** Second word of the union. */
    public long word1() {
        return word1;
    }

    /** Third word of the union. */
    public long word2() {
        return word2;
    }

    /** Fourth word of the union. */
    public long word3() {
        return word3;
    }

    @Override
    public String toString() {
        return EventKind.name(kind) + "{instrument=" + instrumentId + ", flags=" + flags
                + ", matchTimeNs=" + matchTimeNs + ", receiveTimeNs=" + receiveTimeNs + ", words="
                + word0 + ',' + word1 + ',' + word2 + ',' + word3 + '}';
    }
}
