package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.snapshot.Signal;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps every signal that a replay raises, for exports: about 250 bytes each.
 *
 * <p>Threads: one study thread writes it; read after that has ended.
 */
public final class SignalLedger {
    private final List<Entry> entries = new ArrayList<>();

    /**
     * A signal of an instrument.
     *
     * @param signal a copy
     */
    public record Entry(int instrumentId, Signal signal) {}

    /** Keeps a copy. */
    public void add(int instrumentId, Signal signal) {
        entries.add(new Entry(instrumentId, new Signal().copyFrom(signal)));
    }

    /** What was kept, in the order of raising. */
    public List<Entry> entries() {
        return entries;
    }
}
