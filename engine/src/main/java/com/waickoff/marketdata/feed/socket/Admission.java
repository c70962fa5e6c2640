package com.waickoff.marketdata.feed.socket;

/**
 * Whether a connection may be tried: what the venue's answers so far allow, and its limit of attempts.
 *
 * <p>Threads: the loop's.
 */
final class Admission {
    private final CircuitBreaker breaker;
    private final ConnectBudget budget;

    Admission(CircuitBreaker breaker, ConnectBudget budget) {
        this.breaker = breaker;
        this.budget = budget;
    }

    /** Whether an attempt may be made now; if so, it counts as made. */
    boolean admits(long nowNs) {
        if (!breaker.admits(nowNs)) {
            return false;
        }
        if (budget.take(nowNs)) {
            return true;
        }
        breaker.withdrawn();
        return false;
    }

    /** Whether nothing but the pace of attempts is in the way of one. */
    boolean isClosed() {
        return breaker.isClosed();
    }

    /** Whether nobody may try until {@link #untilNs}. */
    boolean isOpen() {
        return breaker.isOpen();
    }

    long untilNs() {
        return breaker.untilNs();
    }

    /** What kind of failure keeps all from trying. */
    FailureClass cause() {
        return breaker.cause();
    }

    /** An attempt or a connection has failed; see {@link CircuitBreaker#failed}. */
    void failed(FailureClass kind, long askedMs, long nowNs) {
        breaker.failed(kind, askedMs, nowNs);
    }

    /** A connection was established. */
    void succeeded() {
        breaker.succeeded();
    }
}
