package com.waickoff.venue;

import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.MarketSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Any number of invented instruments, a few of them busy and most of them not. */
public final class GeneratedListings {
    /** Nothing is so quiet that it never trades. */
    private static final double LEAST_SHARE = 0.002;

    private static final List<Listing> SHAPES = List.of(
            new Listing("", "0.10", "0.001", "97250.0", 25),
            new Listing("", "0.01", "0.01", "3412.50", 40),
            new Listing("", "0.001", "0.1", "187.340", 60),
            new Listing("", "0.00001", "1", "0.31250", 4_000),
            new Listing("", "0.0001", "0.1", "6.2500", 900));

    private GeneratedListings() {}

    /** Instruments {@code COIN0001USDT} and so on, as the venue would write them. */
    public static List<Listing> of(Venue venue, int count) {
        List<Listing> listings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Listing shape = SHAPES.get(i % SHAPES.size());
            listings.add(new Listing(
                    String.format(Locale.ROOT, "COIN%04d%s", i + 1, venue.symbolEnd()),
                    shape.tickSize(), venue.isInverse() ? "1" : shape.lotSize(),
                    shape.startPrice(), shape.typicalLots()));
        }
        return listings;
    }

    /**
     * How busy the n-th of them is: as busy as the first one divided by n to the power of the
     * exponent.
     *
     * @param number from 0
     */
    public static MarketSettings market(MarketSettings busiest, double exponent, int number) {
        double share = 1 / StrictMath.pow(number + 1.0, exponent);
        return busiest.withActionsPerSecond(
                busiest.actionsPerSecond() * Math.max(LEAST_SHARE, share));
    }
}
