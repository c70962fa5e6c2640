package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.drawing.ProfileDrawing;
import com.waickoff.marketdata.drawing.SteadyPrices;
import com.waickoff.marketdata.memory.UnusableFileException;
import com.waickoff.marketdata.report.NothingToShowException;
import com.waickoff.marketdata.report.ProfileJson;
import com.waickoff.marketdata.report.ProfileReport;
import com.waickoff.marketdata.report.ProfileWishes;
import com.waickoff.marketdata.report.WindowReading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A profile of an instrument's newest window, or windows, for as long as somebody watches: whatever keeps it from being
 * shown now, an engine that is not started yet for one, may be over a moment later.
 *
 * <p>Threads: one.
 */
final class WatchedWindow implements AutoCloseable {
    private final Shell shell;
    private final Path snapshotFile;
    private final String instrument;
    private final ProfileWishes wishes;
    private @Nullable WindowReading reading;
    private long leftAlone;

    /** Watches what is wanted of this instrument. */
    WatchedWindow(Shell shell, Path snapshotFile, String instrument, ProfileWishes wishes) {
        this.shell = shell;
        this.snapshotFile = snapshotFile;
        this.instrument = instrument;
        this.wishes = wishes;
    }

    /** The window as it is now, or why it cannot be shown. */
    List<String> lines(ProfileDrawing drawing, SteadyPrices prices) throws IOException {
        try {
            return drawing.drawSteadily(profile(), prices);
        } catch (NothingToShowException | UnusableFileException notNow) {
            return drawing.waiting(instrument, wishes.stretch().timeframe(),
                    String.valueOf(notNow.getMessage()));
        }
    }

    /** The window as it is now, or why it cannot be shown, as one line of JSON. */
    String json() throws IOException {
        try {
            return ProfileJson.of(profile());
        } catch (NothingToShowException | UnusableFileException notNow) {
            return ProfileJson.problem(instrument, wishes.stretch().timeframe().label(),
                    String.valueOf(notNow.getMessage()));
        }
    }

    private ProfileReport profile() throws IOException, NothingToShowException {
        ProfileReport read = open().read(instrument, wishes);
        checkBegun();
        return read;
    }

    /**
     * The newest window as it is now, and the book.
     *
     * @throws NothingToShowException if there is none yet
     * @throws UnusableFileException if nobody writes, or wrote, the file
     */
    WindowReading.WithBook read() throws IOException, NothingToShowException {
        WindowReading.WithBook read = open().readWithBook(instrument,
                wishes.stretch().timeframe());
        checkBegun();
        return read;
    }

    private void checkBegun() throws IOException, NothingToShowException {
        if (open().epoch() == leftAlone) {
            throw NothingToShowException.absent("the engine has not begun to write yet");
        }
    }

    private WindowReading open() throws IOException {
        WindowReading open = reading;
        if (open == null) {
            open = new WindowReading(snapshotFile, false, shell.epochMs());
            reading = open;
        }
        return open;
    }

    /** From now on only what a later run writes is of interest. */
    void leaveAloneWhatIsThere() throws IOException {
        try {
            leftAlone = open().epoch();
        } catch (UnusableFileException nothingOfUse) {
            // What comes will be of a later run.
            leftAlone = 0;
        }
    }

    @Override
    public void close() {
        if (reading != null) {
            reading.close();
        }
    }
}
