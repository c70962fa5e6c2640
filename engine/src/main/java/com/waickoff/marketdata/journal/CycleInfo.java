package com.waickoff.marketdata.journal;

/**
 * A file of the journal.
 *
 * @param queue which queue it belongs to
 * @param fileName begins with the UTC time at which its cycle starts
 * @param firstSequence of its first document; 0 if it has none
 * @param firstReceiveTimeNs of its first document, ns since the epoch; 0 if it has none
 * @param lengthBytes as the file system shows it; the last block is sparse
 */
public record CycleInfo(JournalQueue queue, String fileName, long firstSequence,
        long firstReceiveTimeNs, long lengthBytes) {}
