package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;

/**
 * What of the tape still holds later on: the definitions, and whether levels are being left out.
 * The head of every cycle repeats it, so that it is known from there on.
 */
final class TapeState {
    private final InstrumentCatalogue catalogue;
    private boolean depthPaused;

    TapeState(InstrumentCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Whether levels are left out of the journal here. */
    boolean isDepthPaused() {
        return depthPaused;
    }

    /**
     * The state after the last event of the journal.
     *
     * @param nextSequence the one after it
     * @param catalogue takes over the definitions
     * @throws JournalException if the tape cannot be read, or contradicts the catalogue
     */
    static TapeState restore(JournalSource source, long nextSequence,
            InstrumentCatalogue catalogue) {
        TapeState state = new TapeState(catalogue);
        try (QueueReader tape = new QueueReader(source, JournalQueue.TAPE)) {
            // The cycle of the last event: a later one may hold no more than half a head.
            tape.toCycleOf(nextSequence - 1);
            for (; tape.hasDocument(); tape.release()) {
                state.apply(tape);
            }
        }
        return state;
    }

    /**
     * Takes over what the current document of the tape says.
     *
     * @throws JournalException if it is damaged or contradicts what was said before
     */
    void apply(QueueReader tape) {
        byte kind = tape.kind();
        if (kind < EventKind.INSTRUMENT) {
            return;
        }
        tape.checkSum();
        if (kind == EventKind.INSTRUMENT) {
            try {
                catalogue.restore(Definition.read(tape.document(), tape.length()));
            } catch (IllegalArgumentException | IllegalStateException e) {
                throw new JournalException(
                        tape.place() + ": the definition cannot be used: " + e.getMessage(), e);
            }
        } else if (kind == EventKind.DEPTH_PAUSED) {
            depthPaused = true;
        } else if (kind == EventKind.DEPTH_RESUMED) {
            depthPaused = false;
        }
    }
}
