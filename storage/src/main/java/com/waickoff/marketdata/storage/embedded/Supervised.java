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
 *   this process ──pipe──► watcher ──SIGTERM, then SIGKILL──► server
 *                            └─ reads until the pipe ends: it does when this process closes it, and
 *                               the system does it for a process that was killed
 * </pre>
 *
 * <p>The server has a session of its own, so that an interrupt from the terminal reaches it only by
 * this way, after the drain has used it for the last time. Were the watcher killed as well, the
 * server is found by the file with its process id when the next one is started.
 *
 * <p>Threads: any, one at a time.
 */
final class Supervised {
    /** {@code $1…} is the server's command. Ends when the server has, with its status. */
    private static final String WATCH = """
            exec 3<&0
            if command -v setsid >/dev/null 2>&1; then
                setsid "$@" </dev/null 3<&- &
            else
                "$@" </dev/null 3<&- &
            fi
            server=$!
            (
                while read -r _ <&3; do :; done
                kill -TERM "$server" 2>/dev/null
                left=100
                while [ "$left" -gt 0 ] && kill -0 "$server" 2>/dev/null; do
                    sleep 0.1
                    left=$((left - 1))
                done
                kill -KILL "$server" 2>/dev/null
            ) &
            watcher=$!
            exec 3<&-
            wait "$server"
            status=$?
            kill "$watcher" 2>/dev/null
            exit "$status"
            """;
    /** Longer than the watcher needs to end the server by force. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(15);

    private final Process watcher;

    private Supervised(Process watcher) {
        this.watcher = watcher;
    }

    /**
     * Starts a server.
     *
     * @param log what it prints is appended there
     */
    static Supervised start(List<String> command, File log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", WATCH, "watch")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.command().addAll(command);
        return new Supervised(builder.start());
    }

    boolean isRunning() {
        return watcher.isAlive();
    }

    /** Waits a moment; returns whether it has ended. */
    boolean hasEndedWithin(Duration moment) throws InterruptedException {
        return watcher.waitFor(moment.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the server, and returns when it has ended. */
    void stop() throws IOException {
        watcher.getOutputStream().close();
        try {
            if (!hasEndedWithin(LAST_WAIT)) {
                watcher.descendants().forEach(ProcessHandle::destroyForcibly);
                watcher.destroyForcibly();
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
