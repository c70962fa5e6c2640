package com.waickoff.marketdata.architecture.planted.event;

/** Broken: asks the time by itself. */
public final class AsksTheWall {
    public long nanos() {
        return System.nanoTime();
    }
}
