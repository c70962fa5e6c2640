package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.ReplayRequest;
import com.waickoff.marketdata.config.Settings;
import com.waickoff.marketdata.config.WrongConfigurationException;
import com.waickoff.marketdata.drawing.DepthDrawing;
import com.waickoff.marketdata.drawing.ProfileDrawing;
import com.waickoff.marketdata.drawing.SteadyPrices;
import com.waickoff.marketdata.report.DepthJson;
import com.waickoff.marketdata.report.DepthReport;
import com.waickoff.marketdata.report.NothingToShowException;
import com.waickoff.marketdata.report.ProfileJson;
import com.waickoff.marketdata.report.ProfileReport;
import com.waickoff.marketdata.report.ProfileWishes;
import com.waickoff.marketdata.report.WindowReading;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Terminal;
import com.waickoff.marketdata.window.Session;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waickoff profile}. */
@Command(name = "profile",
        customSynopsis = "waickoff profile INSTRUMENT [--timeframe=TF] [OPTIONS]",
        description = {"Draws the volume profile of a window: volume bought and sold at each price,"
                + " point of control and value area, and how complete the trades behind it are.",
                "Without --recording it reads what a running, or stopped, engine shows."},
        footer = {"  waickoff profile bybit-linear:BTCUSDT --timeframe 1h",
                "  waickoff profile bybit-linear:BTCUSDT --timeframe 5m --watch",
                "  waickoff profile bybit-linear:BTCUSDT --timeframe 5m --json",
                "  waickoff profile bybit-linear:BTCUSDT --windows 24 --nodes --naked --vwap",
                "  waickoff profile bybit-linear:BTCUSDT --session london --row-ticks 50",
                "  waickoff profile bybit-linear:BTCUSDT --timeframe 1m --depth --watch",
                "  waickoff profile bybit-linear:BTCUSDT --recording day.tsv.gz \\",
                "      --instruments instruments.csv"})
final class ProfileCommand extends CommandBase {
    @Mixin
    private InstrumentParameter instrument = new InstrumentParameter();
    @Mixin
    private ProfileOptions wanted = new ProfileOptions();
    @Option(names = "--recording", paramLabel = "FILE",
            description = "Replays this recording first, and draws what comes of it."
                    + " Default: none.")
    private @Nullable Path recording;
    @Option(names = "--instruments", paramLabel = "FILE",
            description = "Ticks and lots where the recording holds no metadata: a CSV file with"
                    + " the header instrument,tick_size,lot_size and, if known,"
                    + " base,quote,contract_size. Default: none.")
    private @Nullable Path instruments;
    @Option(names = "--venue", paramLabel = "VENUE",
            description = "Whose protocol the recording holds. Default: the instrument's venue.")
    private @Nullable String venue;
    @Mixin
    private DrawingOptions look = new DrawingOptions();
    @Option(names = "--json",
            description = "Prints the window as one line of JSON instead.")
    private boolean json;
    @Option(names = "--watch",
            description = "Goes on until it is interrupted, and follows the newest window: in place"
                    + " on a terminal, elsewhere a drawing, or a line of JSON, every second.")
    private boolean watch;
    @Option(names = "--depth",
            description = "Shows the book instead: its levels and walls, imbalances, and its order"
                    + " flow in the newest window.")
    private boolean depth;
    @Mixin
    private DataDirOptions options;

    ProfileCommand(Shell shell) {
        super(shell);
        options = new DataDirOptions();
    }

    @Override
    ExitCode execute() throws Exception {
        ProfileWishes wishes = wanted.wishes(this, sessions());
        ProfileDrawing drawing = drawing(shell().outTerminal(), true);
        instrument.check(this);
        if (depth) {
            return depth(wishes.stretch().timeframe());
        }
        if (watch) {
            return watch(wishes);
        }
        ProfileReport report = recording == null ? read(snapshotFile(), false, wishes)
                : fromRecording(recording, wishes);
        if (shell().interruption().isRequested()) {
            shell().err().println(ReplayLaunch.INTERRUPTED);
        }
        if (json) {
            print(ProfileJson.of(report));
        } else {
            drawing.draw(report).forEach(this::print);
        }
        return ExitCode.OK;
    }

    private List<Session> sessions() throws CommandException, WrongConfigurationException {
        String configured = options.configuration(shell()).get(Settings.SESSIONS).text();
        String problem = Settings.SESSIONS.problemOf(configured);
        if (problem != null) {
            throw new WrongConfigurationException(List.of(problem));
        }
        return Session.parse(configured);
    }

    private Path snapshotFile() throws CommandException, WrongConfigurationException {
        if (instruments != null || venue != null) {
            throw usage((venue == null ? "--instruments" : "--venue")
                    + " belongs to --recording FILE");
        }
        return options.engine(shell()).snapshotFile();
    }

    private ExitCode watch(ProfileWishes wishes)
            throws CommandException, IOException, InterruptedException,
            WrongConfigurationException {
        if (wishes.explain() && !json) {
            throw usage("--explain lists more lines than a screen has: it does not go with"
                    + " --watch");
        }
        if (recording != null || wanted.hasStart()) {
            throw usage("--watch follows the newest window of an engine: it does not go with "
                    + (wanted.hasStart() ? "--start" : "--recording"));
        }
        SteadyPrices prices = new SteadyPrices();
        try (WatchedWindow window = new WatchedWindow(shell(), snapshotFile(), instrument.name(),
                wishes)) {
            return json ? WatchLoop.print(shell(), window::json)
                    : WatchLoop.draw(shell(),
                            terminal -> window.lines(drawing(terminal, false), prices));
        }
    }

    private ExitCode depth(Timeframe of)
            throws CommandException, IOException, InterruptedException, NothingToShowException,
            WrongConfigurationException {
        if (recording != null || wanted.hasStart() || look.hasRows()) {
            throw usage("--depth shows the book of an engine as it is: it does not go with "
                    + (recording != null ? "--recording"
                            : wanted.hasStart() ? "--start" : "--rows"));
        }
        WatchedBook book = new WatchedBook(shell(), snapshotFile(), instrument.name(), of);
        if (watch) {
            return json ? WatchLoop.print(shell(), book::json)
                    : WatchLoop.draw(shell(),
                            terminal -> book.lines(depthDrawing(terminal, false)));
        }
        DepthReport report = book.read();
        if (json) {
            print(DepthJson.of(report));
        } else {
            depthDrawing(shell().outTerminal(), true).draw(report).forEach(this::print);
        }
        return ExitCode.OK;
    }

    private DepthDrawing depthDrawing(Terminal terminal, boolean prompt) throws CommandException {
        return new DepthDrawing(look.columns(this, terminal),
                DrawingOptions.lines(terminal, prompt), look.ink(this), Glyphs.of(terminal));
    }

    private ProfileReport fromRecording(Path file, ProfileWishes wishes) throws CommandException,
            WrongConfigurationException, NothingToShowException, IOException {
        if (options.named() != null) {
            throw usage("--data and --recording exclude each other");
        }
        String spoken = venue == null ? instrument.venue() : venue;
        String problem = ReplayLaunch.problemOfVenue(spoken);
        if (problem != null) {
            throw usage(problem);
        }
        ReplayLaunch.requireFile(shell().resolve(file), "--recording");
        Path csv = instruments == null ? null : shell().resolve(instruments);
        if (csv != null) {
            ReplayLaunch.requireFile(csv, "--instruments");
        }
        ReplayLaunch launch = new ReplayLaunch(shell());
        try (TemporaryDirectory temporary = new TemporaryDirectory()) {
            EngineConfig engine = launch.engine(options.config(), List.of(), csv, temporary.path());
            var source = new ReplayRequest.Recording(shell().resolve(file), spoken, csv);
            ReplayLaunch.requireFrames(launch.run(new ReplayRequest(source, 0, Long.MAX_VALUE,
                    ReplayRequest.AS_FAST_AS_IT_GOES, null, null, engine), false), source);
            return read(engine.snapshotFile(), true, wishes);
        }
    }

    private ProfileReport read(Path snapshotFile, boolean replayed, ProfileWishes wishes)
            throws NothingToShowException, IOException {
        try (WindowReading reading = new WindowReading(snapshotFile, replayed,
                shell().epochMs())) {
            return reading.read(instrument.name(), wishes);
        }
    }

    /** The timeframe with this label, or a complaint of the command. */
    static Timeframe timeframe(String label, CommandBase command) throws CommandException {
        Timeframe found = Timeframe.ofLabel(label);
        if (found == null) {
            throw command.usage("--timeframe " + label + ": one of " + String.join(", ",
                    Timeframe.ALL.stream().map(Timeframe::label).toList()));
        }
        return found;
    }

    /**
     * Drawings that fill the terminal.
     *
     * @param prompt whether a prompt follows, which takes a line
     */
    private ProfileDrawing drawing(Terminal terminal, boolean prompt) throws CommandException {
        return new ProfileDrawing(look.columns(this, terminal),
                DrawingOptions.lines(terminal, prompt), look.rows(this), look.ink(this),
                Glyphs.of(terminal));
    }
}
