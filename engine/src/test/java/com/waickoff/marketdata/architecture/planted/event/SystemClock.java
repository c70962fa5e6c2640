package com.waickoff.marketdata.architecture.planted.event;

import java.time.Instant;

/** Broken: the name is allowed in the feed only. */
public final class SystemClock {
    public Instant now() {
        return Instant.now();
    }
}
