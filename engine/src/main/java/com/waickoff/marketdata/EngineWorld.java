package com.waickoff.marketdata;

import com.waickoff.marketdata.flow.SignalListener;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowListener;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What an engine needs of the world around it; a simulation gives it another one.
 *
 * @param run this life of the engine
 * @param isJournaled whether events are journaled, and the journal recovered
 * @param wallClockNs time in ns since the epoch
 * @param counters a block for an owner's counters
 * @param retired who hears of windows that leave memory; asked once for each shard
 * @param signals who hears of signals; asked once for each shard
 * @param notes hears what a person should know
 */
public record EngineWorld(Run run, boolean isJournaled, LongSupplier wallClockNs,
        Function<String, CounterBlock> counters, Supplier<WindowListener> retired,
        Supplier<SignalListener> signals, Consumer<String> notes) {
    /** A world in which nobody wants to hear of signals. */
    public EngineWorld(Run run, boolean isJournaled, LongSupplier wallClockNs,
            Function<String, CounterBlock> counters, Supplier<WindowListener> retired,
            Consumer<String> notes) {
        this(run, isJournaled, wallClockNs, counters, retired, () -> SignalListener.NONE, notes);
    }
}
