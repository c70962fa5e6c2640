package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.Table;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.argument.Parameter;
import com.waickoff.marketdata.mcp.live.EngineDoor;
import com.waickoff.marketdata.mcp.live.InstrumentNames;
import com.waickoff.marketdata.mcp.live.WindowReading;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueAreaRule;
import com.waickoff.marketdata.window.ValueAreaRule.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** {@code get_volume_profile}: traded volume by price, of the newest window. */
public final class VolumeProfileTool implements Tool {
    private static final String SESSION = "session";
    private static final String CUSTOM = "custom";
    private static final String VERBOSE = "verbose";
    private static final List<String> TIMEFRAMES = Timeframe.ALL.stream().map(Timeframe::label)
            .toList();

    private static final Parameter.Text INSTRUMENT = new Parameter.Text("instrument", true, 1, 64,
            "venue:SYMBOL from list_instruments, e.g. bybit-linear:BTCUSDT; a bare symbol works"
                    + " when one venue has it");
    private static final Parameter.Choice WINDOW = new Parameter.Choice("window",
            Stream.concat(TIMEFRAMES.stream(), Stream.of(SESSION, CUSTOM)).toList(),
            Timeframe.H1.label());
    private static final Parameter.Whole FROM = new Parameter.Whole("from_ms", 0,
            Parameter.Whole.UNBOUNDED, null, "Only with custom");
    private static final Parameter.Whole TO = new Parameter.Whole("to_ms", 0,
            Parameter.Whole.UNBOUNDED, null, "Only with custom");
    private static final Parameter.Whole ROW_TICKS = new Parameter.Whole("row_ticks", 1, 1000, 1L,
            "Price bucket in ticks");
    private static final Parameter.Whole VALUE_AREA_PERCENT = new Parameter.Whole(
            "value_area_pct", 50, 95, (long) ValueAreaRule.DEFAULT_PERCENT, null);
    private static final Parameter.Choice VALUE_AREA_METHOD = new Parameter.Choice(
            "value_area_method",
            List.of(Method.TWO_ROW.label(), Method.SINGLE_ROW.label()), Method.TWO_ROW.label());
    private static final Parameter.Whole MAX_LEVELS = new Parameter.Whole("max_levels", 1, 200,
            20L, null);
    private static final Parameter.Choice ORDER = new Parameter.Choice("order",
            List.of("volume", "price"), "volume");
    private static final Parameter.Choice FORMAT = new Parameter.Choice("format",
            List.of("compact", VERBOSE), "compact");

    private final EngineDoor engine;

    /** Reads the windows of this engine. */
    public VolumeProfileTool(EngineDoor engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "get_volume_profile";
    }

    @Override
    public String title() {
        return "Volume profile";
    }

    @Override
    public String description() {
        return "Traded volume by price: POC, value area high/low, heaviest levels, delta. The "
                + "newest window of a length, usually still open; session and custom are not "
                + "available yet. Report coverage, not the range asked for.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(INSTRUMENT, WINDOW, FROM, TO, ROW_TICKS, VALUE_AREA_PERCENT,
                VALUE_AREA_METHOD, MAX_LEVELS, ORDER, FORMAT);
    }

    @Override
    public Map<String, Object> outputSchema() {
        return ProfileAnswer.schema();
    }

    @Override
    public Answer call(Arguments arguments) throws ToolFailure {
        Timeframe timeframe = timeframe(arguments);
        ProfileAnswer.Wish wish = new ProfileAnswer.Wish(arguments.number(ROW_TICKS),
                arguments.isGiven(ROW_TICKS), rule(arguments), (int) arguments.number(MAX_LEVELS),
                arguments.word(ORDER).equals("price"),
                arguments.word(FORMAT).equals(VERBOSE) ? Table.Shape.VERBOSE
                        : Table.Shape.COMPACT);
        String instrument = arguments.requiredText(INSTRUMENT);
        return engine.look((reader, nowMs) -> {
            SnapshotEntry entry = InstrumentNames.find(reader, instrument);
            return ProfileAnswer.of(WindowReading.newest(reader, entry, timeframe, nowMs), wish);
        });
    }

    private static Timeframe timeframe(Arguments arguments) throws ToolFailure {
        String window = arguments.word(WINDOW);
        Timeframe timeframe = Timeframe.ofLabel(window);
        if (timeframe == null) {
            throw new ToolFailure(ErrorCode.NOT_AVAILABLE, "window=" + window
                    + (window.equals(SESSION) ? " is not built yet: use 1d, the UTC day."
                            : " needs the history, which is not built yet: use one of "
                                    + String.join(", ", TIMEFRAMES)
                                    + " for the newest window of that length."));
        }
        List<String> misplaced = new ArrayList<>();
        for (Parameter.Whole bound : List.of(FROM, TO)) {
            if (arguments.isGiven(bound)) {
                misplaced.add(bound.name());
            }
        }
        if (!misplaced.isEmpty()) {
            throw new ToolFailure(ErrorCode.INVALID_ARGUMENT, String.join(" and ", misplaced)
                    + " only with window=custom, which is not available yet: leave out, and "
                    + window + " gives the newest window.");
        }
        return timeframe;
    }

    private static ValueAreaRule rule(Arguments arguments) {
        return ValueAreaRule.of((int) arguments.number(VALUE_AREA_PERCENT),
                Method.valueOf(arguments.word(VALUE_AREA_METHOD).toUpperCase(Locale.ROOT)));
    }
}
