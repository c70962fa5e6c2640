package com.waickoff.marketdata.storage.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.ReplayException;
import com.waickoff.marketdata.ReplayProgress;
import com.waickoff.marketdata.ReplayRequest;
import com.waickoff.marketdata.ReplayRun;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.segment.Segments;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Retention is killed at random points of its first round and begins again: nothing is lost, and
 * nothing is left of what was half done. {@code -Dretention.kills=50 -Dretention.seed=N} for more
 * points and others.
 */
class KilledRetentionTest {
    private static final int KILLS = Integer.getInteger("retention.kills", 2);
    private static final long SEED = Long.getLong("retention.seed", 11L);
    private static final int STEPS = 288;
    /** Files that are sealed in all: so many hours of levels, and days of the tape. */
    private static final int SEALED = 62;
    /** From where it was to be when it is killed. */
    private static final int LATEST_KILL_MS = 100;

    @TempDir
    private Path directory;

    @Test
    void shouldLoseNothingHoweverOftenItWasKilled()
            throws IOException, InterruptedException, ReplayException {
        System.out.println("seed " + SEED + ", kills " + KILLS);
        Path data = directory.resolve("data");
        long nowMs;
        try (SimulatedDays days = new SimulatedDays(data, SEED, STEPS, 6)) {
            days.play(3.5);
            days.drain();
            nowMs = days.nowMs();
        }
        String hash = stateHash(data, 0);
        SplittableRandom random = new SplittableRandom(SEED);
        int within = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            Process child = start(data, nowMs);
            // By how far it came, not by the time: that is the machine's.
            int killedAt = random.nextInt(sealed(data), SEALED + 1);
            while (child.isAlive() && sealed(data) < killedAt) {
                Thread.sleep(1);
            }
            boolean ended = child.waitFor(random.nextInt(LATEST_KILL_MS), TimeUnit.MILLISECONDS);
            child.destroyForcibly().waitFor();
            within += ended ? 0 : 1;
            assertThat(stateHash(data, kill)).isEqualTo(hash);
        }

        RetentionStatus status = RetentionChild.round(data, nowMs);

        assertThat(status.values()).doesNotContainKey("retention.errors");
        assertThat(stateHash(data, KILLS + 1)).isEqualTo(hash);
        try (Stream<Path> files = Files.walk(data)) {
            assertThat(files.map(Path::toString).filter(file -> file.endsWith(".seg.new")
                    || file.endsWith("/new") || file.endsWith(".day.new"))).isEmpty();
        }
        System.out.println("killed " + KILLS + " times, " + within + " of these before it ended");
    }

    private static int sealed(Path data) {
        Segments segments = new Segments(
                JournalDirectory.open(SimulatedDays.config(data).journalDir()));
        int sealed = 0;
        for (JournalQueue queue : JournalQueue.values()) {
            sealed += segments.paths(queue).size();
        }
        return sealed;
    }

    private String stateHash(Path data, int number) throws IOException, ReplayException {
        return ReplayRun.run(new ReplayRequest(
                new ReplayRequest.Journal(SimulatedDays.config(data).journalDir()), 0,
                Long.MAX_VALUE, ReplayRequest.AS_FAST_AS_IT_GOES, null, null,
                SimulatedDays.config(directory.resolve("replay-" + number))),
                ReplayProgress.NONE, () -> SimulatedDays.BEGIN_NS, System::nanoTime).stateHash();
    }

    private static Process start(Path data, long nowMs) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-agentlib")
                        && !argument.startsWith("-javaagent"))
                .toList());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                RetentionChild.class.getName(), data.toString(), Long.toString(nowMs)));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
}
