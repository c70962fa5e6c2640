package com.waickoff.marketdata.storage.cli;

import com.waickoff.marketdata.cli.Signals;
import com.waickoff.marketdata.storage.InventedMarket;
import com.waickoff.marketdata.storage.drain.Drain;
import com.waickoff.marketdata.storage.drain.Lane;
import com.waickoff.marketdata.storage.drain.LaneSettings;
import com.waickoff.marketdata.storage.drain.LaneWorld;
import com.waickoff.marketdata.storage.drain.StopSignal;
import com.waickoff.marketdata.storage.embedded.EmbeddedMongo;
import com.waickoff.marketdata.storage.mongo.MongoSettings;
import com.waickoff.marketdata.storage.mongo.MongoSink;
import com.waickoff.marketdata.storage.redis.RedisLogin;
import com.waickoff.marketdata.storage.redis.RedisSettings;
import com.waickoff.marketdata.storage.redis.RedisSink;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Processes that a test kills: a drain with hurried sinks, or a store. */
final class FaultyDrain {
    static final String DATABASE = "faults";
    static final String DRAIN = "drain";
    static final String STORE = "store";
    /** Nothing here takes so long; a busy machine may for a while. */
    static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final LaneSettings HASTY = new LaneSettings(50, 1, 20, 300, 1, 60);

    private FaultyDrain() {}

    public static void main(String[] args) throws IOException {
        if (args[0].equals(STORE)) {
            EmbeddedMongo store = EmbeddedMongo.open(Path.of(args[1]), Integer.parseInt(args[2]));
            System.in.transferTo(OutputStream.nullOutputStream());
            store.close();
            return;
        }
        Lane.Mode mode = Lane.Mode.valueOf(args[5]);
        // Gives up soon, so that a stall is a failure; whoever is to come to the end must not.
        boolean isHurried = mode == Lane.Mode.FOLLOW;
        MongoSettings mongo = MongoSettings.of(args[2], DATABASE)
                .within(isHurried ? Duration.ofMillis(500) : PATIENCE);
        RedisSettings redis = RedisSettings.at(args[3])
                .with(RedisLogin.ofFile("", Path.of(args[4])))
                .withBounds(RedisSettings.DEFAULT_STREAM_LENGTH, 60,
                        isHurried ? Duration.ofMillis(300) : Duration.ofSeconds(60),
                        Duration.ofSeconds(60));
        SplittableRandom random = new SplittableRandom(Long.parseLong(args[6]));
        StopSignal stop = new StopSignal();
        Signals.onEndOf(System.in, stop::request);
        try (Drain drain = Drain.start(InventedMarket.config(Path.of(args[1])),
                () -> List.of(new MongoSink(mongo, random.split()),
                        new RedisSink(redis, System::nanoTime)),
                HASTY, mode,
                new LaneWorld(System::currentTimeMillis, System::nanoTime, random, note -> {}),
                stop)) {
            Throwable failure = drain.await();
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /** Starts one of them with the options and the class path of this JVM. */
    static Process start(RandomGenerator random, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-agentlib")
                        && !argument.startsWith("-javaagent") && !argument.startsWith("-Xmx"))
                .toList());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), FaultyDrain.class.getName()));
        command.addAll(List.of(arguments));
        command.add(Long.toString(random.nextLong()));
        // Nobody reads what it logs: a pipe would be full some time.
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
}
