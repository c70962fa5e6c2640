package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.Table;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.argument.Parameter;
import com.waickoff.marketdata.window.Timeframe;
import java.util.List;

/** Parameters that several tools have. */
final class Asked {
    /** Timeframes of answers about the flow. */
    static final List<String> UP_TO_AN_HOUR = List.of("1m", "5m", "15m", "1h");

    static final Parameter.Text INSTRUMENT = new Parameter.Text("instrument", true, 1, 64,
            "e.g. bybit-linear:BTCUSDT, or a symbol one venue has");
    static final Parameter.Text CURSOR = new Parameter.Text("cursor", false, 0, 200,
            "nextCursor of the previous page");
    static final Parameter.Whole END = new Parameter.Whole("end_ms", 0,
            Parameter.Whole.UNBOUNDED, null, "Default now");
    static final Parameter.Choice FORMAT = new Parameter.Choice("format",
            List.of("compact", "verbose"), "compact");
    /** Centuries: beyond, sums of times would leave the range of a long. */
    private static final long MOST_MS = 1L << 46;

    private Asked() {}

    /** How rows are to be written. */
    static Table.Shape shape(Arguments arguments) {
        return arguments.word(FORMAT).equals("verbose") ? Table.Shape.VERBOSE
                : Table.Shape.COMPACT;
    }

    /** A timeframe that a parameter allows. */
    static Timeframe timeframe(Arguments arguments, Parameter.Choice parameter) {
        Timeframe timeframe = Timeframe.ofLabel(arguments.word(parameter));
        if (timeframe == null) {
            throw new IllegalStateException(parameter.name() + " allows what is no timeframe");
        }
        return timeframe;
    }

    /**
     * Refuses what is no range of time.
     *
     * @throws ToolFailure if it ends before it begins
     */
    static void checkRange(long fromMs, long toMs) throws ToolFailure {
        if (fromMs >= toMs || toMs > MOST_MS) {
            throw new ToolFailure(ErrorCode.INVALID_ARGUMENT, "from_ms " + fromMs + " to to_ms "
                    + toMs + " is no range: both are ms since the epoch, and from_ms is the"
                    + " smaller one.");
        }
    }
}
