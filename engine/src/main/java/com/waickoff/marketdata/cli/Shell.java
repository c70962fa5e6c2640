package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.terminal.Terminal;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a command finds around itself; the only way to it.
 *
 * @param out where the answer goes
 * @param err where progress and complaints go
 * @param outTerminal what {@code out} is connected to
 * @param errTerminal what {@code err} is connected to
 * @param env the environment
 * @param directory where relative paths of the command line begin
 * @param home the installation, where {@code config} and {@code data} are; null if unknown
 * @param epochMs the time, in ms since the epoch
 * @param nanoTime a clock that only moves forward, in ns
 * @param interruption whether a person wants the command to end early
 */
record Shell(PrintStream out, PrintStream err, Terminal outTerminal, Terminal errTerminal,
        Map<String, String> env, Path directory, @Nullable Path home, LongSupplier epochMs,
        LongSupplier nanoTime, Interruption interruption) {
    /** A path as a person wrote it on the command line. */
    Path resolve(Path path) {
        return directory.resolve(path).normalize();
    }

    /** Where relative paths of the configuration begin. */
    Path base() {
        return home == null ? directory : home;
    }
}
