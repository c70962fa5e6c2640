package com.waickoff.marketdata.storage.history;

import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.window.Timeframe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signal of the order flow.
 *
 * @param sequence engine sequence of the event it was found at
 * @param matchTimeNs of a window its end
 * @param timeframe of which windows; null for a signal of the tape
 * @param windowStartMs 0 for a signal of the tape
 * @param price with {@code priceScale} decimals
 * @param side 1 if the aggressors bought, -1 if they sold, 0 for neither
 * @param revision of the window it was found in
 * @param inputs as many as {@link SignalKind#inputs()}
 * @param parameters as many as {@link SignalKind#parameters()}
 */
public record HistorySignal(long sequence, long matchTimeNs, SignalKind kind,
        @Nullable Timeframe timeframe, long windowStartMs, long price, int side, int revision,
        List<Long> inputs, List<Long> parameters, int priceScale, int quantityScale) {
    /** The lists are copied. */
    public HistorySignal {
        inputs = List.copyOf(inputs);
        parameters = List.copyOf(parameters);
    }
}
