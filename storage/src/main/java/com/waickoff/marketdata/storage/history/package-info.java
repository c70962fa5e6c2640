/**
 * The read side: what was stored, by instrument, timeframe and range, in pages. Knows no database.
 */
@NullMarked
package com.waickoff.marketdata.storage.history;

import org.jspecify.annotations.NullMarked;
