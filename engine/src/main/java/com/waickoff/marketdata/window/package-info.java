/**
 * Windows of time and the state kept in each: {@link com.waickoff.marketdata.window.Bar} and
 * {@link com.waickoff.marketdata.window.Rows}.
 *
 * <p>{@link com.waickoff.marketdata.window.InstrumentWindows} is the main class: the kept windows
 * of one instrument in six timeframes, moved by its
 * {@link com.waickoff.marketdata.window.Watermark}. Pure state: no clock, no file, no thread of its
 * own. One study writes it, others read it after that one on the same thread.
 */
@NullMarked
package com.waickoff.marketdata.window;

import org.jspecify.annotations.NullMarked;
