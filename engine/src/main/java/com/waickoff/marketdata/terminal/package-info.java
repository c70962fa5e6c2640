/**
 * Figures, words, tables and colours as a terminal shows them; no word of markets.
 *
 * <p>Nothing that comes from outside steers a terminal: what is printed went through
 * {@link com.waickoff.marketdata.terminal.Shown}.
 */
@NullMarked
package com.waickoff.marketdata.terminal;

import org.jspecify.annotations.NullMarked;
