package com.waickoff.marketdata.architecture.planted.feed.bybit;

import com.waickoff.marketdata.architecture.planted.feed.binance.Venue;

/** Broken: a venue knows no other. */
public interface KnowsAnotherVenue {
    Venue other();
}
