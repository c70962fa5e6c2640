package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.ReplayRequest;
import com.waickoff.marketdata.ReplayResult;
import com.waickoff.marketdata.config.Configuration;
import com.waickoff.marketdata.config.Setting;
import com.waickoff.marketdata.config.Settings;
import com.waickoff.marketdata.config.WrongConfigurationException;
import com.waickoff.marketdata.feed.Nearest;
import com.waickoff.marketdata.replay.EventSelection;
import com.waickoff.marketdata.replay.ExportSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waickoff replay}. */
@Command(name = "replay",
        customSynopsis = {"waickoff replay --recording=FILE --venue=VENUE [OPTIONS]",
                "       waickoff replay --journal=DIR [OPTIONS]",
                "       waickoff replay (--recording=FILE --venue=VENUE | --journal=DIR)..."
                        + " [OPTIONS]"},
        description = {"Replays journals and recordings through the decoders and studies that"
                + " serve live data, and says what came of it. Several sources are one past, in"
                + " the order of receive time.",
                "The same input gives the same state hash, on any machine and with any threads.",
                "On a terminal the space key pauses it, and lets it go on."},
        footer = {"  waickoff replay --recording day.tsv.gz --venue bybit-linear \\",
                "      --instruments instruments.csv --export out --hash",
                "  waickoff replay --journal data/journal --from 2026-01-05T14:00:00Z"
                        + " --hash"})
final class ReplayCommand extends CommandBase {
    private static final String TRADES = "trades";
    private static final String BOOKS = "books";
    private static final List<String> KINDS = List.of(TRADES, BOOKS);
    private static final String MAX_SPEED = "max";
    private static final Pattern MULTIPLE = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    @Mixin
    private ReplaySources sources;
    @Option(names = "--from", paramLabel = "TIME", converter = Moment.class,
            description = "Begins with what was received then: ISO-8601 or ms since the epoch."
                    + " Books and definitions of before are taken over, and the coverage says that"
                    + " nothing was heard. Default: everything.")
    private @Nullable Instant from;
    @Option(names = "--to", paramLabel = "TIME", converter = Moment.class,
            description = "Leaves out what was received from then on. Default: everything.")
    private @Nullable Instant to;
    @Option(names = "--kinds", paramLabel = "KIND", split = ",",
            description = "Replays events of these kinds only: trades, books. Default: both.")
    private @Nullable List<String> kinds;
    @Option(names = "--speed", paramLabel = "max|N", defaultValue = MAX_SPEED,
            description = "Multiple of the recorded pace, or max. Default: ${DEFAULT-VALUE}.")
    private String speed = MAX_SPEED;
    @Option(names = "--row-ticks", paramLabel = "N",
            description = "Height of a row in ticks. Default: rows.ticks of the configuration.")
    private @Nullable String rowTicks;
    @Option(names = "--row-capacity", paramLabel = "R",
            description = "Most rows of a window, a power of two; beyond that rows are merged."
                    + " Default: rows.capacity of the configuration.")
    private @Nullable String rowCapacity;
    @Option(names = "--threads", paramLabel = "inline|fused|staged",
            description = "Threads of journal and studies. Default: pipeline.threads of the"
                    + " configuration.")
    private @Nullable String threads;
    @Option(names = "--journal-to", paramLabel = "DIR",
            description = "Writes a journal while it replays a recording; continues one that is"
                    + " there. Default: none.")
    private @Nullable Path journalTo;
    @Mixin
    private ExportOptions exports;
    @Option(names = "--hash",
            description = "Prints the state hash on the last line: SHA-256 of windows, rows and"
                    + " books.")
    private boolean hash;
    @Option(names = "--rebuild", paramLabel = "INSTRUMENT,TIMEFRAME,TIME",
            description = "With --journal: computes the one window that holds TIME anew, from its"
                    + " trades in tape order, and prints it and its rows as --export writes them.")
    private @Nullable String rebuild;
    @Option(names = "--data", paramLabel = "DIR",
            description = "Keeps the snapshot file there, for waickoff profile. Default: nothing"
                    + " is kept.")
    private @Nullable Path dataDir;
    @Option(names = "--quiet",
            description = "No progress and no summary: only what other options ask for.")
    private boolean quiet;
    @Option(names = "--progress",
            description = "Tells of progress every 5 s where standard error is no terminal.")
    private boolean progress;
    @Mixin
    private ConfigOptions options;

    ReplayCommand(Shell shell) {
        super(shell);
        sources = new ReplaySources();
        exports = new ExportOptions();
        options = new ConfigOptions();
    }

    @Override
    ExitCode execute() throws Exception {
        List<ReplayRequest.Source> from = sources.read(this, journalTo != null);
        checkTimes();
        ExportSettings export = exports.read(this);
        EventSelection selection = selection();
        double pace = pace();
        if (rebuild != null) {
            return rebuild(from, rebuild);
        }
        if (dataDir != null) {
            return replay(from, selection, pace, export, shell().resolve(dataDir));
        }
        try (TemporaryDirectory temporary = new TemporaryDirectory()) {
            return replay(from, selection, pace, export, temporary.path());
        }
    }

    private ExitCode replay(List<ReplayRequest.Source> from, EventSelection selection, double pace,
            @Nullable ExportSettings export, Path data)
            throws CommandException, WrongConfigurationException {
        ReplayLaunch launch = new ReplayLaunch(shell());
        EngineConfig engine = launch.engine(options, given(), sources.csv(this), data);
        ReplayResult result = launch.run(new ReplayRequest(from,
                this.from == null ? 0 : this.from.toEpochMilli(),
                to == null ? Long.MAX_VALUE : to.toEpochMilli(), pace, selection,
                journalTo == null ? null : shell().resolve(journalTo), export, engine),
                quiet || !(progress || shell().errTerminal().interactive()));
        if (from.size() == 1
                && from.getFirst() instanceof ReplayRequest.Recording replayed) {
            ReplayLaunch.requireFrames(result, replayed);
        }
        return report(result);
    }

    private ExitCode rebuild(List<ReplayRequest.Source> from, String wanted)
            throws CommandException, WrongConfigurationException {
        if (from.size() > 1 || !(from.getFirst() instanceof ReplayRequest.Journal journal)) {
            throw usage("--rebuild belongs to --journal, and to one");
        }
        EngineConfig engine = new ReplayLaunch(shell()).engine(options, given(), null,
                shell().base());
        List<String> lines = RebuiltWindow.of(wanted, journal.dir(), engine);
        lines.forEach(this::print);
        return lines.isEmpty() ? ExitCode.FINDING : ExitCode.OK;
    }

    private ExitCode report(ReplayResult result) {
        ReplaySummary summary = new ReplaySummary(result, ink());
        boolean interrupted = shell().interruption().isRequested();
        if (interrupted) {
            shell().err().println(ReplayLaunch.INTERRUPTED);
        }
        if (!quiet) {
            summary.lines().forEach(this::print);
        }
        if (hash) {
            print((quiet ? "" : "state hash  ") + result.stateHash());
        }
        return interrupted ? ExitCode.INTERRUPTED
                : summary.isConserved() ? ExitCode.OK : ExitCode.FINDING;
    }

    private void checkTimes() throws CommandException {
        if (from != null && to != null && !from.isBefore(to)) {
            throw usage("--from " + from + " is not before --to " + to);
        }
    }

    private EventSelection selection() throws CommandException {
        if (kinds == null) {
            return new EventSelection(sources.names(), true, true);
        }
        for (String kind : kinds) {
            if (!KINDS.contains(kind)) {
                throw usage("--kinds " + kind + ": it takes " + String.join(", ", KINDS)
                        + Nearest.hint(kind, KINDS));
            }
        }
        return new EventSelection(sources.names(), kinds.contains(TRADES),
                kinds.contains(BOOKS));
    }

    private double pace() throws CommandException {
        if (speed.equals(MAX_SPEED)) {
            return ReplayRequest.AS_FAST_AS_IT_GOES;
        }
        double multiple = MULTIPLE.matcher(speed).matches() ? Double.parseDouble(speed) : 0;
        if (multiple <= 0) {
            throw usage("--speed " + speed + ": it takes max, or a multiple of the recorded pace,"
                    + " such as 10 or 0.5");
        }
        return multiple;
    }

    private List<Configuration.Given> given() {
        List<Configuration.Given> given = new ArrayList<>();
        add(given, Settings.ROWS_TICKS, rowTicks, "--row-ticks");
        add(given, Settings.ROWS_CAPACITY, rowCapacity, "--row-capacity");
        add(given, Settings.PIPELINE_THREADS, threads, "--threads");
        return given;
    }

    private static void add(List<Configuration.Given> given, Setting setting,
            @Nullable String text, String option) {
        if (text != null) {
            given.add(new Configuration.Given(setting.key(), text, option));
        }
    }
}
