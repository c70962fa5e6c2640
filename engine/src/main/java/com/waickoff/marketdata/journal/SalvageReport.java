package com.waickoff.marketdata.journal;

import java.util.List;

/**
 * What a salvage saved and what is lost.
 *
 * @param files of both queues, each queue's oldest first
 * @param first sequence that was saved; 0 if there is none
 * @param last sequence that was saved; 0 if there is none
 * @param missing events that should be between them and are not
 * @param notes what a person should know besides, in words
 */
public record SalvageReport(List<File> files, long first, long last, List<SequenceRange> missing,
        List<String> notes) {
    /** Copies the lists. */
    public SalvageReport {
        files = List.copyOf(files);
        missing = List.copyOf(missing);
        notes = List.copyOf(notes);
    }

    /**
     * One file of the damaged journal.
     *
     * @param queue which queue it belongs to
     * @param fileName begins with the UTC time at which its cycle starts
     * @param documents that were saved
     * @param events in them
     * @param savedBytes of these documents
     * @param lostBytes that are neither a sound document nor framing nor empty
     * @param unreadableBytes that the disk could not give
     */
    public record File(JournalQueue queue, String fileName, long documents, long events,
            long savedBytes, long lostBytes, long unreadableBytes) {}

    /** Events that were saved. */
    public long events() {
        return files.stream().mapToLong(File::events).sum();
    }

    /** Events that are known to be missing. */
    public long missingEvents() {
        return missing.stream().mapToLong(SequenceRange::count).sum();
    }

    /** Bytes that are lost, unreadable ones included. */
    public long lostBytes() {
        return files.stream().mapToLong(file -> file.lostBytes() + file.unreadableBytes()).sum();
    }

    /** Whether nothing is lost. */
    public boolean isComplete() {
        return missing.isEmpty() && lostBytes() == 0;
    }
}
