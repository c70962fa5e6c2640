package com.waickoff.venue;

import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.MarketListener;
import com.waickoff.venue.reference.ReferenceTape;
import com.waickoff.venue.reference.ReferenceTrade;
import java.util.List;

/** Writes what is truly traded onto a reference tape. Not thread safe. */
public final class TrueTape implements MarketListener {
    private static final long NANOS_PER_MS = 1_000_000;

    private final Venue venue;
    private final List<Listing> listings;
    private final ReferenceTape tape;

    public TrueTape(Venue venue, List<Listing> listings) {
        this.venue = venue;
        this.listings = List.copyOf(listings);
        this.tape = new ReferenceTape(VenueSession.tickSizes(venue, listings), 1);
    }

    /** The tape so far, with rows of one tick. */
    public ReferenceTape tape() {
        return tape;
    }

    @Override
    public void onTrade(int instrument, long timeNs, long takerSequence, boolean buy,
            boolean block, long priceTicks, long lots) {
        Listing listing = listings.get(instrument);
        tape.add(ReferenceTrade.of(venue.instrument(listing), timeNs / NANOS_PER_MS,
                listing.price(priceTicks), listing.quantity(lots), buy));
    }

    @Override
    public void onLevel(int instrument, long timeNs, boolean bid, long priceTicks, long lots) {}

    @Override
    public void onActionEnd(int instrument, long timeNs) {}
}
