package com.waickoff.venue;

import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.MarketListener;
import com.waickoff.venue.market.MarketSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What all that plays invented markets may be told before it begins; all but venue and seed has a
 * default. The same settings give the same markets.
 *
 * @param <B> the builder itself
 */
public abstract class MarketBuilder<B extends MarketBuilder<B>> {
    private final Venue venue;
    private final long seed;
    private List<Listing> listings;
    private IntFunction<MarketSettings> market;
    private long startNs = VenueSession.DEFAULT_START_NS;
    private final List<MarketListener> truths = new ArrayList<>();

    /** Liquid markets of all that the venue lists. */
    protected MarketBuilder(Venue venue, long seed) {
        this.venue = venue;
        this.seed = seed;
        this.listings = venue.listings();
        MarketSettings liquid = venue.liquid();
        this.market = _ -> liquid;
    }

    /** This. */
    protected abstract B self();

    /** The instruments; by default all that the venue lists. */
    public final B listings(List<Listing> newListings) {
        listings = List.copyOf(newListings);
        return self();
    }

    /** The instruments by symbol. */
    public final B symbols(String... symbols) {
        return listings(List.of(symbols).stream().map(venue::listing).toList());
    }

    /** How the market of every instrument behaves. */
    public final B market(MarketSettings newMarket) {
        return markets(_ -> newMarket);
    }

    /** How the market of each instrument behaves, by its number. */
    public final B markets(IntFunction<MarketSettings> newMarkets) {
        market = newMarkets;
        return self();
    }

    /** Start in ns since the epoch. */
    public final B startNs(long newStartNs) {
        startNs = newStartNs;
        return self();
    }

    /**
     * Adds one who hears what truly happens, each event before its frame, on the thread that makes
     * them.
     */
    public final B truth(MarketListener truth) {
        truths.add(truth);
        return self();
    }

    /** The venue whose markets they are. */
    public final Venue venue() {
        return venue;
    }

    /** What all chance comes from. */
    public final long seed() {
        return seed;
    }

    /** The instruments, by their numbers. */
    public final List<Listing> listings() {
        return listings;
    }

    /** The markets, by the instruments' numbers. */
    public final IntFunction<MarketSettings> markets() {
        return market;
    }

    /** Start in ns since the epoch. */
    public final long startNs() {
        return startNs;
    }

    /** Who hears what truly happens, in the order in which they were added. */
    public final List<MarketListener> truths() {
        return List.copyOf(truths);
    }
}
