package com.waickoff.marketdata.bench.agents;

import com.waickoff.marketdata.bench.Launcher;
import com.waickoff.marketdata.bench.wire.BareVenue;
import com.waickoff.marketdata.bench.wire.FrameMix;
import com.waickoff.marketdata.bench.wire.WireEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An engine as a process of its own, and the venue that feeds it at a steady pace from a thread of
 * this one. Frames that are late follow at once, so that every second has as many.
 *
 * <p>Threads: one, and its own.
 */
final class LiveMarket implements AutoCloseable {
    private static final long SECOND_NS = 1_000_000_000L;

    private final BareVenue venue = new BareVenue();
    private final Process engine;
    private final Thread feeder;
    private volatile boolean ended;
    private volatile @Nullable IOException failure;

    /**
     * Starts them, and returns when the engine is being fed.
     *
     * @param directory of the engine's data
     * @param framesPerSecond of one instrument, {@link FrameMix}
     */
    LiveMarket(Path directory, int framesPerSecond) throws IOException {
        engine = WireEngine
                .command(directory, venue.url(), List.of("pipeline.threads=inline"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        venue.awaitSubscriptions();
        venue.send(FrameMix.snapshot(System.currentTimeMillis()));
        feeder = Thread.ofPlatform().name("venue").start(() -> feed(SECOND_NS / framesPerSecond));
    }

    /**
     * Checks that all is as it was.
     *
     * @throws IOException if the engine is not fed any more
     */
    void check() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            throw new IOException("the engine is not fed any more", failed);
        }
    }

    /** Ends the engine at once, as a crash would. */
    void kill() throws InterruptedException {
        ended = true;
        engine.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        ended = true;
        Launcher.end(engine);
        venue.close();
    }

    private void feed(long periodNs) {
        FrameMix mix = new FrameMix();
        long dueNs = System.nanoTime();
        try {
            while (!ended) {
                long waitNs = dueNs - System.nanoTime();
                if (waitNs > 0) {
                    LockSupport.parkNanos(waitNs);
                } else {
                    venue.send(mix.next(System.currentTimeMillis()));
                    dueNs += periodNs;
                }
            }
        } catch (IOException e) {
            failure = ended ? null : e;
        }
    }
}
