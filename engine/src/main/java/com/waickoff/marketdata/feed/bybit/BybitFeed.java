package com.waickoff.marketdata.feed.bybit;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.BestLevels;
import com.waickoff.marketdata.feed.BookCheck;
import com.waickoff.marketdata.feed.BookPicture;
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
import com.waickoff.marketdata.feed.VenueTime;
import com.waickoff.marketdata.status.Counter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The feed of one of Bybit's products. A frame in the order of keys the venue is known to use is
 * matched against a template; at the first deviation it is read again, key by key, with the same
 * result:
 *
 * <pre>
 *   {"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1672304486868,"data":[ trades ]}
 *   {"topic":"orderbook.200.BTCUSDT","type":"delta","ts":1672304484978,
 *    "data":{"s":"BTCUSDT","b":[ levels ],"a":[ levels ],"u":18521288,"seq":7961638724},
 *    "cts":1672304484976}
 * </pre>
 *
 * <p>Threads: the feed thread.
 */
public final class BybitFeed extends VenueFeed<BybitInstrument> {
    private static final Literal TOPIC = Literal.of("{\"topic\":\"");
    private static final Literal TYPE_SNAPSHOT = Literal.of("\",\"type\":\"snapshot\",\"ts\":");
    private static final Literal TYPE_DELTA = Literal.of("\",\"type\":\"delta\",\"ts\":");
    private static final Literal TRADES = Literal.of(",\"data\":[");
    private static final Literal BOOK = Literal.of(",\"data\":{\"s\":\"");
    private static final Literal BIDS = Literal.of("\",\"b\":");
    private static final Literal UPDATE_ID = Literal.of(",\"u\":");
    private static final Literal SEQUENCE = Literal.of(",\"seq\":");
    private static final Literal MATCH_TIME = Literal.of("},\"cts\":");
    private static final long HEARTBEAT_NS = 20_000_000_000L;
    private static final VenueLimits LIMITS = new VenueLimits(0, 500, 0, 7_200);
    /** Topics on one connection: there is no limit, but what one loses when it ends is one. */
    private static final int MOST_STREAMS = 400;
    /** Characters of the topics of a connection; the venue takes 21,000. */
    private static final int MOST_CHARACTERS = 20_000;
    private static final int TIME_DIGITS = 13;
    private static final int SHORTEST_FAST_FRAME = 128;
    private static final int MOST_FAST_DIGITS = 15;

    private static final long WORD_SNAPSHOT = Ascii.word("snapshot");
    private static final long WORD_DELTA = Ascii.word("delta");
    private static final long WORD_PING = Ascii.word("ping");
    private static final long WORD_PONG = Ascii.word("pong");

    private final Category category;
    private final BybitSettings settings;
    private final BybitRequests requests;
    private final BybitTopics topics = new BybitTopics();
    private final LinePlan plan = new LinePlan(MOST_STREAMS, MOST_CHARACTERS);
    private final BybitTrades trades;
    private final BybitBook book;
    private final BybitRepair repair;
    private final BybitEnvelope envelope = new BybitEnvelope();
    private final JsonCursor cursor = new JsonCursor();
    private final UnknownTypes types;
    private long nextHeartbeatNs;

    /**
     * A feed of the instruments that are defined already; the others follow when their metadata is
     * answered.
     *
     * @param venue one of Bybit's
     * @param definitions of this venue; their ids are not looked at
     */
    public BybitFeed(Venue venue, FeedPorts ports, BybitSettings settings,
            List<Instrument> definitions) {
        this(venue, ports, settings, InstrumentWishes.of(settings.symbols()), definitions);
    }

    /**
     * The same with wishes beyond the symbols of the settings.
     *
     * @param wishes stand in place of those symbols
     */
    public BybitFeed(Venue venue, FeedPorts ports, BybitSettings settings, InstrumentWishes wishes,
            List<Instrument> definitions) {
        this(venue, ports, settings, wishes, definitions,
                new BybitRequests(Category.of(venue), settings.bookDepth()));
    }

    private BybitFeed(Venue venue, FeedPorts ports, BybitSettings settings, InstrumentWishes wishes,
            List<Instrument> definitions, BybitRequests requests) {
        super(venue, ports, settings.maxFrameBytes(), requests,
                new BybitMetadata(Category.of(venue)), wishes);
        this.category = Category.of(venue);
        this.settings = settings;
        this.requests = requests;
        this.trades = new BybitTrades(events);
        this.types = new UnknownTypes(ports, BybitTopics.KNOWN_TYPES);
        this.book = new BybitBook(sink, events,
                instrument -> renewSubscription(instrument.bookLink, instrument.book()));
        this.repair = new BybitRepair(category, RepairSettings.DEFAULT, events, transport,
                counters);
        for (Instrument definition : definitions) {
            define(definition);
        }
    }

    @Override
    public String streamPath(int line) {
        return category.streamPath();
    }

    @Override
    public int lines() {
        return plan.lines();
    }

    @Override
    public VenueLimits limits() {
        return LIMITS;
    }

    @Override
    protected Counter decode(long address, int length) {
        long end = address + length;
        if (length >= SHORTEST_FAST_FRAME && TOPIC.isAt(address)) {
            long topic = address + TOPIC.length();
            int topicLength = Ascii.plainTextLength(topic, SymbolTable.MAX_LENGTH);
            int route = topics.route(topic, topicLength);
            if (route == BybitTopics.MISSING) {
                return Ascii.byteAt(topic + topicLength) == '"'
                        ? unrouted(topic, topicLength)
                        : decodeSlowPath(address, length);
            }
            BybitInstrument instrument = instruments.get(BybitTopics.instrumentIndex(route));
            int channel = BybitTopics.channel(route);
            if (isCheck(instrument, channel)) {
                return decodeBestLevel(instrument, address, length);
            }
            heard(channel == BybitTopics.TRADES ? instrument.tape() : instrument.book());
            if (!isTaken(instrument, channel)) {
                return Counter.IGNORED_OVERLAP;
            }
            Counter fate = channel == BybitTopics.TRADES
                    ? decodeTrades(instrument, topic + topicLength, end)
                    : decodeBook(instrument, channel, topic + topicLength, end);
            if (fate != null) {
                return fate;
            }
        }
        return decodeSlowPath(address, length);
    }

    /** Whether this link is the one that is listened to. */
    private boolean isTaken(BybitInstrument instrument, int channel) {
        return channel == BybitTopics.TRADES
                ? isTapeTaken()
                : instrument.bookLink == link() || isBookTakenSlowPath(instrument);
    }

    /**
     * A book follows one link. Its successor takes over at once, because what it says first is a
     * snapshot, and what the elder says from then on is not listened to.
     */
    private boolean isBookTakenSlowPath(BybitInstrument instrument) {
        if (isUp(instrument.bookLink) && !isYounger(link(), instrument.bookLink)) {
            return false;
        }
        instrument.bookLink = link();
        return true;
    }

    /** Whether a frame tells the best level, to hold the book against. */
    private static boolean isCheck(BybitInstrument instrument, int channel) {
        return channel == BybitTopics.BEST_LEVEL && instrument.isChecked();
    }

    private Counter decodeBestLevel(BybitInstrument instrument, long address, int length) {
        BookCheck check = instrument.check();
        envelope.read(address, length);
        if (check == null || !envelope.isJson || envelope.bids == 0 || envelope.asks == 0
                || envelope.sequence < 0) {
            return rejected(Counter.REJECTED_UNKNOWN_SHAPE, "best level of no known shape");
        }
        if (envelope.type != WORD_SNAPSHOT) {
            return Counter.IGNORED_BOOK_CHECK; // deltas are history
        }
        BookPicture said = check.begin(envelope.sequence, 1);
        if (!readSide(instrument, envelope.bids, address + length, said, true)
                || !readSide(instrument, envelope.asks, address + length, said, false)) {
            return rejected(Counter.REJECTED_UNKNOWN_SHAPE, "best level of no known shape");
        }
        check.hold();
        compare(instrument, check);
        return Counter.IGNORED_BOOK_CHECK;
    }

    private boolean readSide(BybitInstrument instrument, long at, long end, BookPicture into,
            boolean isBids) {
        cursor.wrap(at, (int) (end - at));
        return BestLevels.read(cursor, instrument, into, isBids);
    }

    private void compare(BybitInstrument instrument, BookCheck check) {
        if (!audit.agrees(instrument, check, instrument.lastSequence, instrument.lastUpdateId)) {
            renewBook(instrument, Reason.BOOK_MISMATCH);
        }
    }

    /** A trade frame in the expected form, or null. */
    private @Nullable Counter decodeTrades(BybitInstrument instrument, long at, long end) {
        long time = at + TYPE_SNAPSHOT.length();
        if (!TYPE_SNAPSHOT.isAt(at) || Ascii.digitCount(time) != TIME_DIGITS
                || !TRADES.isAt(time + TIME_DIGITS)) {
            return null;
        }
        events.up(instrument, VenueTime.toNs(time, TIME_DIGITS));
        long array = time + TIME_DIGITS + TRADES.length() - 1;
        long behind = trades.read(instrument, array, end);
        if (behind > 0 && (behind + 1 != end || Ascii.byteAt(behind) != '}')) {
            cursor.wrapRest(behind, (int) (end - behind), 1);
            behind = cursor.skipOut(1) && cursor.next() == JsonCursor.END ? end : -1;
        }
        return finishTrades(instrument, behind > 0);
    }

    /** A book frame in the expected form, or null. What follows the levels is read from the end. */
    private @Nullable Counter decodeBook(BybitInstrument instrument, int channel, long at,
            long end) {
        BookCheck check = instrument.check();
        if (check != null && check.isHeld()) {
            compare(instrument, check); // before the book goes on
        }
        boolean isSnapshot = TYPE_SNAPSHOT.isAt(at);
        if (!isSnapshot && !TYPE_DELTA.isAt(at)) {
            return null;
        }
        long time = at + (isSnapshot ? TYPE_SNAPSHOT.length() : TYPE_DELTA.length());
        long symbol = time + TIME_DIGITS + BOOK.length();
        long bids = symbol + instrument.symbolLength() + BIDS.length();
        long matchTime = end - 1 - TIME_DIGITS;
        long sequenceEnd = matchTime - MATCH_TIME.length();
        int sequenceDigits = Ascii.digitsBefore(sequenceEnd);
        long updateIdEnd = sequenceEnd - sequenceDigits - SEQUENCE.length();
        int updateIdDigits = Ascii.digitsBefore(updateIdEnd);
        long levelsEnd = updateIdEnd - updateIdDigits - UPDATE_ID.length();
        if (levelsEnd <= bids || !BOOK.isAt(time + TIME_DIGITS) || !instrument.isSymbolAt(symbol)
                || !BIDS.isAt(bids - BIDS.length()) || Ascii.digitCount(time) != TIME_DIGITS
                || Ascii.byteAt(end - 1) != '}' || Ascii.digitCount(matchTime) != TIME_DIGITS
                || !MATCH_TIME.isAt(sequenceEnd) || !SEQUENCE.isAt(updateIdEnd)
                || !UPDATE_ID.isAt(levelsEnd) || sequenceDigits == 0 || updateIdDigits == 0
                || sequenceDigits > MOST_FAST_DIGITS || updateIdDigits > MOST_FAST_DIGITS) {
            return null;
        }
        long matchTimeNs = VenueTime.toNs(matchTime, TIME_DIGITS);
        if (matchTimeNs < 0) {
            return null;
        }
        long updateId = Ascii.digits(updateIdEnd - updateIdDigits, updateIdDigits);
        long sequence = Ascii.digits(sequenceEnd - sequenceDigits, sequenceDigits);
        upBook(instrument, isSnapshot, VenueTime.toNs(time, TIME_DIGITS));
        Counter fate = book.begin(instrument, BybitTopics.depth(channel), isSnapshot,
                matchTimeNs, updateId, sequence);
        if (fate != null) {
            return fate == Counter.REJECTED_OUT_OF_SEQUENCE ? outOfSequence() : fate;
        }
        if (book.readLevelsInOrder(bids, end) == levelsEnd) {
            return book.apply(instrument);
        }
        events.abort();
        return null;
    }

    /** Any frame: JSON with its keys in any order, or not even JSON. */
    private Counter decodeSlowPath(long address, int length) {
        envelope.read(address, length);
        if (envelope.topic == 0) {
            return envelope.isJson ? decodeAnswer() : malformed();
        }
        int route = topics.route(envelope.topic, envelope.topicLength);
        if (route == BybitTopics.MISSING) {
            return unrouted(envelope.topic, envelope.topicLength);
        }
        BybitInstrument instrument = instruments.get(BybitTopics.instrumentIndex(route));
        int channel = BybitTopics.channel(route);
        if (isCheck(instrument, channel)) {
            return decodeBestLevel(instrument, address, length);
        }
        if (channel != BybitTopics.TRADES && !book.isFrom(instrument, channel)) {
            return Counter.IGNORED_OTHER_CHANNEL;
        }
        heard(channel == BybitTopics.TRADES ? instrument.tape() : instrument.book());
        if (!isTaken(instrument, channel)) {
            return Counter.IGNORED_OVERLAP;
        }
        book.forgetUpdate();
        if (!envelope.isJson) {
            return lose(instrument, channel, Counter.REJECTED_MALFORMED, "malformed frame");
        }
        long end = address + length;
        return channel == BybitTopics.TRADES
                ? decodeTradesSlowPath(instrument, end)
                : decodeBookSlowPath(instrument, channel, end);
    }

    private Counter decodeTradesSlowPath(BybitInstrument instrument, long end) {
        if (envelope.trades == 0) {
            return lose(instrument, BybitTopics.TRADES, Counter.REJECTED_UNKNOWN_SHAPE,
                    "trade frame without an array of trades");
        }
        events.up(instrument, envelope.timeNs);
        return finishTrades(instrument, trades.read(instrument, envelope.trades, end) > 0);
    }

    private Counter decodeBookSlowPath(BybitInstrument instrument, int channel, long end) {
        boolean isSnapshot = envelope.type == WORD_SNAPSHOT;
        if ((!isSnapshot && envelope.type != WORD_DELTA) || envelope.updateId < 0
                || (envelope.bids == 0 && envelope.asks == 0)
                || envelope.symbolLength != instrument.symbolLength()
                || !instrument.isSymbolAt(envelope.symbol)) {
            return lose(instrument, channel, Counter.REJECTED_UNKNOWN_SHAPE,
                    "book frame without type, symbol, update id or levels");
        }
        upBook(instrument, isSnapshot, envelope.timeNs);
        long matchTimeNs = Math.max(0,
                envelope.matchTimeNs < 0 ? envelope.timeNs : envelope.matchTimeNs);
        Counter fate = book.begin(instrument, BybitTopics.depth(channel), isSnapshot, matchTimeNs,
                envelope.updateId, Math.max(0, envelope.sequence));
        if (fate != null) {
            return fate == Counter.REJECTED_OUT_OF_SEQUENCE ? outOfSequence() : fate;
        }
        long wrong = book.readLevels(envelope.bids, envelope.asks, end);
        if (wrong == 0) {
            return book.apply(instrument);
        }
        events.abort();
        return wrong == LevelReader.OUT_OF_RANGE
                ? lose(instrument, channel, Counter.REJECTED_VALUE_OUT_OF_RANGE,
                        "book level that fits neither scale nor long")
                : lose(instrument, channel, Counter.REJECTED_MALFORMED, "malformed book level");
    }

    /** A frame without a topic: the answer to a request of ours. */
    private Counter decodeAnswer() {
        if (envelope.success == JsonCursor.FALSE) {
            return refused(envelope.requestId, envelope.words, envelope.wordsLength);
        }
        if (envelope.operation == WORD_PING || envelope.operation == WORD_PONG) {
            return Counter.IGNORED_HEARTBEAT;
        }
        return envelope.success == JsonCursor.TRUE || envelope.operation != BybitEnvelope.UNSET
                ? accepted(envelope.requestId)
                : rejected(Counter.REJECTED_UNKNOWN_SHAPE, "frame without topic or operation");
    }

    private Counter unrouted(long topic, int topicLength) {
        return topics.isUnknownInstrument(topic, topicLength)
                ? Counter.IGNORED_UNKNOWN_INSTRUMENT
                : types.fate(topic, BybitTopics.typeLength(topic, topicLength));
    }

    /**
     * The first snapshot tells the time of the book's last change, which may be seconds before the
     * subscription: the feed is up no earlier than it was received.
     */
    private void upBook(BybitInstrument instrument, boolean isSnapshot, long timeNs) {
        events.upByBook(instrument, isSnapshot ? Math.max(timeNs, events.receiveTimeNs()) : timeNs);
    }

    private Counter finishTrades(BybitInstrument instrument, boolean isComplete) {
        if (!isComplete) {
            events.abort();
            return lose(instrument, BybitTopics.TRADES, Counter.REJECTED_MALFORMED,
                    "malformed trade frame");
        }
        events.publishTrades();
        if (trades.good() != 0) {
            return Counter.FRAMES_DECODED;
        }
        if (trades.repeated() != 0 && trades.bad() == 0) {
            return Counter.IGNORED_DUPLICATE;
        }
        return trades.bad() == 0
                ? Counter.IGNORED_EMPTY
                : rejected(Counter.REJECTED_VALUE_OUT_OF_RANGE, "no usable trade in a frame");
    }

    private Counter outOfSequence() {
        return rejected(Counter.REJECTED_OUT_OF_SEQUENCE, "book update does not follow");
    }

    /** Declares lost what a frame of this channel held. */
    private Counter lose(BybitInstrument instrument, int channel, Counter fate, String because) {
        Reason reason = fate == Counter.REJECTED_VALUE_OUT_OF_RANGE
                ? Reason.VALUE_OUT_OF_RANGE
                : Reason.MALFORMED_FRAME;
        if (channel == BybitTopics.TRADES) {
            events.lostTrades(instrument, 0, reason);
        } else {
            book.lose(instrument, reason);
        }
        return rejected(fate, because);
    }

    @Override
    protected BybitInstrument newInstrument(Instrument definition, int index) {
        topics.add(definition.symbol(), index);
        return new BybitInstrument(definition, settings.bookDepth(), settings.recentTrades());
    }

    @Override
    protected TradeRepair<BybitInstrument> repair() {
        return repair;
    }

    @Override
    protected void place(BybitInstrument instrument) {
        int line = plan.place(0, instrument.isChecked() ? 3 : 2,
                requests.characters(instrument));
        instrument.placeOn(line, line);
        instrument.bookLink = 2 * line;
    }

    @Override
    protected void connected(int link) {
        nextHeartbeatNs = events.receiveTimeNs() + HEARTBEAT_NS;
    }

    @Override
    protected void bookAsked(int link, BybitInstrument instrument) {
        if (!isUp(instrument.bookLink)) {
            instrument.bookLink = link;
        }
        instrument.resubscribeTimeNs = events.receiveTimeNs() + BybitBook.SNAPSHOT_TIMEOUT_NS;
    }

    @Override
    protected void bookEnded(BybitInstrument instrument) {
        instrument.resubscribeTimeNs = 0;
    }

    /** The topics go on; the book is asked for anew, because its levels are in other units. */
    @Override
    protected void redefined(BybitInstrument former, BybitInstrument successor) {
        successor.bookLink = former.bookLink;
        if (isUp(successor.bookLink) && !successor.isSuspended()) {
            successor.resubscribeTimeNs = events.receiveTimeNs();
            book.retry(successor);
        }
    }

    @Override
    public boolean isDefinition(String url) {
        return url.contains(BybitMetadata.PATH);
    }

    @Override
    public boolean isAbout(String url, int line) {
        BybitInstrument instrument = instrumentOf(url);
        return instrument != null && instrument.tapeLine() == line;
    }

    @Override
    protected void renewBook(BybitInstrument instrument, Reason reason) {
        book.forgetUpdate();
        book.lose(instrument, reason);
    }

    @Override
    protected void answered(String url, long bodyAddress, int bodyLength) {
        if (BybitRecentTrades.isRequest(url)) {
            BybitInstrument instrument = instrumentOf(url);
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
        BybitInstrument instrument = BybitRecentTrades.isRequest(url) ? instrumentOf(url) : null;
        if (instrument != null) {
            repair.unanswered(instrument);
        }
    }

    @Override
    protected void timePassed() {
        long now = events.receiveTimeNs();
        if (now >= nextHeartbeatNs) {
            nextHeartbeatNs = now + HEARTBEAT_NS;
            for (int link = 0; link < 2 * plan.lines(); link++) {
                if (isUp(link)) {
                    transport.sendText(link, BybitRequests.HEARTBEAT);
                }
            }
        }
        for (int i = 0; i < instruments.size(); i++) {
            BybitInstrument instrument = instruments.get(i);
            if (!instrument.isBookReady() && isUp(instrument.bookLink)
                    && !instrument.isSuspended()) {
                book.retry(instrument);
            }
            BookCheck check = instrument.check();
            if (check != null) {
                watch(instrument, check);
            }
        }
        repair.timePassed(instruments);
    }

    private void watch(BybitInstrument instrument, BookCheck check) {
        compare(instrument, check);
        if (!audit.isSound(instrument, check, instrument.lastUpdateId, instrument.bookDepth)) {
            renewBook(instrument, Reason.BOOK_MISMATCH);
        }
    }

    @Override
    protected void disconnected(int link, boolean isLineDown, Reason reason) {
        for (int i = 0; i < instruments.size(); i++) {
            BybitInstrument instrument = instruments.get(i);
            if (instrument.bookLink == link) {
                events.bookDown(instrument, reason); // its successor has not brought a snapshot yet
                instrument.resubscribeTimeNs = 0;
            }
        }
        if (!isConnected()) {
            repair.disconnected(instruments);
        }
    }
}
