package com.waickoff.marketdata.journal;

/**
 * What verifying found in one file.
 *
 * @param queue which queue it belongs to
 * @param fileName begins with the UTC time at which its cycle starts
 * @param documents that are sound
 * @param events in them
 * @param firstSequence of the first sound document; 0 if there is none
 * @param endSequence after the last event of the last sound document; 0 if there is none
 * @param firstReceiveTimeNs of the first sound document, ns since the epoch; 0 if there is none
 * @param lastReceiveTimeNs of the last sound document; 0 if there is none
 * @param usedBytes up to the end of the last document
 * @param damagedDocuments with a wrong checksum or content
 * @param isClosed whether the file says that nothing more will come
 */
public record CycleReport(JournalQueue queue, String fileName, long documents, long events,
        long firstSequence, long endSequence, long firstReceiveTimeNs, long lastReceiveTimeNs,
        long usedBytes, long damagedDocuments, boolean isClosed) {}
