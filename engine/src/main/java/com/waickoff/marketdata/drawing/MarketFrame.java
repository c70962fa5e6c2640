package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.report.BookReport;
import com.waickoff.marketdata.report.EngineRates;
import com.waickoff.marketdata.report.WindowReport;
import java.util.List;

/**
 * What is known of an instrument at a moment, for one picture.
 *
 * @param window the window whose profile is drawn
 * @param flow the seconds before
 * @param rates what the engine did lately
 */
public record MarketFrame(WindowReport window, BookReport book, Seconds flow, EngineRates rates) {
    /**
     * Second by second, the newest last.
     *
     * @param deltas buy minus sell volume of each second
     * @param cumulative cumulative delta at its end
     */
    public record Seconds(List<Long> deltas, List<Long> cumulative) {}
}
