package com.waickoff.marketdata.bench.pipeline;

import com.sun.management.ThreadMXBean;
import com.waickoff.marketdata.Engine;
import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.EngineWorld;
import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much garbage an event makes on its whole way: decoder, ring, journal, studies, snapshot file,
 * inline on one thread, with the engine's defaults.
 *
 * <p>The unit is one event. Input: {@link InventedFeeds}, ten seconds of event time in turn; making
 * the frames is left out, decoding them is not. What the thread allocated is asked of the JVM, which
 * counts every byte. The first million events are left out: what is not compiled yet allocates more.
 * What is left are journal files that begin or grow, if anything.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/engine.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.pipeline.AllocationRun [EVENTS]
 * </pre>
 */
public final class AllocationRun {
    private static final long DEFAULT_EVENTS = 20_000_000;
    private static final long WARM_UP_EVENTS = 1_000_000;
    private static final long STRETCH_NS = 10_000_000_000L;
    private static final int FRAMES_PER_READ = 4;
    private static final long SEED = 42;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Engine engine;
    private final InventedFeeds feeds;
    private long allocated;
    private long elapsedNs;
    private long stretches;
    private long allocatingStretches;

    private AllocationRun(Engine engine) {
        this.engine = engine;
        feeds = new InventedFeeds(engine.sink(), engine.catalogue(), FRAMES_PER_READ,
                SEED);
    }

    /** Runs and prints. */
    public static void main(String[] args) throws IOException {
        long events = args.length > 0 ? Long.parseLong(args[0]) : DEFAULT_EVENTS;
        Path directory = Files.createTempDirectory("bench-allocation");
        EngineWorld world = new EngineWorld(Run.ofThisProcess(System.currentTimeMillis()), true,
                System::currentTimeMillis, CounterBlock::onHeap, () -> WindowListener.NONE,
                System.out::println);
        try (Engine engine = Engine.open(EngineConfig.defaults(directory), world)) {
            new AllocationRun(engine).run(events);
        } finally {
            TemporaryFiles.delete(directory);
        }
    }

    private void run(long events) {
        play(WARM_UP_EVENTS);
        allocated = 0;
        elapsedNs = 0;
        stretches = 0;
        allocatingStretches = 0;
        long frames = feeds.framesPlayed();
        long measured = play(events);
        System.out.printf("events %,d  frames %,d  allocated %,d bytes  bytes/event %.6f%n",
                measured, feeds.framesPlayed() - frames, allocated, (double) allocated / measured);
        System.out.printf("of %,d stretches %,d allocated  thread time %.0f ns/event%n", stretches,
                allocatingStretches, (double) elapsedNs / measured);
    }

    private long play(long events) {
        long first = engine.sink().publishedCount();
        while (engine.sink().publishedCount() - first < events) {
            feeds.make(STRETCH_NS);
            long startedNs = threads.getCurrentThreadCpuTime();
            long before = threads.getCurrentThreadAllocatedBytes();
            feeds.playAll();
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            elapsedNs += threads.getCurrentThreadCpuTime() - startedNs;
            allocated += bytes;
            stretches++;
            allocatingStretches += bytes > 0 ? 1 : 0;
        }
        return engine.sink().publishedCount() - first;
    }
}
