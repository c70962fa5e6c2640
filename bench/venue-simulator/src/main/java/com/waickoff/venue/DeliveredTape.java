package com.waickoff.venue;

import com.waickoff.venue.market.Listing;
import com.waickoff.venue.reference.ReferenceTape;
import com.waickoff.venue.reference.ReferenceTrade;
import com.waickoff.venue.wire.Frame;
import com.waickoff.venue.wire.FrameListener;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Writes onto a reference tape what a faultless reader makes of the frames that arrived: each trade
 * once, in tape order, nothing of frames that cannot be read. Not thread safe.
 */
public final class DeliveredTape implements FrameListener {
    private record TradeKey(int instrument, long id) {}

    private final Venue venue;
    private final List<Listing> listings;
    private final ReferenceTape tape;
    private final Set<TradeKey> seen = new HashSet<>();

    public DeliveredTape(Venue venue, List<Listing> listings) {
        this.venue = venue;
        this.listings = List.copyOf(listings);
        this.tape = new ReferenceTape(VenueSession.tickSizes(venue, listings), 1);
    }

    /** The tape so far, with rows of one tick. */
    public ReferenceTape tape() {
        return tape;
    }

    @Override
    public void onFrame(Frame frame) {
        for (int i = 0; i < frame.tradeCount(); i++) {
            if (!seen.add(new TradeKey(frame.instrument(), frame.tradeId(i)))) {
                continue;
            }
            Listing listing = listings.get(frame.instrument());
            tape.add(new ReferenceTrade(venue.instrument(listing), frame.tradeTimeMs(i),
                    listing.price(frame.tradePriceTicks(i)), listing.quantity(frame.tradeLots(i)),
                    frame.tradeBuy(i), venue.chainsTradeIds()
                            ? OptionalLong.of(frame.tradeId(i))
                            : OptionalLong.empty()));
        }
    }
}
