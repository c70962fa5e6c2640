package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.ring.Topology;
import com.waickoff.venue.MakeRecording;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that journals a recording is killed at random points and started again until it comes
 * to the end: the state, and the state that its journal leads to, are those of a replay that nobody
 * disturbed. {@code -Dreplay.kills=50 -Dreplay.seed=N} for more points and others.
 */
class KilledReplayTest {
    private static final String VENUE = "binance-usdm";
    private static final int KILLS = Integer.getInteger("replay.kills", 4);
    private static final long SEED = Long.getLong("replay.seed", 7L);
    /** Long enough for a start and half of the replay at this pace. */
    private static final int LATEST_KILL_MS = 4_000;
    private static final String SPEED = "100";

    @TempDir
    private Path directory;

    @Test
    void shouldComeToTheSameStateAsIfNeverKilled()
            throws IOException, InterruptedException, ReplayException {
        System.out.println("seed " + SEED + ", kills " + KILLS);
        Random random = new Random(SEED);
        Path recording = directory.resolve("recording.tsv");
        MakeRecording.run(new String[]{"--venue", VENUE, "--seed", "31", "--seconds", "400",
                "--out", recording.toString(), "--truth", directory.resolve("truth").toString()},
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        Path instruments = directory.resolve("truth/instruments.csv");
        String undisturbed = ReplayChild.replay(VENUE, recording, instruments,
                directory.resolve("data-0"), directory.resolve("journal-0"), Topology.INLINE, 0)
                .stateHash();

        int killed = 0;
        for (int journal = 1; killed < KILLS; journal++) {
            Path journalDir = directory.resolve("journal-" + journal);
            Topology topology = Topology.values()[journal % Topology.values().length];
            List<String> command = command(recording, instruments, journalDir, topology, journal);
            int before = killed;
            boolean ended = false;
            while (!ended && killed < KILLS) {
                ended = runOrKill(command, random.nextInt(LATEST_KILL_MS));
                killed += ended ? 0 : 1;
            }
            Process last = start(command);
            String hash = new String(last.getInputStream().readAllBytes(),
                    StandardCharsets.UTF_8).strip();
            assertEquals(0, last.waitFor());
            assertEquals(undisturbed, hash, "after " + (killed - before) + " kills, " + topology);
            assertEquals(undisturbed, ReplayRun.run(
                    new ReplayRequest(new ReplayRequest.Journal(journalDir), 0, Long.MAX_VALUE,
                            ReplayRequest.AS_FAST_AS_IT_GOES, null, null,
                            EngineConfig.defaults(directory.resolve("data-j"))),
                    ReplayProgress.NONE, ReplayChild.WALL_CLOCK_NS, System::nanoTime).stateHash());
        }
        System.out.println("killed " + killed + " times, state " + undisturbed);
    }

    /** Whether the process came to its end before it was to be killed. */
    private static boolean runOrKill(List<String> command, int afterMs)
            throws IOException, InterruptedException {
        Process process = start(command);
        boolean ended = process.waitFor(afterMs, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return ended;
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private List<String> command(Path recording, Path instruments, Path journal, Topology topology,
            int number) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-agentlib")
                        && !argument.startsWith("-javaagent"))
                .toList());
        assertTrue(command.size() > 1, "the options of this JVM are those of the child");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                ReplayChild.class.getName(), VENUE, recording.toString(), instruments.toString(),
                directory.resolve("data-" + number).toString(), journal.toString(),
                topology.name(), SPEED));
        return command;
    }
}
