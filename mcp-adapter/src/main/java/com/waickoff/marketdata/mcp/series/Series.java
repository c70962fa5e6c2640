package com.waickoff.marketdata.mcp.series;

import com.waickoff.marketdata.mcp.market.MarketWindow;
import java.util.List;

/**
 * Windows of one timeframe, oldest first, and what they are worth.
 *
 * @param windows closed ones, and open ones at the end; those without trades do not exist
 * @param isComplete whether these are all of the range; if not, it goes on behind the last
 * @param quality of the range that was asked for, as far as it was answered
 */
public record Series(List<MarketWindow> windows, boolean isComplete, Quality quality) {
    /** The list is copied. */
    public Series {
        windows = List.copyOf(windows);
    }
}
