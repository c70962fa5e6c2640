package com.waickoff.marketdata.storage.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a server when those who look after it are killed, in whatever moment. */
class SupervisedTest {
    /** Nothing here takes so long; a busy machine may for a while. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int ROUNDS = Integer.getInteger("supervised.kills", 15);
    private static final long SEED = Long.getLong("supervised.seed", 20261121);

    @TempDir
    private Path directory;
    /** Part of the command lines of all that is started here, and of nothing else. */
    private final String mark = "waickoff-test-" + ProcessHandle.current().pid() + '-'
            + System.nanoTime();

    @AfterEach
    void leaveNothing() {
        marked().forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void shouldLeaveNoServerWhoeverIsKilledAndWhenever() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")),
                "without setpriv a server may outlive all of its keepers");
        System.out.println("seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            Supervised server = start();
            TimeUnit.MICROSECONDS.sleep(random.nextInt(random.nextBoolean() ? 5_000 : 60_000));
            kill(server, 1 + random.nextInt(7));
            Awaitility.await("round " + round).atMost(PATIENCE)
                    .until(() -> servers().isEmpty() && !server.isRunning());
            server.stop();
        }
        Awaitility.await().atMost(PATIENCE).until(() -> marked().isEmpty());
    }

    @Test
    void shouldNoticeThatTheServerHasEnded() throws Exception {
        Supervised server = start();
        Awaitility.await().atMost(PATIENCE).until(() -> servers().size() == 1);
        servers().forEach(ProcessHandle::destroyForcibly);

        Awaitility.await().atMost(PATIENCE).until(() -> !server.isRunning());
        server.stop();
        Awaitility.await().atMost(PATIENCE).until(() -> marked().isEmpty());
    }

    /** Kills the listener (1), the keeper (2), and ends the pipe (4) as the death of this process would. */
    private void kill(Supervised server, int whom) throws IOException {
        if (whom == 1) {
            // The keeper's first children only look around, and whoever kills those alone changes nothing.
            Awaitility.await().atMost(PATIENCE).until(
                    () -> !servers().isEmpty() && listeners(server).size() == 1);
        }
        if ((whom & 1) != 0) {
            listeners(server).forEach(ProcessHandle::destroyForcibly);
        }
        if ((whom & 2) != 0) {
            server.keeper().destroyForcibly();
        }
        if ((whom & 4) != 0) {
            server.stop();
        }
    }

    /** Copies of the keeper. */
    private static List<ProcessHandle> listeners(Supervised server) {
        return server.keeper().children().filter(child -> child.info().commandLine().orElse("")
                .contains("listener=")).toList();
    }

    private Supervised start() throws IOException {
        Path idle = directory.resolve("idle");
        if (!Files.exists(idle)) {
            Files.writeString(idle, "while :; do sleep 1; done\n");
        }
        return Supervised.start(List.of("/bin/sh", idle.toString(), mark),
                directory.resolve("log").toFile());
    }

    /** The servers themselves, not those on their way to become one. */
    private List<ProcessHandle> servers() {
        return marked().stream().filter(process -> !process.info().commandLine().orElse("")
                .contains("PPID")).toList();
    }

    private List<ProcessHandle> marked() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(mark))
                .toList();
    }
}
