package com.waickoff.marketdata.journal;

/**
 * What the heads of a file's documents say it holds.
 *
 * @param queue which queue it belongs to
 * @param fileName begins with the UTC time at which its cycle starts
 * @param documents whose heads can be read
 * @param events in them
 * @param firstSequence of the first document; 0 if there is none
 * @param endSequence after the last event of the last document; 0 if there is none
 * @param firstReceiveTimeNs of the first document, ns since the epoch; 0 if there is none
 * @param lastReceiveTimeNs of the last document; 0 if there is none
 * @param usedBytes up to the end of the last document
 * @param hasHead whether reading may begin here: it begins with what was defined before
 * @param state how it ends
 */
public record CycleContent(JournalQueue queue, String fileName, long documents, long events,
        long firstSequence, long endSequence, long firstReceiveTimeNs, long lastReceiveTimeNs,
        long usedBytes, boolean hasHead, State state) {
    /** How a file ends. */
    public enum State {
        /** It goes on: the newest of its queue. */
        OPEN,
        /** It says that nothing more will come. */
        CLOSED,
        /** It is not closed although a newer one follows: its end may be missing. */
        CUT,
        /** A length or a head in it makes no sense. */
        DAMAGED
    }
}
