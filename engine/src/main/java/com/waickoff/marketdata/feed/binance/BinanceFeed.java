package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.BookCheck;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.InstrumentWishes;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.LevelReader;
import com.waickoff.marketdata.feed.LinePlan;
import com.waickoff.marketdata.feed.Literal;
import com.waickoff.marketdata.feed.RepairSettings;
import com.waickoff.marketdata.feed.SymbolTable;
import com.waickoff.marketdata.feed.TradeRepair;
import com.waickoff.marketdata.feed.UnknownTypes;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.VenueFeed;
import com.waickoff.marketdata.feed.VenueLimits;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTime;
import com.waickoff.marketdata.feed.binance.BinanceBook.Verdict;
import com.waickoff.marketdata.status.Counter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The feed of a Binance market. A frame of a combined stream in the order of keys the market is known
 * to use is matched against a template; at the first deviation it is read again, key by key, with the
 * same result. Bare payloads ({@code /ws}) are always read key by key; partial depth must not be
 * subscribed there, because only a stream's name tells it from diffs.
 *
 * <pre>
 *   {"stream":"btcusdt@trade","data":{ trade, see BinanceTrades }}
 *   {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161256299,"T":1723161256298,
 *    "s":"BTCUSDT","U":5123107832006,"u":5123107837557,"pu":5123107831937,"b":[ levels ],"a":[ levels ]}}
 *                                                                 spot has neither "T" nor "pu"
 * </pre>
 *
 * <p>Threads: the feed thread.
 */
public final class BinanceFeed extends VenueFeed<BinanceInstrument> {
    private static final Literal STREAM = Literal.of("{\"stream\":\"");
    private static final Literal DIFF = Literal.of("\",\"data\":{\"e\":\"depthUpdate\",\"E\":");
    private static final Literal MATCH_TIME = Literal.of(",\"T\":");
    private static final Literal SYMBOL = Literal.of(",\"s\":\"");
    private static final Literal FIRST = Literal.of("\",\"U\":");
    private static final Literal LAST = Literal.of(",\"u\":");
    private static final Literal PREVIOUS = Literal.of(",\"pu\":");
    private static final Literal BIDS = Literal.of(",\"b\":");
    private static final Literal ASKS = Literal.of(",\"a\":");
    private static final Literal SHUTDOWN = Literal.of("!serverShutdown");
    private static final Literal END = Literal.of("}}");
    private static final int SHORTEST_FAST_FRAME = 88;
    private static final int MOST_FAST_DIGITS = 15;
    /** How far a number is looked at from where it begins, and what must at least follow. */
    private static final int REACH = 24;
    /** Trades whose quantities are kept: more than come until missing ones are answered. */
    private static final int RECENT_FILLS = 2048;
    /** Streams on one connection; the venue takes 1,024, but what one loses when it ends is one. */
    private static final int MOST_STREAMS = 200;
    /** Kind of the lines that carry trades which come merged, where they have a path of their own. */
    private static final int AGGREGATES = 1;

    private final Market market;
    private final BinanceSettings settings;
    private final BinanceStreams streams = new BinanceStreams();
    private final LinePlan plan = new LinePlan(MOST_STREAMS, Integer.MAX_VALUE);
    private final BinanceTrades trades;
    private final BinanceBook book;
    private final BinanceRepair repair;
    private final LevelReader levels;
    private final PartialDepth bestLevels = new PartialDepth();
    private final BinanceEnvelope envelope = new BinanceEnvelope();
    private final JsonCursor cursor = new JsonCursor();
    private final UnknownTypes types;

    /**
     * A feed of the instruments that are defined already; the others follow when their metadata is
     * answered.
     *
     * @param venue one of Binance's
     * @param definitions of this venue; their ids are not looked at
     */
    public BinanceFeed(Venue venue, FeedPorts ports, BinanceSettings settings,
            List<Instrument> definitions) {
        this(venue, ports, settings, InstrumentWishes.of(settings.symbols()), definitions);
    }

    /**
     * The same with wishes beyond the symbols of the settings.
     *
     * @param wishes stand in place of those symbols
     */
    public BinanceFeed(Venue venue, FeedPorts ports, BinanceSettings settings,
            InstrumentWishes wishes, List<Instrument> definitions) {
        super(venue, ports, settings.maxFrameBytes(),
                new BinanceRequests(Market.of(venue), settings),
                new BinanceMetadata(Market.of(venue)), wishes);
        this.market = Market.of(venue);
        this.settings = settings;
        this.levels = new LevelReader(sink);
        this.types = new UnknownTypes(ports, BinanceStreams.KNOWN_TYPES);
        this.trades = new BinanceTrades(market, events);
        this.repair = new BinanceRepair(market, settings, RepairSettings.DEFAULT, events, transport,
                counters);
        this.book = new BinanceBook(market, settings.snapshotLevels(), events, levels, transport);
        for (Instrument definition : definitions) {
            define(definition);
        }
    }

    @Override
    public String streamPath(int line) {
        return plan.kind(line) == AGGREGATES ? market.aggregatesStreamPath : market.streamPath;
    }

    @Override
    public int lines() {
        return plan.lines();
    }

    @Override
    public VenueLimits limits() {
        return market.limits();
    }

    @Override
    public int restWeight(String pathAndQuery) {
        return market.restWeight(pathAndQuery);
    }

    @Override
    protected Counter decode(long address, int length) {
        if (length < SHORTEST_FAST_FRAME || !STREAM.isAt(address)) {
            return decodeSlowPath(address, length);
        }
        long end = address + length;
        long stream = address + STREAM.length();
        int streamLength = Ascii.plainTextLength(stream, SymbolTable.MAX_LENGTH);
        int route = streams.route(stream, streamLength);
        if (route == BinanceStreams.MISSING) {
            return Ascii.byteAt(stream + streamLength) == '"'
                    ? unrouted(stream, streamLength)
                    : decodeSlowPath(address, length);
        }
        BinanceInstrument instrument = instruments.get(BinanceStreams.instrumentIndex(route));
        int channel = BinanceStreams.channel(route);
        if (!isWanted(instrument, channel)) {
            return Counter.IGNORED_OTHER_CHANNEL;
        }
        if (channel == BinanceStreams.BEST_LEVELS) {
            return decodeBestLevels(instrument, address, length);
        }
        boolean isTape = channel <= BinanceStreams.AGG_TRADE;
        heard(isTape ? instrument.tape() : instrument.book());
        if (isTape && !isTapeTaken()) {
            return Counter.IGNORED_OVERLAP;
        }
        long at = stream + streamLength;
        Counter fate = channel == BinanceStreams.TRADE
                ? trades.decodeTrade(instrument, at, end)
                : channel == BinanceStreams.AGG_TRADE
                        ? trades.decodeAggregate(instrument, at, end)
                        : decodeDiff(instrument, at, end);
        return fate != null ? fate : decodeSlowPath(address, length);
    }

    /** What the venue says of a book, to hold it against. */
    private Counter decodeBestLevels(BinanceInstrument instrument, long address, int length) {
        BookCheck check = instrument.check();
        if (check == null) {
            return Counter.IGNORED_OTHER_CHANNEL;
        }
        if (!bestLevels.read(address, length, instrument, check)) {
            return rejected(Counter.REJECTED_UNKNOWN_SHAPE, "best levels of no known shape");
        }
        compare(instrument, check);
        return Counter.IGNORED_BOOK_CHECK;
    }

    private void compare(BinanceInstrument instrument, BookCheck check) {
        if (instrument.isFollowing && !audit.agrees(instrument, check, instrument.lastUpdateId,
                instrument.lastUpdateId)) {
            renewBook(instrument, Reason.BOOK_MISMATCH);
        }
    }

    /** A diff that follows, in the expected form, or null. */
    private @Nullable Counter decodeDiff(BinanceInstrument instrument, long at, long end) {
        BookCheck check = instrument.check();
        if (check != null && check.isHeld()) {
            compare(instrument, check); // before the book goes on
        }
        boolean isSpot = market == Market.SPOT;
        long eventTime = at + DIFF.length();
        if (!instrument.isFollowing || end - eventTime < 3 * REACH || !DIFF.isAt(at)) {
            return null;
        }
        int eventDigits = Ascii.digitCount(eventTime);
        long matchTime = isSpot ? eventTime : eventTime + eventDigits + MATCH_TIME.length();
        int matchDigits = isSpot ? eventDigits : Ascii.digitCount(matchTime);
        long symbol = matchTime + matchDigits + SYMBOL.length();
        long first = symbol + instrument.symbolLength() + FIRST.length();
        if (end - first < REACH || !SYMBOL.isAt(symbol - SYMBOL.length())
                || !instrument.isSymbolAt(symbol) || !FIRST.isAt(first - FIRST.length())
                || (!isSpot && !MATCH_TIME.isAt(eventTime + eventDigits))) {
            return null;
        }
        int firstDigits = Ascii.digitCount(first);
        long last = first + firstDigits + LAST.length();
        if (end - last < REACH || !LAST.isAt(first + firstDigits)) {
            return null;
        }
        int lastDigits = Ascii.digitCount(last);
        long previous = isSpot ? last : last + lastDigits + PREVIOUS.length();
        if (end - previous < REACH || (!isSpot && !PREVIOUS.isAt(last + lastDigits))) {
            return null;
        }
        int previousDigits = isSpot ? lastDigits : Ascii.digitCount(previous);
        long bids = previous + previousDigits + BIDS.length();
        long eventTimeNs = VenueTime.toNs(eventTime, eventDigits);
        long matchTimeNs = VenueTime.toNs(matchTime, matchDigits);
        if (eventTimeNs < 0 || matchTimeNs < 0 || !BIDS.isAt(bids - BIDS.length())
                || !areFast(firstDigits, lastDigits, previousDigits)) {
            return null;
        }
        long lastId = Ascii.digits(last, lastDigits);
        Verdict verdict = book.verdict(instrument, Ascii.digits(first, firstDigits), lastId,
                Ascii.digits(previous, previousDigits));
        if (verdict != Verdict.APPLY) {
            return null;
        }
        events.upByBook(instrument, eventTimeNs);
        levels.begin(instrument, matchTimeNs, events.receiveTimeNs(), lastId);
        return readLevels(bids, end)
                ? book.apply(instrument, matchTimeNs, lastId)
                : null;
    }

    private static boolean areFast(int firstDigits, int lastDigits, int previousDigits) {
        return firstDigits > 0 && lastDigits > 0 && previousDigits > 0
                && firstDigits <= MOST_FAST_DIGITS && lastDigits <= MOST_FAST_DIGITS
                && previousDigits <= MOST_FAST_DIGITS;
    }

    /** Bids, asks and the end of the frame; if they are anything else nothing is kept of them. */
    private boolean readLevels(long bids, long end) {
        long at = levels.read(bids, end, EventFlags.BID);
        if (at > 0 && end - at > ASKS.length() && ASKS.isAt(at)) {
            at = levels.read(at + ASKS.length(), end, 0);
            if (at > 0 && (isEnd(at, end) || isEndSlowPath(at, end))) {
                return true;
            }
        }
        events.abort();
        return false;
    }

    private static boolean isEnd(long at, long end) {
        return end - at == END.length() && END.isAt(at);
    }

    /** Further members, of no interest, behind the asks. */
    private boolean isEndSlowPath(long at, long end) {
        cursor.wrapRest(at, (int) (end - at), 2);
        return cursor.skipOut(2) && cursor.next() == JsonCursor.END;
    }

    /** Any frame: JSON with its keys in any order, or not even JSON. */
    private Counter decodeSlowPath(long address, int length) {
        envelope.read(address, length);
        int route = envelope.stream != 0
                ? streams.route(envelope.stream, envelope.streamLength)
                : streams.route(envelope.symbol, envelope.symbolLength, bareChannel());
        if (route == BinanceStreams.MISSING) {
            return envelope.stream != 0
                    ? unrouted(envelope.stream, envelope.streamLength)
                    : decodeBareSlowPath();
        }
        BinanceInstrument instrument = instruments.get(BinanceStreams.instrumentIndex(route));
        int channel = BinanceStreams.channel(route);
        if (channel == BinanceStreams.BEST_LEVELS) {
            return decodeBestLevels(instrument, address, length);
        }
        boolean isDiff = channel >= BinanceStreams.FIRST_DIFF;
        boolean isBareDiff = isDiff && envelope.stream == 0;
        if (!isBareDiff && !isWanted(instrument, channel)) {
            return envelope.stream == 0 ? otherSlowPath() : Counter.IGNORED_OTHER_CHANNEL;
        }
        heard(isDiff ? instrument.book() : instrument.tape());
        if (!isDiff && !isTapeTaken()) {
            return Counter.IGNORED_OVERLAP;
        }
        if (!envelope.isJson) {
            return lose(instrument, isDiff, Counter.REJECTED_MALFORMED, "malformed frame");
        }
        if (bareChannel() != (isDiff ? BinanceStreams.FIRST_DIFF : channel)
                || envelope.symbolLength != instrument.symbolLength()
                || !instrument.isSymbolAt(envelope.symbol)) {
            return lose(instrument, isDiff, Counter.REJECTED_UNKNOWN_SHAPE,
                    "frame of another type or symbol than its stream");
        }
        return isDiff
                ? decodeDiffSlowPath(instrument, address, length)
                : decodeTradeSlowPath(instrument, channel == BinanceStreams.AGG_TRADE);
    }

    private Counter decodeTradeSlowPath(BinanceInstrument instrument, boolean isAggregate) {
        Counter fate = trades.decode(instrument, envelope, isAggregate);
        return fate.isRejectedFrames() ? rejected(fate, "trade without usable values") : fate;
    }

    private Counter decodeDiffSlowPath(BinanceInstrument instrument, long address, int length) {
        long first = envelope.first;
        long last = envelope.last;
        long previous = envelope.previous;
        if (first < 0 || last < 0 || (previous < 0 && market.isFutures())
                || (envelope.bids == 0 && envelope.asks == 0)) {
            return lose(instrument, true, Counter.REJECTED_UNKNOWN_SHAPE,
                    "diff without update ids or levels");
        }
        events.upByBook(instrument, envelope.eventTimeNs);
        long matchTimeNs = Math.max(0,
                envelope.matchTimeNs < 0 ? envelope.eventTimeNs : envelope.matchTimeNs);
        if (!instrument.isFollowing) {
            return book.buffer(instrument, address, length, first, last, previous, matchTimeNs);
        }
        return switch (book.verdict(instrument, first, last, previous)) {
            case APPLY -> applySlowPath(instrument, matchTimeNs, last, address + length);
            case STALE -> book.passStale(instrument, matchTimeNs, last);
            case GAP -> {
                book.lose(instrument, matchTimeNs, last, Reason.SEQUENCE_GAP);
                book.buffer(instrument, address, length, first, last, previous, matchTimeNs);
                yield rejected(Counter.REJECTED_OUT_OF_SEQUENCE, "diff does not follow");
            }
        };
    }

    private Counter applySlowPath(BinanceInstrument instrument, long matchTimeNs, long last,
            long end) {
        levels.begin(instrument, matchTimeNs, events.receiveTimeNs(), last);
        long behind = envelope.bids == 0 ? 0 : levels.read(envelope.bids, end, EventFlags.BID);
        if (behind >= 0 && envelope.asks != 0) {
            behind = levels.read(envelope.asks, end, 0);
        }
        if (behind >= 0) {
            return book.apply(instrument, matchTimeNs, last);
        }
        events.abort();
        return behind == LevelReader.OUT_OF_RANGE
                ? lose(instrument, true, Counter.REJECTED_VALUE_OUT_OF_RANGE,
                        "book level that fits neither scale nor long")
                : lose(instrument, true, Counter.REJECTED_MALFORMED, "malformed book level");
    }

    /** A frame without a stream, of no instrument we know. */
    private Counter decodeBareSlowPath() {
        if (!envelope.isJson) {
            return malformed();
        }
        if (envelope.isRefusal) {
            return refused(envelope.requestId, envelope.words, envelope.wordsLength);
        }
        if (envelope.isAnswer) {
            return accepted(envelope.requestId);
        }
        if (envelope.type == BinanceEnvelope.SHUTDOWN) {
            return ending();
        }
        if (bareChannel() != BinanceStreams.OTHER) {
            return Counter.IGNORED_UNKNOWN_INSTRUMENT;
        }
        return otherSlowPath();
    }

    /** A frame without a stream, of a type that nobody asked for. */
    private Counter otherSlowPath() {
        if (envelope.type == BinanceEnvelope.OTHER_TYPE) {
            return types.fate(envelope.typeName, envelope.typeNameLength);
        }
        return envelope.isKnownShape()
                ? Counter.IGNORED_OTHER_CHANNEL
                : rejected(Counter.REJECTED_UNKNOWN_SHAPE, "frame of no known shape");
    }

    /** The channel that the type of the event means. */
    private int bareChannel() {
        return switch (envelope.type) {
            case BinanceEnvelope.TRADE -> BinanceStreams.TRADE;
            case BinanceEnvelope.AGG_TRADE -> BinanceStreams.AGG_TRADE;
            case BinanceEnvelope.DIFF -> BinanceStreams.FIRST_DIFF;
            default -> BinanceStreams.OTHER;
        };
    }

    private boolean isWanted(BinanceInstrument instrument, int channel) {
        return switch (channel) {
            case BinanceStreams.TRADE -> settings.tape() == BinanceSettings.Tape.TRADE;
            case BinanceStreams.AGG_TRADE -> settings.tape() == BinanceSettings.Tape.AGG_TRADE;
            case BinanceStreams.OTHER -> false;
            case BinanceStreams.BEST_LEVELS -> instrument.check() != null;
            default -> book.isFrom(instrument, channel);
        };
    }

    private Counter unrouted(long stream, int streamLength) {
        if (streamLength == SHUTDOWN.length() && SHUTDOWN.isAt(stream)) {
            return ending();
        }
        if (streams.isUnknownInstrument(stream, streamLength)) {
            return Counter.IGNORED_UNKNOWN_INSTRUMENT;
        }
        long type = BinanceStreams.type(stream, streamLength);
        return types.fate(stream + (type >>> Integer.SIZE), (int) type);
    }

    /** Declares lost what a frame held; a trade that is missing shows by the next id. */
    private Counter lose(BinanceInstrument instrument, boolean isDiff, Counter fate,
            String because) {
        Reason reason = fate == Counter.REJECTED_VALUE_OUT_OF_RANGE
                ? Reason.VALUE_OUT_OF_RANGE
                : Reason.MALFORMED_FRAME;
        if (isDiff) {
            book.lose(instrument, Math.max(0, envelope.matchTimeNs), Math.max(0, envelope.last),
                    reason);
        } else {
            events.lostTrades(instrument, Math.max(0, envelope.matchTimeNs), reason);
        }
        return rejected(fate, because);
    }

    /** Whether aggregates may have to stand in for single trades. */
    private boolean areFillsKept() {
        return market.isFutures() && settings.tape() == BinanceSettings.Tape.TRADE;
    }

    @Override
    protected BinanceInstrument newInstrument(Instrument definition, int index) {
        streams.add(definition.symbol(), index, market.bestLevelsStream());
        int channel = settings.depthStream().isEmpty()
                ? BinanceInstrument.ANY_DIFFS
                : BinanceStreams.FIRST_DIFF + BinanceStreams.diffIndex(settings.depthStream());
        return new BinanceInstrument(definition, channel, settings.bufferBytes(),
                areFillsKept() ? new RecentFills(RECENT_FILLS) : null);
    }

    @Override
    protected TradeRepair<BinanceInstrument> repair() {
        return repair;
    }

    /** Books go on any line whatever the tape is: their union is in order, whoever says it first. */
    @Override
    protected void place(BinanceInstrument instrument) {
        int extra = audit.isOn() ? 1 : 0;
        if (settings.tape() == BinanceSettings.Tape.AGG_TRADE
                && !market.aggregatesStreamPath.equals(market.streamPath)) {
            instrument.placeOn(plan.place(AGGREGATES, 1, 0), plan.place(0, 1 + extra, 0));
        } else {
            int line = plan.place(0, 2 + extra, 0);
            instrument.placeOn(line, line);
        }
    }

    @Override
    protected void connected(int link) {}

    /** Its first diff asks for the snapshot, or time does where there is none. */
    @Override
    protected void bookAsked(int link, BinanceInstrument instrument) {}

    @Override
    protected void bookEnded(BinanceInstrument instrument) {
        book.disconnect(instrument);
    }

    /** The streams go on; the next diff asks for a snapshot. */
    @Override
    protected void redefined(BinanceInstrument former, BinanceInstrument successor) {}

    @Override
    public boolean isDefinition(String url) {
        return url.contains(market.metadataPath);
    }

    @Override
    public boolean isAbout(String url, int line) {
        BinanceInstrument instrument = instrumentOf(url);
        return instrument != null && line == (url.contains(market.depthPath)
                ? instrument.bookLine() : instrument.tapeLine());
    }

    @Override
    protected void renewBook(BinanceInstrument instrument, Reason reason) {
        if (reason == Reason.RENEWED) {
            book.renew(instrument, reason);
        } else {
            book.lose(instrument, instrument.lastMatchTimeNs, instrument.lastUpdateId, reason);
        }
    }

    @Override
    protected void answered(String url, long bodyAddress, int bodyLength) {
        if (url.contains(market.depthPath)) {
            // Without a connection there is nothing the snapshot could be followed by.
            BinanceInstrument instrument = instrumentOf(url);
            String problem = instrument == null || linkOf(instrument.bookLine()) == NO_LINK
                    ? null
                    : book.join(instrument, bodyAddress, bodyLength, this::decode);
            if (problem != null) {
                rejected(Counter.HTTP_FAILURES, problem);
            }
        } else if (repair.isRequest(url)) {
            BinanceInstrument instrument = instrumentOf(url);
            String problem = instrument == null
                    ? null
                    : repair.answered(instrument, url, bodyAddress, bodyLength);
            if (problem != null) {
                rejected(Counter.HTTP_FAILURES, problem);
            }
        }
    }

    @Override
    protected void unanswered(String url) {
        boolean isBook = url.contains(market.depthPath);
        BinanceInstrument instrument = isBook || repair.isRequest(url) ? instrumentOf(url) : null;
        if (instrument != null && isBook) {
            instrument.isAsked = false;
        } else if (instrument != null) {
            repair.unanswered(instrument);
        }
    }

    @Override
    protected void timePassed() {
        for (int i = 0; i < instruments.size(); i++) {
            BinanceInstrument instrument = instruments.get(i);
            if (!instrument.isFollowing && !instrument.isSuspended()) {
                book.timePassed(instrument, subscribedNs(instrument.book(),
                        instrument.bookLine()));
            }
            BookCheck check = instrument.check();
            if (check != null && instrument.isFollowing) {
                watch(instrument, check);
            }
        }
        repair.timePassed(instruments);
    }

    private void watch(BinanceInstrument instrument, BookCheck check) {
        compare(instrument, check);
        if (instrument.isFollowing && !audit.isSound(instrument, check, instrument.lastUpdateId,
                Integer.MAX_VALUE)) {
            renewBook(instrument, Reason.BOOK_MISMATCH);
        }
    }

    @Override
    protected void disconnected(int link, boolean isLineDown, Reason reason) {
        int line = VenueProtocol.lineOf(link);
        for (int i = 0; isLineDown && i < instruments.size(); i++) {
            if (instruments.get(i).bookLine() == line) {
                book.disconnect(instruments.get(i));
            }
        }
        if (!isConnected()) {
            repair.disconnected(instruments);
        }
    }
}
