/**
 * The command line: one class for each command, and what they share.
 *
 * <p>{@link com.waickoff.marketdata.cli.Waickoff} is the way in. A command prints its answer to
 * standard output, everything else (progress, complaints) to standard error, and ends with one of
 * {@link com.waickoff.marketdata.cli.ExitCode}. What it finds around itself (streams, environment,
 * terminal, clocks) it takes from {@link com.waickoff.marketdata.cli.Shell} alone, so that tests run
 * the very commands people run.
 */
@NullMarked
package com.waickoff.marketdata.cli;

import org.jspecify.annotations.NullMarked;
