/**
 * What happened at a venue, and the doors everyone meets at.
 *
 * <p>{@link com.waickoff.marketdata.event.MarketEvent} is the ring slot. Feeds write it through
 * {@link com.waickoff.marketdata.event.EventSink} (in), the journal and the studies receive it
 * through {@link com.waickoff.marketdata.event.MarketEventHandler} (out). What an instrument is,
 * is said once, in {@link com.waickoff.marketdata.event.InstrumentCatalogue}.
 */
@NullMarked
package com.waickoff.marketdata.event;

import org.jspecify.annotations.NullMarked;
