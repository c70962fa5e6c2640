package com.waickoff.marketdata.architecture.planted.event;

import com.waickoff.marketdata.architecture.planted.decimal.LooksUp;

/** Allowed by itself; half of a cycle with {@code decimal}. */
public interface LooksDown {
    LooksUp up();
}
