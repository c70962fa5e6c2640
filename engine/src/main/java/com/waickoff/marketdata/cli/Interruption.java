package com.waickoff.marketdata.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether a person wants the command to end early.
 *
 * <p>Threads: any thread may request, the command's own asks.
 */
final class Interruption {
    /** What a shell adds to the number of the signal that ended a process. */
    private static final int BY_SIGNAL = 128;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final boolean isOfProcess;
    private volatile boolean heeded;

    /** Of a command that shares its process, such as that of a test. */
    Interruption() {
        this(false);
    }

    /** An interruption that nobody has requested; of the process, if signals request it. */
    Interruption(boolean isOfProcess) {
        this.isOfProcess = isOfProcess;
    }

    /** The command will look, and come to its end: it is worth waiting for. */
    void heed() {
        heeded = true;
    }

    /**
     * To be ended by a signal is how the command is meant to end: with an exit code of its own, and
     * at once at the second signal.
     */
    void heedSignals() {
        heed();
        if (isOfProcess) {
            Signals.handle(number -> {
                if (isRequested()) {
                    Runtime.getRuntime().halt(BY_SIGNAL + number);
                }
                request();
            });
        }
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
