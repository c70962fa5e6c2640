package com.waickoff.marketdata.mcp.stdio;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls that may wait, each on a thread of its own, so that those behind them are answered meanwhile.
 *
 * <p>Threads: one begins and ends; any asks.
 */
final class WaitingCalls {
    private static final Logger LOG = LoggerFactory.getLogger(WaitingCalls.class);
    private static final int MOST = 64;
    private static final long LAST_WORDS_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Map<Object, Call> calls = new ConcurrentHashMap<>();

    private static final class Call {
        private final Thread thread;
        private volatile boolean cancelled;

        Call(Thread thread) {
            this.thread = thread;
        }
    }

    /**
     * Begins a call.
     *
     * @return false if there are too many, or one of this id
     */
    boolean begin(Object id, Runnable call) {
        Thread thread = Thread.ofVirtual().name("call").unstarted(() -> {
            try {
                call.run();
            } catch (UncheckedIOException gone) {
                LOG.debug("the client is gone", gone);
            } finally {
                calls.remove(id);
            }
        });
        if (calls.size() >= MOST || calls.putIfAbsent(id, new Call(thread)) != null) {
            return false;
        }
        thread.start();
        return true;
    }

    /** Ends a call whose answer nobody wants any more. */
    void cancel(Object id) {
        Call call = calls.get(id);
        if (call != null) {
            call.cancelled = true;
            call.thread.interrupt();
        }
    }

    /** Whether nobody wants the answer to this request. */
    boolean isCancelled(@Nullable Object id) {
        Call call = id == null ? null : calls.get(id);
        return call != null && call.cancelled;
    }

    /** Ends all calls; they answer with what there is, if they do so at once. */
    void end() {
        List<Call> left = List.copyOf(calls.values());
        left.forEach(call -> call.thread.interrupt());
        long startNs = System.nanoTime();
        try {
            for (Call call : left) {
                long leftNs = LAST_WORDS_NS - (System.nanoTime() - startNs);
                call.thread.join(Duration.ofNanos(Math.max(0, leftNs)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
