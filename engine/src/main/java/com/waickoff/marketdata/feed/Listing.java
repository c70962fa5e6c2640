package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.status.InstrumentState;
import org.jspecify.annotations.Nullable;

/**
 * What a venue says of a symbol.
 *
 * @param symbol as the venue writes it
 * @param state what the venue's word for it comes to
 * @param word the venue's word, such as {@code BREAK}
 * @param definition null where it cannot be used
 */
public record Listing(String symbol, InstrumentState state, String word,
        @Nullable Instrument definition) {}
