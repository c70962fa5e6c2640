package com.waickoff.marketdata.architecture.planted.depth;

import com.waickoff.marketdata.architecture.planted.feed.SystemClock;

/** Broken: a study knows no feed. */
public interface ReachesForTheFeed {
    SystemClock clock();
}
