package com.waickoff.marketdata.window;

/**
 * Point of control and value area of a volume profile: what {@link ValueAreaFinder} finds, as a
 * value.
 *
 * <p>A pure function of the rows: the engine publishes rows, and readers compute this.
 *
 * @param poc row of the point of control
 * @param high highest row of the value area
 * @param low lowest row of the value area
 * @param covered volume of the value area
 * @param total volume of the profile
 */
public record ValueArea(long poc, long high, long low, long covered, long total) {
    /**
     * The value area of a profile that is not empty, by the default rule.
     *
     * @throws IllegalArgumentException if the profile is empty
     */
    public static ValueArea of(RowVolumes rows) {
        return of(rows, ValueAreaRule.DEFAULT);
    }

    /**
     * The value area of a profile that is not empty.
     *
     * @throws IllegalArgumentException if the profile is empty
     */
    public static ValueArea of(RowVolumes rows, ValueAreaRule rule) {
        ValueAreaFinder finder = new ValueAreaFinder();
        finder.find(rows, rule);
        return of(finder);
    }

    static ValueArea of(ValueAreaFinder found) {
        return new ValueArea(found.poc(), found.high(), found.low(), found.covered(),
                found.total());
    }
}
