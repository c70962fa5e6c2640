/**
 * How the engine is doing, in a mapped file that other processes read while it runs.
 *
 * <p>{@link com.waickoff.marketdata.status.StatusWriter} creates the file and hands out the parts:
 * {@link com.waickoff.marketdata.status.CounterBlock} (what was counted, catalogue in
 * {@link com.waickoff.marketdata.status.Counter}), distinct errors, latencies, feed states. Each
 * part has one writer. {@link com.waickoff.marketdata.status.StatusReader} is the way in for
 * everybody else.
 */
@NullMarked
package com.waickoff.marketdata.status;

import org.jspecify.annotations.NullMarked;
