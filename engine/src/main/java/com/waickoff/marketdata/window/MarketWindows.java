package com.waickoff.marketdata.window;

import org.jspecify.annotations.Nullable;

/**
 * The windows of all instruments of one study thread, by instrument id.
 *
 * <p>Threads: written by the profile study, read by the studies after it on the same thread.
 */
public final class MarketWindows {
    private final WindowConfig config;
    private final WindowListener listener;
    private final WindowCloseListeners closed = new WindowCloseListeners();
    private final @Nullable InstrumentWindows[] byInstrument;
    private final int[] defined;
    private int definedCount;

    /**
     * No windows yet.
     *
     * @param instrumentCapacity instrument ids are below this
     */
    public MarketWindows(int instrumentCapacity, WindowConfig config, WindowListener listener) {
        this.config = config;
        this.listener = listener;
        byInstrument = new InstrumentWindows[instrumentCapacity];
        defined = new int[instrumentCapacity];
    }

    /** Has {@code listener} told what happens to closed windows from now on, after earlier ones. */
    public void addListener(WindowCloseListener listener) {
        closed.add(listener);
    }

    /** The windows of an instrument, made on the first call. */
    public InstrumentWindows define(int instrumentId, long tick) {
        InstrumentWindows windows = byInstrument[instrumentId];
        if (windows == null) {
            windows = new InstrumentWindows(instrumentId, tick, config, listener, closed);
            byInstrument[instrumentId] = windows;
            defined[definedCount++] = instrumentId;
        }
        return windows;
    }

    /** How many instruments are defined here. */
    public int definedCount() {
        return definedCount;
    }

    /** Id of the instrument that was defined as number {@code index}, from 0. */
    public int definedId(int index) {
        return defined[index];
    }

    /**
     * The windows of an instrument.
     *
     * @throws IllegalStateException if it was not defined
     */
    public InstrumentWindows get(int instrumentId) {
        InstrumentWindows windows = byInstrument[instrumentId];
        if (windows == null) {
            throw new IllegalStateException(
                    "instrument id " + instrumentId + " had an event before its definition");
        }
        return windows;
    }

    /** Instrument ids are below this. */
    public int instrumentCapacity() {
        return byInstrument.length;
    }

    /** Retires every kept window of every instrument: the end of a replay. */
    public void retireAll() {
        for (int i = 0; i < definedCount; i++) {
            get(defined[i]).retireAll();
        }
    }
}
