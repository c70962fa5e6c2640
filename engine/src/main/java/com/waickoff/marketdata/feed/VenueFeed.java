package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.InstrumentState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the feeds of all venues have in common: the order of events around connections, clocks and
 * definitions, what is declared lost when a frame cannot be used, and the accounts.
 *
 * <p><b>Fate.</b> Decoding a frame gives exactly one counter, so frames received = decoded + ignored
 * + rejected by construction:
 *
 * <ul>
 *   <li>decoded: its events were published, or its book update waits for the snapshot it follows;
 *   <li>ignored: rightly left alone; it was read no further than what told its channel;
 *   <li>rejected: it could not be used. What it may have held is declared lost before the next frame.
 * </ul>
 *
 * A trade frame with a bad trade among good ones is decoded: the good ones are published, a gap
 * stands in place of each bad one, and {@link Counter#VALUES_REJECTED} counts them.
 *
 * <p><b>What is declared lost.</b> A book notices by its own sequence, a tape whose ids chain by its
 * next id. So only two things need saying: a book whose frame was bad is reset at once, and a tape
 * whose ids do not chain gets a {@code TRADE_GAP} by time, every such tape of the connection if the
 * frame does not tell its topic.
 *
 * <p>Threads: the feed thread.
 *
 * @param <I> what the venue keeps of an instrument
 */
public abstract class VenueFeed<I extends InstrumentFeed> implements VenueProtocol {
    /** No link is up. */
    protected static final int NO_LINK = -1;
    /** Fates of frames that show that a stream delivers. */
    private static final Set<Counter> MARKET_DATA = EnumSet.of(Counter.FRAMES_DECODED,
            Counter.IGNORED_DUPLICATE, Counter.IGNORED_STALE, Counter.IGNORED_AWAITING_SNAPSHOT,
            Counter.IGNORED_OFF_BOOK, Counter.IGNORED_EMPTY, Counter.IGNORED_OVERLAP);
    /** How long a successor is heard before its trades are taken beside those of its elder. */
    static final long SUCCESSOR_HEARD_NS = 1_000_000_000L;

    /** Where events go. */
    protected final EventSink sink;
    /** How they go there. */
    protected final FeedEvents events;
    /** Counters of this feed. */
    protected final CounterBlock counters;
    /** Holds books against what is said of them. */
    protected final BookAudit audit;
    /** Where requests go. */
    protected final VenueTransport transport;
    /** The instruments of this feed, in the order they were first defined. */
    protected final List<I> instruments = new ArrayList<>();

    private final Venue venue;
    private final TradeChains chains;
    private final FeedClock clock;
    private final FrameRejections rejections;
    private final VenueMetadata metadata;
    private final FeedStreams<I> streams;
    private final FeedDefinitions<I> definitions;
    private final int maxFrameBytes;
    private final long[] epochs = new long[2 * MOST_LINES]; // of each link; 0 while it is down
    private final long[] heardNs = new long[2 * MOST_LINES]; // the first frame of each, 0 before
    private final long[] dataNs = new long[2 * MOST_LINES]; // the last market data of each
    private int linksUp;
    private int link; // of the frame at hand
    private @Nullable String rejectedBecause;

    /**
     * A feed without instruments.
     *
     * @param maxFrameBytes longest frame that is decoded
     * @param language how streams are asked for
     * @param dialect how definitions are asked for
     * @param wishes whose definitions are asked for
     */
    protected VenueFeed(Venue venue, FeedPorts ports, int maxFrameBytes, StreamLanguage language,
            MetadataDialect dialect, InstrumentWishes wishes) {
        this.venue = venue;
        this.sink = ports.sink();
        this.chains = ports.chains();
        this.clock = ports.clock();
        this.transport = ports.transport();
        this.counters = ports.counters();
        this.rejections = ports.rejections();
        this.maxFrameBytes = maxFrameBytes;
        this.events = new FeedEvents(sink, chains, counters);
        this.streams = new FeedStreams<>(this, language, ports);
        this.audit = new BookAudit(ports.books(), counters);
        this.definitions = new FeedDefinitions<>(this, streams, ports);
        this.metadata = new VenueMetadata(dialect, wishes, ports, definitions);
    }

    /** Judges the silence of streams by these from now on. */
    public final void watchStreams(StreamSettings settings) {
        streams.settings(settings);
    }

    /**
     * Goes on with instruments that an earlier run has left in the journal: their streams are asked
     * for at once, however long the venue's list may take. What it says is then handled as if it had
     * changed while the feed ran.
     *
     * @param remembered wanted ones, as they were defined last; before the first connection
     */
    public final void recall(List<Instrument> remembered) {
        List<String> symbols = new ArrayList<>();
        for (Instrument definition : remembered) {
            if (!definitions.isDefined(definition.symbol())) {
                define(definition);
                symbols.add(definition.symbol());
            }
        }
        metadata.recalled(symbols);
    }

    @Override
    public final String waitsFor() {
        return metadata.waitsFor();
    }

    @Override
    public final Venue venue() {
        return venue;
    }

    @Override
    public final void onConnect(int newLink, long epoch, long receiveTimeNs) {
        begin(receiveTimeNs);
        linksUp++;
        epochs[newLink] = epoch;
        heardNs[newLink] = 0;
        dataNs[newLink] = 0;
        link = newLink;
        events.receivedOn(VenueProtocol.lineOf(newLink), epoch);
        definitions.publish();
        streams.connected(newLink);
        connected(newLink);
        metadata.timePassed(receiveTimeNs);
    }

    @Override
    public final void onFrame(int fromLink, long address, int length, long receiveTimeNs) {
        begin(receiveTimeNs);
        link = fromLink;
        events.receivedOn(VenueProtocol.lineOf(fromLink), epochs[fromLink]);
        if (heardNs[fromLink] == 0) {
            heardNs[fromLink] = receiveTimeNs;
        }
        counters.increment(Counter.FRAMES_RECEIVED);
        counters.add(Counter.BYTES_RECEIVED, length);
        Counter fate = length <= maxFrameBytes ? decode(address, length) : oversized();
        counters.increment(fate);
        if (MARKET_DATA.contains(fate)) {
            dataNs[fromLink] = receiveTimeNs;
        }
        if (rejectedBecause != null) {
            report(fate, address, length);
        }
    }

    @Override
    public final long dataTimeNs(int ofLink) {
        return dataNs[ofLink];
    }

    @Override
    public final void onHttp(String url, long bodyAddress, int bodyLength, long receiveTimeNs) {
        boolean isMore = true;
        while (isMore) {
            isMore = onHttpPart(url, bodyAddress, bodyLength, receiveTimeNs);
        }
    }

    @Override
    public final boolean onHttpPart(String url, long bodyAddress, int bodyLength,
            long receiveTimeNs) {
        begin(receiveTimeNs);
        if (metadata.isRequest(url)) {
            if (metadata.answered(url, bodyAddress, bodyLength, receiveTimeNs)) {
                return true;
            }
            rejectedBecause = metadata.problem();
            definitions.subscribeUnasked();
        } else if (url.endsWith(StreamLanguage.ONE_TRADE)) {
            newestTrade(url, bodyAddress, bodyLength);
        } else {
            answered(url, bodyAddress, bodyLength);
        }
        if (rejectedBecause != null) {
            counters.increment(Counter.HTTP_FAILURES);
            report(Counter.HTTP_FAILURES, bodyAddress, bodyLength);
        }
        return false;
    }

    @Override
    public final void onHttpFailure(String url, int status, long receiveTimeNs) {
        begin(receiveTimeNs);
        counters.increment(Counter.HTTP_FAILURES);
        if (metadata.isRequest(url)) {
            metadata.unanswered(url, status, receiveTimeNs);
        } else if (!url.endsWith(StreamLanguage.ONE_TRADE)) {
            unanswered(url);
        }
        streams.restFailed(url.endsWith(StreamLanguage.ONE_TRADE), status);
    }

    @Override
    public final void onTime(long receiveTimeNs) {
        begin(receiveTimeNs);
        if (events.takeUnfit()) {
            metadata.hasten(receiveTimeNs);
        }
        metadata.timePassed(receiveTimeNs);
        timePassed();
        streams.timePassed();
    }

    @Override
    public final boolean isReady(int ofLink) {
        return streams.isReady(ofLink);
    }

    @Override
    public final void renewBooks(int line, long receiveTimeNs) {
        begin(receiveTimeNs);
        for (int i = 0; i < instruments.size(); i++) {
            if (instruments.get(i).bookLine == line) {
                renewBook(instruments.get(i), Reason.RENEWED);
            }
        }
    }

    @Override
    public final void onDisconnect(int endedLink, Reason reason, long receiveTimeNs) {
        begin(receiveTimeNs);
        int line = VenueProtocol.lineOf(endedLink);
        events.receivedOn(line, epochs[endedLink]);
        epochs[endedLink] = 0;
        linksUp--;
        boolean isLineDown = !isUp(endedLink ^ 1);
        boolean isTapeDown = isLineDown || !hasTape(endedLink ^ 1);
        for (int i = 0; isTapeDown && i < instruments.size(); i++) {
            I instrument = instruments.get(i);
            if (isLineDown && instrument.bookLine == line) {
                events.bookDown(instrument, reason);
            }
            if (instrument.tapeLine == line) {
                events.tapeDown(instrument, reason);
            }
        }
        streams.disconnected(endedLink);
        disconnected(endedLink, isLineDown, reason);
        if (!isConnected()) {
            metadata.forgetAsked(receiveTimeNs);
        }
    }

    @Override
    public final boolean isQuiet(int line) {
        boolean isAnyOn = false;
        for (int i = 0; i < instruments.size(); i++) {
            I instrument = instruments.get(i);
            if (instrument.isOn(line)) {
                if (instrument.state == InstrumentState.TRADING) {
                    return false;
                }
                isAnyOn = true;
            }
        }
        return isAnyOn;
    }

    /** Whether a link has been heard for so long that it missed nothing its elder did not bring. */
    private boolean hasTape(int ofLink) {
        return isHeard(ofLink) && isReady(ofLink);
    }

    private boolean isHeard(int ofLink) {
        return heardNs[ofLink] != 0
                && events.receiveTimeNs() - heardNs[ofLink] >= SUCCESSOR_HEARD_NS;
    }

    /** Does what a new link wants, beside its streams, which are asked for already. */
    protected abstract void connected(int newLink);

    /** A book is asked for on a link, where it begins anew. */
    protected abstract void bookAsked(int onLink, I instrument);

    /** A book's stream has ended: what comes of it later does not follow what came. */
    protected abstract void bookEnded(I instrument);

    /** Goes on with the streams of the definition that a new one replaces, but with a new book. */
    protected abstract void redefined(I former, I successor);

    /** Asks for missing trades. */
    protected abstract TradeRepair<I> repair();

    /** Puts the streams of an instrument on lines. */
    protected abstract void place(I instrument);

    /** Declares a book lost and asks for it anew, no more often than the venue bears. */
    protected abstract void renewBook(I instrument, Reason reason);

    /** Decodes a frame and says what became of it. */
    protected abstract Counter decode(long address, int length);

    /** Takes the answer of a REST request. */
    protected abstract void answered(String url, long bodyAddress, int bodyLength);

    /** Learns that a REST request came to nothing. */
    protected abstract void unanswered(String url);

    /** Repeats what is due. */
    protected abstract void timePassed();

    /**
     * Forgets what a link's end makes worthless.
     *
     * @param isLineDown whether it was the last of its line; feeds are down and books reset then
     */
    protected abstract void disconnected(int endedLink, boolean isLineDown, Reason reason);

    /**
     * The feed of an instrument that has its id, bound to the names it has in frames.
     *
     * @param index its place in {@link #instruments}, which a later definition keeps
     */
    protected abstract I newInstrument(Instrument definition, int index);

    /** Whether any connection is established. */
    protected final boolean isConnected() {
        return linksUp != 0;
    }

    /** Whether a link is established. */
    protected final boolean isUp(int ofLink) {
        return epochs[ofLink] != 0;
    }

    /** The link of the frame at hand. */
    protected final int link() {
        return link;
    }

    /** Whether the first link came up after the second, which may be down. */
    protected final boolean isYounger(int ofLink, int thanLink) {
        return epochs[ofLink] > epochs[thanLink];
    }

    /** The link of a line on which to ask: the youngest that is up; {@link #NO_LINK} if none is. */
    protected final int linkOf(int line) {
        int even = 2 * line;
        int younger = isYounger(even + 1, even) ? even + 1 : even;
        return isUp(younger) ? younger : NO_LINK;
    }

    /**
     * Whether trades of the frame at hand are taken. A line's tape is that of the elder link until its
     * successor has been heard for a while: what the successor says first, the elder may be about to
     * say, and trades in order are worth more than trades a moment sooner.
     */
    protected final boolean isTapeTaken() {
        return !isUp(link ^ 1) || isTapeTakenSlowPath();
    }

    private boolean isTapeTakenSlowPath() {
        return isYounger(link ^ 1, link) || isHeard(link);
    }

    /** Takes a definition. */
    protected final void define(Instrument definition) {
        definitions.take(definition);
    }

    /** Notes that a frame of a stream was received on the link at hand. */
    protected final void heard(StreamState stream) {
        stream.heard(link, events.receiveTimeNs());
    }

    /** When a stream's subscription was acknowledged on a link of a line; 0 if on none that is up. */
    protected final long subscribedNs(StreamState stream, int line) {
        int elder = isYounger(2 * line, 2 * line + 1) ? 2 * line + 1 : 2 * line;
        long elderNs = isUp(elder) ? stream.ackedNs(elder) : 0;
        return elderNs != 0 || !isUp(elder ^ 1) ? elderNs : stream.ackedNs(elder ^ 1);
    }

    /** Ends a stream on a link and asks for it anew, unless it is being asked for. */
    protected final void renewSubscription(int onLink, StreamState stream) {
        streams.renew(onLink, stream);
    }

    /**
     * A request was accepted.
     *
     * @param requestId as far as the frame tells it, or negative
     * @return the frame's fate
     */
    protected final Counter accepted(long requestId) {
        streams.accepted(requestId);
        return Counter.IGNORED_ACK;
    }

    /**
     * A request was refused.
     *
     * @param requestId as far as the frame tells it, or negative
     * @param words address of what the venue says, 0 without any
     * @return the frame's fate
     */
    protected final Counter refused(long requestId, long words, int length) {
        String what = streams.refused(requestId, words, length);
        return what.isEmpty() ? Counter.IGNORED_ACK : rejected(Counter.REJECTED_REFUSAL, what);
    }

    /**
     * The venue has announced that it is about to end the link at hand.
     *
     * @return the frame's fate
     */
    protected final Counter ending() {
        counters.increment(Counter.SHUTDOWNS_ANNOUNCED);
        transport.renew(link, "the venue announced its shutdown");
        return Counter.IGNORED_NOTICE;
    }

    private void newestTrade(String url, long address, int length) {
        I instrument = instrumentOf(url);
        if (instrument != null) {
            long known = instrument.idsChain ? chains.lastId(instrument.id)
                    : instrument.lastMatchNs;
            rejectedBecause = streams.newestTrade(instrument, address, length, known);
        }
    }

    /** The instrument that a REST request names, or null. */
    protected final @Nullable I instrumentOf(String url) {
        int index = definitions.indexOf(QueryText.symbolOf(url));
        return index < instruments.size() ? instruments.get(index) : null;
    }

    /** A tape delivers nothing: only its own trades prove that it does again. */
    final void tapeSilent(I instrument, Reason reason) {
        int upLink = linkOf(instrument.tapeLine);
        instrument.isTapeSilent = true;
        events.receivedOn(instrument.tapeLine, upLink == NO_LINK ? 0 : epochs[upLink]);
        events.tapeDown(instrument, reason);
    }

    /**
     * Says what is wrong with the frame or body at hand.
     *
     * @param because a constant text
     * @return {@code fate}
     */
    protected final Counter rejected(Counter fate, String because) {
        rejectedBecause = because;
        return fate;
    }

    /** A frame that is no JSON, before it told what it is about. */
    protected final Counter malformed() {
        lostByAll();
        return rejected(Counter.REJECTED_MALFORMED, "malformed before it told its topic");
    }

    private Counter oversized() {
        lostByAll();
        return rejected(Counter.REJECTED_OVERSIZED, "longer than the configured bound");
    }

    /** Nobody can say whose trades the frame held. */
    private void lostByAll() {
        for (int i = 0; i < instruments.size(); i++) {
            I instrument = instruments.get(i);
            if (instrument.isUp && instrument.tapeLine == VenueProtocol.lineOf(link)) {
                events.lostTrades(instrument, 0, Reason.MALFORMED_FRAME);
            }
        }
    }

    private void begin(long receiveTimeNs) {
        clock.advance(receiveTimeNs);
        events.receivedAt(receiveTimeNs);
    }

    private void report(Counter fate, long address, int length) {
        String because = rejectedBecause;
        rejectedBecause = null;
        if (because != null) {
            if (fate == Counter.REJECTED_VALUE_OUT_OF_RANGE) {
                metadata.hasten(events.receiveTimeNs()); // its tick or lot may be another now
            }
            rejections.onRejected(fate, because, address, length, events.receiveTimeNs());
        }
    }
}
