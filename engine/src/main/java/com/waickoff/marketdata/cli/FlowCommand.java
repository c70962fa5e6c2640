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
import com.waickoff.marketdata.terminal.Terminal;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    private static final int MOST_ROW_TICKS = 1_000_000_000;

    @Mixin
    private InstrumentParameter instrument = new InstrumentParameter();
    @Option(names = "--timeframe", paramLabel = "TF", defaultValue = "5m",
            description = "1m, 5m, 15m, 1h, 4h or 1d. Default: ${DEFAULT-VALUE}.")
    private String timeframe = "5m";
    @Option(names = "--row-ticks", paramLabel = "N",
            description = "Height of a line of prices in ticks, raised to a multiple of the rows"
                    + " that are kept. Default: the smallest with which all lines fit.")
    private @Nullable Integer rowTicks;
    @Mixin
    private DrawingOptions look = new DrawingOptions();
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
        instrument.check(this);
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
            FlowReport report = reading.readFlow(instrument.name(), wanted, engine.flow());
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
            return json ? WatchLoop.print(shell(), watched::json)
                    : WatchLoop.draw(shell(),
                            terminal -> watched.lines(drawing(terminal, false)));
        }
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
                return drawing.waiting(instrument.name(), wanted,
                        String.valueOf(notNow.getMessage()));
            }
        }

        String json() throws IOException {
            try {
                return FlowJson.of(read(), ticks());
            } catch (NothingToShowException | UnusableFileException notNow) {
                return ProfileJson.problem(instrument.name(), wanted.label(),
                        String.valueOf(notNow.getMessage()));
            }
        }

        private FlowReport read() throws IOException, NothingToShowException {
            WindowReading open = reading;
            if (open == null) {
                open = new WindowReading(engine.snapshotFile(), false, shell().epochMs());
                reading = open;
            }
            return open.readFlow(instrument.name(), wanted, engine.flow());
        }

        @Override
        public void close() {
            if (reading != null) {
                reading.close();
            }
        }
    }

    private FlowDrawing drawing(Terminal terminal, boolean prompt) throws CommandException {
        return new FlowDrawing(look.columns(this, terminal),
                DrawingOptions.lines(terminal, prompt), look.rows(this), ticks(), look.ink(this),
                Glyphs.of(terminal));
    }
}
