package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.terminal.IoReasons;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** This program once more, in a process of its own: for work that may end the process it is in. */
final class SameProgram {
    private static final String AGENT = "-javaagent";

    private SameProgram() {}

    /**
     * Starts it with the JVM and the options of this process.
     *
     * @param args of its command line; empty ones are left out
     */
    static Process start(Shell shell, String... args) throws CommandException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith(AGENT) && !option.startsWith("-agentlib")) {
                command.add(option);
            }
        }
        command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8", "-cp",
                System.getProperty("java.class.path"), Waickoff.class.getName()));
        for (String arg : args) {
            if (!arg.isEmpty()) {
                command.add(arg);
            }
        }
        try {
            return new ProcessBuilder(command).directory(shell.directory().toFile()).start();
        } catch (IOException failure) {
            throw new CommandException(ExitCode.CANNOT_CREATE.code(),
                    command.getFirst() + ": cannot be started: " + IoReasons.of(failure), failure);
        }
    }

    /**
     * Shows what a process says until it ends; it does not outlive this.
     *
     * @return its exit code
     */
    static int relay(Process process, Shell shell) throws InterruptedException {
        try {
            Thread errors = Thread.ofPlatform().daemon().name("relay")
                    .start(() -> copy(process.getErrorStream(), shell.err()));
            copy(process.getInputStream(), shell.out());
            errors.join();
            return process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void copy(InputStream from, PrintStream to) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(from, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                to.println(line);
                to.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
