package com.waickoff.marketdata.feed;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a venue's list of instruments, filled by whoever reads it. Cold: allocates. */
public final class ListingPage {
    private final List<Listing> listings = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private String nextPage = "";
    private @Nullable String problem;

    /** Takes a symbol that is wanted. */
    public void add(Listing listing) {
        listings.add(listing);
    }

    /** Takes notice of a symbol that nobody wants. */
    public void addOther(String symbol) {
        others.add(symbol);
    }

    /** Says where the list goes on. */
    public void nextPage(String path) {
        nextPage = path;
    }

    /**
     * Says why the page cannot be relied upon; what was read of it is kept.
     *
     * @param because a constant text
     */
    public void problem(String because) {
        problem = because;
    }

    /** The symbols that are wanted. */
    public List<Listing> listings() {
        return listings;
    }

    /** The symbols that nobody wants. */
    public List<String> others() {
        return others;
    }

    /** Path and query of the next page; empty after the last. */
    public String nextPage() {
        return nextPage;
    }

    /** Why the page cannot be relied upon, or null. */
    public @Nullable String problem() {
        return problem;
    }
}
