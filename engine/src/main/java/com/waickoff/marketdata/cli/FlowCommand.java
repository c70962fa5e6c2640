package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.drawing.FlowDrawing;
import com.waickoff.marketdata.memory.UnusableFileException;
import com.waickoff.marketdata.report.FlowJson;
import com.waickoff.marketdata.report.FlowReport;
import com.waickoff.marketdata.report.NothingToShowException;
import com.waickoff.marketdata.report.ProfileJson;
import com.waickoff.marketdata.report.WindowReading;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Terminal;
import com.waickoff.marketdata.terminal.Terminal.Colors;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waickoff flow}. */
@Command(name = "flow", customSynopsis = "waickoff flow INSTRUMENT [--timeframe=TF] [OPTIONS]",
        description = {"Draws the order flow: the footprint of the newest windows (what was sold at"
                + " the bid and bought at the ask of each price, and where one side outweighs the"
                + " other), delta and cumulative delta under the price, and the last signals.",
                "It reads what a running, or stopped, engine shows; or what a replay kept with"
                        + " --data."},
        footer = {"  waickoff flow bybit-linear:BTCUSDT --timeframe 5m",
                "  waickoff flow bybit-linear:BTCUSDT --timeframe 1m --row-ticks 50 --watch",
                "  waickoff flow bybit-linear:BTCUSDT --timeframe 5m --json"})
final class FlowCommand extends CommandBase {
    /** Height of a drawing that scrolls anyway. */
    private static final int LINES_WITHOUT_TERMINAL = 40;
    private static final long WATCH_DRAWING_MS = 250;
    private static final long WATCH_PRINTING_MS = 1000;
    private static final int MOST_ROW_TICKS = 1_000_000_000;
    private static final Pattern INSTRUMENT = Pattern.compile("[^:\\s]+:\\S+");

    @Parameters(index = "0", paramLabel = "INSTRUMENT",
            description = "venue:SYMBOL, such as bybit-linear:BTCUSDT.")
    private String instrument = "";
    @Option(names = "--timeframe", paramLabel = "TF", defaultValue = "5m",
            description = "1m, 5m, 15m, 1h, 4h or 1d. Default: ${DEFAULT-VALUE}.")
    private String timeframe = "5m";
    @Option(names = "--row-ticks", paramLabel = "N",
            description = "Height of a line of prices in ticks, raised to a multiple of the rows"
                    + " that are kept. Default: the smallest with which all lines fit.")
    private @Nullable Integer rowTicks;
    @Option(names = "--rows", paramLabel = "N",
            description = "Lines of prices. Default: as many as fit.")
    private @Nullable Integer rows;
    @Option(names = "--width", paramLabel = "W",
            description = "Columns, 60 to 400. Default: the terminal's, or 80.")
    private @Nullable Integer width;
    @Option(names = "--color", paramLabel = "auto|always|never", defaultValue = "auto",
            description = "Colours; auto: on a terminal where NO_COLOR is not set. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String color = "auto";
    @Option(names = "--json", description = "Prints one line of JSON instead.")
    private boolean json;
    @Option(names = "--watch",
            description = "Goes on until it is interrupted: in place on a terminal, elsewhere a"
                    + " drawing, or a line of JSON, every second.")
    private boolean watch;
    @Mixin
    private DataDirOptions options;

    FlowCommand(Shell shell) {
        super(shell);
        options = new DataDirOptions();
    }

    @Override
    ExitCode execute() throws Exception {
        Timeframe wanted = ProfileCommand.timeframe(timeframe, this);
        if (!INSTRUMENT.matcher(instrument).matches()) {
            throw usage("'" + instrument + "' is no instrument: it takes venue:SYMBOL, such as"
                    + " bybit-linear:BTCUSDT");
        }
        if (rowTicks != null && (rowTicks < 1 || rowTicks > MOST_ROW_TICKS)) {
            throw usage("--row-ticks is " + rowTicks + ", allowed is 1 to " + MOST_ROW_TICKS);
        }
        FlowDrawing drawing = drawing(shell().outTerminal(), true);
        EngineConfig engine = options.engine(shell());
        if (watch) {
            return watch(engine, wanted);
        }
        try (WindowReading reading = new WindowReading(engine.snapshotFile(), false,
                shell().epochMs())) {
            FlowReport report = reading.readFlow(instrument, wanted, engine.flow());
            if (json) {
                print(FlowJson.of(report, ticks()));
            } else {
                drawing.draw(report).forEach(this::print);
            }
        }
        return ExitCode.OK;
    }

    private int ticks() {
        return rowTicks == null ? 0 : rowTicks;
    }

    private ExitCode watch(EngineConfig engine, Timeframe wanted)
            throws CommandException, IOException, InterruptedException {
        try (Watched watched = new Watched(engine, wanted)) {
            if (json) {
                shell().interruption().heed();
                do {
                    print(watched.json());
                } while (!shell().out().checkError()
                        && !shell().interruption().await(WATCH_PRINTING_MS));
                return ExitCode.OK;
            }
            try (LiveScreen screen = LiveScreen.on(shell())) {
                do {
                    screen.show(watched.lines(drawing(screen.terminal(), false)));
                } while (!screen.await(screen.redraws() ? WATCH_DRAWING_MS : WATCH_PRINTING_MS));
            }
        }
        return ExitCode.OK;
    }

    /** What keeps it from being shown now may be over a moment later. */
    private final class Watched implements AutoCloseable {
        private final EngineConfig engine;
        private final Timeframe wanted;
        private @Nullable WindowReading reading;

        Watched(EngineConfig engine, Timeframe wanted) {
            this.engine = engine;
            this.wanted = wanted;
        }

        List<String> lines(FlowDrawing drawing) throws IOException {
            try {
                return drawing.draw(read());
            } catch (NothingToShowException | UnusableFileException notNow) {
                List<String> lines = new ArrayList<>();
                lines.add(drawing.ink().paint(Tone.STRONG, Shown.plain(instrument)) + "  "
                        + wanted.label());
                lines.add("");
                Shown.wrap(Shown.plain(WatchedWindow.textOf(notNow)), drawing.width())
                        .forEach(line -> lines.add(drawing.ink().paint(Tone.WARNING, line)));
                return lines;
            }
        }

        String json() throws IOException {
            try {
                return FlowJson.of(read(), ticks());
            } catch (NothingToShowException | UnusableFileException notNow) {
                return ProfileJson.problem(instrument, wanted.label(),
                        WatchedWindow.textOf(notNow));
            }
        }

        private FlowReport read() throws IOException, NothingToShowException {
            WindowReading open = reading;
            if (open == null) {
                open = new WindowReading(engine.snapshotFile(), false, shell().epochMs());
                reading = open;
            }
            return open.readFlow(instrument, wanted, engine.flow());
        }

        @Override
        public void close() {
            if (reading != null) {
                reading.close();
            }
        }
    }

    private FlowDrawing drawing(Terminal terminal, boolean prompt) throws CommandException {
        if (rows != null && rows < 2) {
            throw usage("--rows is " + rows + ", allowed is 2 or more");
        }
        if (width != null && (width < FlowDrawing.MIN_WIDTH || width > FlowDrawing.MAX_WIDTH)) {
            throw usage("--width is " + width + ", allowed is " + FlowDrawing.MIN_WIDTH + " to "
                    + FlowDrawing.MAX_WIDTH);
        }
        int columns = width != null ? width : Math.clamp(terminal.columns(),
                FlowDrawing.MIN_WIDTH, FlowDrawing.MAX_WIDTH);
        int lines = terminal.interactive() ? terminal.lines() - (prompt ? 1 : 0)
                : LINES_WITHOUT_TERMINAL;
        return new FlowDrawing(columns, lines, rows == null ? 0 : rows, ticks(),
                new Ink(colors()), terminal.unicode() ? Glyphs.UNICODE : Glyphs.ASCII);
    }

    private Colors colors() throws CommandException {
        Terminal terminal = shell().outTerminal();
        return switch (color) {
            case "auto" -> terminal.interactive() ? terminal.colors() : Colors.NONE;
            case "never" -> Colors.NONE;
            case "always" -> Terminal.colorsOf(shell().env(), true);
            default -> throw usage("--color " + color + ": one of auto, always, never");
        };
    }
}
