package com.waickoff.marketdata.report;

import com.waickoff.marketdata.window.Session;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueAreaRule;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a volume profile.
 *
 * @param stretch of which time
 * @param rule how point of control and value area are found
 * @param rowTicks height of a row in ticks, raised to a multiple of what is there; 0 for that
 * @param nodes whether high and low volume nodes are marked
 * @param naked whether points of control that were not traded through since are marked
 * @param vwap whether the average price and its bands are shown
 * @param explain whether the steps of the value area are listed
 */
public record ProfileWishes(Stretch stretch, ValueAreaRule rule, long rowTicks, boolean nodes,
        boolean naked, boolean vwap, boolean explain) {
    /** Which windows. */
    public sealed interface Stretch {
        /** The timeframe whose closed windows are looked back upon. */
        Timeframe timeframe();

        /**
         * One window.
         *
         * @param momentMs a moment that it holds; null for the newest window
         */
        record One(Timeframe timeframe, @Nullable Long momentMs) implements Stretch {}

        /**
         * The last windows of a timeframe, as one.
         *
         * @param count how many, at least 1
         */
        record Last(Timeframe timeframe, int count) implements Stretch {}

        /**
         * A session of a day.
         *
         * @param momentMs the session that began last at this moment; null for the newest
         */
        record OfDay(Timeframe timeframe, Session session, @Nullable Long momentMs)
                implements
                    Stretch {}
    }

    /** The newest window, or the one of a moment, with nothing special about it. */
    public static ProfileWishes plain(Timeframe timeframe, @Nullable Long momentMs) {
        return new ProfileWishes(new Stretch.One(timeframe, momentMs), ValueAreaRule.DEFAULT, 0,
                false, false, false, false);
    }
}
