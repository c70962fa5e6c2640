package com.waickoff.marketdata.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether a person wants the command to end early.
 *
 * <p>Threads: any thread may request, the command's own asks.
 */
final class Interruption {
    private final CountDownLatch requested = new CountDownLatch(1);
    private volatile boolean heeded;

    /** The command will look, and come to its end: it is worth waiting for. */
    void heed() {
        heeded = true;
    }

    /** Whether the command looks at all. */
    boolean isHeeded() {
        return heeded;
    }

    /** Asks the command to come to its end. */
    void request() {
        requested.countDown();
    }

    /** Whether the command is to come to its end. */
    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits, but not once somebody wants the command to end.
     *
     * @param ms at most so long
     * @return whether somebody wants it
     */
    boolean await(long ms) throws InterruptedException {
        return requested.await(ms, TimeUnit.MILLISECONDS);
    }
}
