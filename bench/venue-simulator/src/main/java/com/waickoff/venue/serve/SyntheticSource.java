package com.waickoff.venue.serve;

import com.waickoff.venue.MarketBuilder;
import com.waickoff.venue.Venue;
import com.waickoff.venue.VenueSession;
import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.MarketListener;
import com.waickoff.venue.market.MarketSettings;
import com.waickoff.venue.reference.ReferenceBook;
import com.waickoff.venue.wire.WireSettings;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Plays markets invented as it goes. The same settings give the same frames; who wants the truth
 * adds a {@link com.waickoff.venue.TrueTape}, or plays a {@link VenueSession} of the same settings
 * somewhere else.
 */
public final class SyntheticSource implements FrameSource {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final long STEP_NS = 1_000_000_000;

    /**
     * What a source may be told before it is played. Who adds a listener of the truth hears of it
     * ahead of what is played, and looks at it when the play has ended.
     */
    public static final class Builder extends MarketBuilder<Builder> {
        private Duration length = FOR_EVER;
        private boolean everyStream = true;
        private List<String> parts = List.of();

        private Builder(Venue venue, long seed) {
            super(venue, seed);
        }

        @Override
        protected Builder self() {
            return this;
        }

        /**
         * Only the streams whose names have one of these parts, of all that the venue has, e.g.
         * {@code @trade} or {@code orderbook.50.}
         */
        public Builder streams(List<String> newParts) {
            parts = List.copyOf(newParts);
            return this;
        }

        /** How much of event time there is; by default it never ends. */
        public Builder length(Duration newLength) {
            length = newLength;
            return this;
        }

        /** Only the streams of a recording: trades, one book, best prices or tickers. */
        public Builder fewStreams() {
            everyStream = false;
            return this;
        }

        public SyntheticSource build() {
            return new SyntheticSource(this);
        }
    }

    private final Venue venue;
    private final long seed;
    private final List<Listing> listings;
    private final IntFunction<MarketSettings> market;
    private final long startNs;
    private final Duration length;
    private final WireSettings wire;
    private final List<MarketListener> truths;
    private final Set<String> streams;
    private volatile @Nullable VenueSession ended;

    private SyntheticSource(Builder builder) {
        this.venue = builder.venue();
        this.seed = builder.seed();
        this.listings = builder.listings();
        this.market = builder.markets();
        this.startNs = builder.startNs();
        this.length = builder.length;
        WireSettings standard = WireSettings.standard();
        this.wire = builder.everyStream
                ? standard.withEveryStream().withStreams(builder.parts)
                : standard;
        this.truths = builder.truths();
        this.streams = streamNames();
    }

    public static Builder builder(Venue venue, long seed) {
        return new Builder(venue, seed);
    }

    @Override
    public Venue venue() {
        return venue;
    }

    @Override
    public List<Listing> listings() {
        return listings;
    }

    @Override
    public Set<String> streams() {
        return streams;
    }

    @Override
    public Set<String> answeredSymbols() {
        return Set.of();
    }

    /**
     * The whole true book of an instrument as it is in the end.
     *
     * @throws IllegalStateException if the frames have not all been produced
     */
    public ReferenceBook trueBook(int instrument) {
        VenueSession session = ended;
        if (session == null) {
            throw new IllegalStateException("the market has not ended");
        }
        return session.trueBook(instrument);
    }

    @Override
    public void produce(ItemTaker taker) {
        VenueSession.Builder builder = open(taker);
        VenueSession session = builder.open();
        long endNs = startNs + length.toNanos();
        while (session.nowNs() < endNs) {
            session.runFor(Math.min(STEP_NS, endNs - session.nowNs()));
        }
        session.close();
        ended = session;
    }

    private VenueSession.Builder open(ItemTaker taker) {
        VenueSession.Builder builder = VenueSession.builder(venue, seed).listings(listings)
                .markets(market).wire(wire).startNs(startNs)
                .frames(frame -> taker.take(frame.receiveTimeNs(), frame.content().kind(),
                        frame.text().bytes(), 0, frame.text().length()));
        truths.forEach(builder::truth);
        return builder;
    }

    private Set<String> streamNames() {
        Set<String> names = new LinkedHashSet<>();
        for (Listing listing : listings) {
            names.addAll(venue.streamNames(listing, wire.everyStream()));
            names.removeIf(name -> !wire.isWanted(name));
        }
        return names;
    }
}
