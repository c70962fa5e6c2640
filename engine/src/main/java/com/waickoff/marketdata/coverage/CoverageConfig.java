package com.waickoff.marketdata.coverage;

/**
 * How many gaps of an instrument are told apart.
 *
 * @param intervals most uncovered intervals kept, 8 to 4,096; beyond that the two oldest are joined,
 *     and what lay between them counts as uncovered too
 */
public record CoverageConfig(int intervals) {
    /** 128 intervals. */
    public static final CoverageConfig DEFAULT = new CoverageConfig(128);

    private static final int MIN_INTERVALS = 8;
    private static final int MAX_INTERVALS = 4096;

    /** Checks ranges. */
    public CoverageConfig {
        if (intervals < MIN_INTERVALS || intervals > MAX_INTERVALS) {
            throw new IllegalArgumentException("coverage.intervals is " + intervals
                    + ", allowed is " + MIN_INTERVALS + " to " + MAX_INTERVALS);
        }
    }
}
