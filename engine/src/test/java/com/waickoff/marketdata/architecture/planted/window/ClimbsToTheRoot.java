package com.waickoff.marketdata.architecture.planted.window;

import com.waickoff.marketdata.architecture.planted.Root;

/** Broken: nothing below imports the root. */
public interface ClimbsToTheRoot {
    Root root();
}
