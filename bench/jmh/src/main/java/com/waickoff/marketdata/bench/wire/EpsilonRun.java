package com.waickoff.marketdata.bench.wire;

import com.waickoff.marketdata.bench.Launcher;
import com.waickoff.marketdata.bench.TemporaryFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The engine without a garbage collector: its JVM runs with Epsilon, which allocates and never frees,
 * so that every object of every thread counts, housekeeping included, and a heap that runs out ends
 * the run.
 *
 * <p>The engine is the daemon as an operator would start it, with journal and all studies, and the
 * venue a {@link BareVenue} that sends the cycle of {@link FrameMix}, one instrument. Once a minute
 * the JVM is asked by {@code jcmd} how much of its heap is used; what that question itself leaves
 * there is in the figure.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/tools.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.wire.EpsilonRun [MINUTES] [FRAMES_A_SECOND]
 * </pre>
 *
 * Ends with status 1 if the engine ended by itself.
 */
public final class EpsilonRun implements AutoCloseable {
    private static final int DEFAULT_MINUTES = 60;
    private static final int DEFAULT_RATE = 2_000;
    private static final String HEAP = "512m";
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final double MIB = 1 << 20;
    private static final int HEX = 16;
    private static final Pattern USED = Pattern
            .compile("used \\[0x([0-9a-f]+), 0x([0-9a-f]+),");

    private final BareVenue venue = new BareVenue();
    private final FrameMix mix = new FrameMix();
    private final Process engine;

    private EpsilonRun(Path directory) throws IOException {
        ProcessBuilder command = WireEngine.command(directory, venue.url(), List.of());
        command.environment().put("WAICKOFF_JAVA_OPTS", "-XX:-UseSerialGC"
                + " -XX:+UnlockExperimentalVMOptions -XX:+UseEpsilonGC"
                + " -Xms" + HEAP + " -Xmx" + HEAP);
        engine = command.start();
        venue.awaitSubscriptions();
        venue.send(FrameMix.snapshot(System.currentTimeMillis()));
    }

    /** Measures and prints. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int minutes = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_MINUTES;
        int rate = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_RATE;
        Path directory = Files.createTempDirectory("bench-epsilon");
        boolean isDone;
        try (EpsilonRun run = new EpsilonRun(directory)) {
            isDone = run.play(minutes, rate);
        } finally {
            TemporaryFiles.delete(directory);
        }
        if (!isDone) {
            System.exit(1);
        }
    }

    private boolean play(int minutes, int rate) throws IOException, InterruptedException {
        System.out.printf("no collector, a heap of %s, %,d frames/s%n", HEAP, rate);
        System.out.printf("%7s %13s %9s %13s %13s %6s%n", "minutes", "frames", "used MiB",
                "B in a minute", "B a frame", "load");
        long used = usedBytes();
        System.out.printf("%7d %,13d %9.1f%n", 0, 0, used / MIB);
        long startedNs = System.nanoTime();
        long sent = 0;
        for (int minute = 1; minute <= minutes; minute++) {
            long before = sent;
            sent = sendUntil(startedNs + minute * MINUTE_NS, startedNs, sent, rate);
            if (!engine.isAlive()) {
                System.out.printf("the engine ended with status %d after %,d frames%n",
                        engine.exitValue(), sent);
                return false;
            }
            used = print(minute, sent, used, sent - before);
        }
        return true;
    }

    /** Sends what is due until then, as evenly as sleeping allows. @return frames sent in all */
    private long sendUntil(long endNs, long startedNs, long sentBefore, int rate)
            throws IOException {
        long sent = sentBefore;
        for (long nowNs = System.nanoTime(); nowNs < endNs
                && engine.isAlive(); nowNs = System.nanoTime()) {
            long due = (nowNs - startedNs) * rate / SECOND_NS;
            for (; sent < due; sent++) {
                venue.send(mix.next(System.currentTimeMillis()));
            }
            LockSupport.parkNanos(SECOND_NS / rate);
        }
        return sent;
    }

    private long print(int minute, long frames, long usedBefore, long framesOfMinute)
            throws IOException, InterruptedException {
        long used = usedBytes();
        System.out.printf("%7d %,13d %9.1f %,13d %13.4f %6.1f%n", minute, frames,
                used / MIB, used - usedBefore,
                (used - usedBefore) / (double) framesOfMinute,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        return used;
    }

    private long usedBytes() throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(engine.pid()), "GC.heap_info").redirectErrorStream(true).start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher used = USED.matcher(said);
        if (jcmd.waitFor() != 0 || !used.find()) {
            throw new IOException("jcmd does not say what is used of the heap: " + said);
        }
        return Long.parseUnsignedLong(used.group(2), HEX)
                - Long.parseUnsignedLong(used.group(1), HEX);
    }

    @Override
    public void close() throws IOException {
        Launcher.end(engine);
        venue.close();
    }
}
