package com.waickoff.marketdata.architecture.planted.feed;

/** Allowed: the clock that is injected everywhere else. */
public final class SystemClock {
    public long nanos() {
        return System.nanoTime();
    }
}
