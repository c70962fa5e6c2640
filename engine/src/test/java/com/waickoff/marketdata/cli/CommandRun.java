package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs commands as a shell would, and holds what they print and how they end. */
record CommandRun(int exitCode, String out, String err) {
    /** The time of all runs: later than any recording. */
    static final long NOW_MS = 1_800_000_000_000L;

    /** Where a command runs: environment, working directory, installation, terminal. */
    record Place(Map<String, String> env, Path directory, Path home, Terminal terminal,
            Interruption interruption, long nowMs) {
        /** A directory without an installation around it. */
        static Place in(Path directory) {
            return new Place(Map.of(), directory, directory,
                    Terminal.none(Map.of(), StandardCharsets.UTF_8), new Interruption(),
                    NOW_MS);
        }

        Place withEnv(Map<String, String> variables) {
            return new Place(variables, directory, home, terminal, interruption, nowMs);
        }

        Place withTerminal(Terminal other) {
            return new Place(env, directory, home, other, interruption, nowMs);
        }

        Place at(long otherMs) {
            return new Place(env, directory, home, terminal, interruption, otherMs);
        }

        CommandRun run(String... args) {
            var out = new ByteArrayOutputStream();
            var err = new ByteArrayOutputStream();
            long[] nanoTime = {0};
            int exitCode = Waickoff.run(args, new Shell(
                    new PrintStream(out, false, StandardCharsets.UTF_8),
                    new PrintStream(err, false, StandardCharsets.UTF_8), terminal, terminal, env,
                    directory, home, () -> nowMs, () -> nanoTime[0] += 1000, interruption));
            return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        }
    }

    /** The project's top folder: the one that holds the wrapper. */
    static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** The sample recording that comes with the project. */
    static Path sampleRecording() {
        return project().resolve("docs/sample/bybit-linear.frames.tsv.gz");
    }

    /** Ticks and lots of the sample's instruments. */
    static Path sampleInstruments() {
        return project().resolve("docs/sample/instruments.csv");
    }

    List<String> outLines() {
        return out.lines().toList();
    }
}
