package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.LiveConfig;
import com.waickoff.marketdata.VenueConfig;
import com.waickoff.marketdata.config.Configuration;
import com.waickoff.marketdata.config.EngineSettings;
import com.waickoff.marketdata.config.Settings;
import com.waickoff.marketdata.memory.UnusableFileException;
import com.waickoff.marketdata.report.Health;
import com.waickoff.marketdata.report.StatusReport.Reading;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.status.StatusReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waickoff health}. */
@Command(name = "health",
        description = {"Says in one line whether the engine does what it is for, for probes: it"
                + " runs, every feed is live, every book follows its venue, and every frame is"
                + " accounted for.",
                "Ends with 0 if so, with 1 otherwise; the line says why. What is no fault of the"
                        + " engine, such as a halted instrument or a clock that differs, is noted"
                        + " in the line and changes nothing."},
        footer = {"  waickoff health", "  waickoff health --alive"})
final class HealthCommand extends CommandBase {
    /** The heart beats ten times a second. */
    private static final long BETWEEN_READINGS_MS = 350;

    @Option(names = "--alive",
            description = "Asks only whether the engine runs, whatever its feeds do: a venue that"
                    + " is down is no reason to start the engine anew.")
    private boolean alive;
    @Mixin
    private DataDirOptions options;

    HealthCommand(Shell shell) {
        super(shell);
        options = new DataDirOptions();
    }

    @Override
    ExitCode execute() throws Exception {
        Configuration configuration = options.configuration(shell());
        LiveConfig config = EngineSettings.live(configuration, shell().base(),
                Runtime.getRuntime().availableProcessors());
        Health health = new Health();
        try (StatusReader status = StatusReader.open(config.engine().statusFile())) {
            Reading before = read(status);
            shell().interruption().await(BETWEEN_READINGS_MS);
            Reading now = read(status);
            health.checkEngine(before, now);
            if (!alive && health.isGood()) {
                health.checkFeeds(now);
                health.checkAccounts(before, now);
                health.checkJournal(now);
                health.checkClocks(now, configuration.number(Settings.FEEDS_CLOCK_WARNING_MS));
                checkInstruments(config.engine(), configured(config), now, health);
            }
        } catch (UnusableFileException unusable) {
            health.add(String.valueOf(unusable.getMessage()));
        }
        print(health.line());
        return health.isGood() ? ExitCode.OK : ExitCode.FINDING;
    }

    private static void checkInstruments(EngineConfig engine, List<String> configured, Reading now,
            Health health) throws IOException {
        try (SnapshotReader snapshot = SnapshotReader.open(engine.snapshotFile())) {
            health.checkInstruments(snapshot, configured, now);
        }
    }

    /** Names of the instruments that the configuration lists. */
    private static List<String> configured(LiveConfig config) {
        List<String> names = new ArrayList<>();
        for (VenueConfig venue : config.venues()) {
            venue.symbols().forEach(symbol -> names.add(venue.venue().code() + ':' + symbol));
        }
        return names;
    }

    private Reading read(StatusReader reader) throws IOException {
        reader.refresh();
        return Reading.of(reader, shell().epochMs().getAsLong());
    }
}
