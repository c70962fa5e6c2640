package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.EngineException;
import com.waickoff.marketdata.LiveConfig;
import com.waickoff.marketdata.LiveRun;
import com.waickoff.marketdata.LiveWorld;
import com.waickoff.marketdata.VenueConfig;
import com.waickoff.marketdata.config.Configuration;
import com.waickoff.marketdata.config.EngineSettings;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Shown;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waickoff run}. */
@Command(name = "run", description = {
        "Runs the engine: collects trades and books of the venues whose feeds are configured,"
                + " journals every event and keeps the snapshot up to date, until it is stopped.",
        "Stops at SIGTERM, SIGINT (Ctrl-C) or the end of its input where that is asked for: ends"
                + " its feeds, writes a checkpoint and exits with 0. A second signal ends it at"
                + " once; its journal loses nothing by that."},
        footer = {
                "  waickoff run --set feeds.bybit-linear.instruments=BTCUSDT,ETHUSDT",
                "  waickoff run --config /etc/waickoff.yaml --data /var/lib/waickoff"})
final class RunCommand extends CommandBase {
    private static final long BETWEEN_LOOKS_MS = 100;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    @Option(names = "--end-with-stdin",
            description = "Stops when its standard input ends, so that it does not outlive the"
                    + " program that started it.")
    private boolean endWithStdin;
    @Mixin
    private DataDirOptions options;

    RunCommand(Shell shell) {
        super(shell);
        options = new DataDirOptions();
    }

    @Override
    ExitCode execute() throws Exception {
        Configuration configuration = options.configuration(shell());
        configuration.remarks().forEach(remark -> shell().err().println("note: " + remark));
        LiveConfig config = EngineSettings.live(configuration, shell().base(),
                Runtime.getRuntime().availableProcessors());
        checkFeeds(config);
        shell().interruption().heedSignals();
        if (endWithStdin) {
            Signals.onEndOf(System.in, shell().interruption()::request);
        }
        try {
            run(config);
            return ExitCode.OK;
        } catch (EngineException failure) {
            throw new CommandException(failure.exitCode(), String.valueOf(failure.getMessage()),
                    failure);
        }
    }

    private void run(LiveConfig config) throws EngineException, InterruptedException {
        LiveWorld world = new LiveWorld(RunCommand::epochNs, shell().nanoTime(),
                new SplittableRandom(new SecureRandom().nextLong()),
                note -> shell().err().println("note: " + Shown.plain(note)),
                shell().interruption()::request);
        long startedNs = shell().nanoTime().getAsLong();
        try (LiveRun run = LiveRun.start(config, world)) {
            introduce(config, run, shell().nanoTime().getAsLong() - startedNs);
            FeedWatch watch = new FeedWatch(run::feedChanges, run::feeds);
            do {
                tell(watch.news());
            } while (!shell().interruption().await(BETWEEN_LOOKS_MS));
            run.stop();
            tell(watch.news());
        }
        print("stopped; a checkpoint is written");
    }

    private void tell(List<String> news) {
        if (!news.isEmpty()) {
            news.forEach(this::print);
            shell().out().flush();
        }
    }

    private void introduce(LiveConfig config, LiveRun run, long startNs) {
        print("waickoff " + BuildInfo.read().version() + " is running, process "
                + ProcessHandle.current().pid());
        for (VenueConfig venue : config.venues()) {
            print("  " + venue.venue().code() + ": " + venue.wanted() + " from "
                    + venue.line().webSocket());
        }
        print("  data in " + config.engine().dataDir() + ", "
                + (run.recoveredSequence() == 0 ? "a new journal"
                        : Figures.count(run.recoveredSequence()) + " events recovered in "
                                + Figures.duration(startNs)));
        shell().out().flush();
    }

    private static void checkFeeds(LiveConfig config) throws CommandException {
        if (config.venues().isEmpty()) {
            throw new CommandException(ExitCode.CONFIG, "no feed is on, so there is nothing to run."
                    + "\nList instruments of a venue in config/waickoff.yaml, or for a first look:"
                    + "\n  waickoff run --set feeds.bybit-linear.instruments=BTCUSDT,ETHUSDT");
        }
        int instruments = config.venues().stream().mapToInt(VenueConfig::mostInstruments).sum();
        ReplayLaunch.checkHeap(config.engine(), instruments);
    }

    static long epochNs() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NS_PER_SECOND + now.getNano();
    }
}
