package com.waickoff.marketdata.bench.agents;

import com.waickoff.marketdata.bench.TemporaryFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Many clients of {@code waickoff mcp --http} at once: sessions that nobody ends, up to the bound and
 * beyond, with what they take of the heap; and subscribers, with and without one that does not read.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/tools.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.agents.ManyClients [SESSIONS] [SUBSCRIBERS]
 * </pre>
 *
 * <p>10,000 sessions and 150 subscribers: a minute and a half.
 */
public final class ManyClients {
    private static final int DEFAULT_SESSIONS = 10_000;
    private static final int DEFAULT_SUBSCRIBERS = 150;
    private static final int SESSIONS_UNLESS_SET = 1_000;
    private static final int FRAMES_A_SECOND = 200;
    private static final int SECONDS = 8;
    static final int MOST_SECONDS = 70;
    private static final double BEYOND = 1.05;
    private static final double NS_A_MS = 1e6;
    private static final double NS_A_S = 1e9;
    private static final String DEPTH = "market://bybit-linear/BTCUSDT/depth";

    private final HttpClient client;
    private final ExecutorService threads;
    private final Crowd crowd;
    private final AtomicLong ended = new AtomicLong();

    private ManyClients(HttpClient client, ExecutorService threads) {
        this.client = client;
        this.threads = threads;
        crowd = new Crowd(client, threads);
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        int sessions = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_SESSIONS;
        int subscribers = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_SUBSCRIBERS;
        Path directory = Files.createTempDirectory("bench-agents");
        HttpClient client = Agent.client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try (LiveMarket market = new LiveMarket(directory, FRAMES_A_SECOND)) {
            ManyClients run = new ManyClients(client, threads);
            try (Adapter adapter = new Adapter(directory, directory.resolve("default.log"),
                    "mcp.requests-per-second=0")) {
                run.sessions(adapter, SESSIONS_UNLESS_SET);
                watch("all read", run.subscribe(adapter, subscribers), () -> true);
            }
            try (Adapter adapter = new Adapter(directory, directory.resolve("many.log"),
                    "mcp.requests-per-second=0", "mcp.max-sessions=" + sessions);
                    // It is a while until it stalls: sessions are begun meanwhile.
                    StalledSubscriber stalled = new StalledSubscriber(adapter.at("mcp"))) {
                AtomicLongArray told = run.subscribe(adapter, subscribers);
                run.sessions(adapter, sessions);
                run.subscribers(adapter, told, stalled);
            }
            market.check();
            System.out.printf(Locale.ROOT, "load average %.1f%n",
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        } finally {
            threads.shutdownNow();
            client.shutdownNow();
            TemporaryFiles.delete(directory);
        }
    }

    private void sessions(Adapter adapter, int most) throws Exception {
        Agent first = crowd.agent(adapter);
        first.begin();
        first.call("ping", "{}");
        first.end();
        double before = adapter.heapAfterCollectionMiB();
        Crowd.Begun begun = crowd.begin(adapter, (int) (most * BEYOND));
        double with = adapter.heapAfterCollectionMiB();
        long askedNs = System.nanoTime();
        boolean isAnswered = Agent.isAnswered(begun.agents().getLast().call("ping", "{}"));
        double askedMs = (System.nanoTime() - askedNs) / NS_A_MS;
        crowd.each(begun.agents(), Agent::end);
        double after = adapter.heapAfterCollectionMiB();
        int accepted = begun.agents().size();
        System.out.printf(Locale.ROOT, "mcp.max-sessions %,d: %s%n", most, begun);
        System.out.printf(Locale.ROOT, "  heap after collection: %.1f MiB before, %.1f with them"
                + " (%.1f KiB each), %.1f when they are ended; ping among them %s in %.1f ms%n",
                before, with, (with - before) * (1 << 10) / accepted, after,
                isAnswered ? "answered" : "NOT answered", askedMs);
    }

    /** Subscribes to the depth; how often each is told is counted from now on. */
    private AtomicLongArray subscribe(Adapter adapter, int count)
            throws IOException, InterruptedException {
        AtomicLongArray told = new AtomicLongArray(count);
        for (int i = 0; i < count; i++) {
            int subscriber = i;
            HttpResponse<InputStream> news = crowd.agent(adapter).listen(List.of(DEPTH));
            if (news.statusCode() != 200) {
                throw new IOException("a subscriber was answered " + news.statusCode());
            }
            threads.submit(() -> {
                read(news.body(), told, subscriber);
                return ended.incrementAndGet();
            });
        }
        return told;
    }

    private void subscribers(Adapter adapter, AtomicLongArray told, StalledSubscriber stalled)
            throws Exception {
        long endedBefore = ended.get();
        watch("one more does not read", told, () -> adapter.droppedSubscribers(client) > 0);
        stalled.close();
        watch("without it again", told, () -> true);
        System.out.printf(Locale.ROOT, "  dropped %d, subscribers whose stream ended %d%n",
                adapter.droppedSubscribers(client), ended.get() - endedBefore);
    }

    /** Counts until it is over, at least for a while. */
    private static void watch(String name, AtomicLongArray told, Callable<Boolean> isOver)
            throws Exception {
        long[] before = new long[told.length()];
        for (int i = 0; i < before.length; i++) {
            before[i] = told.get(i);
        }
        long beganNs = System.nanoTime();
        double seconds;
        do {
            TimeUnit.MILLISECONDS.sleep(100);
            seconds = (System.nanoTime() - beganNs) / NS_A_S;
        } while (seconds < SECONDS || seconds < MOST_SECONDS && !isOver.call());
        long sum = 0;
        long least = Long.MAX_VALUE;
        long greatest = 0;
        for (int i = 0; i < before.length; i++) {
            long since = told.get(i) - before[i];
            sum += since;
            least = Math.min(least, since);
            greatest = Math.max(greatest, since);
        }
        System.out.printf(Locale.ROOT, "%d subscribers, %s: %,d updates in %.1f s, each of them"
                + " %.2f to %.2f a second%n", before.length, name, sum, seconds, least / seconds,
                greatest / seconds);
    }

    private static void read(InputStream news, AtomicLongArray told, int subscriber) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(news, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> line.contains("notifications/resources/updated"))
                    .forEach(update -> told.incrementAndGet(subscriber));
        } catch (IOException | UncheckedIOException over) {
            // Told by the count of streams that ended.
        }
    }
}
