/**
 * What the engine's files say, read and put together for whoever asks: windows, order flow, books and the
 * state of the engine, as values and as JSON. Who draws them is another room.
 *
 * <p>Readings open files and belong to one thread; reports are immutable.
 */
@NullMarked
package com.waickoff.marketdata.report;

import org.jspecify.annotations.NullMarked;
