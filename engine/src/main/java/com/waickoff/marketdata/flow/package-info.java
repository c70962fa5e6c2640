/**
 * The order flow: delta and its sums, and signals found along the tape and in the rows and bars of
 * windows, each with its inputs and parameters.
 *
 * <p>{@link com.waickoff.marketdata.flow.FlowStudy} runs after the profile study on the same thread
 * and reads the windows that one wrote. What is a pure function of the rows, such as
 * {@link com.waickoff.marketdata.flow.Imbalances}, readers compute for windows still open.
 */
@NullMarked
package com.waickoff.marketdata.flow;

import org.jspecify.annotations.NullMarked;
