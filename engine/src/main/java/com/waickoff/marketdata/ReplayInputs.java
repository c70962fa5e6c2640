package com.waickoff.marketdata;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a replay reads, and why it cannot. */
record ReplayInputs(ReplayRequest request) {
    /**
     * Looks at all recordings, before anything is created.
     *
     * @throws ReplayException if one cannot be replayed
     */
    void check() throws ReplayException, IOException {
        for (ReplayRequest.Source source : request.sources()) {
            if (source instanceof ReplayRequest.Recording recording) {
                requireFile(recording.file(), "the recording");
                instruments(recording, venue(recording.venue()));
            }
        }
    }

    /** Of a journal; 0 if the newest of it cannot be read, which the replay will find out. */
    static long lastSequence(JournalDirectory journal) {
        try {
            return journal.lastSequence();
        } catch (JournalException damaged) {
            return 0;
        }
    }

    private static void requireFile(Path file, String what) throws ReplayException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ReplayException(ReplayException.EXIT_NO_INPUT,
                    what + " " + file + " is not a file that can be read", null);
        }
    }

    static Venue venue(String code) throws ReplayException {
        Venue venue = Venue.of(code);
        if (venue == null || !Venues.BUILT.contains(venue)) {
            throw new ReplayException(ReplayException.EXIT_DATA, "venue " + code
                    + " cannot be replayed; these can: " + Venues.BUILT, null);
        }
        return venue;
    }

    /** What its file defines; without a file, what the configuration defines. */
    List<Instrument> instruments(ReplayRequest.Recording source, Venue venue)
            throws ReplayException, IOException {
        Path csv = source.instrumentsCsv();
        if (csv == null) {
            return ofVenue(request.engine().instruments(), venue);
        }
        requireFile(csv, "the instrument file");
        try {
            List<Instrument> wanted = ofVenue(InstrumentSource.readCsv(csv), venue);
            if (wanted.isEmpty()) {
                throw new ReplayException(ReplayException.EXIT_DATA,
                        csv + " names no instrument of " + venue.code(), null);
            }
            return wanted;
        } catch (IllegalArgumentException e) {
            throw ReplayException.of(ReplayException.EXIT_DATA, e);
        }
    }

    private static List<Instrument> ofVenue(List<Instrument> instruments, Venue venue) {
        return instruments.stream()
                .filter(instrument -> instrument.venue().equals(venue.code())).toList();
    }
}
