package com.waickoff.marketdata.bench.pipeline;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.FrameRejections;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.TradeChains;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.feed.binance.BinanceFeed;
import com.waickoff.marketdata.feed.binance.BinanceSettings;
import com.waickoff.marketdata.feed.bybit.BybitFeed;
import com.waickoff.marketdata.feed.bybit.BybitSettings;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.venue.VenueSession;
import com.waickoff.venue.market.Listing;
import com.waickoff.venue.wire.FrameBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A connection to each of the three invented venues, with all that they list, and the decoders behind
 * them. The frames of a stretch of event time are made first and kept in native memory; then they are
 * given to the decoders in the order in which they were received. So what the venues cost can be left
 * out of a measurement.
 *
 * <p>Rates, sizes and shapes are those of {@link VenueSession}; the same seed gives the same frames.
 */
final class InventedFeeds {
    /** Those whose figures have been told before; in the order of the simulator's own list. */
    private static final List<com.waickoff.venue.Venue> VENUES = List.of(
            com.waickoff.venue.Venue.BYBIT_LINEAR, com.waickoff.venue.Venue.BINANCE_USDM,
            com.waickoff.venue.Venue.BINANCE_SPOT);

    private final EventSink sink;
    private final int framesPerRead;
    private final FrameBuffer frames = new FrameBuffer();
    private final List<VenueSession> sessions = new ArrayList<>();
    private final List<VenueProtocol> protocols = new ArrayList<>();
    private long framesPlayed;

    /**
     * Connects.
     *
     * @param framesPerRead how many frames share the end of a read
     */
    InventedFeeds(EventSink sink, InstrumentCatalogue catalogue, int framesPerRead, long seed) {
        this.sink = sink;
        this.framesPerRead = framesPerRead;
        FeedClock clock = new FeedClock(sink);
        TradeChains chains = new TradeChains(catalogue);
        for (com.waickoff.venue.Venue venue : VENUES) {
            FeedPorts ports = new FeedPorts(sink, catalogue, chains, clock, VenueTransport.NOBODY,
                    CounterBlock.onHeap(venue.label()), FrameRejections.UNHEARD);
            protocols.add(protocol(Objects.requireNonNull(Venue.of(venue.label())),
                    venue.listings(), ports));
            sessions.add(VenueSession.builder(venue, seed).frames(frames.of(venue.ordinal()))
                    .open());
        }
        protocols.forEach(protocol -> protocol.onConnect(0, 1, nowNs()));
    }

    private static VenueProtocol protocol(Venue venue, List<Listing> listings, FeedPorts ports) {
        List<Instrument> instruments = listings.stream()
                .map(listing -> InstrumentSource.of(venue, listing.symbol(), listing.tick(),
                        listing.lot(), listing.symbol().replace("USDT", ""), "USDT"))
                .toList();
        List<String> symbols = listings.stream().map(Listing::symbol).toList();
        return venue == Venue.BYBIT_LINEAR
                ? new BybitFeed(Venue.BYBIT_LINEAR, ports, BybitSettings.of(symbols), instruments)
                : new BinanceFeed(venue, ports,
                        BinanceSettings.ofRecording(symbols, BinanceSettings.Tape.TRADE),
                        instruments);
    }

    /** Makes the frames of the next stretch, in place of the last ones. */
    void make(long durationNs) {
        if (framesPlayed > 0) {
            frames.clear();
        }
        sessions.forEach(session -> session.runFor(durationNs));
        frames.sort();
    }

    /** Number of frames of the stretch. */
    int count() {
        return frames.count();
    }

    /** Decodes a frame of the stretch; each in turn. */
    void play(int frame) {
        VenueProtocol protocol = protocols.get(frames.connection(frame));
        String url = frames.url(frame);
        if (url.isEmpty()) {
            protocol.onFrame(0, frames.address(frame), frames.length(frame),
                    frames.receiveTimeNs(frame));
        } else {
            protocol.onHttp(url, frames.address(frame), frames.length(frame),
                    frames.receiveTimeNs(frame));
        }
        framesPlayed++;
        if (framesPlayed % framesPerRead == 0) {
            sink.endOfRead();
        }
    }

    /** Decodes all frames of the stretch. */
    void playAll() {
        int count = frames.count();
        for (int i = 0; i < count; i++) {
            play(i);
        }
        sink.endOfRead();
    }

    /** Number of frames decoded so far. */
    long framesPlayed() {
        return framesPlayed;
    }

    private long nowNs() {
        return sessions.getFirst().nowNs();
    }
}
