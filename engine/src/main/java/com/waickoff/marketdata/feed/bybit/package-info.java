/**
 * Bybit v5, linear contracts: {@code publicTrade} and {@code orderbook} topics, their book sequence
 * and {@code instruments-info}.
 */
@NullMarked
package com.waickoff.marketdata.feed.bybit;

import org.jspecify.annotations.NullMarked;
