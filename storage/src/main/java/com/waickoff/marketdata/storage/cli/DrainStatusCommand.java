package com.waickoff.marketdata.storage.cli;

import com.waickoff.marketdata.cli.EngineFilesOptions.WrongOptionsException;
import com.waickoff.marketdata.storage.drain.Drain;
import com.waickoff.marketdata.storage.drain.DrainReport;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waickoff drain status}. */
@Command(name = "status", synopsisHeading = "%nUsage: ", descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n", footerHeading = "%nExamples:%n", sortOptions = false,
        description = {"Says how far each sink is behind the journal, how fast it takes what it is"
                + " given, and what failed.",
                "Ends with 0 if a drain is running and every lane goes on, with 1 if not."},
        footer = {"  waickoff drain status", "  waickoff drain status --json"})
final class DrainStatusCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FINDING = 1;
    private static final int DATA = 65;
    private static final int NO_INPUT = 66;

    private final Surroundings surroundings;

    @Option(names = "--json", description = "Print one object of JSON.")
    private boolean json;
    @Mixin
    private ConfiguredOptions configured = new ConfiguredOptions();

    DrainStatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try {
            Path directory = Drain.directory(configured.read(surroundings).engine());
            DrainReport report = DrainReport.read(directory);
            long nowMs = surroundings.epochMs().getAsLong();
            if (json) {
                surroundings.out().println(report.json(nowMs));
            } else {
                report.lines(nowMs).forEach(surroundings.out()::println);
            }
            return report.isWell(nowMs) ? OK : FINDING;
        } catch (WrongOptionsException wrong) {
            return complain(wrong.exitCode(), String.valueOf(wrong.getMessage()));
        } catch (NoSuchFileException absent) {
            return complain(NO_INPUT, absent.getFile()
                    + " is not there: no drain has run with this data directory");
        } catch (IOException e) {
            return complain(DATA, String.valueOf(e.getMessage()));
        }
    }

    private int complain(int exitCode, String text) {
        surroundings.err().println("waickoff: drain status: " + text);
        surroundings.err().flush();
        return exitCode;
    }
}
