package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.util.ArrayList;
import java.util.List;
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
    /** Where events go. */
    protected final EventSink sink;
    /** How they go there. */
    protected final FeedEvents events;
    /** Counters of this feed. */
    protected final CounterBlock counters;
    /** Where requests go. */
    protected final VenueTransport transport;
    /** The instruments of this feed, in the order they were first defined. */
    protected final List<I> instruments = new ArrayList<>();

    private final Venue venue;
    private final InstrumentCatalogue catalogue;
    private final TradeChains chains;
    private final FeedClock clock;
    private final FrameRejections rejections;
    private final int maxFrameBytes;
    private @Nullable String rejectedBecause;
    private boolean isConnected;

    /**
     * A feed without instruments.
     *
     * @param maxFrameBytes longest frame that is decoded
     */
    protected VenueFeed(Venue venue, FeedPorts ports, int maxFrameBytes) {
        this.venue = venue;
        this.sink = ports.sink();
        this.catalogue = ports.catalogue();
        this.chains = ports.chains();
        this.clock = ports.clock();
        this.transport = ports.transport();
        this.counters = ports.counters();
        this.rejections = ports.rejections();
        this.maxFrameBytes = maxFrameBytes;
        this.events = new FeedEvents(sink, chains, counters);
    }

    @Override
    public final Venue venue() {
        return venue;
    }

    @Override
    public final void onConnect(long epoch, long receiveTimeNs) {
        begin(receiveTimeNs);
        isConnected = true;
        events.connected(epoch);
        publishDefinitions();
        connected();
    }

    @Override
    public final void onFrame(long address, int length, long receiveTimeNs) {
        begin(receiveTimeNs);
        counters.increment(Counter.FRAMES_RECEIVED);
        counters.add(Counter.BYTES_RECEIVED, length);
        Counter fate = length <= maxFrameBytes ? decode(address, length) : oversized();
        counters.increment(fate);
        if (rejectedBecause != null) {
            report(fate, address, length);
        }
    }

    @Override
    public final void onHttp(String url, long bodyAddress, int bodyLength, long receiveTimeNs) {
        begin(receiveTimeNs);
        answered(url, bodyAddress, bodyLength);
        if (rejectedBecause != null) {
            counters.increment(Counter.HTTP_FAILURES);
            report(Counter.HTTP_FAILURES, bodyAddress, bodyLength);
        }
    }

    @Override
    public final void onHttpFailure(String url, int status, long receiveTimeNs) {
        begin(receiveTimeNs);
        counters.increment(Counter.HTTP_FAILURES);
        unanswered(url);
    }

    @Override
    public final void onTime(long receiveTimeNs) {
        begin(receiveTimeNs);
        if (isConnected) {
            timePassed();
        }
    }

    @Override
    public final void onDisconnect(Reason reason, long receiveTimeNs) {
        begin(receiveTimeNs);
        isConnected = false;
        for (int i = 0; i < instruments.size(); i++) {
            events.down(instruments.get(i), reason);
        }
        disconnected();
    }

    /** Asks for what is wanted; called when a connection is established. */
    protected abstract void connected();

    /** Decodes a frame and says what became of it. */
    protected abstract Counter decode(long address, int length);

    /** Takes the answer of a REST request. */
    protected abstract void answered(String url, long bodyAddress, int bodyLength);

    /** Learns that a REST request came to nothing. */
    protected abstract void unanswered(String url);

    /** Repeats what is due; called while connected. */
    protected abstract void timePassed();

    /** Forgets what a connection's end makes worthless; feeds are down and books reset already. */
    protected abstract void disconnected();

    /**
     * The feed of an instrument that has its id, bound to the names it has in frames.
     *
     * @param index its place in {@link #instruments}, which a later definition keeps
     */
    protected abstract I newInstrument(Instrument definition, int index);

    /** Whether a connection is established. */
    protected final boolean isConnected() {
        return isConnected;
    }

    /**
     * Takes a definition. A changed one ends the instrument's feed under the old id and begins it
     * under a new one, with the same chain of trade ids.
     *
     * @return its feed, or null if nothing has changed
     */
    protected final @Nullable I define(Instrument definition) {
        Instrument known = catalogue.define(definition);
        int index = 0;
        while (index < instruments.size()
                && !instruments.get(index).definition().symbol().equals(known.symbol())) {
            index++;
        }
        if (index < instruments.size()) {
            I former = instruments.get(index);
            if (former.id == known.id()) {
                return null;
            }
            events.down(former, Reason.REDEFINED);
            chains.seed(known.id(), chains.lastId(former.id));
            I successor = newInstrument(known, index);
            successor.succeed(former);
            instruments.set(index, successor);
        } else {
            instruments.add(newInstrument(known, index));
        }
        if (isConnected) {
            publishDefinitions();
        }
        return instruments.get(index);
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
            if (instrument.isUp) {
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
            rejections.onRejected(fate, because, address, length, events.receiveTimeNs());
        }
    }

    private void publishDefinitions() {
        for (int i = 0; i < instruments.size(); i++) {
            I instrument = instruments.get(i);
            if (!instrument.isDefined) {
                instrument.isDefined = true;
                events.define(instrument);
            }
        }
    }
}
