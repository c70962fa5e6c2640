package com.waickoff.marketdata.storage.drain;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends waiting, once and for all. Threads: any. */
public final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);

    /** Asks everybody who heeds this to come to an end. */
    public void request() {
        requested.countDown();
    }

    /** Whether it was asked for. */
    public boolean isRequested() {
        return requested.getCount() == 0;
    }

    /**
     * Waits.
     *
     * @return whether the end was asked for; so it is if the thread was interrupted
     */
    public boolean await(long ms) {
        try {
            return requested.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
