package com.waickoff.marketdata.bench.storage;

import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import com.waickoff.marketdata.storage.effect.TradeProcessed;
import com.waickoff.marketdata.storage.redis.RedisSettings;
import com.waickoff.marketdata.storage.redis.RedisSink;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Entries a second: trades into the bus as the drain writes them, beside the client's bare pipelined
 * XADD of the same ids and fields, in windows of as many commands. The bare client has its texts at
 * hand, sends no transactions, and asks nothing; the sink makes the texts from effects, and writes
 * cursor, latest values and wake-ups too.
 *
 * <p>Input: invented trades of a few instruments, from a seed. Server: a {@code redis-server} of the
 * PATH on a free loopback port, without persistence. The two take turns in rounds, of which the first
 * is left out; figures are medians. Bytes are what {@code MEMORY USAGE} says of a whole stream.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/tools.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.storage.BusThroughput [ROUNDS] [ENTRIES] [INSTRUMENTS]
 * </pre>
 */
public final class BusThroughput {
    private static final int DEFAULT_ROUNDS = 5;
    private static final int DEFAULT_ENTRIES = 300_000;
    private static final int DEFAULT_INSTRUMENTS = 1;
    private static final int BATCH = 1_000;
    private static final int ATTEMPTS = 200;
    private static final long SEED = 42;
    private static final long START_NS = 1_750_000_000_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** One entry of a stream, ready to be sent. */
    @SuppressWarnings("ArrayRecordComponent") // made once, only read
    private record Entry(String key, EffectId id, Object[] fields) {}

    private final String uri;
    private final List<Effect> effects;
    private final StatefulRedisConnection<String, String> bare;

    private BusThroughput(String uri, List<Effect> effects,
            StatefulRedisConnection<String, String> bare) {
        this.uri = uri;
        this.effects = effects;
        this.bare = bare;
    }

    /** Prints the table. */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_ROUNDS;
        int entries = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_ENTRIES;
        int instruments = args.length > 2 ? Integer.parseInt(args[2]) : DEFAULT_INSTRUMENTS;
        Path directory = Files.createTempDirectory("bus");
        int port = freePort();
        Process server = new ProcessBuilder("redis-server", "--port", Integer.toString(port),
                "--bind", "127.0.0.1", "--save", "", "--dir", directory.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        RedisClient client = RedisClient.create(RedisURI.builder().withHost("127.0.0.1")
                .withPort(port).withTimeout(PATIENCE).build());
        try (StatefulRedisConnection<String, String> bare = connect(client)) {
            new BusThroughput("redis://127.0.0.1:" + port, trades(entries, instruments), bare)
                    .run(rounds, instruments);
        } finally {
            client.shutdown(0, 1, TimeUnit.SECONDS);
            server.destroy();
            server.waitFor();
            TemporaryFiles.delete(directory);
        }
    }

    private static StatefulRedisConnection<String, String> connect(RedisClient client)
            throws InterruptedException {
        for (int attempt = 1;; attempt++) {
            try {
                return client.connect();
            } catch (RedisException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static List<Effect> trades(int count, int instruments) {
        RandomGenerator random = new Random(SEED);
        List<Instrument> all = new ArrayList<>();
        for (int i = 0; i < instruments; i++) {
            all.add(Instrument.of(i, "bybit-linear", "BENCH" + i + "USDT", new BigDecimal("0.1"),
                    new BigDecimal("0.001"), BigDecimal.ONE, "BENCH", "BENCH", "USDT", false));
        }
        List<Effect> trades = new ArrayList<>(count);
        long sequence = 0;
        long timeMs = START_NS / 1_000_000;
        long price = 842_164;
        for (int i = 0; i < count; i++) {
            sequence += 1 + random.nextInt(10);
            timeMs += random.nextInt(30);
            price += random.nextInt(21) - 10;
            trades.add(new TradeProcessed(new EffectId(sequence, 0),
                    all.get(random.nextInt(instruments)), timeMs * 1_000_000,
                    timeMs * 1_000_000 + 8_000_000 + random.nextInt(4_000_000), price,
                    100L * (1 + random.nextInt(5_000)), random.nextLong(), random.nextLong(),
                    random.nextBoolean() ? EventFlags.BUY : 0));
        }
        return trades;
    }

    private void run(int rounds, int instruments) throws Exception {
        double[] sink = new double[rounds];
        double[] client = new double[rounds];
        sinkRate();
        List<Entry> entries = entries();
        double bytes = bytesAnEntry();
        for (int round = 0; round <= rounds; round++) {
            bare.sync().flushall();
            double sinkRate = sinkRate();
            bare.sync().flushall();
            double clientRate = clientRate(entries);
            if (round > 0) {
                sink[round - 1] = sinkRate;
                client[round - 1] = clientRate;
            }
        }
        System.out.printf("entries %,d, instruments %d, windows of %,d, rounds %d, seed %d%n",
                effects.size(), instruments, BATCH, rounds, SEED);
        System.out.printf("%-36s %12s%n", "", "entries/s");
        System.out.printf("%-36s %,12.0f%n", "sink: effects to confirmed entries", median(sink));
        System.out.printf("%-36s %,12.0f%n", "bare pipelined XADD of the same", median(client));
        System.out.printf("%-36s %12.2f%n", "sink / bare", median(sink) / median(client));
        System.out.printf("%-36s %12.1f%n", "bytes an entry at the server", bytes);
    }

    private double sinkRate() throws Exception {
        RedisSettings settings = RedisSettings.at(uri).withBounds(10_000_000, BATCH, PATIENCE,
                RedisSettings.DEFAULT_LATEST_EXPIRY);
        try (RedisSink sink = new RedisSink(settings, System::nanoTime)) {
            sink.resumeAfter(1, 1);
            long start = System.nanoTime();
            for (int from = 0; from < effects.size(); from += BATCH) {
                List<Effect> batch = effects.subList(from,
                        Math.min(effects.size(), from + BATCH));
                sink.write(batch);
                sink.cursor(batch.getLast().id().sequence());
            }
            return rate(start);
        }
    }

    /** What the sink wrote, as it wrote it: by their sequences. */
    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(effects.size());
        for (String key : keys()) {
            for (StreamMessage<String, String> message : bare.sync().xrange(key,
                    Range.unbounded(), Limit.unlimited())) {
                List<Object> fields = new ArrayList<>();
                message.getBody().forEach((name, value) -> {
                    fields.add(name);
                    fields.add(value);
                });
                entries.add(new Entry(key, EffectId.parse(message.getId()), fields.toArray()));
            }
        }
        entries.sort(Comparator.comparing(Entry::id));
        return entries;
    }

    private List<String> keys() {
        return bare.sync().keys("waickoff:v1:ev:*").stream().sorted().toList();
    }

    private double bytesAnEntry() {
        long bytes = 0;
        for (String key : keys()) {
            bytes += bare.sync().memoryUsage(key);
        }
        return (double) bytes / effects.size();
    }

    private double clientRate(List<Entry> entries) throws Exception {
        bare.setAutoFlushCommands(false);
        long start = System.nanoTime();
        for (int from = 0; from < entries.size(); from += BATCH) {
            RedisFuture<String> last = null;
            for (Entry entry : entries.subList(from, Math.min(entries.size(), from + BATCH))) {
                last = bare.async().xadd(entry.key(), new XAddArgs().id(entry.id().toString()),
                        entry.fields());
            }
            bare.flushCommands();
            if (last != null) {
                last.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
        double rate = rate(start);
        bare.setAutoFlushCommands(true);
        return rate;
    }

    private double rate(long startNs) {
        return effects.size() * 1e9 / (System.nanoTime() - startNs);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
