package com.waickoff.marketdata.storage.drain;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.storage.InventedMarket;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A drain is killed at random points and started again until it comes to the end: its sink has every
 * effect once. {@code -Ddrain.kills=50 -Ddrain.seed=N} for more points and others.
 */
class KilledDrainTest {
    private static final int KILLS = Integer.getInteger("drain.kills", 3);
    private static final long SEED = Long.getLong("drain.seed", 7L);
    private static final int STEPS = 4_000;
    /** From where it was to be when it is killed. */
    private static final int LATEST_KILL_MS = 20;

    @TempDir
    private Path directory;

    @Test
    void shouldHaveEveryEffectOnceHoweverOftenItWasKilled()
            throws IOException, InterruptedException {
        System.out.println("seed " + SEED + ", kills " + KILLS);
        SplittableRandom random = new SplittableRandom(SEED);
        EngineConfig config = InventedMarket.config(directory.resolve("data"));
        InventedMarket.write(config, SEED, STEPS);
        List<String> expected = expected(config);

        long wholeBytes = expected.stream().mapToLong(line -> line.length() + 1).sum();

        int killed = 0;
        int within = 0;
        for (int round = 1; killed < KILLS; round++) {
            Path log = directory.resolve("log-" + round);
            boolean ended = false;
            while (!ended && killed < KILLS) {
                // By how far it came, not by the time: that is the machine's.
                long killedAt = bytes(log) + random.nextLong(wholeBytes - bytes(log) + 1);
                Process process = start(config, log, random.nextLong());
                while (process.isAlive() && bytes(log) < killedAt) {
                    Thread.sleep(1);
                }
                ended = process.waitFor(random.nextInt(LATEST_KILL_MS), TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
                killed += ended ? 0 : 1;
                within += !ended && bytes(log) > 0 ? 1 : 0;
            }
            Process last = start(config, log, random.nextLong());
            assertThat(last.waitFor()).isZero();
            assertThat(Files.readAllLines(log)).isEqualTo(expected);
        }
        System.out.println("killed " + killed + " times, " + within
                + " of these while there was something in the log; " + expected.size()
                + " effects, each once");
    }

    private static long bytes(Path log) throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    private List<String> expected(EngineConfig config) throws IOException {
        return DerivedEffects.of(config, directory.resolve("undisturbed")).stream()
                .map(FileSink::line).toList();
    }

    private static Process start(EngineConfig config, Path log, long seed) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-agentlib")
                        && !argument.startsWith("-javaagent"))
                .toList());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                DrainChild.class.getName(), config.dataDir().toString(), log.toString(),
                Long.toString(seed)));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
}
