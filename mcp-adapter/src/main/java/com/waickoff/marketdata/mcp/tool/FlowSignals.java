package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Scaled;
import com.waickoff.marketdata.mcp.answer.Table;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.mcp.market.MarketWindow;
import com.waickoff.marketdata.mcp.series.Market;
import com.waickoff.marketdata.mcp.series.Series;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.storage.history.HistorySignal;
import com.waickoff.marketdata.window.Timeframe;
import java.util.List;
import java.util.function.Predicate;

/** Signals of bars as rows, and the bars that answers about the flow are made of. */
final class FlowSignals {
    static final List<String> COLUMNS = List.of("tOffset", "kind", "side", "price");

    private FlowSignals() {}

    /**
     * The bars up to a moment.
     *
     * @param bars that many lengths of time back; those without trades do not exist
     * @param endMs included, in ms since the epoch; negative for now
     */
    static Series newest(Market market, Instrument instrument, Timeframe timeframe, int bars,
            long endMs, boolean withRows) throws ToolFailure {
        long lengthMs = timeframe.lengthMs();
        long lastMs = Math.floorDiv(endMs < 0 ? market.engine().nowMs() : endMs, lengthMs)
                * lengthMs;
        long fromMs = Math.max(0, lastMs - (bars - 1) * lengthMs);
        Asked.checkRange(fromMs, lastMs + lengthMs);
        // Where a tick changes there are two of one start.
        return market.series(instrument, timeframe, fromMs, lastMs + lengthMs, 2 * bars,
                withRows);
    }

    /** The newest signals of these bars; side is {@code buy}, {@code sell} or {@code none}. */
    static Table table(Market market, Instrument instrument, Timeframe timeframe,
            List<MarketWindow> windows, Predicate<SignalKind> wanted, int most) {
        long t0Ms = windows.getFirst().startMs();
        long endMs = windows.getLast().endMs();
        List<List<Object>> rows = market.signals(instrument, t0Ms, endMs + 1).stream()
                .filter(signal -> signal.timeframe() == timeframe && wanted.test(signal.kind())
                        && signal.windowStartMs() >= t0Ms && signal.windowStartMs() < endMs)
                .map(signal -> List.<Object>of(
                        (signal.windowStartMs() - t0Ms) / timeframe.lengthMs(),
                        signal.kind().label(), side(signal),
                        new Scaled(signal.price(), signal.priceScale())))
                .toList();
        return new Table(COLUMNS, rows.subList(Math.max(0, rows.size() - most), rows.size()),
                Table.Shape.COMPACT, true, "", null, true);
    }

    static String side(HistorySignal signal) {
        return signal.side() > 0 ? "buy" : signal.side() < 0 ? "sell" : "none";
    }
}
