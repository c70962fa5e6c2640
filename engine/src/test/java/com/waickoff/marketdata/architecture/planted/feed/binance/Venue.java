package com.waickoff.marketdata.architecture.planted.feed.binance;

/** One of two venues. */
public final class Venue {}
