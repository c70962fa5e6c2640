package com.waickoff.marketdata.architecture.planted.event;

import java.util.Random;

/** Broken: chance without a seed. */
public final class RollsDice {
    public final Random dice = new Random();
    public final Random seeded = new Random(42);
}
