package com.waickoff.venue.serve;

import com.waickoff.venue.Venue;
import com.waickoff.venue.market.Listing;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Where the frames come from that a {@link VenueServer} plays: a {@link RecordingSource} or a
 * {@link SyntheticSource}. A source is played once.
 */
public sealed interface FrameSource permits RecordingSource, SyntheticSource {
    Venue venue();

    /** What the venue says it lists. */
    List<Listing> listings();

    /** Names of all streams there will be frames of. */
    Set<String> streams();

    /** Symbols whose book somebody asked for when the frames were recorded. */
    Set<String> answeredSymbols();

    /**
     * Gives all there is, in order. Called on a thread of its own; the taker may block, and ends the
     * production by an exception of its own that must be let through.
     */
    void produce(ItemTaker taker) throws IOException;

    /** Takes items of a recording. */
    interface ItemTaker {
        /**
         * Takes the next item; the bytes are the caller's again after the call.
         *
         * @param kind as in a recording: R received, H HTTP answer (URL TAB body); others are left
         *        out
         */
        void take(long timeNs, char kind, byte[] bytes, int offset, int length);
    }
}
