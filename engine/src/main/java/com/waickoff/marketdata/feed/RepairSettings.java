package com.waickoff.marketdata.feed;

/**
 * How missing trades are asked for. Every request costs what the venue allows a client for all its
 * purposes, so there are few, and books come first.
 *
 * @param outstanding most requests of a feed that are not answered
 * @param spacingNs least time between two requests of a feed
 * @param delayNs time from a gap to its first request: venues' histories lag behind their streams
 * @param timeoutNs time after which a request is taken for lost
 * @param attempts requests in vain after which a gap is left as it is, at least 1
 * @param longestDelayNs most time between two requests for one gap; it begins with {@code delayNs}
 *     and doubles
 */
public record RepairSettings(int outstanding, long spacingNs, long delayNs, long timeoutNs,
        int attempts, long longestDelayNs) {
    /** Two at a time, one a second, for about ten minutes. */
    public static final RepairSettings DEFAULT = new RepairSettings(2, 1_000_000_000L, 500_000_000L,
            10_000_000_000L, 16, 60_000_000_000L);

    /** Checks ranges. */
    public RepairSettings {
        if (outstanding < 1 || attempts < 1 || spacingNs < 0 || delayNs < 0 || timeoutNs < 1
                || longestDelayNs < delayNs) {
            throw new IllegalArgumentException("outstanding " + outstanding + ", attempts "
                    + attempts + ", spacing " + spacingNs + " ns, delay " + delayNs
                    + " ns, longest delay " + longestDelayNs + " ns and timeout " + timeoutNs
                    + " ns do not fit together");
        }
    }

    /** How long a gap waits that was asked for in vain so often. */
    long delayNs(int attempted) {
        return Math.min(longestDelayNs, delayNs << Math.min(attempted, 20));
    }
}
