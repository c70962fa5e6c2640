package com.waickoff.venue;

import com.waickoff.venue.market.Listing;
import com.waickoff.venue.reference.ReferenceBook;
import com.waickoff.venue.reference.ReferenceExport;
import com.waickoff.venue.reference.ReferenceTape;
import com.waickoff.venue.reference.ReferenceWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** What truly happened in invented markets, as the files an engine exports. */
public final class TruthFiles {
    private TruthFiles() {}

    /**
     * Writes {@code windows.csv}, {@code profile.csv}, {@code book.csv} and
     * {@code instruments.csv}.
     *
     * @param trueBook book of an instrument by its number in the order it was listed
     */
    public static void write(Path directory, Venue venue, List<Listing> listings,
            ReferenceTape tape,
            IntFunction<ReferenceBook> trueBook) throws IOException {
        writeWindows(directory, tape);
        TreeMap<String, ReferenceBook> books = new TreeMap<>();
        List<String> instruments = new ArrayList<>();
        instruments.add("instrument,tick_size,lot_size");
        for (int i = 0; i < listings.size(); i++) {
            Listing listing = listings.get(i);
            books.put(venue.instrument(listing), trueBook.apply(i));
            instruments.add(String.join(",", venue.instrument(listing), listing.tickSize(),
                    listing.lotSize()));
        }
        Files.write(directory.resolve("book.csv"), ReferenceExport.books(books));
        Files.write(directory.resolve("instruments.csv"), instruments);
    }

    /** Writes {@code windows.csv} and {@code profile.csv}. */
    static void writeWindows(Path directory, ReferenceTape tape) throws IOException {
        Files.createDirectories(directory);
        List<ReferenceWindow> windows = tape.windows();
        Files.write(directory.resolve("windows.csv"), ReferenceExport.windows(windows));
        Files.write(directory.resolve("profile.csv"), ReferenceExport.profiles(windows));
    }
}
