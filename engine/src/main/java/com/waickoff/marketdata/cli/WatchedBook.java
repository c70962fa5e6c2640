package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.drawing.DepthDrawing;
import com.waickoff.marketdata.memory.UnusableFileException;
import com.waickoff.marketdata.report.DepthJson;
import com.waickoff.marketdata.report.DepthReading;
import com.waickoff.marketdata.report.DepthReport;
import com.waickoff.marketdata.report.NothingToShowException;
import com.waickoff.marketdata.report.ProfileJson;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The book of an instrument, as it is whenever somebody asks: whatever keeps it from being shown now
 * may be over a moment later.
 *
 * <p>Threads: one.
 */
final class WatchedBook {
    private final Shell shell;
    private final Path snapshotFile;
    private final String instrument;
    private final Timeframe timeframe;

    WatchedBook(Shell shell, Path snapshotFile, String instrument, Timeframe timeframe) {
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

    /** The book as it is now, or why it cannot be shown. */
    List<String> lines(DepthDrawing drawing) throws IOException {
        try {
            return drawing.draw(read());
        } catch (NothingToShowException | UnusableFileException notNow) {
            return drawing.waiting(instrument, String.valueOf(notNow.getMessage()));
        }
    }

    /** The book as it is now, or why it cannot be shown, as one line of JSON. */
    String json() throws IOException {
        try {
            return DepthJson.of(read());
        } catch (NothingToShowException | UnusableFileException notNow) {
            return ProfileJson.problem(instrument, timeframe.label(),
                    String.valueOf(notNow.getMessage()));
        }
    }
}
