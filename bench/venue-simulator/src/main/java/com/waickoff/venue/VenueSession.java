package com.waickoff.venue;

import com.waickoff.venue.market.EarliestFirst;
import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.MarketListener;
import com.waickoff.venue.market.PriceLadder;
import com.waickoff.venue.market.SyntheticMarket;
import com.waickoff.venue.reference.ReferenceBook;
import com.waickoff.venue.wire.FrameListener;
import com.waickoff.venue.wire.VenueEncoder;
import com.waickoff.venue.wire.WireSettings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One connection to one venue, played from its first frame on: markets and the venue's clock in the
 * order of event time. Memory is bounded; not thread safe.
 *
 * <pre>{@code
 * VenueSession session =
 *         VenueSession.builder(Venue.BYBIT_LINEAR, seed).frames(decoder::take).open();
 * session.runFrames(1_000_000);
 * session.close();
 * }</pre>
 */
public final class VenueSession {
    /** 2026-01-05T14:00:00Z. */
    public static final long DEFAULT_START_NS = 1_767_621_600_000_000_000L;

    /** What a session may be told before it opens. */
    public static final class Builder extends MarketBuilder<Builder> {
        private WireSettings wire = WireSettings.standard();
        private FrameListener frames = frame -> {
        };

        private Builder(Venue venue, long seed) {
            super(venue, seed);
        }

        @Override
        protected Builder self() {
            return this;
        }

        public Builder wire(WireSettings newWire) {
            wire = newWire;
            return this;
        }

        /** Who takes the frames. */
        public Builder frames(FrameListener newFrames) {
            frames = newFrames;
            return this;
        }

        /** Connects: the first frames are sent. */
        public VenueSession open() {
            return new VenueSession(this);
        }
    }

    private final Venue venue;
    private final List<Listing> listings;
    private final List<SyntheticMarket> markets = new ArrayList<>();
    private final EarliestFirst marketsDue;
    private final VenueEncoder encoder;
    private long nowNs;

    private VenueSession(Builder builder) {
        this.venue = builder.venue();
        this.listings = builder.listings();
        this.marketsDue = new EarliestFirst(listings.size());
        this.nowNs = builder.startNs();
        this.encoder = venue.encoder(listings, markets, builder.wire, builder.seed(),
                builder.frames);
        MarketListener listener = encoder;
        for (MarketListener truth : builder.truths().reversed()) {
            listener = truth.andThen(listener);
        }
        for (int i = 0; i < listings.size(); i++) {
            markets.add(new SyntheticMarket(i, listings.get(i), builder.markets().apply(i),
                    builder.seed(), builder.startNs(), listener));
            marketsDue.set(i, markets.get(i).nextTimeNs());
        }
        encoder.open(nowNs);
    }

    public static Builder builder(Venue venue, long seed) {
        return new Builder(venue, seed);
    }

    /** Tick sizes by instrument name. */
    public static Map<String, BigDecimal> tickSizes(Venue venue, List<Listing> listings) {
        Map<String, BigDecimal> tickSizes = new TreeMap<>();
        listings.forEach(listing -> tickSizes.put(venue.instrument(listing), listing.tick()));
        return tickSizes;
    }

    public Venue venue() {
        return venue;
    }

    public List<Listing> listings() {
        return listings;
    }

    public SyntheticMarket market(int instrument) {
        return markets.get(instrument);
    }

    /** The whole true book of an instrument as it is now. */
    public ReferenceBook trueBook(int instrument) {
        Listing listing = listings.get(instrument);
        PriceLadder ladder = markets.get(instrument).book();
        ReferenceBook book = new ReferenceBook();
        for (boolean bid : new boolean[]{true, false}) {
            long[] ticks = new long[ladder.levels(bid)];
            long[] lots = new long[ticks.length];
            ladder.copyTop(bid, ticks, lots);
            for (int i = 0; i < ticks.length; i++) {
                book.set(bid, listing.price(ticks[i]), listing.quantity(lots[i]));
            }
        }
        return book;
    }

    /** Event time up to which the session has run, ns since the epoch. */
    public long nowNs() {
        return nowNs;
    }

    /** Number of items sent so far. */
    public long frames() {
        return encoder.frames();
    }

    /** Plays all that happens in the coming time. */
    public void runFor(long durationNs) {
        long endNs = nowNs + durationNs;
        while (nextNs() <= endNs) {
            step();
        }
        nowNs = endNs;
    }

    /** Plays until at least so many more items have been sent. */
    public void runFrames(long count) {
        long wanted = encoder.frames() + count;
        while (encoder.frames() < wanted) {
            step();
        }
    }

    /** Sends what the venue holds back; after it the told books are the true ones. */
    public void close() {
        encoder.close(nowNs);
    }

    private void step() {
        long marketNs = marketsDue.firstTime();
        nowNs = Math.min(marketNs, encoder.nextTaskNs());
        if (encoder.nextTaskNs() <= marketNs) {
            encoder.runTasks(nowNs);
        } else {
            int next = marketsDue.first();
            markets.get(next).step();
            marketsDue.set(next, markets.get(next).nextTimeNs());
        }
    }

    private long nextNs() {
        return Math.min(marketsDue.firstTime(), encoder.nextTaskNs());
    }
}
