package com.waickoff.venue.serve;

import com.waickoff.venue.Venue;
import com.waickoff.venue.market.Listing;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a venue lists, and how each listing stands; all of it may change. Belongs to the event loop. */
final class Board {
    /** Money that the first listing turns over in a day; the n-th has an n-th of it. */
    private static final BigDecimal MOST_TURNOVER = new BigDecimal("1000000000");

    /** How a listing stands. */
    enum Standing {
        /** Not heard of yet. */
        UNLISTED, TRADING, HALTED,
        /** Not to come back. */
        DELISTED
    }

    /** One listing. */
    static final class Entry {
        private Listing listing;
        private Standing standing = Standing.TRADING;
        private String status = "";
        private BigDecimal turnover;

        private Entry(Listing listing, BigDecimal turnover) {
            this.listing = listing;
            this.turnover = turnover;
        }

        Listing listing() {
            return listing;
        }

        String symbol() {
            return listing.symbol();
        }

        Standing standing() {
            return standing;
        }

        /** Whether the venue knows it now. */
        boolean isThere() {
            return standing == Standing.TRADING || standing == Standing.HALTED;
        }

        /** What the venue says instead of its usual word; empty for that. */
        String status() {
            return status;
        }

        /** Of the last day, in the currency of its prices. */
        BigDecimal turnover() {
            return turnover;
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** @param fillers number of listings without a market */
    Board(Venue venue, List<Listing> listings, int fillers) {
        listings.forEach(this::add);
        for (int i = 0; i < fillers; i++) {
            add(ListingText.filler(venue, i));
        }
    }

    Collection<Entry> all() {
        return entries.values();
    }

    /** The listing of a symbol, or null if the venue knows of none now. */
    @Nullable
    Entry find(String symbol) {
        Entry entry = entries.get(symbol);
        return entry == null || !entry.isThere() ? null : entry;
    }

    void setStanding(String symbol, Standing standing) {
        Entry entry = entry(symbol);
        entry.standing = standing;
        entry.status = "";
    }

    /** The venue's word for how a listing stands; trading goes on whatever it says. */
    void setStatus(String symbol, String status) {
        entry(symbol).status = status;
    }

    /** Another tick and lot, as the venue says; its prices stay on the grid they were on. */
    void setSteps(String symbol, String tickSize, String lotSize) {
        Entry entry = entry(symbol);
        Listing old = entry.listing;
        entry.listing = new Listing(symbol, new BigDecimal(tickSize).toPlainString(),
                new BigDecimal(lotSize).toPlainString(), old.startPrice(), old.typicalLots());
    }

    void setTurnover(String symbol, BigDecimal turnover) {
        entry(symbol).turnover = turnover;
    }

    private void add(Listing listing) {
        BigDecimal rank = BigDecimal.valueOf(entries.size() + 1L);
        entries.putIfAbsent(listing.symbol(),
                new Entry(listing, MOST_TURNOVER.divide(rank, 2, RoundingMode.DOWN)));
    }

    private Entry entry(String symbol) {
        Entry entry = entries.get(symbol);
        if (entry == null) {
            throw new IllegalArgumentException("no listing " + symbol);
        }
        return entry;
    }
}
