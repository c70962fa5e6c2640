package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.argument.Parameter;
import com.waickoff.marketdata.mcp.live.LiveReading;
import com.waickoff.marketdata.mcp.market.MarketWindow;
import com.waickoff.marketdata.mcp.series.Market;
import com.waickoff.marketdata.mcp.series.Quality;
import com.waickoff.marketdata.mcp.series.Stretch;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueAreaRule;
import com.waickoff.marketdata.window.ValueAreaRule.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** {@code get_volume_profile}: traded volume by price, of a live window or a past range. */
public final class VolumeProfileTool implements Tool {
    private static final String SESSION = "session";
    private static final String CUSTOM = MarketWindow.CUSTOM;
    /** Windows that the engine shows. */
    public static final List<String> LIVE_WINDOWS = Stream.concat(
            Timeframe.ALL.stream().map(Timeframe::label), Stream.of(SESSION)).toList();

    private static final Parameter.Choice WINDOW = new Parameter.Choice("window",
            Stream.concat(LIVE_WINDOWS.stream(), Stream.of(CUSTOM)).toList(),
            SESSION);
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
    private final Market market;

    /** Reads the windows of this market. */
    public VolumeProfileTool(Market market) {
        this.market = market;
    }

    @Override
    public boolean mayWait(Map<String, Object> given) {
        return CUSTOM.equals(given.get(WINDOW.name())) && market.past().isKept();
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
        return "Traded volume by price: POC, value area high/low, high and low volume nodes, "
                + "heaviest levels. Live windows, or any past range with window=custom. Report "
                + "coverage, not the range asked for.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(Asked.INSTRUMENT, WINDOW, FROM, TO, ROW_TICKS, VALUE_AREA_PERCENT,
                VALUE_AREA_METHOD, MAX_LEVELS, ORDER, Asked.FORMAT);
    }

    @Override
    public Map<String, Object> outputSchema() {
        return ProfileAnswer.schema();
    }

    @Override
    public Answer call(Arguments arguments) throws ToolFailure {
        ProfileAnswer.Wish wish = new ProfileAnswer.Wish(arguments.number(ROW_TICKS),
                arguments.isGiven(ROW_TICKS), rule(arguments), (int) arguments.number(MAX_LEVELS),
                arguments.word(ORDER).equals("price"), Asked.shape(arguments));
        String instrument = arguments.requiredText(Asked.INSTRUMENT);
        String window = arguments.word(WINDOW);
        if (window.equals(CUSTOM)) {
            return ProfileAnswer.of(custom(arguments, instrument), wish);
        }
        refuseMisplaced(arguments, window);
        Timeframe timeframe = Timeframe.ofLabel(window);
        // The session is the UTC day: markets that never close have no other that all agree on.
        LiveReading reading = market.live(instrument, timeframe == null ? Timeframe.D1 : timeframe);
        MarketWindow newest = reading.newest();
        return ProfileAnswer.of(newest,
                Quality.of(reading, newest.coverage(), newest.revision()), wish);
    }

    private Stretch custom(Arguments arguments, String instrument) throws ToolFailure {
        if (!arguments.isGiven(FROM)) {
            throw new ToolFailure(ErrorCode.INVALID_ARGUMENT, "from_ms is missing: window=custom"
                    + " needs it, in ms since the epoch; to_ms is now unless given.");
        }
        long fromMs = arguments.number(FROM);
        long toMs = arguments.number(TO, market.engine().nowMs());
        Asked.checkRange(fromMs, toMs);
        return market.stretch(market.find(instrument), fromMs, toMs);
    }

    private static void refuseMisplaced(Arguments arguments, String window) throws ToolFailure {
        List<String> misplaced = new ArrayList<>();
        for (Parameter.Whole bound : List.of(FROM, TO)) {
            if (arguments.isGiven(bound)) {
                misplaced.add(bound.name());
            }
        }
        if (!misplaced.isEmpty()) {
            throw new ToolFailure(ErrorCode.INVALID_ARGUMENT, String.join(" and ", misplaced)
                    + " only with window=custom: say so, or leave out, and " + window
                    + " gives the newest window.");
        }
    }

    private static ValueAreaRule rule(Arguments arguments) {
        return ValueAreaRule.of((int) arguments.number(VALUE_AREA_PERCENT),
                Method.valueOf(arguments.word(VALUE_AREA_METHOD).toUpperCase(Locale.ROOT)));
    }
}
