package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.report.StatJson;
import com.waickoff.marketdata.report.StatusReport;
import com.waickoff.marketdata.report.StatusReport.Reading;
import com.waickoff.marketdata.status.StatusReader;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waickoff stat}. */
@Command(name = "stat",
        description = {"Shows how the engine is doing: feeds, counters and their rates, latencies,"
                + " distinct errors, and whether every frame is accounted for.",
                "Ends with 0 if the engine runs and everything is, with 1 otherwise."},
        footer = {"  waickoff stat", "  waickoff stat --watch", "  waickoff stat --json"})
final class StatCommand extends CommandBase {
    /** Between two readings: enough for a rate, short enough to wait for. */
    private static final long BETWEEN_READINGS_MS = 1000;

    @Option(names = "--watch",
            description = "Goes on until it is interrupted, with a new reading every second.")
    private boolean watch;
    @Option(names = "--json",
            description = "One line of JSON, counts since the start, for programs.")
    private boolean json;
    @Mixin
    private DataDirOptions options;

    StatCommand(Shell shell) {
        super(shell);
        options = new DataDirOptions();
    }

    @Override
    ExitCode execute() throws Exception {
        Path file = options.engine(shell()).statusFile();
        try (StatusReader reader = StatusReader.open(file)) {
            if (watch && json) {
                throw new CommandException(ExitCode.USAGE, "--json is one reading; call it again"
                        + " instead of --watch");
            }
            return watch ? watch(reader) : once(reader);
        }
    }

    private ExitCode once(StatusReader reader) throws IOException, InterruptedException {
        Reading first = read(reader);
        Reading before = null;
        Reading now = first;
        if (first.isRunning()) {
            shell().interruption().await(BETWEEN_READINGS_MS);
            before = first;
            now = read(reader);
        }
        StatusReport report = new StatusReport(ink(), now, before);
        if (json) {
            shell().out().println(StatJson.of(now, report.isConserved()));
        } else {
            report.lines().forEach(this::print);
        }
        return now.isRunning() && report.isConserved() ? ExitCode.OK : ExitCode.FINDING;
    }

    private ExitCode watch(StatusReader reader) throws IOException, InterruptedException {
        try (LiveScreen screen = LiveScreen.on(shell())) {
            Reading before = null;
            do {
                Reading now = read(reader);
                screen.show(new StatusReport(ink(), now, before).lines());
                before = now;
            } while (!screen.await(BETWEEN_READINGS_MS));
        }
        return ExitCode.OK;
    }

    private Reading read(StatusReader reader) throws IOException {
        reader.refresh();
        return Reading.of(reader, shell().epochMs().getAsLong());
    }
}
