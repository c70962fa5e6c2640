/**
 * The order flow: delta, its extremes and the cumulative delta of each window.
 *
 * <p>{@link com.waickoff.marketdata.flow.FlowStudy} runs after the profile study on the same thread
 * and reads the windows that one wrote. Footprint and imbalances are pure functions of the rows and
 * left to readers.
 */
@NullMarked
package com.waickoff.marketdata.flow;

import org.jspecify.annotations.NullMarked;
