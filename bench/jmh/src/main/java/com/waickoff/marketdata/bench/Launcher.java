package com.waickoff.marketdata.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes as an operator starts them: by the project's launcher. */
public final class Launcher {
    private static final long STOP_SECONDS = 20;

    private Launcher() {}

    /**
     * A command of {@code ops/bin/waickoff}, not started yet.
     *
     * @throws IllegalStateException if the working directory is not the root of the project
     */
    public static ProcessBuilder command(String... words) {
        Path launcher = Path.of("ops", "bin", "waickoff").toAbsolutePath();
        if (!Files.isExecutable(launcher)) {
            throw new IllegalStateException("run this from the root of the project: there is no "
                    + launcher);
        }
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    /** Asks a process to end, waits for it, and ends it if it does not. */
    public static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
