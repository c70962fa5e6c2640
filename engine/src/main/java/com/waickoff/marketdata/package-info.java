/**
 * The engine: collects public trades and order books, journals every event, and computes from them
 * volume profile, order flow and depth.
 *
 * <p>The root holds only the composition of the rooms below it; no room imports it.
 */
@NullMarked
package com.waickoff.marketdata;

import org.jspecify.annotations.NullMarked;
