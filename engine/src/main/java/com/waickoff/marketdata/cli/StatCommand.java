package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.cli.StatusReport.Reading;
import com.waickoff.marketdata.status.StatusReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waickoff stat}. */
@Command(name = "stat",
        description = {"Shows how the engine is doing: feeds, counters and their rates, latencies,"
                + " distinct errors, and whether every frame is accounted for.",
                "Ends with 0 if the engine runs and everything is, with 1 otherwise."},
        footer = {"  waickoff stat", "  waickoff stat --watch"})
final class StatCommand extends CommandBase {
    /** Between two readings: enough for a rate, short enough to wait for. */
    private static final long BETWEEN_READINGS_MS = 1000;
    private static final String HOME = "\033[H";
    private static final String ERASE_REST_OF_LINE = "\033[K";
    private static final String ERASE_REST_OF_SCREEN = "\033[J";

    @Option(names = "--watch",
            description = "Goes on until it is interrupted, with a new reading every second.")
    private boolean watch;
    @Mixin
    private DataDirOptions options;

    StatCommand(Shell shell) {
        super(shell);
        options = new DataDirOptions();
    }

    @Override
    ExitCode execute() throws CommandException, IOException, InterruptedException {
        Path file = options.engine(shell()).statusFile();
        try (StatusReader reader = StatusReader.open(file)) {
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
        report.lines().forEach(this::print);
        return now.isRunning() && report.isConserved() ? ExitCode.OK : ExitCode.FINDING;
    }

    private ExitCode watch(StatusReader reader) throws IOException, InterruptedException {
        shell().interruption().heed();
        boolean redraws = shell().outTerminal().interactive();
        if (redraws) {
            shell().out().print(HOME + ERASE_REST_OF_SCREEN);
        }
        Reading before = null;
        do {
            Reading now = read(reader);
            show(new StatusReport(ink(), now, before).lines(), redraws, before);
            before = now;
        } while (!shell().interruption().await(BETWEEN_READINGS_MS));
        return ExitCode.OK;
    }

    private void show(List<String> lines, boolean redraws, @Nullable Reading before) {
        if (!redraws) {
            if (before != null) {
                print("");
            }
            lines.forEach(this::print);
        } else {
            int most = shell().outTerminal().lines() - 1;
            StringBuilder screen = new StringBuilder(HOME);
            for (String line : lines.subList(0, Math.min(most, lines.size()))) {
                screen.append(line).append(ERASE_REST_OF_LINE).append('\n');
            }
            shell().out().print(screen.append(ERASE_REST_OF_SCREEN));
        }
        shell().out().flush();
    }

    private Reading read(StatusReader reader) throws IOException {
        reader.refresh();
        return Reading.of(reader, shell().epochMs().getAsLong());
    }
}
