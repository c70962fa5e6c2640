package com.waickoff.marketdata.bench.fault;

import com.waickoff.marketdata.bench.Launcher;
import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.StatusReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An engine as an operator starts it, with all that a venue of very many instruments lists: what it
 * costs, and whether the venue's limits hold.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/tools.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.fault.ManyInstruments [INSTRUMENTS [SECONDS [VENUE …]]]
 * </pre>
 *
 * Venue and engine are processes of their own, started by the launcher. What the venue counted of its
 * limits is what it says itself at its end.
 */
public final class ManyInstruments {
    private static final int DEFAULT_INSTRUMENTS = 1_000;
    private static final int DEFAULT_SECONDS = 60;
    private static final int VENUES_ARGUMENT = 2;
    private static final int ROWS = 256;
    private static final int FAR_LEVELS = 4_096;
    private static final String HEAP = "-Xmx1280m";
    private static final long PATIENCE_NS = 600L * 1_000_000_000;
    private static final long POLL_MS = 200;
    private static final long KIB_PER_MIB = 1_024;
    private static final double NS_PER_S = 1e9;
    private static final double PERCENT = 100;

    private ManyInstruments() {}

    /** See the class. */
    public static void main(String[] args)
            throws IOException, InterruptedException, TimeoutException {
        int instruments = args.length == 0 ? DEFAULT_INSTRUMENTS : Integer.parseInt(args[0]);
        int seconds = args.length < VENUES_ARGUMENT ? DEFAULT_SECONDS : Integer.parseInt(args[1]);
        List<String> venues = args.length <= VENUES_ARGUMENT
                ? List.of("bybit-linear", "binance-usdm", "binance-spot")
                : Arrays.asList(args).subList(VENUES_ARGUMENT, args.length);
        for (String venue : venues) {
            run(venue, instruments, seconds);
        }
    }

    private static void run(String venue, int instruments, int seconds)
            throws IOException, InterruptedException, TimeoutException {
        Path directory = Files.createTempDirectory("many-");
        List<String> farewell = new ArrayList<>();
        Process served = Launcher.command("simulate", "--synthetic", "--venue", venue,
                "--instruments",
                Integer.toString(instruments), "--times", "rebased", "--hold", "--rate", "100",
                "--end-with-stdin").redirectErrorStream(true).start();
        try (BufferedReader words = served.inputReader()) {
            String first = words.readLine();
            Process engine = null;
            try {
                engine = start(venue, port(first), instruments, directory);
                measure(venue, instruments, seconds, directory, engine);
            } finally {
                if (engine != null) {
                    Launcher.end(engine);
                }
            }
            served.outputWriter().close();
            words.lines().forEach(farewell::add);
        } finally {
            Launcher.end(served);
            TemporaryFiles.delete(directory);
        }
        farewell.forEach(line -> System.out.println("  " + line));
    }

    private static Process start(String venue, String port, int instruments, Path directory)
            throws IOException {
        String feed = "feeds." + venue + '.';
        ProcessBuilder engine = Launcher.command("run", "--set",
                "data.dir=" + directory.resolve("data"),
                "--set",
                feed + "instruments=*", "--set", feed + "most-instruments=" + instruments, "--set",
                feed + "websocket-url=ws://127.0.0.1:" + port, "--set",
                feed + "rest-url=http://127.0.0.1:" + port, "--set", "rows.capacity=" + ROWS,
                "--set", "depth.far-levels=" + FAR_LEVELS).redirectErrorStream(true)
                .redirectOutput(directory.resolve("run.log").toFile());
        engine.environment().put("WAICKOFF_JAVA_OPTS", HEAP);
        return engine.start();
    }

    private static String port(String announcement) throws IOException {
        Matcher port = Pattern.compile("\"port\":(\\d+)").matcher(announcement);
        if (!port.find()) {
            throw new IOException("the venue said: " + announcement);
        }
        return port.group(1);
    }

    private static void measure(String venue, int instruments, int seconds, Path directory,
            Process engine) throws IOException, InterruptedException, TimeoutException {
        long startNs = System.nanoTime();
        Path file = directory.resolve("data").resolve("status.bin");
        await("the status file", engine, directory, () -> Files.exists(file));
        try (StatusReader status = StatusReader.open(file)) {
            await("live feeds with " + instruments + " books", engine, directory,
                    () -> isLive(status) && count(status, Counter.BOOK_READY) >= instruments);
            double readySeconds = (System.nanoTime() - startNs) / NS_PER_S;
            long framesBefore = count(status, Counter.FRAMES_RECEIVED);
            Duration cpuBefore = engine.info().totalCpuDuration().orElse(Duration.ZERO);
            TimeUnit.SECONDS.sleep(seconds);
            long frames = count(status, Counter.FRAMES_RECEIVED) - framesBefore;
            Duration cpu = engine.info().totalCpuDuration().orElse(Duration.ZERO)
                    .minus(cpuBefore);
            FeedReading feed = status.feeds().getFirst();
            System.out.printf("%s: %d instruments, all books after %.1f s; %d connections made, %d"
                    + " ended; %.0f frames/s, CPU %.1f %% of a core, memory %d MiB; %s %s%n", venue,
                    instruments, readySeconds, count(status, Counter.CONNECTS),
                    count(status, Counter.DISCONNECTS), frames / (double) seconds,
                    cpu.toNanos() / NS_PER_S / seconds * PERCENT, residentMib(engine),
                    feed.state().label(), feed.detail());
        }
    }

    private static boolean isLive(StatusReader status) {
        List<FeedReading> feeds = status.feeds();
        return !feeds.isEmpty()
                && feeds.stream().allMatch(feed -> feed.state() == FeedState.LIVE);
    }

    private static long count(StatusReader status, Counter counter) {
        return status.counters().stream().mapToLong(block -> block.get(counter)).sum();
    }

    /** Something that is waited for. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String what, Process engine, Path directory, Condition condition)
            throws IOException, InterruptedException, TimeoutException {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!condition.holds()) {
            if (!engine.isAlive() || System.nanoTime() > deadlineNs) {
                throw new TimeoutException(what + " did not come: "
                        + Files.readString(directory.resolve("run.log")));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    private static long residentMib(Process engine) throws IOException {
        Path status = Path.of("/proc", Long.toString(engine.pid()), "status");
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst()
                    .orElse(0) / KIB_PER_MIB;
        }
    }
}
