package com.waickoff.marketdata;

import com.waickoff.marketdata.event.Checkpointed;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.journal.JournalTail;
import com.waickoff.marketdata.replay.Checkpoint;
import com.waickoff.marketdata.replay.JournalReplay;
import com.waickoff.marketdata.replay.Pacer;
import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Brings studies to where a journal is: a checkpoint, then the events after it. The one way for the
 * engine that restarts and for whoever derives from a journal without one.
 */
final class Recovery {
    private final InstrumentCatalogue catalogue;
    private final MarketEventHandler studies;
    private final IntFunction<List<Checkpointed>> partsOf;

    /**
     * A recovery of studies that have seen nothing yet.
     *
     * @param catalogue takes over the definitions
     * @param partsOf the parts that hold state of an instrument
     */
    Recovery(InstrumentCatalogue catalogue, MarketEventHandler studies,
            IntFunction<List<Checkpointed>> partsOf) {
        this.catalogue = catalogue;
        this.studies = studies;
        this.partsOf = partsOf;
    }

    /**
     * Makes the checkpoint the state of the studies.
     *
     * @throws CheckpointRefusedException if they cannot take it; they may hold half of it then
     */
    void restore(Checkpoint checkpoint) throws CheckpointRefusedException {
        try {
            checkpoint.instruments().forEach(catalogue::restore);
            MarketEvent definition = new MarketEvent();
            for (int id = 0; id < checkpoint.instruments().size(); id++) {
                definition.instrument(id, 0);
                studies.onEvent(definition, checkpoint.sequence(), false);
            }
            checkpoint.restore(partsOf);
        } catch (IOException | RuntimeException e) {
            throw new CheckpointRefusedException("the checkpoint at sequence "
                    + checkpoint.sequence() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** What hands the events of the tail to the studies. */
    JournalReplay follow() {
        return new JournalReplay(catalogue, studies, Pacer.NONE, 0, Long.MAX_VALUE);
    }

    /** Puts the tail behind an event up to which the studies have come. */
    void seek(JournalTail tail, long sequence) {
        tail.seek(sequence + 1);
        if (tail.isDepthPaused()) {
            // Declared before the checkpoint: its books are not those of the journal.
            MarketEvent paused = new MarketEvent();
            paused.header(EventKind.DEPTH_PAUSED, EventFlags.LAST, MarketEvent.ALL_INSTRUMENTS, 0,
                    0);
            studies.onEvent(paused, sequence, false);
        }
    }
}
