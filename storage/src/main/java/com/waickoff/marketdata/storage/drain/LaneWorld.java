package com.waickoff.marketdata.storage.drain;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a drain needs of the world around it; a test gives it another one.
 *
 * @param epochMs time in ms since the epoch
 * @param nanoTime for durations
 * @param random a seed for each lane's jitter
 * @param notes hears what a person should know; several threads call it
 */
public record LaneWorld(LongSupplier epochMs, LongSupplier nanoTime, RandomGenerator random,
        Consumer<String> notes) {}
