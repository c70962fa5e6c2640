/**
 * How complete the tape is: which stretches of match time may have lost trades.
 *
 * <p>{@link com.waickoff.marketdata.coverage.InstrumentCoverage} is the pure state,
 * {@link com.waickoff.marketdata.coverage.CoverageStudy} the handler that feeds and publishes it.
 */
@NullMarked
package com.waickoff.marketdata.coverage;

import org.jspecify.annotations.NullMarked;
