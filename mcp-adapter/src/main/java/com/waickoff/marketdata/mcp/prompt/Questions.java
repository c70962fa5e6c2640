package com.waickoff.marketdata.mcp.prompt;

import com.waickoff.marketdata.mcp.catalogue.Prompt;
import com.waickoff.marketdata.mcp.prompt.Question.Blank;
import com.waickoff.marketdata.mcp.prompt.Question.Kind;
import com.waickoff.marketdata.mcp.series.Market;
import java.util.List;

/** The prompts there are. */
public final class Questions {
    static final List<String> TIMEFRAMES = List.of("1m", "5m", "15m", "1h");

    private static final String INSTRUMENT = "instrument";
    private static final String WORTH = " With every figure say the time it covers (coverage.fromMs"
            + " to toMs), coverage.ppm if it is not 1000000, and stale data as such. Say what is"
            + " missing instead of guessing. Describe what was measured; give no advice.";

    private Questions() {}

    /** The prompts, in the order in which they are listed. */
    public static List<Prompt> of(Market market) {
        return List.of(analyzeSession(market), explainOrderFlow(market), compareProfiles(market),
                checkDataQuality(market));
    }

    private static Blank instrument(boolean required) {
        return new Blank(INSTRUMENT, Kind.INSTRUMENT, "venue:SYMBOL, or a symbol one venue has",
                required);
    }

    private static Question analyzeSession(Market market) {
        return new Question(market, "analyze_session", "Analyze the session",
                "Where the session's volume was traded, who was the aggressor, and where the price"
                        + " is now.",
                List.of(instrument(true)),
                values -> "Analyze the current session (UTC day) of " + values.get(INSTRUMENT)
                        + ". Call get_market_snapshot, then get_volume_profile with window=session,"
                        + " then get_order_flow with timeframe=15m. Tell where value was accepted"
                        + " (POC, value area, high and low volume nodes), where the last price"
                        + " stands to it, which side was the aggressor (delta, CVD, buySharePct)"
                        + " and whether price and CVD diverge." + WORTH);
    }

    private static Question explainOrderFlow(Market market) {
        return new Question(market, "explain_order_flow", "Explain the order flow",
                "What aggressors did in the last bars, and at which prices.",
                List.of(instrument(true),
                        new Blank("timeframe", Kind.TIMEFRAME,
                                "one of " + String.join(", ", TIMEFRAMES), true)),
                values -> "Explain the recent order flow of " + values.get(INSTRUMENT) + " on "
                        + values.get("timeframe") + ". Call get_order_flow with timeframe="
                        + values.get("timeframe") + ", then get_footprint of its most unusual bars"
                        + " (bars=3, end_ms within the last of them). Explain delta, CVD and"
                        + " the signals in plain words: who was aggressive, at which prices, and"
                        + " whether the price followed." + WORTH);
    }

    private static Question compareProfiles(Market market) {
        return new Question(market, "compare_profiles", "Compare two days",
                "How the volume profile moved from one day to another.",
                List.of(instrument(true),
                        new Blank("day_a", Kind.DAY, "a day of UTC as 2026-01-31", true),
                        new Blank("day_b", Kind.DAY, "a day of UTC as 2026-01-31", true)),
                values -> "Compare the volume profiles of " + values.get(INSTRUMENT) + " on "
                        + values.get("day_a") + " and on " + values.get("day_b") + ". Call"
                        + " get_volume_profile with window=custom and these from_ms and to_ms, with"
                        + " the larger rowTicks of both as row_ticks. Tell how POC, value area,"
                        + " volume and delta changed, and whether the value areas overlap."
                        + WORTH);
    }

    private static Question checkDataQuality(Market market) {
        return new Question(market, "check_data_quality", "Check the data",
                "Whether what the tools answer can be relied upon now.",
                List.of(instrument(false)),
                values -> "Check whether the market data can be relied upon"
                        + (values.getOrDefault(INSTRUMENT, "").isEmpty() ? ""
                                : " for " + values.get(INSTRUMENT))
                        + ". Call ping, get_health with detail=full and list_instruments"
                        + (values.getOrDefault(INSTRUMENT, "").isEmpty() ? ""
                                : ", then get_market_snapshot of it")
                        + ". Name each component that is not ok, since when, what it means for"
                        + " answers, and which tools still work." + WORTH);
    }
}
