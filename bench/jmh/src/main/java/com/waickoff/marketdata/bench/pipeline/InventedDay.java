package com.waickoff.marketdata.bench.pipeline;

import com.waickoff.marketdata.Engine;
import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.EngineWorld;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.FrameRejections;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.TradeChains;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.feed.bybit.BybitFeed;
import com.waickoff.marketdata.feed.bybit.BybitSettings;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowListener;
import com.waickoff.venue.VenueSession;
import com.waickoff.venue.market.Listing;
import com.waickoff.venue.wire.FrameBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Writes the journal of a busy day of one instrument: what the invented Bybit market sends of it, trades
 * and books, until there are so many trades. The same seed gives the same events.
 */
final class InventedDay {
    private static final long SEED = 42;
    private static final long STRETCH_NS = 60_000_000_000L;
    private static final int FRAMES_PER_READ = 16;
    private static final String SYMBOL = "BTCUSDT";

    private InventedDay() {}

    /** @return how many trades there are */
    static long write(EngineConfig config, long trades) throws IOException {
        EngineWorld world = new EngineWorld(Run.ofThisProcess(System.currentTimeMillis()), true,
                System::currentTimeMillis, CounterBlock::onHeap, () -> WindowListener.NONE,
                System.out::println);
        CounterBlock counters = CounterBlock.onHeap("feed");
        FrameBuffer frames = new FrameBuffer();
        com.waickoff.venue.Venue venue = com.waickoff.venue.Venue.BYBIT_LINEAR;
        VenueSession session = VenueSession.builder(venue, SEED).symbols(SYMBOL)
                .frames(frames.of(0)).open();
        Files.createDirectories(config.dataDir());
        try (Engine engine = Engine.open(config, world)) {
            Listing listing = session.listings().getFirst();
            Instrument instrument = InstrumentSource.of(Venue.BYBIT_LINEAR, SYMBOL,
                    listing.tick(), listing.lot(), "BTC", "USDT");
            BybitFeed feed = new BybitFeed(Venue.BYBIT_LINEAR,
                    new FeedPorts(engine.sink(), engine.catalogue(),
                            new TradeChains(engine.catalogue()), new FeedClock(engine.sink()),
                            VenueTransport.NOBODY, counters, FrameRejections.UNHEARD),
                    BybitSettings.of(List.of(SYMBOL)), List.of(instrument));
            feed.onConnect(0, 1, session.nowNs());
            play(frames, feed, engine);
            while (counters.get(Counter.TRADES_DECODED) < trades) {
                frames.clear();
                session.runFor(STRETCH_NS);
                frames.sort();
                play(frames, feed, engine);
            }
        }
        return counters.get(Counter.TRADES_DECODED);
    }

    private static void play(FrameBuffer frames, BybitFeed feed, Engine engine) {
        int count = frames.count();
        for (int i = 0; i < count; i++) {
            if (frames.url(i).isEmpty()) {
                feed.onFrame(0, frames.address(i), frames.length(i), frames.receiveTimeNs(i));
            }
            if (i % FRAMES_PER_READ == 0) {
                engine.sink().endOfRead();
            }
        }
        engine.sink().endOfRead();
    }
}
