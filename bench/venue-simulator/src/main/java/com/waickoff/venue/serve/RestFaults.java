package com.waickoff.venue.serve;

import org.jspecify.annotations.Nullable;

/** What goes wrong with REST requests on purpose. Belongs to the event loop. */
final class RestFaults {
    private Refusal refusal = new Refusal(0, 0);
    private int refusals;
    private long delayMs;

    void refuse(Refusal newRefusal, int count) {
        refusal = newRefusal;
        refusals = count;
    }

    void delay(long ms) {
        delayMs = ms;
    }

    /** Why the next request is refused, or null. */
    @Nullable
    Refusal take() {
        if (refusals == 0) {
            return null;
        }
        refusals--;
        return refusal;
    }

    /** How long an answer is kept back. */
    long delayMs() {
        return delayMs;
    }
}
