package com.waickoff.marketdata.segment;

import com.waickoff.marketdata.journal.JournalQueue;
import java.nio.file.Path;

/**
 * What a segment says of itself: its manifest.
 *
 * @param path of the file
 * @param queue whose documents it holds
 * @param journalId of the journal it was sealed from
 * @param blocks in it
 * @param documents in it
 * @param events in them
 * @param documentBytes of the documents as they were
 * @param fileBytes of the segment
 * @param firstSequence of the first document
 * @param endSequence after the last event
 * @param firstReceiveTimeNs of the first document, ns since the epoch
 * @param lastReceiveTimeNs of the last document
 * @param sha256 of all documents, in hexadecimal
 */
public record SegmentInfo(Path path, JournalQueue queue, long journalId, long blocks,
        long documents, long events, long documentBytes, long fileBytes, long firstSequence,
        long endSequence, long firstReceiveTimeNs, long lastReceiveTimeNs, String sha256) {
    /** Name of the file of the journal that it was sealed from. */
    public String cycleFileName() {
        return Segments.cycleFileName(path);
    }
}
