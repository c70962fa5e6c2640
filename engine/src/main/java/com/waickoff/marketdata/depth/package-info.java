/**
 * The order book of each instrument and what is measured on it.
 *
 * <p>{@link com.waickoff.marketdata.depth.DepthStudy} handles book events and publishes a depth
 * section per instrument; {@link com.waickoff.marketdata.depth.Book} is one instrument's two
 * {@link com.waickoff.marketdata.depth.BookSide}s and their state;
 * a book's states go through {@code MeasuredBook} into the sums of {@code DepthWindows};
 * {@link com.waickoff.marketdata.depth.DepthMeasures} holds the formulas, for the engine and for
 * readers of published levels alike.
 */
@NullMarked
package com.waickoff.marketdata.depth;

import org.jspecify.annotations.NullMarked;
