package com.waickoff.marketdata.bench.wire;

import com.waickoff.marketdata.bench.Hiccups;
import com.waickoff.marketdata.bench.Launcher;
import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.ProfileView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How long it takes from the wire to the snapshot file as another process sees it, and what CPU time
 * the engine spends on a frame.
 *
 * <p>The engine is a process of its own, started by the launcher as an operator would. This process
 * is venue and reader at once, on one spinning thread, so that a machine of two cores has one for
 * each process:
 *
 * <pre>
 *   next frame due? ── yes ─► stamp, write it to the socket ─┐
 *        ▲          └─ no ──► read book and 1d window; what they show first is now ─┐
 *        └──────────────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * A latency is the time from before the write of a frame to the first read that shows its update id
 * or its trades. Frames: {@link FrameMix}. The hiccups are those of the reading thread.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/tools.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.wire.WireToSnapshot [SECONDS] [RATE …] [-- SETTING …]
 * </pre>
 *
 * SECONDS are those of each rate, its first being left out; a SETTING such as
 * {@code pipeline.threads=fused} goes to the engine.
 */
public final class WireToSnapshot implements AutoCloseable {
    private static final int DEFAULT_SECONDS = 10;
    private static final int[] DEFAULT_RATES = {10_000, 50_000, 100_000};
    private static final int WARM_UP_RATE = 20_000;
    private static final int WARM_UP_SECONDS = 15;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long NS_PER_MS = 1_000_000L;
    private static final long DRAIN_NS = 2 * SECOND_NS;
    private static final long MAX_LATENCY_NS = 10 * SECOND_NS;
    private static final double NS_PER_US = 1e3;
    private static final double PERCENT = 100;
    private static final long OPEN_PAUSE_MS = 20;

    private final BareVenue venue = new BareVenue();
    private final FrameMix mix = new FrameMix();
    private final ProfileView window = new ProfileView();
    private final DepthView book = new DepthView();
    private final Process engine;
    private final SnapshotReader reader;
    private final SnapshotEntry entry;
    /** When each frame was sent; a ring, for no frame is ever so late. */
    private final long[] sentNs = new long[1 << 22];
    private long framesSent;
    private long booksSeen;
    private long tradesSeen;

    /** What one rate gave. */
    private record Result(int rate, Histogram latencies, Hiccups hiccups, double cpuNsPerFrame,
            double cpuPercent, long unseen) {}

    private WireToSnapshot(Path directory, List<String> settings)
            throws IOException, InterruptedException {
        engine = WireEngine.command(directory, venue.url(), settings).start();
        venue.awaitSubscriptions();
        venue.send(FrameMix.snapshot(System.currentTimeMillis()));
        reader = open(directory.resolve("snapshot.bin"));
        entry = find();
    }

    /** Measures and prints. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> before = new ArrayList<>(List.of(args));
        List<String> settings = new ArrayList<>();
        int mark = before.indexOf("--");
        if (mark >= 0) {
            settings.addAll(before.subList(mark + 1, before.size()));
            before.subList(mark, before.size()).clear();
        }
        int seconds = before.isEmpty() ? DEFAULT_SECONDS : Integer.parseInt(before.getFirst());
        int[] rates = before.size() < 2 ? DEFAULT_RATES
                : before.stream().skip(1).mapToInt(Integer::parseInt).toArray();
        Path directory = Files.createTempDirectory("bench-wire");
        try (WireToSnapshot run = new WireToSnapshot(directory, settings)) {
            run.play(WARM_UP_RATE, WARM_UP_SECONDS);
            List<Result> results = new ArrayList<>();
            for (int rate : rates) {
                results.add(run.play(rate, seconds));
            }
            print(results, settings);
        } finally {
            TemporaryFiles.delete(directory);
        }
    }

    private static SnapshotReader open(Path file) throws IOException, InterruptedException {
        while (!Files.exists(file)) {
            Thread.sleep(OPEN_PAUSE_MS);
        }
        return SnapshotReader.open(file);
    }

    private SnapshotEntry find() throws IOException, InterruptedException {
        while (true) {
            SnapshotEntry found = reader.find(WireEngine.INSTRUMENT);
            if (found != null) {
                return found;
            }
            if (!engine.isAlive()) {
                throw new IOException("the engine ended with " + engine.exitValue());
            }
            Thread.sleep(OPEN_PAUSE_MS);
        }
    }

    private Result play(int rate, int seconds) throws IOException {
        Histogram latencies = new Histogram(MAX_LATENCY_NS, 3);
        Hiccups hiccups = new Hiccups();
        long periodNs = SECOND_NS / rate;
        long count = (long) rate * seconds;
        long first = framesSent;
        Duration cpuBefore = cpu();
        long startedNs = System.nanoTime();
        long dueNs = startedNs;
        hiccups.begin(startedNs);
        while (framesSent < first + count) {
            long nowNs = System.nanoTime();
            if (nowNs >= dueNs) {
                send();
                dueNs += periodNs;
                hiccups.begin(System.nanoTime());
            } else {
                look(first + rate, latencies);
                hiccups.look(System.nanoTime());
            }
        }
        long endedNs = System.nanoTime();
        while (Math.min(booksSeen, tradesSeen) < framesSent - FrameMix.CYCLE
                && System.nanoTime() - endedNs < DRAIN_NS) {
            look(first + rate, latencies);
        }
        double cpuNs = cpu().minus(cpuBefore).toNanos();
        return new Result(rate, latencies, hiccups, cpuNs / count,
                PERCENT * cpuNs / (endedNs - startedNs),
                Math.max(0, framesSent - FrameMix.CYCLE - Math.min(booksSeen, tradesSeen)));
    }

    private void send() throws IOException {
        ByteBuffer frame = mix.next(System.currentTimeMillis());
        sentNs[(int) (framesSent & sentNs.length - 1)] = System.nanoTime();
        framesSent++;
        venue.send(frame);
    }

    /** Records what is seen for the first time, of frames from {@code from} on. */
    private void look(long from, Histogram latencies) {
        if (reader.read(entry, book)) {
            long upTo = FrameMix.framesOfUpdate(book.updateId());
            if (upTo > booksSeen) {
                record(true, booksSeen, upTo, from, latencies);
                booksSeen = upTo;
            }
        }
        if (reader.read(entry, Timeframe.D1, window)) {
            long upTo = FrameMix.framesOfTrades(window.newest().trades());
            if (upTo > tradesSeen) {
                record(false, tradesSeen, upTo, from, latencies);
                tradesSeen = upTo;
            }
        }
    }

    private void record(boolean books, long after, long upTo, long from, Histogram latencies) {
        long nowNs = System.nanoTime();
        for (long frame = Math.max(after, from); frame < upTo; frame++) {
            if (FrameMix.isBook(frame) == books) {
                long latencyNs = nowNs - sentNs[(int) (frame & sentNs.length - 1)];
                latencies.recordValue(Math.min(latencyNs, MAX_LATENCY_NS));
            }
        }
    }

    private Duration cpu() {
        return engine.info().totalCpuDuration().orElseThrow();
    }

    private static void print(List<Result> results, List<String> settings) {
        System.out.printf("wire to snapshot, seen by another process; settings %s%n", settings);
        System.out.printf("%10s %10s %8s %8s %9s %8s %10s %6s %7s%n", "frames/s", "frames",
                "p50 us", "p99 us", "p99.9 us", "max us", "CPU ns/fr.", "CPU %", "unseen");
        for (Result result : results) {
            Histogram latencies = result.latencies;
            System.out.printf("%,10d %,10d %8.1f %8.1f %9.1f %8.0f %10.0f %6.1f %7d%n",
                    result.rate, latencies.getTotalCount(), micros(latencies, 50),
                    micros(latencies, 99), micros(latencies, 99.9),
                    latencies.getMaxValue() / NS_PER_US, result.cpuNsPerFrame, result.cpuPercent,
                    result.unseen);
        }
        for (Result result : results) {
            System.out.printf("%,10d %s%n", result.rate, result.hiccups);
        }
    }

    private static double micros(Histogram latencies, double percentile) {
        return latencies.getValueAtPercentile(percentile) / NS_PER_US;
    }

    @Override
    public void close() throws IOException {
        Launcher.end(engine);
        reader.close();
        venue.close();
    }
}
