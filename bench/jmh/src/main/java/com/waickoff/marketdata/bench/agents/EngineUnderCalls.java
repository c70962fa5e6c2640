package com.waickoff.marketdata.bench.agents;

import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.bench.wire.WireEngine;
import com.waickoff.marketdata.status.Latency;
import com.waickoff.marketdata.status.LatencyReading;
import com.waickoff.marketdata.status.StatusReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * What agents cost the engine: how long it takes from receiving a frame to showing it in the
 * snapshot, by the engine's own measure, while nobody asks and while an adapter answers.
 *
 * <pre>
 *   this process: venue ──frames──► engine ──snapshot file──► waickoff mcp --http ◄──calls── this one
 *                                  (a process)                    (a process)
 * </pre>
 *
 * <p>Phases without and with calls take turns, after a warm-up with calls; a figure is the median of
 * its phases. Calls are {@code ping}, {@code get_volume_profile} and {@code get_footprint} in turn,
 * over eight sessions with a connection each. The adapter runs in all phases. What is timed is a read
 * of the engine's, with all frames that were there when it began.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/tools.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.agents.EngineUnderCalls [ROUNDS] [SECONDS] [CALLS_A_SECOND] \
 *       [FRAMES_A_SECOND]
 * </pre>
 *
 * <p>Five rounds, 15 seconds a phase, 200 calls and 2,000 frames a second: some three minutes.
 */
public final class EngineUnderCalls {
    private static final int DEFAULT_ROUNDS = 5;
    private static final int DEFAULT_SECONDS = 15;
    private static final int DEFAULT_CALLS = 200;
    private static final int DEFAULT_FRAMES = 2_000;
    private static final int WARM_UP_SECONDS = 15;
    private static final int CALLERS = 8;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MAX_CALL_NS = 60 * SECOND_NS;
    private static final long POLL_MS = 20;
    private static final double NS_A_US = 1e3;
    private static final double[] PERCENTS = {50, 99, 99.9};
    private static final String INSTRUMENT = "{\"instrument\":\"" + WireEngine.INSTRUMENT + "\"}";
    private static final String[][] CALLS = {{"ping", "{}"}, {"get_volume_profile", INSTRUMENT},
            {"get_footprint", INSTRUMENT}};

    private final LiveMarket market;
    private final StatusReader status;
    private final List<Agent> agents = new ArrayList<>();

    /** What callers saw. */
    private record Called(Histogram times, long failed) {}

    /** What a phase gave; latencies in us. */
    private record Phase(boolean withCalls, long reads, double[] latencies, double answered,
            long failed, double callMs50, double callMs99, double load) {
        void print() {
            System.out.printf(Locale.ROOT,
                    "%-8s %,8d %8.1f %8.1f %9.1f %11.1f %7d %8.1f %8.1f %6.1f%n",
                    withCalls ? "with" : "without", reads, latencies[0], latencies[1],
                    latencies[2], answered, failed, callMs50, callMs99, load);
        }
    }

    private EngineUnderCalls(LiveMarket market, StatusReader status) {
        this.market = market;
        this.status = status;
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_ROUNDS;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_SECONDS;
        int calls = args.length > 2 ? Integer.parseInt(args[2]) : DEFAULT_CALLS;
        int frames = args.length > 3 ? Integer.parseInt(args[3]) : DEFAULT_FRAMES;
        Path directory = Files.createTempDirectory("bench-agents");
        try (LiveMarket market = new LiveMarket(directory, frames);
                Adapter adapter = new Adapter(directory, directory.resolve("mcp.log"),
                        "mcp.requests-per-second=0");
                StatusReader status = StatusReader.open(directory.resolve("status.bin"));
                HttpClient client = Agent.client();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            EngineUnderCalls run = new EngineUnderCalls(market, status);
            run.begin(client, adapter);
            run.phase(threads, calls, WARM_UP_SECONDS);
            System.out.printf(Locale.ROOT, "%,d frames/s, %d calls/s; from receiving a frame to"
                    + " the snapshot in us, calls in ms%n", frames, calls);
            System.out.printf("%-8s %8s %8s %8s %9s %11s %7s %8s %8s %6s%n", "calls", "reads",
                    "p50", "p99", "p99.9", "answered/s", "failed", "call p50", "call p99",
                    "load");
            List<Phase> phases = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                phases.add(run.phase(threads, 0, seconds));
                phases.getLast().print();
                phases.add(run.phase(threads, calls, seconds));
                phases.getLast().print();
            }
            print(phases);
        } finally {
            TemporaryFiles.delete(directory);
        }
    }

    /** Sessions, as soon as the engine has something to tell. */
    private void begin(HttpClient client, Adapter adapter)
            throws IOException, InterruptedException {
        for (int i = 0; i < CALLERS; i++) {
            Agent agent = new Agent(client, adapter.at("mcp"));
            agent.begin();
            agents.add(agent);
        }
        while (!Agent.isAnswered(agents.getFirst().call("get_footprint", INSTRUMENT))) {
            market.check();
            Thread.sleep(POLL_MS);
        }
    }

    private Phase phase(ExecutorService threads, int callsPerSecond, int seconds)
            throws IOException, InterruptedException, ExecutionException {
        LatencyReading before = latencies();
        long beganNs = System.nanoTime();
        long endNs = beganNs + seconds * SECOND_NS;
        Histogram times = new Histogram(MAX_CALL_NS, 3);
        long failed = 0;
        if (callsPerSecond > 0) {
            List<Callable<Called>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                callers.add(() -> call(caller, SECOND_NS / callsPerSecond, endNs));
            }
            for (Future<Called> called : threads.invokeAll(callers)) {
                times.add(called.get().times);
                failed += called.get().failed;
            }
        } else {
            TimeUnit.NANOSECONDS.sleep(endNs - System.nanoTime());
        }
        market.check();
        LatencyReading reading = latencies().since(before);
        double lasted = (double) (System.nanoTime() - beganNs) / SECOND_NS;
        double[] us = new double[PERCENTS.length];
        for (int i = 0; i < us.length; i++) {
            us[i] = reading.percentileNs(PERCENTS[i]) / NS_A_US;
        }
        return new Phase(callsPerSecond > 0, reading.count(), us,
                (times.getTotalCount() - failed) / lasted, failed,
                times.getValueAtPercentile(50) / 1e6, times.getValueAtPercentile(99) / 1e6,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** One session's share of the calls. Those that are late follow at once. */
    private Called call(int caller, long periodNs, long endNs)
            throws IOException, InterruptedException {
        Histogram times = new Histogram(MAX_CALL_NS, 3);
        long failed = 0;
        long dueNs = System.nanoTime() + caller * periodNs;
        for (int i = caller; dueNs < endNs && System.nanoTime() < endNs; i++) {
            while (System.nanoTime() < dueNs) {
                LockSupport.parkNanos(dueNs - System.nanoTime());
            }
            String[] wanted = CALLS[i % CALLS.length];
            long askedNs = System.nanoTime();
            boolean isAnswered = Agent.isAnswered(agents.get(caller).call(wanted[0], wanted[1]));
            times.recordValue(Math.min(MAX_CALL_NS, System.nanoTime() - askedNs));
            failed += isAnswered ? 0 : 1;
            dueNs += CALLERS * periodNs;
        }
        return new Called(times, failed);
    }

    private LatencyReading latencies() throws IOException {
        return status.latencies().stream()
                .filter(owned -> owned.latency() == Latency.RECEIVE_TO_SNAPSHOT).findFirst()
                .orElseThrow(() -> new IOException("the engine does not measure it: that needs"
                        + " pipeline.threads=inline"))
                .reading();
    }

    private static void print(List<Phase> phases) {
        for (int i = 0; i < PERCENTS.length; i++) {
            int at = i;
            double without = median(phases, false, phase -> phase.latencies[at]);
            double with = median(phases, true, phase -> phase.latencies[at]);
            System.out.printf(Locale.ROOT, "p%-5s without %8.1f us, with %8.1f us, ratio %.2f%n",
                    PERCENTS[i] == (int) PERCENTS[i] ? Integer.toString((int) PERCENTS[i])
                            : Double.toString(PERCENTS[i]),
                    without, with, with / without);
        }
        System.out.printf(Locale.ROOT, "calls answered %.1f/s; load average %.1f to %.1f%n",
                median(phases, true, Phase::answered),
                phases.stream().mapToDouble(Phase::load).min().orElse(0),
                phases.stream().mapToDouble(Phase::load).max().orElse(0));
    }

    private static double median(List<Phase> phases, boolean withCalls,
            ToDoubleFunction<Phase> figure) {
        double[] sorted = phases.stream().filter(phase -> phase.withCalls == withCalls)
                .mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
