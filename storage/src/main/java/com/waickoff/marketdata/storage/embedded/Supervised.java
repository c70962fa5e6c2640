package com.waickoff.marketdata.storage.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server process that does not outlive this one, however this one ends.
 *
 * <pre>
 *   this process ──pipe──► listener ─ends─► keeper ──SIGTERM, then SIGKILL──► server
 *                            │                └─ killed: the system kills the server (Linux)
 *                            └─ reads until the pipe ends: it does when this process closes it, and
 *                               the system does it for a process that was killed
 * </pre>
 *
 * <p>Whichever of the three is killed, and if all are in the same moment, the server ends. Where there
 * is no {@code setpriv}, so beyond Linux, a server whose keeper and listener were both killed stays: it
 * is found by the file with its process id when the next one is started.
 *
 * <p>The server has a session of its own, so that an interrupt from the terminal reaches it only by
 * this way, after the drain has used it for the last time.
 *
 * <p>Threads: any, one at a time.
 */
final class Supervised {
    /**
     * The keeper; {@code $1…} is the server's command. Ends when the server has, with its status.
     *
     * <p>The server asks the system to be killed with its parent before it becomes the server, and
     * looks then whether it still has that parent: so there is no moment between. A trap for SIGCHLD
     * makes that {@code wait} comes back for the end of the listener too.
     */
    private static final String KEEP = """
            exec 3<&0
            trap : CHLD
            session=
            if command -v setsid >/dev/null 2>&1; then session=setsid; fi
            bound=
            if setpriv --pdeathsig KILL true 2>/dev/null; then bound='setpriv --pdeathsig KILL'; fi
            $session $bound /bin/sh -c '[ "$PPID" = "$0" ] && exec "$@"' "$$" "$@" </dev/null 3<&- &
            server=$!
            (
                while read -r _ <&3; do :; done
                kill -TERM "$server" 2>/dev/null
            ) &
            listener=$!
            exec 3<&-
            status=0
            while kill -0 "$server" 2>/dev/null && kill -0 "$listener" 2>/dev/null; do
                wait "$server"
                status=$?
            done
            kill -TERM "$server" 2>/dev/null
            (
                left=100
                while [ "$left" -gt 0 ] && kill -0 "$server" 2>/dev/null; do
                    sleep 0.1
                    left=$((left - 1))
                done
                if [ "$left" -eq 0 ]; then kill -KILL "$server" 2>/dev/null; fi
            ) &
            while kill -0 "$server" 2>/dev/null; do
                wait "$server"
                status=$?
            done
            kill "$listener" 2>/dev/null
            exit "$status"
            """;
    /** Longer than the keeper needs to end the server by force. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(15);

    private final Process keeper;

    private Supervised(Process keeper) {
        this.keeper = keeper;
    }

    /**
     * Starts a server.
     *
     * @param log what it prints is appended there
     */
    static Supervised start(List<String> command, File log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", KEEP, "keep")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.command().addAll(command);
        return new Supervised(builder.start());
    }

    /** The process that keeps the server: a child of this one. */
    ProcessHandle keeper() {
        return keeper.toHandle();
    }

    boolean isRunning() {
        return keeper.isAlive();
    }

    /** Waits a moment; returns whether it has ended. */
    boolean hasEndedWithin(Duration moment) throws InterruptedException {
        return keeper.waitFor(moment.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the server, and returns when it has ended. */
    void stop() throws IOException {
        keeper.getOutputStream().close();
        try {
            if (!hasEndedWithin(LAST_WAIT)) {
                keeper.descendants().forEach(ProcessHandle::destroyForcibly);
                keeper.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends a server that a former process left behind.
     *
     * @param pidFile that the server wrote
     * @param mark part of its command line, by which it is told from another process that has got
     *     its id
     */
    static void endFormer(Path pidFile, String mark) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        String pid = Files.readString(pidFile).strip();
        Optional<ProcessHandle> former = pid.matches("[0-9]{1,9}")
                ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
        if (former.isEmpty() || !former.get().info().commandLine().orElse("").contains(mark)) {
            return;
        }
        end(former.get());
    }

    private static void end(ProcessHandle former) throws IOException {
        CompletableFuture<ProcessHandle> ended = former.onExit();
        former.destroy();
        try {
            try {
                ended.get(LAST_WAIT.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                former.destroyForcibly();
                ended.get(LAST_WAIT.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("cannot end the former server, process " + former.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while ending the former server", e);
        }
    }
}
