package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.terminal.IoReasons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that this one started and that ends with it: it reads its standard input until that
 * ends, which it does when this process closes it, or dies.
 *
 * <p>Threads: one.
 */
final class ChildProgram implements AutoCloseable {
    /** It comes to its end in a moment, unless the machine is busy with other things. */
    private static final long END_SECONDS = 30;
    private static final long TERMINATE_SECONDS = 5;
    private static final int LAST_LINES = 12;
    private static final int FIRST_BY_SIGNAL = 128;
    /** Settings of a person's own engine are none of the child's. */
    private static final String SETTINGS = "WAICKOFF_";
    private static final String JAVA_OPTIONS = "WAICKOFF_JAVA_OPTS";

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProgram(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param name as people call it
     * @param out where its standard output goes
     * @param log where its standard error goes; may be the same
     */
    static ChildProgram start(String name, List<String> command, Path directory, Path out,
            Path log) throws CommandException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectOutput(out.toFile());
        if (out.equals(log)) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(log.toFile());
        }
        builder.environment().keySet()
                .removeIf(key -> key.startsWith(SETTINGS) && !key.equals(JAVA_OPTIONS));
        try {
            return new ChildProgram(name, builder.start(), log);
        } catch (IOException failure) {
            throw new CommandException(ExitCode.CANNOT_CREATE.code(), "the " + name
                    + " cannot be started: " + command.getFirst() + ": " + IoReasons.of(failure),
                    failure);
        }
    }

    /** Whether it runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Its process. */
    long pid() {
        return process.pid();
    }

    /** How it ended; only of one that has. */
    int exitCode() {
        return process.exitValue();
    }

    /** How it came to its end, with the last lines of its log. */
    CommandException ended() throws IOException {
        int exitCode = process.exitValue();
        // A program that ends unasked is a finding, whatever it calls its own end.
        int own = exitCode == 0 || exitCode >= FIRST_BY_SIGNAL
                ? ExitCode.FINDING.code() : exitCode;
        return new CommandException(own,
                "the " + name + " ended with exit code " + exitCode + ":\n" + lastWords(), null);
    }

    /** The last lines of its log. */
    String lastWords() throws IOException {
        String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
        List<String> lines = text.lines().toList();
        return text.isEmpty() ? "  (it said nothing)" : String.join("\n",
                lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).stream()
                        .map(line -> "  " + line).toList());
    }

    /**
     * Tells it to end, and waits for that.
     *
     * @throws CommandException if it says that something went wrong; to be ended by a signal, as by
     *     the Ctrl-C that ends this program, too, is not wrong
     */
    void end() throws IOException, CommandException {
        close();
        if (!process.isAlive() && process.exitValue() != 0
                && process.exitValue() < FIRST_BY_SIGNAL) {
            throw ended();
        }
    }

    /** Tells it to end, and sees to it that it does. */
    @Override
    public void close() throws IOException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
                process.waitFor(TERMINATE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
