package com.waickoff.marketdata.journal;

import java.util.List;

/**
 * What verifying a journal found.
 *
 * @param cycles of both queues, each queue's oldest first
 * @param events that can be read, by the code of their kind
 * @param first sequence that can be read; 0 if there is none
 * @param last sequence that can be read; 0 if there is none
 * @param leftOut book levels that were left out on purpose
 * @param missing events that should be there and are not
 * @param declaredLost ranges of them whose loss was declared at a restart
 * @param problems what is wrong and where, in words, the first {@link #MAX_PROBLEMS}
 */
public record JournalReport(List<CycleReport> cycles, List<Long> events, long first, long last,
        long leftOut, List<SequenceRange> missing, List<SequenceRange> declaredLost,
        List<String> problems) {
    /** Most problems that are told in words: of a file full of noise, the first ones suffice. */
    public static final int MAX_PROBLEMS = 1000;

    /** Copies the lists. */
    public JournalReport {
        cycles = List.copyOf(cycles);
        events = List.copyOf(events);
        missing = List.copyOf(missing);
        declaredLost = List.copyOf(declaredLost);
        problems = List.copyOf(problems);
    }

    /** Whether all is as it was written. */
    public boolean isSound() {
        return problems.isEmpty();
    }

    /** Events that can be read, of all kinds. */
    public long eventCount() {
        return events.stream().mapToLong(Long::longValue).sum();
    }

    /** Documents with a wrong checksum or content. */
    public long damagedDocuments() {
        return cycles.stream().mapToLong(CycleReport::damagedDocuments).sum();
    }
}
