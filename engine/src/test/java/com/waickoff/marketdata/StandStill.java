package com.waickoff.marketdata;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Waits for the end of what does not say when it ends, with patience for a machine that is busy. */
final class StandStill {
    private static final int LOOKS = 8;
    private static final int BETWEEN_MS = 300;

    private StandStill() {}

    /** Waits until a count has not changed for some seconds. */
    static void await(String what, Callable<Long> count) {
        long[] before = {-1};
        int[] same = {0};
        Awaitility.await(what).atMost(120, TimeUnit.SECONDS)
                .pollInterval(BETWEEN_MS, TimeUnit.MILLISECONDS).until(() -> {
                    long now = count.call();
                    same[0] = now == before[0] ? same[0] + 1 : 0;
                    before[0] = now;
                    return same[0] == LOOKS;
                });
    }
}
