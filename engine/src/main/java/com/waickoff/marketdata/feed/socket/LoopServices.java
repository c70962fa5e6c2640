package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.status.Latency;
import com.waickoff.marketdata.status.LatencyRecorder;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the loop does for its feeds.
 *
 * @param loop its thread
 * @param dialer makes connections
 * @param allocator of what is sent
 * @param sink where events go
 * @param receiveClock ns since the epoch
 * @param random for back-off, masks and keys
 * @param recorders of the latencies that are wanted
 * @param failed ends the loop
 */
record LoopServices(EventLoop loop, Dialer dialer, ByteBufAllocator allocator, EventSink sink,
        LongSupplier receiveClock, RandomGenerator random, Map<Latency, LatencyRecorder> recorders,
        Consumer<Throwable> failed) {
    /** The same with another dialer. */
    LoopServices with(Dialer other) {
        return new LoopServices(loop, other, allocator, sink, receiveClock, random, recorders,
                failed);
    }

    /** Records a latency, if it is wanted. */
    void record(Latency latency, long valueNs) {
        LatencyRecorder recorder = recorders.get(latency);
        if (recorder != null) {
            recorder.record(valueNs);
        }
    }

    /** What a read brought has been handled: by the snapshot, where there are no other threads. */
    void readHandled(long receiveNs) {
        LatencyRecorder recorder = recorders.get(Latency.RECEIVE_TO_SNAPSHOT);
        if (recorder != null) {
            recorder.record(receiveClock.getAsLong() - receiveNs);
        }
    }

    /** Does something on the loop's thread after a while. */
    void schedule(Runnable task, long delayMs) {
        var _ = loop.schedule(() -> {
            try {
                task.run();
            } catch (Throwable cause) {
                failed.accept(cause);
            }
        }, delayMs, TimeUnit.MILLISECONDS);
    }
}
