/**
 * Markets that nobody trades: seeded, deterministic, with a book that is true to the last lot.
 *
 * <p>Times are ns of event time, prices whole ticks, quantities whole lots. The same seed gives the
 * same market on every machine: no clock, no hash order, no floating-point function whose last bit
 * may differ.
 */
@NullMarked
package com.waickoff.venue.market;

import org.jspecify.annotations.NullMarked;
