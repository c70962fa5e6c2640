package com.waickoff.marketdata.storage.effect;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.window.Timeframe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signal of the order flow; {@link SignalKind#REVISED} takes back those that a window had before.
 *
 * @param matchTimeNs of a window its end
 * @param timeframe of which windows; null for a signal of the tape
 * @param windowStartMs start of its window, in ms since the epoch; 0 for a signal of the tape
 * @param price where it happened, scaled
 * @param side 1 if the aggressors bought, -1 if they sold, 0 for neither
 * @param revision of the window it was found in
 * @param inputs as many as {@link SignalKind#inputs()}, in that order
 * @param parameters as many as {@link SignalKind#parameters()}, in that order
 */
public record SignalRaised(EffectId id, Instrument instrument, long matchTimeNs,
        long receiveTimeNs, SignalKind kind, @Nullable Timeframe timeframe, long windowStartMs,
        long price, int side, int revision, List<Long> inputs, List<Long> parameters)
        implements
            Effect {
    /** {@link #type()} of these. */
    public static final String TYPE = "signal.raised";

    /** The lists are copied. */
    public SignalRaised {
        inputs = List.copyOf(inputs);
        parameters = List.copyOf(parameters);
    }

    @Override
    public String type() {
        return TYPE;
    }
}
