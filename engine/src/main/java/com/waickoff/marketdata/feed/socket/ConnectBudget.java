package com.waickoff.marketdata.feed.socket;

/**
 * How many connections may be tried: fewer than the venue allows within any five minutes, and not two
 * at once, so that a feed of many lines does not come as a storm.
 *
 * <p>Threads: the loop's.
 */
final class ConnectBudget {
    private static final long WINDOW_NS = 5L * 60 * 1_000_000_000;
    /** Of what the venue allows: others behind the same address may connect as well. */
    private static final double SHARE = 0.8;

    private final long[] attemptsNs;
    private final long spacingNs;
    private int oldest;
    private int count;
    private long lastNs = Long.MIN_VALUE;

    /**
     * Nothing spent.
     *
     * @param perWindow what the venue allows in five minutes, 0 for any number
     * @param spacingNs least time between two attempts
     */
    ConnectBudget(int perWindow, long spacingNs) {
        this.attemptsNs = new long[perWindow == 0 ? 0 : Math.max(1, (int) (perWindow * SHARE))];
        this.spacingNs = spacingNs;
    }

    /** Takes one attempt, if there is one to take. */
    boolean take(long nowNs) {
        if (lastNs != Long.MIN_VALUE && nowNs - lastNs < spacingNs) {
            return false;
        }
        while (count != 0 && nowNs - attemptsNs[oldest] >= WINDOW_NS) {
            oldest = (oldest + 1) % attemptsNs.length;
            count--;
        }
        if (attemptsNs.length != 0) {
            if (count == attemptsNs.length) {
                return false;
            }
            attemptsNs[(oldest + count++) % attemptsNs.length] = nowNs;
        }
        lastNs = nowNs;
        return true;
    }
}
