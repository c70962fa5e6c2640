package com.waickoff.marketdata.feed.socket;

/**
 * How much weight of REST requests may be spent: some at once, and the rest as time goes by, so that
 * in no minute it is more than nine tenths of what the venue allows.
 *
 * <p>Threads: the loop's.
 */
final class RestBudget {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final double AT_ONCE = 0.5;
    private static final double PER_MINUTE = 0.4;

    private final double most;
    private final double perNs;
    private double left;
    private long lastNs;
    private boolean isBegun;

    /**
     * Nothing spent.
     *
     * @param perMinute weight that the venue allows, 0 for any
     */
    RestBudget(int perMinute) {
        this.most = perMinute * AT_ONCE;
        this.perNs = perMinute * PER_MINUTE / MINUTE_NS;
        this.left = most;
    }

    /** Takes the weight of a request, if there is so much left; more than all there is counts as all. */
    boolean take(int weight, long nowNs) {
        if (most == 0) {
            return true;
        }
        if (isBegun) {
            left = Math.min(most, left + (nowNs - lastNs) * perNs);
        }
        isBegun = true;
        lastNs = nowNs;
        double needed = Math.min(weight, most);
        if (left < needed) {
            return false;
        }
        left -= needed;
        return true;
    }
}
