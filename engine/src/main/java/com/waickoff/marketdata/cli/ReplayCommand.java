package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.ReplayRequest;
import com.waickoff.marketdata.ReplayResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waickoff replay}. */
@Command(name = "replay",
        customSynopsis = {"waickoff replay --recording=FILE --venue=VENUE [OPTIONS]",
                "       waickoff replay --journal=DIR [OPTIONS]"},
        description = {"Replays a journal or a recording through the decoders and studies that"
                + " serve live data, and says what came of it.",
                "The same input gives the same state hash, on any machine and with any threads."},
        footer = {"  waickoff replay --recording day.tsv.gz --venue bybit-linear \\",
                "      --instruments instruments.csv --export out --hash",
                "  waickoff replay --journal data/journal --from 2026-01-05T14:00:00Z"
                        + " --hash"})
final class ReplayCommand extends CommandBase {
    private static final String CSV = "csv";
    private static final String MAX_SPEED = "max";
    private static final Pattern MULTIPLE = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");

    @ArgGroup(multiplicity = "1")
    private Source source;
    @Option(names = "--venue", paramLabel = "VENUE",
            description = "Whose protocol the recording holds, such as bybit-linear.")
    private @Nullable String venue;
    @Option(names = "--instruments", paramLabel = "FILE",
            description = "Ticks and lots where the recording holds no metadata: a CSV file with"
                    + " the header instrument,tick_size,lot_size. Default: none.")
    private @Nullable Path instruments;
    @Option(names = "--from", paramLabel = "TIME", converter = Moment.class,
            description = "Leaves out what was received before: ISO-8601 or ms since the epoch."
                    + " Default: everything.")
    private @Nullable Instant from;
    @Option(names = "--to", paramLabel = "TIME", converter = Moment.class,
            description = "Leaves out what was received from then on. Default: everything.")
    private @Nullable Instant to;
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
    @Option(names = "--export", paramLabel = "DIR",
            description = "Writes windows, profiles and books there. Default: nothing.")
    private @Nullable Path exportDir;
    @Option(names = "--format", paramLabel = "FORMAT", split = ",",
            description = "Format of these files: csv. Default: csv.")
    private @Nullable List<String> formats;
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
    @Mixin
    private ConfigOptions options;

    /** Where the events come from. */
    static final class Source {
        @Option(names = "--journal", paramLabel = "DIR", required = true,
                description = "Replays a journal.")
        private @Nullable Path journal;
        @Option(names = "--recording", paramLabel = "FILE", required = true,
                description = "Replays a recording: lines of receive time, kind and payload; gzip"
                        + " where the name ends in .gz.")
        private @Nullable Path recording;
    }

    ReplayCommand(Shell shell) {
        super(shell);
        source = new Source();
        options = new ConfigOptions();
    }

    @Override
    ExitCode execute() throws CommandException, IOException {
        ReplayRequest.Source from = source();
        checkTimes();
        checkFormats();
        double pace = pace();
        if (rebuild != null) {
            return rebuild(from, rebuild);
        }
        if (dataDir != null) {
            return replay(from, pace, shell().resolve(dataDir));
        }
        try (TemporaryDirectory temporary = new TemporaryDirectory()) {
            return replay(from, pace, temporary.path());
        }
    }

    private ExitCode replay(ReplayRequest.Source events, double pace, Path data)
            throws CommandException {
        ReplayLaunch launch = new ReplayLaunch(shell());
        EngineConfig engine = launch.engine(options, given(),
                instruments == null ? null : shell().resolve(instruments), data);
        ReplayResult result = launch.run(new ReplayRequest(events,
                from == null ? 0 : from.toEpochMilli(),
                to == null ? Long.MAX_VALUE : to.toEpochMilli(), pace,
                journalTo == null ? null : shell().resolve(journalTo),
                exportDir == null ? null : shell().resolve(exportDir), engine), quiet);
        if (events instanceof ReplayRequest.Recording replayed) {
            ReplayLaunch.requireFrames(result, replayed);
        }
        return report(result);
    }

    private ExitCode rebuild(ReplayRequest.Source events, String wanted) throws CommandException {
        if (!(events instanceof ReplayRequest.Journal journal)) {
            throw usage("--rebuild belongs to --journal");
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

    private ReplayRequest.Source source() throws CommandException {
        Path journal = source.journal;
        if (journal != null) {
            rejectWithJournal("--venue", venue);
            rejectWithJournal("--instruments", instruments);
            rejectWithJournal("--journal-to", journalTo);
            return new ReplayRequest.Journal(existingJournal(shell().resolve(journal)));
        }
        Path recording = source.recording;
        if (recording == null) {
            throw usage("replay what? --journal DIR or --recording FILE");
        }
        if (venue == null) {
            throw usage("--recording needs --venue, one of "
                    + String.join(", ", ReplayLaunch.venues()));
        }
        String problem = ReplayLaunch.problemOfVenue(venue);
        if (problem != null) {
            throw usage(problem);
        }
        ReplayLaunch.requireFile(shell().resolve(recording), "--recording");
        Path csv = instruments == null ? null : shell().resolve(instruments);
        if (csv != null) {
            ReplayLaunch.requireFile(csv, "--instruments");
        }
        return new ReplayRequest.Recording(shell().resolve(recording), venue, csv);
    }

    private static Path existingJournal(Path journal) throws CommandException {
        if (!Files.isDirectory(journal)) {
            throw new CommandException(ExitCode.NO_INPUT,
                    "--journal " + journal + ": no such directory");
        }
        return journal;
    }

    private void rejectWithJournal(String option, @Nullable Object value)
            throws CommandException {
        if (value != null) {
            throw usage(option + " belongs to --recording: a journal holds what it needs");
        }
    }

    private void checkTimes() throws CommandException {
        if (from != null && to != null && !from.isBefore(to)) {
            throw usage("--from " + from + " is not before --to " + to);
        }
    }

    private void checkFormats() throws CommandException {
        if (formats == null) {
            return;
        }
        if (exportDir == null) {
            throw usage("--format belongs to --export DIR");
        }
        for (String format : formats) {
            if (!format.toLowerCase(Locale.ROOT).equals(CSV)) {
                throw usage("--format " + format + ": only csv is built yet");
            }
        }
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
