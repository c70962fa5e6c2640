package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.util.random.RandomGenerator;

/**
 * Keeps a feed from asking a venue that does not want to, or cannot, with all its lines at once:
 *
 * <pre>
 *           a failure of a class with a pause              the pause is over
 *   CLOSED ──────────────────────────────────► OPEN ───────────────────────────► HALF OPEN
 *      ▲                                        ▲  the one attempt fails: twice the   │  │
 *      │                                        └──────────── pause ──────────────────┘  │
 *      └───────────────────────────── it succeeds ───────────────────────────────────────┘
 * </pre>
 *
 * <p>A pause that the venue names is kept to the letter. Others double up to a cap and are lengthened
 * by chance, so that many who were refused at once do not come back at once.
 *
 * <p>Threads: the loop's.
 */
final class CircuitBreaker {
    private static final int MOST_DOUBLINGS = 20;
    private static final int JITTER_PARTS = 5; // a fifth at most
    private static final long NS_PER_MS = 1_000_000;

    private enum State {
        CLOSED, OPEN, HALF_OPEN
    }

    private final long firstMs;
    private final long maxMs;
    private final RandomGenerator random;
    private final CounterBlock counters;
    private State state = State.CLOSED;
    private FailureClass cause = FailureClass.NETWORK;
    private int openings; // since it was closed
    private long untilNs;

    /**
     * A closed breaker.
     *
     * @param firstMs the shortest pause
     * @param maxMs the longest pause that the venue does not ask for itself
     */
    CircuitBreaker(long firstMs, long maxMs, RandomGenerator random, CounterBlock counters) {
        this.firstMs = firstMs;
        this.maxMs = maxMs;
        this.random = random;
        this.counters = counters;
    }

    /**
     * An attempt has failed.
     *
     * @param askedMs the pause that the venue asks for, 0 if it does not
     */
    void failed(FailureClass because, long askedMs, long nowNs) {
        if (because.pauses == 0) {
            if (state == State.HALF_OPEN) {
                state = State.CLOSED; // it is another failure now, and that one has its own pauses
            }
            return;
        }
        long pauseMs = askedMs > 0 ? askedMs : pauseMs(because);
        long endNs = nowNs + pauseMs * NS_PER_MS;
        untilNs = state == State.OPEN ? Math.max(untilNs, endNs) : endNs;
        if (state != State.OPEN) {
            openings++;
            counters.increment(Counter.BREAKER_OPENED);
        }
        state = State.OPEN;
        cause = because;
    }

    private long pauseMs(FailureClass because) {
        long boundMs = Math.max(firstMs, maxMs);
        long pauseMs = Math.min(boundMs,
                (firstMs * because.pauses) << Math.min(openings, MOST_DOUBLINGS));
        return pauseMs + random.nextLong(pauseMs / JITTER_PARTS + 1);
    }

    /** A connection was established. */
    void succeeded() {
        state = State.CLOSED;
        openings = 0;
    }

    /** Whether an attempt may be made now; if the breaker is half open that is the one attempt. */
    boolean admits(long nowNs) {
        if (state == State.OPEN && nowNs >= untilNs) {
            state = State.HALF_OPEN;
            return true;
        }
        return state == State.CLOSED;
    }

    /** The one attempt has ended without an outcome. */
    void withdrawn() {
        if (state == State.HALF_OPEN) {
            state = State.OPEN;
        }
    }

    /** Whether attempts are free. */
    boolean isClosed() {
        return state == State.CLOSED;
    }

    /** Whether no attempt is made until a time. */
    boolean isOpen() {
        return state == State.OPEN;
    }

    /** When the next attempt may be made, while it is open. */
    long untilNs() {
        return untilNs;
    }

    /** What opened it last. */
    FailureClass cause() {
        return cause;
    }
}
