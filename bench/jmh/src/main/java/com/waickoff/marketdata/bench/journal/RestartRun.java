package com.waickoff.marketdata.bench.journal;

import com.waickoff.marketdata.Engine;
import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.EngineWorld;
import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.cli.Waickoff;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How long a restart takes with a full day in the journal: from the start of the process of {@code
 * waickoff run} until readers see a fresh snapshot, that is one of the new process, with its first
 * heartbeat, in which everything journaled is.
 *
 * <p>The day is invented: a clock and a frame of two trades each 100 ms, an update of six levels
 * each 200 ms, of one instrument, 5.2 million events. It is killed at its end and started again:
 * with a checkpoint of its beginning, without any, and with one of its end, as a clean stop leaves
 * it. The page cache is warm.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/engine.options \
 *       -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.journal.RestartRun [STARTS [EVENTS]]
 * </pre>
 *
 * <p>The options of this process are those of the ones it starts. About a minute.
 */
public final class RestartRun {
    private static final int DEFAULT_STARTS = 5;
    private static final long DEFAULT_EVENTS = 5_184_000;
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TRADES = 2;
    private static final int LEVELS = 6;
    private static final int EVENTS_OF_TWO_TICKS = 2 * (1 + TRADES) + LEVELS;
    private static final long MIDDLE = 600_000;
    private static final long SEED = 5;
    private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(5);

    private final Path directory;
    private final Path data;
    private final Path journal;
    private long sequence;

    private RestartRun(Path directory) {
        this.directory = directory;
        data = directory.resolve("data");
        journal = data.resolve("journal");
    }

    /** A restart: how long until the snapshot was fresh, and the processor time until then. */
    private record Restart(long ns, long cpuNs) {}

    /** See the class. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int starts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_STARTS;
        long events = arguments.length > 1 ? Long.parseLong(arguments[1]) : DEFAULT_EVENTS;
        Path directory = Files.createTempDirectory("restart-run");
        try {
            new RestartRun(directory).run(starts, events);
        } finally {
            TemporaryFiles.delete(directory);
        }
    }

    private void run(int starts, long events) throws IOException, InterruptedException {
        Files.createDirectories(data);
        writeDay(events);
        System.out.printf(Locale.ROOT, "%,d events%n", sequence);
        System.out.printf(Locale.ROOT, "%-34s %9s %9s %9s%n", "restart with", "p50 ms",
                "max ms", "CPU ms");
        measure("a checkpoint of the beginning", starts, false);
        measure("no checkpoint", starts, true);
        restart(false, true);
        measure("the checkpoint of a clean stop", starts, false);
    }

    private void measure(String title, int starts, boolean isWithoutCheckpoint)
            throws IOException, InterruptedException {
        List<Restart> restarts = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            restarts.add(restart(isWithoutCheckpoint, false));
        }
        long[] ms = restarts.stream().mapToLong(Restart::ns).map(TimeUnit.NANOSECONDS::toMillis)
                .sorted().toArray();
        long[] cpu = restarts.stream().mapToLong(Restart::cpuNs)
                .map(TimeUnit.NANOSECONDS::toMillis).sorted().toArray();
        System.out.printf(Locale.ROOT, "%-34s %,9d %,9d %,9d%n", title, ms[ms.length / 2],
                ms[ms.length - 1], cpu[cpu.length / 2]);
    }

    private Restart restart(boolean isWithoutCheckpoint, boolean isCleanlyStopped)
            throws IOException, InterruptedException {
        if (isWithoutCheckpoint) {
            for (Path checkpoint : files(journal, ".ckp")) {
                Files.delete(checkpoint);
            }
        }
        Path snapshot = data.resolve("snapshot.bin");
        Files.deleteIfExists(snapshot);
        long startNs = System.nanoTime();
        Process engine = start();
        try {
            while (!isFresh(snapshot)) {
                Thread.sleep(1);
                if (!engine.isAlive() || System.nanoTime() - startNs > PATIENCE_NS) {
                    throw new IOException("the engine did not come to show anything: "
                            + Files.readString(directory.resolve("engine.log")));
                }
            }
            long endNs = System.nanoTime();
            long cpuNs = engine.toHandle().info().totalCpuDuration().orElseThrow().toNanos();
            if (isCleanlyStopped) {
                engine.destroy();
                engine.waitFor();
            }
            return new Restart(endNs - startNs, cpuNs);
        } finally {
            engine.destroyForcibly().waitFor();
        }
    }

    private static boolean isFresh(Path snapshot) {
        if (!Files.exists(snapshot)) {
            return false;
        }
        try (SnapshotReader reader = SnapshotReader.open(snapshot)) {
            return reader.heartbeatNs() > 0 && !reader.instruments().isEmpty();
        } catch (IOException unfinished) {
            return false;
        }
    }

    /** With a feed that reaches nobody. */
    private Process start() throws IOException {
        Path config = directory.resolve("waickoff.yaml");
        Files.writeString(config, """
                feeds:
                  bybit-linear:
                    instruments: BTCUSDT
                    websocket-url: ws://127.0.0.1:9
                    rest-url: http://127.0.0.1:9
                """);
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                Waickoff.class.getName(), "run", "--config", config.toString(), "--data-dir",
                data.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("engine.log").toFile()).start();
    }

    private void writeDay(long events) throws IOException {
        long ticks = events / EVENTS_OF_TWO_TICKS * 2;
        Instant now = Instant.now();
        long startNs = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) - ticks * TICK_NS;
        EngineConfig config = EngineConfig.defaults(data);
        try (Engine engine = Engine.open(config,
                new EngineWorld(Run.ofThisProcess(startNs), true, () -> startNs,
                        CounterBlock::onHeap, () -> WindowListener.NONE, note -> {}))) {
            EventSink sink = engine.sink();
            engine.catalogue()
                    .define(Instrument.of(0, "bybit-linear", "BTCUSDT", new BigDecimal("0.10"),
                            new BigDecimal("0.001"), BigDecimal.ONE, "BTC", "USDT", "USDT", true));
            sink.next().instrument(0, startNs);
            sink.commit();
            sink.next().feedUp(0, startNs, startNs, 1);
            sink.commit();
            sink.endOfRead();
            engine.checkpoint();
            SplittableRandom random = new SplittableRandom(SEED);
            long price = MIDDLE;
            for (long tick = 0; tick < ticks; tick++) {
                long timeNs = startNs + tick * TICK_NS;
                price += random.nextInt(-3, 4);
                trades(sink, tick, timeNs, price, random);
                if (tick % 2 == 0) {
                    update(sink, tick, timeNs, price, random);
                }
                sink.next().clock(timeNs);
                sink.commit();
                sink.endOfRead();
            }
            engine.awaitHandled();
            sequence = engine.nextSequence() - 1;
        }
    }

    private static void trades(EventSink sink, long tick, long timeNs, long price,
            SplittableRandom random) {
        for (int i = 0; i < TRADES; i++) {
            sink.next().trade(0, timeNs - i, timeNs, price + random.nextInt(-2, 3),
                    1 + random.nextLong(100_000), tick * TRADES + i, tick,
                    random.nextBoolean() ? EventFlags.BUY : 0);
        }
        sink.commit();
    }

    private static void update(EventSink sink, long tick, long timeNs, long price,
            SplittableRandom random) {
        for (int i = 0; i < LEVELS; i++) {
            boolean isBid = i % 2 == 0;
            long away = random.nextLong(5, 205);
            sink.next().bookLevel(0, timeNs, timeNs, isBid ? price - away : price + away,
                    random.nextInt(4) * 1_000L, tick, (isBid ? EventFlags.BID : 0)
                            | (tick == 0 ? EventFlags.SNAPSHOT : 0));
        }
        sink.commit();
        if (tick == 0) {
            sink.next().bookReady(0, timeNs, timeNs, tick);
            sink.commit();
        }
    }

    private static List<Path> files(Path directory, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }
}
