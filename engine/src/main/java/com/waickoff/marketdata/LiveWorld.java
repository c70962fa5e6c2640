package com.waickoff.marketdata;

import com.waickoff.marketdata.memory.FreeSpace;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a daemon needs of the world around it.
 *
 * @param wallClockNs time in ns since the epoch
 * @param nanoClock counts ns from an arbitrary origin; asked by several threads
 * @param random for the pauses of feeds and what their protocols want random
 * @param notes hears what a person should know of the start
 * @param onFailure runs once, on any thread, when the daemon cannot go on: it is time to stop it
 * @param space the free space of the disk; null for that of the journal's directory
 */
public record LiveWorld(LongSupplier wallClockNs, LongSupplier nanoClock, RandomGenerator random,
        Consumer<String> notes, Runnable onFailure, @Nullable FreeSpace space) {
    /** A world with the disk that the journal is on. */
    public LiveWorld(LongSupplier wallClockNs, LongSupplier nanoClock, RandomGenerator random,
            Consumer<String> notes, Runnable onFailure) {
        this(wallClockNs, nanoClock, random, notes, onFailure, null);
    }
}
