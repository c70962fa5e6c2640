package com.waickoff.marketdata.bench.storage;

import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.cli.EngineFilesOptions;
import com.waickoff.marketdata.cli.EngineFilesOptions.EngineSetup;
import com.waickoff.marketdata.memory.DirectoryLock;
import com.waickoff.marketdata.status.DrainStatus;
import com.waickoff.marketdata.storage.cli.DrainProgram;
import com.waickoff.marketdata.storage.drain.Drain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine;

/**
 * What it costs that MongoDB is away for as long as millions of events take: the engine's time for a
 * frame with and without, how soon the drain has caught up, and its memory meanwhile.
 *
 * <pre>
 *   this process: engine, fed at a steady pace ──journal──► drain ──► Mongo-compatible server
 *                                                (a process)      (a process, killed and begun again)
 * </pre>
 *
 * <p>The server is there and away by turns, the last time for EVENTS events; then the drain catches up
 * while the engine goes on. Heap is what is left after each collection, by the log of the collector;
 * own memory (RssAnon) and RSS are asked of the system each second: the latter has those pages of the
 * journal in it that are read and in the page cache, which the system takes back when it likes.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/engine.options \
 *       -Dlogback.configurationFile=config/logback.xml -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.storage.MongoAway [EVENTS] [EVENTS_A_SECOND] [DIRECTORY]
 * </pre>
 *
 * <p>Five million events at 30,000 a second: some five minutes, and half a gigabyte in the directory,
 * which is removed, and was it killed, by the next one.
 */
public final class MongoAway {
    private static final long DEFAULT_EVENTS = 5_000_000;
    private static final long DEFAULT_PACE = 30_000;
    private static final int TURN_SECONDS = 20;
    private static final int MOST_SECONDS = 300;
    private static final double KIB_A_MIB = 1 << 10;
    private static final Pattern COLLECTED = Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\(");
    private static final Pattern MEMORY = Pattern.compile("(RssAnon|VmRSS):\\s+(\\d+) kB");
    private static final String ROW = "%-12s %4s %8s %6s %6s %6s %10s %9s %8s %8s";
    private static final String SINK = "mongo";

    private final Path directory;
    private final EngineSetup setup;
    private final long pace;
    private final int port;
    private final AwayMarket market;
    private final Process drain;
    private final List<Stretch> stretches = new ArrayList<>();
    private Process server;
    private long gcLogRead;

    /** What was seen while the server was there, or away. */
    private static final class Stretch {
        private final String name;
        private final Histogram times = AwayMarket.times();
        private final List<Double> heapMiB = new ArrayList<>();
        private final List<Double> ownMiB = new ArrayList<>();
        private final List<Double> rssMiB = new ArrayList<>();
        private long seconds;
        private long lagEvents;

        Stretch(String name) {
            this.name = name;
        }

        private static String range(List<Double> values) {
            return values.isEmpty() ? "-" : String.format(Locale.ROOT, "%.0f-%.0f",
                    values.stream().mapToDouble(value -> value).min().orElse(0),
                    values.stream().mapToDouble(value -> value).max().orElse(0));
        }

        void print() {
            System.out.printf(Locale.ROOT, ROW + "%n", name, seconds,
                    String.format(Locale.ROOT, "%,d", times.getTotalCount()), us(50), us(99),
                    us(99.9), String.format(Locale.ROOT, "%,d", lagEvents), range(heapMiB),
                    range(ownMiB), range(rssMiB));
        }

        String us(double percentile) {
            return String.format(Locale.ROOT, "%.1f",
                    times.getValueAtPercentile(percentile) / 1e3);
        }
    }

    private MongoAway(Path directory, long pace) throws Exception {
        this.directory = directory;
        this.pace = pace;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        EngineFilesOptions options = new EngineFilesOptions();
        CommandLine.populateCommand(options, "--data-dir", directory.resolve("data").toString());
        setup = options.configured(Map.of(), directory, null);
        market = new AwayMarket(setup.engine(), pace);
        server = startServer();
        drain = child("drain", List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx512m",
                "-Xlog:gc:file=" + directory.resolve("gc.log")), DrainProgram.class, "--data-dir",
                directory.resolve("data").toString(), "--set",
                "mongo.uri=mongodb://127.0.0.1:" + port, "--set", "redis.uri=none", "--set",
                "drain.back-off-max-ms=1000", "--end-with-stdin");
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        long events = args.length > 0 ? Long.parseLong(args[0]) : DEFAULT_EVENTS;
        long pace = args.length > 1 ? Long.parseLong(args[1]) : DEFAULT_PACE;
        Path directory = args.length > 2 ? Path.of(args[2]).toAbsolutePath()
                : Path.of(System.getProperty("java.io.tmpdir"), "waickoff-mongo-away");
        Files.createDirectories(directory);
        try (DirectoryLock lock = DirectoryLock.acquire(directory, "lock", "a benchmark")) {
            removeLeftovers(directory);
            MongoAway away = new MongoAway(directory, pace);
            try {
                away.run(events);
            } finally {
                away.end();
                removeLeftovers(directory);
            }
        }
        TemporaryFiles.delete(directory);
    }

    private static void removeLeftovers(Path directory) throws IOException {
        List<Path> left;
        try (Stream<Path> files = Files.list(directory)) {
            left = files.filter(file -> !file.endsWith("lock")).toList();
        }
        for (Path file : left) {
            TemporaryFiles.delete(file);
        }
    }

    private void run(long events) throws Exception {
        playUntil(new Stretch("warm-up"), TURN_SECONDS, () -> false);
        stretches.clear();
        there();
        away(() -> false, TURN_SECONDS);
        back("catching up");
        there();
        long before = market.lastSequence();
        long end = before + events;
        away(() -> market.lastSequence() >= end, MOST_SECONDS);
        long backlog = market.lastSequence() - before;
        Stretch catchingUp = back("catching up");
        there();
        print(backlog, catchingUp);
    }

    private void there() throws Exception {
        playUntil(new Stretch("there"), TURN_SECONDS, () -> false);
    }

    private void away(BooleanSupplier isLongEnough, int seconds) throws Exception {
        server.destroyForcibly().waitFor();
        playUntil(new Stretch("away"), seconds, isLongEnough);
    }

    private Stretch back(String name) throws Exception {
        server = startServer();
        return playUntil(new Stretch(name), MOST_SECONDS, () -> lagEvents() <= pace / 2);
    }

    private Stretch playUntil(Stretch stretch, int seconds, BooleanSupplier isOver)
            throws IOException {
        long beganNs = System.nanoTime();
        do {
            market.playASecond(stretch.times);
            stretch.seconds = Math.round((System.nanoTime() - beganNs) / 1e9);
            look(stretch);
        } while (stretch.seconds < seconds && !isOver.getAsBoolean());
        stretches.add(stretch);
        return stretch;
    }

    private void look(Stretch stretch) throws IOException {
        if (!drain.isAlive()) {
            throw new IOException("the drain has ended: "
                    + Files.readString(directory.resolve("drain.log")));
        }
        stretch.lagEvents = lagEvents();
        Matcher memory = MEMORY
                .matcher(Files.readString(Path.of("/proc/" + drain.pid() + "/status")));
        while (memory.find()) {
            (memory.group(1).equals("VmRSS") ? stretch.rssMiB : stretch.ownMiB)
                    .add(Long.parseLong(memory.group(2)) / KIB_A_MIB);
        }
        Path log = directory.resolve("gc.log");
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        for (; gcLogRead < lines.size(); gcLogRead++) {
            Matcher collected = COLLECTED.matcher(lines.get((int) gcLogRead));
            if (collected.find()) {
                stretch.heapMiB.add(Double.parseDouble(collected.group(2)));
            }
        }
    }

    /** As the drain says; a lot while it says nothing. */
    private long lagEvents() {
        try {
            long lag = DrainStatus.read(Drain.directory(setup.engine())).lagEvents(SINK);
            return lag < 0 ? Long.MAX_VALUE : lag;
        } catch (IOException notYet) {
            return Long.MAX_VALUE;
        }
    }

    private void print(long backlog, Stretch catchingUp) {
        System.out.printf(Locale.ROOT, "pace %,d events/s; times of a frame of 8 events in us%n",
                pace);
        System.out.printf(ROW + "%n", "server", "s", "frames", "p50", "p99", "p99.9",
                "lag events", "heap MiB", "own MiB", "RSS MiB");
        stretches.forEach(Stretch::print);
        Histogram there = sum("there");
        Histogram away = sum("away");
        for (double percentile : new double[]{50, 99, 99.9}) {
            System.out.printf(Locale.ROOT, "away / there, p%s: %.2f%n",
                    percentile == 99.9 ? "99.9" : String.valueOf((int) percentile),
                    (double) away.getValueAtPercentile(percentile)
                            / there.getValueAtPercentile(percentile));
        }
        double taken = (double) backlog / Math.max(1, catchingUp.seconds) + pace;
        System.out.printf(Locale.ROOT,
                "backlog %,d events, caught up in %d s: %,.0f events/s, %.1f x real time%n",
                backlog, catchingUp.seconds, taken, taken / pace);
    }

    private Histogram sum(String name) {
        Histogram sum = AwayMarket.times();
        stretches.stream().filter(stretch -> stretch.name.equals(name))
                .forEach(stretch -> sum.add(stretch.times));
        return sum;
    }

    private Process startServer() throws IOException {
        return child("server", List.of("-XX:+UseSerialGC", "-Xmx256m"), MongoStore.class,
                directory.resolve("server").toString(), Integer.toString(port));
    }

    /** Ends with this process: its input ends then. */
    private Process child(String name, List<String> options, Class<?> program,
            String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-XX:+UseCompactObjectHeaders", "-Dio.netty.leakDetection.level=disabled",
                "-Dlogback.configurationFile="
                        + System.getProperty("logback.configurationFile", "")));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile()).start();
    }

    private void end() throws InterruptedException {
        market.close();
        drain.destroyForcibly().waitFor();
        server.destroyForcibly().waitFor();
    }
}
