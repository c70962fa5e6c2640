/**
 * Binance spot and USD-M futures: {@code trade} or {@code aggTrade} and {@code depth} streams, the
 * join of diffs with a REST snapshot, and {@code exchangeInfo}. The two differ in how diffs chain,
 * in keys, and in paths; {@link com.waickoff.marketdata.feed.binance.Market} names the differences.
 */
@NullMarked
package com.waickoff.marketdata.feed.binance;

import org.jspecify.annotations.NullMarked;
