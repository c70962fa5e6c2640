package com.waickoff.marketdata.architecture.planted.decimal;

import com.waickoff.marketdata.architecture.planted.event.LooksDown;

/** Broken: half of a cycle with {@code event}. */
public interface LooksUp {
    LooksDown down();
}
