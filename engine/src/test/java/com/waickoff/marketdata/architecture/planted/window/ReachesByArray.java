package com.waickoff.marketdata.architecture.planted.window;

import com.waickoff.marketdata.architecture.planted.feed.SystemClock;

/** Broken: an array of it is still of it. */
public interface ReachesByArray {
    SystemClock[] clocks();
}
