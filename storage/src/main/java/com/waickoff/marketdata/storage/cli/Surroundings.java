package com.waickoff.marketdata.storage.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a command finds around itself.
 *
 * @param in its input
 * @param out for answers
 * @param err for complaints and notes; several threads print there
 * @param env the environment
 * @param directory where relative paths of the command line begin
 * @param home the installation; null if there is none
 * @param epochMs the time, in ms since the epoch
 */
record Surroundings(InputStream in, PrintWriter out, PrintWriter err, Map<String, String> env,
        Path directory, @Nullable Path home, LongSupplier epochMs) {}
