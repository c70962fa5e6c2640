package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.drawing.DepthDrawing;
import com.waickoff.marketdata.memory.UnusableFileException;
import com.waickoff.marketdata.report.DepthJson;
import com.waickoff.marketdata.report.DepthReading;
import com.waickoff.marketdata.report.DepthReport;
import com.waickoff.marketdata.report.NothingToShowException;
import com.waickoff.marketdata.report.ProfileJson;
import com.waickoff.marketdata.terminal.Terminal;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * A book, drawn or printed as JSON, once or again and again: what commands do for {@code --depth}.
 *
 * <p>Threads: the command's own.
 */
final class DepthScreen {
    /** Between two drawings in place: often enough to be followed by eye. */
    private static final long DRAWING_MS = 250;
    /** Between two that are kept, in a file or by a program. */
    private static final long PRINTING_MS = 1000;

    private final Shell shell;
    private final Path snapshotFile;
    private final String instrument;
    private final Timeframe timeframe;

    DepthScreen(Shell shell, Path snapshotFile, String instrument, Timeframe timeframe) {
        this.shell = shell;
        this.snapshotFile = snapshotFile;
        this.instrument = instrument;
        this.timeframe = timeframe;
    }

    /**
     * The book as it is now.
     *
     * @throws NothingToShowException if there is none
     */
    DepthReport read() throws IOException, NothingToShowException {
        try (DepthReading reading = new DepthReading(snapshotFile, shell.epochMs())) {
            return reading.read(instrument, timeframe);
        }
    }

    /** Draws the book until somebody wants it to end. */
    ExitCode watch(Function<Terminal, DepthDrawing> drawings)
            throws IOException, InterruptedException {
        try (LiveScreen screen = LiveScreen.on(shell)) {
            do {
                DepthDrawing drawing = drawings.apply(screen.terminal());
                List<String> lines;
                try {
                    lines = drawing.draw(read());
                } catch (NothingToShowException | UnusableFileException notNow) {
                    lines = drawing.waiting(instrument, String.valueOf(notNow.getMessage()));
                }
                screen.show(lines);
            } while (!screen.await(screen.redraws() ? DRAWING_MS : PRINTING_MS));
        }
        return ExitCode.OK;
    }

    /** Prints a line of JSON a second until somebody wants it to end. */
    ExitCode watchJson() throws IOException, InterruptedException {
        shell.interruption().heed();
        do {
            String line;
            try {
                line = DepthJson.of(read());
            } catch (NothingToShowException | UnusableFileException notNow) {
                line = ProfileJson.problem(instrument, timeframe.label(),
                        String.valueOf(notNow.getMessage()));
            }
            shell.out().println(line);
            shell.out().flush();
        } while (!shell.out().checkError() && !shell.interruption().await(PRINTING_MS));
        return ExitCode.OK;
    }
}
