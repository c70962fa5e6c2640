package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.config.ConfigFile;
import com.waickoff.marketdata.config.Configuration;
import com.waickoff.marketdata.config.EngineSettings;
import com.waickoff.marketdata.config.Settings;
import com.waickoff.marketdata.config.WrongConfigurationException;
import com.waickoff.marketdata.drawing.MarketFrame;
import com.waickoff.marketdata.drawing.MarketScreen;
import com.waickoff.marketdata.drawing.SteadyPrices;
import com.waickoff.marketdata.drawing.StoragePane;
import com.waickoff.marketdata.memory.UnusableFileException;
import com.waickoff.marketdata.report.NothingToShowException;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Terminal;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code waickoff demo}. */
@Command(name = "demo",
        description = {"Shows the engine at work: starts a simulated venue, an engine that"
                + " collects its trades and books, and a drain that stores them, and draws the"
                + " market while it moves. Nothing leaves this machine, and nothing is left on"
                + " it.",
                "Goes on until it is interrupted (Ctrl-C), or for the time that is given."},
        footer = {"  waickoff demo", "  waickoff demo --venue binance-spot --seconds 60",
                "  waickoff demo --data-dir /tmp/demo     # look at it with stat, profile, …"})
final class DemoCommand extends CommandBase {
    /** The property by which the launcher tells where it is. */
    static final String LAUNCHER = "waickoff.launcher";

    private static final Pattern SYMBOL = Pattern.compile("[A-Za-z0-9._-]{1,40}");
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long BETWEEN_LOOKS_MS = 200;
    /** Between two pictures that are kept, in a file or by a program. */
    private static final long BETWEEN_PRINTS_NS = 30 * NS_PER_SECOND;
    /** Venue and engine start, on whatever machine this is. */
    private static final long START_NS = 60 * NS_PER_SECOND;
    private static final int LINES_WITHOUT_TERMINAL = 24;
    /** A child that the same Ctrl-C ends may be seen to end first. */
    private static final long SAME_SIGNAL_MS = 300;

    @Option(names = "--seconds", paramLabel = "N",
            description = "Ends by itself after so many seconds of market. Default: goes on.")
    private @Nullable Integer seconds;
    @Option(names = "--venue", paramLabel = "VENUE", defaultValue = "bybit-linear",
            description = "The venue to simulate: bybit-linear, binance-usdm or binance-spot."
                    + " Default: ${DEFAULT-VALUE}.")
    private String venue = "bybit-linear";
    @Option(names = "--instrument", paramLabel = "SYMBOL", defaultValue = "BTCUSDT",
            description = "What is traded there. Default: ${DEFAULT-VALUE}.")
    private String symbol = "BTCUSDT";
    @Option(names = "--timeframe", paramLabel = "TF", defaultValue = "5m",
            description = "The window that is drawn: 1m, 5m, 15m, 1h, 4h or 1d. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String timeframe = "5m";
    @Option(names = "--tls", description = "Engine and venue speak TLS with each other.")
    private boolean tls;
    @Option(names = "--data-dir", paramLabel = "DIR",
            description = "Keeps journal, snapshot, status and logs there. Default: a temporary"
                    + " directory, which is removed.")
    private @Nullable Path dataDir;

    DemoCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute() throws Exception {
        Timeframe wanted = checked();
        String launcher = System.getProperty(LAUNCHER);
        if (launcher == null) {
            throw new CommandException(ExitCode.CONFIG, "the demo starts other programs by the"
                    + " launcher and does not know where that is: start it as ops/bin/waickoff"
                    + " demo");
        }
        shell().interruption().heedSignals();
        Path base = Path.of(System.getProperty("java.io.tmpdir"));
        try (DemoHome home = dataDir == null ? DemoHome.temporary(base)
                : DemoHome.kept(shell().resolve(dataDir));
                MarketReading market = new MarketReading(shell(), engineIn(home.data()),
                        venue + ':' + symbol, wanted)) {
            market.leaveAloneWhatIsThere();
            show(launcher, home, market);
        }
        return ExitCode.OK;
    }

    private void show(String launcher, DemoHome home, MarketReading market)
            throws CommandException, IOException, InterruptedException {
        try (DemoPrograms programs = new DemoPrograms(launcher, home, venue, symbol, tls)) {
            show(programs, market);
            programs.end();
        }
    }

    private Timeframe checked() throws CommandException {
        String problem = ReplayLaunch.problemOfVenue(venue);
        if (problem != null) {
            throw usage(problem);
        }
        if (!SYMBOL.matcher(symbol).matches()) {
            throw usage("'" + symbol + "' is no symbol: it takes letters and digits, such as"
                    + " BTCUSDT");
        }
        if (seconds != null && seconds < 1) {
            throw usage("--seconds is " + seconds + ", allowed is 1 or more");
        }
        return ProfileCommand.timeframe(timeframe, this);
    }

    private EngineConfig engineIn(Path directory)
            throws CommandException, WrongConfigurationException {
        return EngineSettings.of(new Configuration(ConfigFile.none(), Map.of(),
                List.of(new Configuration.Given(Settings.DATA_DIR.key(), directory.toString(),
                        "--data-dir"))),
                shell().base(), 1);
    }

    private void show(DemoPrograms programs, MarketReading market)
            throws CommandException, IOException, InterruptedException {
        SteadyPrices prices = new SteadyPrices();
        long startedNs = shell().nanoTime().getAsLong();
        long firstNs = 0;
        long printedNs = 0;
        List<String> picture = List.of();
        try (LiveScreen screen = LiveScreen.on(shell())) {
            do {
                tend(programs);
                long nowNs = shell().nanoTime().getAsLong();
                boolean first = picture.isEmpty();
                MarketFrame frame = first ? look(market, screen, programs, nowNs - startedNs)
                        : lookAgain(market);
                if (frame == null) {
                    continue;
                }
                firstNs = first ? nowNs : firstNs;
                printedNs = first ? nowNs : printedNs;
                programs.storage().tend();
                picture = draw(screen.terminal(), frame, prices, programs.storage());
                boolean last = seconds != null && nowNs - firstNs >= seconds * NS_PER_SECOND;
                if (screen.redraws() || last || nowNs - printedNs >= BETWEEN_PRINTS_NS) {
                    screen.show(picture);
                    printedNs = nowNs;
                }
                if (last) {
                    return;
                }
            } while (!screen.await(BETWEEN_LOOKS_MS));
            MarketFrame end = lookAgain(market);
            if (!screen.redraws() && end != null) {
                screen.show(draw(screen.terminal(), end, prices, programs.storage()));
            }
        }
    }

    /** Whether the engine collects: what it recovered is no market yet. */
    private boolean isLive(MarketFrame frame) {
        FeedReading feed = frame.rates().feed(venue);
        return feed != null && feed.state() == FeedState.LIVE;
    }

    /** The market, or nothing while the programs start. */
    private @Nullable MarketFrame look(MarketReading market, LiveScreen screen,
            DemoPrograms programs, long sinceStartNs) throws CommandException, IOException {
        MarketFrame frame = lookAgain(market);
        if (frame != null && isLive(frame)) {
            return frame;
        }
        if (sinceStartNs > START_NS) {
            throw new CommandException(ExitCode.FINDING, "no market came within "
                    + START_NS / NS_PER_SECOND + " s\n" + programs.lastWords());
        }
        if (screen.redraws()) {
            List<String> lines = new ArrayList<>(List.of(ink().paint(Ink.Tone.STRONG,
                    "waickoff demo"), ""));
            programs.progress().forEach(line -> lines.add("  " + line));
            screen.show(lines);
        }
        return null;
    }

    /** The market, or nothing where there is nothing to show at this moment. */
    private static @Nullable MarketFrame lookAgain(MarketReading market) throws IOException {
        try {
            return market.read();
        } catch (NothingToShowException | UnusableFileException notNow) {
            return null;
        }
    }

    private void tend(DemoPrograms programs)
            throws CommandException, IOException, InterruptedException {
        try {
            programs.tend();
        } catch (CommandException ended) {
            if (!shell().interruption().await(SAME_SIGNAL_MS)) {
                throw ended;
            }
        }
    }

    private List<String> draw(Terminal terminal, MarketFrame frame, SteadyPrices prices,
            DemoStorage storage) {
        int lines = terminal.interactive() ? terminal.lines() : LINES_WITHOUT_TERMINAL;
        List<String> picture = new ArrayList<>(new MarketScreen(terminal.columns(), lines - 1,
                ink(), Glyphs.of(terminal)).draw(frame, prices));
        picture.add(storage.line(new StoragePane(terminal.columns(), ink())));
        return picture;
    }
}
