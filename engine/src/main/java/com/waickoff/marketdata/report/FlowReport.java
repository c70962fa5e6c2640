package com.waickoff.marketdata.report;

import com.waickoff.marketdata.flow.FlowConfig;
import com.waickoff.marketdata.flow.Imbalances;
import com.waickoff.marketdata.flow.Notional;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.snapshot.FlowMeasures;
import com.waickoff.marketdata.snapshot.Signal;
import java.util.List;

/**
 * The order flow of an instrument, as it is shown: values in the instrument's scaled units.
 *
 * @param windows with rows, the newest first; at least one
 * @param bars of windows of the same length, oldest first; the newest is that of the first window
 * @param measures what goes on from window to window, as of the newest
 * @param signals those that count, oldest first
 * @param notional what amounts buy of the instrument
 * @param config the rules for windows that are still open
 */
public record FlowReport(List<WindowReport> windows, List<FlowBar> bars, FlowMeasures measures,
        List<Signal> signals, Notional notional, FlowConfig config) {
    /** A window without its rows; {@code cumulativeDelta} at its end. */
    public record FlowBar(long startMs, boolean closed, long close, long delta,
            long cumulativeDelta) {}

    /** The newest window. */
    public WindowReport newest() {
        return windows.getFirst();
    }

    /** What the numbers mean. */
    public Scales scales() {
        return newest().scales();
    }

    /** The rule of imbalances in a window. */
    public Imbalances.Rule rule(WindowReport window) {
        return Imbalances.Rule.of(config.rows(), notional, window.bar().close());
    }
}
