package com.waickoff.venue.serve;

import java.util.concurrent.TimeUnit;

/**
 * What a venue lets one address ask for by REST.
 *
 * <pre>
 *   Binance   windows by the clock (each full minute begins anew); above the weight 429 until the
 *             window ends, and who goes on is banned: 418
 *   Bybit     any so many seconds; above the number banned at once: 403
 * </pre>
 *
 * Belongs to the event loop.
 */
final class RestBudget {
    private static final long MS_PER_SECOND = 1_000;
    /** Requests in spite of a 429 that end in a ban. */
    private static final int MOST_DEFIANT = 10;

    private final VenueLimits limits;
    private final LimitWatch watch;
    private final boolean byClock;
    private final RateWindow sliding;
    private long window;
    private int used;
    private long refusedUntilMs;
    private int defiant;
    private boolean banned;

    /** @param byClock whether windows begin by the clock, not with each request */
    RestBudget(VenueLimits limits, LimitWatch watch, boolean byClock) {
        this.limits = limits;
        this.watch = watch;
        this.byClock = byClock;
        this.sliding = new RateWindow(TimeUnit.SECONDS.toNanos(limits.restSeconds()));
    }

    /** Counts a request. @return whether it may be answered */
    boolean takes(long wallMs, long nowNs, int weight) {
        used = byClock ? usedOfWindow(wallMs, weight) : sliding.add(nowNs, weight);
        if (wallMs < refusedUntilMs) {
            watch.violated(Limit.RETRY_AFTER);
            defiant++;
        } else {
            defiant = 0;
            banned = false;
        }
        boolean over = watch.isOver(Limit.REST_WEIGHT, used, limits.restWeight());
        if (banned) {
            return false;
        }
        if (over) {
            int most = limits.restWeight();
            boolean ban = !byClock || used > most + most / 2 || defiant > MOST_DEFIANT;
            refuse(wallMs, ban);
            return false;
        }
        return true;
    }

    /** Weight within the window, what was refused included. */
    int used() {
        return used;
    }

    /** Whether the last refusal is a ban. */
    boolean isBanned() {
        return banned;
    }

    /** How long the last refusal holds, at least 1 s. */
    int retryAfterSeconds(long wallMs) {
        long ms = refusedUntilMs - wallMs;
        return (int) Math.max(1, (ms + MS_PER_SECOND - 1) / MS_PER_SECOND);
    }

    private void refuse(long wallMs, boolean ban) {
        if (ban) {
            banned = true;
            refusedUntilMs = wallMs + limits.restBanMs();
        } else {
            refusedUntilMs = (window + 1) * limits.restSeconds() * MS_PER_SECOND;
        }
    }

    private int usedOfWindow(long wallMs, int weight) {
        long now = wallMs / (limits.restSeconds() * MS_PER_SECOND);
        if (now != window) {
            window = now;
            used = 0;
        }
        return used + weight;
    }
}
