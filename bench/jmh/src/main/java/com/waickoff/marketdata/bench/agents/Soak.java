package com.waickoff.marketdata.bench.agents;

import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.bench.wire.WireEngine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Very many sessions of {@code waickoff mcp --http}, held for a long time beside an engine that is
 * fed: whether its heap stays as it is, and the number of sessions within its bound.
 *
 * <pre>
 *   begin SESSIONS, and a twentieth more       nobody is let in, or who was idle for a minute goes
 *   for MINUTES: a call in each in turn        whose session went begins another one
 *       after each tenth of that time          heap, sessions, times; a hundredth ends, and begins
 *   end all                                    heap as before
 * </pre>
 *
 * <p>There are never more sessions than {@code mcp.max-sessions}, which is SESSIONS: whoever comes then
 * is refused unless one has not been used for a minute, and is ended for it.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/tools.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.agents.Soak [MINUTES] [SESSIONS] [CALLS_A_SECOND]
 * </pre>
 *
 * <p>An hour, 10,000 sessions, 50 calls a second, unless said otherwise.
 */
public final class Soak {
    private static final double DEFAULT_MINUTES = 60;
    private static final int DEFAULT_SESSIONS = 10_000;
    private static final int DEFAULT_CALLS = 50;
    private static final int FRAMES_A_SECOND = 200;
    private static final int STAGES = 10;
    private static final double BEYOND = 1.05;
    private static final double RENEWED = 0.01;
    private static final int WARM_UP_CALLS = 500;
    private static final int NOT_FOUND = 404;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MAX_CALL_NS = 60 * SECOND_NS;
    private static final double NS_A_MS = 1e6;
    private static final String INSTRUMENT = "{\"instrument\":\"" + WireEngine.INSTRUMENT + "\"}";
    private static final String[][] CALLS = {{"ping", "{}"}, {"get_volume_profile", INSTRUMENT},
            {"get_footprint", INSTRUMENT}, {"get_market_snapshot", INSTRUMENT}};

    private final HttpClient client;
    private final Crowd crowd;
    private final LiveMarket market;
    private final Adapter adapter;
    private final long beganNs = System.nanoTime();
    private final List<Agent> agents = new ArrayList<>();
    private long calls;
    private long anew;

    private Soak(HttpClient client, Crowd crowd, LiveMarket market, Adapter adapter) {
        this.client = client;
        this.crowd = crowd;
        this.market = market;
        this.adapter = adapter;
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        double minutes = args.length > 0 ? Double.parseDouble(args[0]) : DEFAULT_MINUTES;
        int sessions = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_SESSIONS;
        int callsPerSecond = args.length > 2 ? Integer.parseInt(args[2]) : DEFAULT_CALLS;
        Path directory = Files.createTempDirectory("bench-agents");
        HttpClient client = Agent.client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try (LiveMarket market = new LiveMarket(directory, FRAMES_A_SECOND);
                Adapter adapter = new Adapter(directory, directory.resolve("soak.log"),
                        "mcp.requests-per-second=0", "mcp.max-sessions=" + sessions)) {
            System.out.printf(Locale.ROOT, "%,d sessions for %.0f min, %d calls/s, an engine with"
                    + " %d frames/s%n", sessions, minutes, callsPerSecond, FRAMES_A_SECOND);
            new Soak(client, new Crowd(client, threads), market, adapter)
                    .run(sessions, minutes, callsPerSecond);
        } finally {
            threads.shutdownNow();
            client.shutdownNow();
            TemporaryFiles.delete(directory);
        }
    }

    private void run(int sessions, double minutes, int callsPerSecond) throws Exception {
        warmUp();
        double before = adapter.heapAfterCollectionMiB();
        Crowd.Begun begun = crowd.begin(adapter, (int) (sessions * BEYOND));
        agents.addAll(begun.agents());
        double atStart = adapter.heapAfterCollectionMiB();
        System.out.println(begun);
        System.out.printf("%7s %8s %9s %9s %9s %8s %8s %8s %6s%n", "minute", "sessions", "anew",
                "heap MiB", "calls", "failed", "p50 ms", "p99 ms", "load");
        print(new Histogram(MAX_CALL_NS, 3), 0);
        long stageNs = (long) (minutes * 60 * SECOND_NS / STAGES);
        long failed = 0;
        long unexpected = 0;
        for (int stage = 0; stage < STAGES; stage++) {
            Histogram times = new Histogram(MAX_CALL_NS, 3);
            long failedNow = call(times, stageNs, SECOND_NS / callsPerSecond);
            market.check();
            renew((int) Math.ceil(sessions * RENEWED));
            print(times, failedNow);
            failed += failedNow;
            unexpected += adapter.sessions(client) <= sessions ? 0 : 1;
        }
        double atEnd = adapter.heapAfterCollectionMiB();
        crowd.each(agents, Agent::end);
        System.out.printf(Locale.ROOT, "heap after collection: %.1f MiB before, %.1f with the"
                + " sessions, %.1f at the end, %.1f when they are ended, of which %d are left%n",
                before, atStart, atEnd, adapter.heapAfterCollectionMiB(),
                adapter.sessions(client));
        System.out.printf(Locale.ROOT, "%,d calls, %d failed; sessions begun anew for those that"
                + " made room %,d; stages with more sessions than the bound %d%n", calls, failed,
                anew, unexpected);
    }

    /** Until the engine has something to tell, and the code that tells it is compiled. */
    private void warmUp() throws Exception {
        Agent first = crowd.agent(adapter);
        first.begin();
        while (!Agent.isAnswered(first.call("get_footprint", INSTRUMENT))) {
            market.check();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            ask(first, i);
        }
        first.end();
    }

    /** Whether a call is answered, if need be in a session that is begun anew. */
    private boolean ask(Agent agent, long number) throws IOException, InterruptedException {
        String[] wanted = CALLS[(int) (number % CALLS.length)];
        HttpResponse<String> answer = agent.call(wanted[0], wanted[1]);
        if (answer.statusCode() == NOT_FOUND) {
            anew++;
            agent.begin();
            answer = agent.call(wanted[0], wanted[1]);
        }
        return Agent.isAnswered(answer);
    }

    /** Calls in one session after the other, at a pace; what is late follows at once. */
    private long call(Histogram times, long forNs, long periodNs)
            throws IOException, InterruptedException {
        long failed = 0;
        long dueNs = System.nanoTime();
        long endNs = dueNs + forNs;
        while (dueNs < endNs) {
            while (System.nanoTime() < dueNs) {
                LockSupport.parkNanos(dueNs - System.nanoTime());
            }
            Agent agent = agents.get((int) (calls % agents.size()));
            long askedNs = System.nanoTime();
            // Each session is asked for another thing in its next turn.
            failed += ask(agent, calls + calls / agents.size()) ? 0 : 1;
            times.recordValue(Math.min(MAX_CALL_NS, System.nanoTime() - askedNs));
            calls++;
            dueNs += periodNs;
        }
        return failed;
    }

    /** Ends some sessions, and begins as many. */
    private void renew(int count) throws Exception {
        List<Agent> some = agents.subList(0, Math.min(count, agents.size()));
        crowd.each(List.copyOf(some), Agent::end);
        some.clear();
        agents.addAll(crowd.begin(adapter, count).agents());
    }

    private void print(Histogram times, long failed)
            throws IOException, InterruptedException {
        System.out.printf(Locale.ROOT, "%7.1f %,8d %,9d %9.1f %,9d %8d %8.1f %8.1f %6.1f%n",
                (System.nanoTime() - beganNs) / 60.0 / SECOND_NS, adapter.sessions(client),
                anew, adapter.heapAfterCollectionMiB(), times.getTotalCount(), failed,
                times.getValueAtPercentile(50) / NS_A_MS,
                times.getValueAtPercentile(99) / NS_A_MS,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
