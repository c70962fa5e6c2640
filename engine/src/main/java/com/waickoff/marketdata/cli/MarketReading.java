package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.drawing.MarketFrame;
import com.waickoff.marketdata.memory.UnusableFileException;
import com.waickoff.marketdata.report.EngineRates;
import com.waickoff.marketdata.report.FlowHistory;
import com.waickoff.marketdata.report.NothingToShowException;
import com.waickoff.marketdata.report.ProfileWishes;
import com.waickoff.marketdata.report.StatusReport.Reading;
import com.waickoff.marketdata.report.WindowReading;
import com.waickoff.marketdata.status.StatusReader;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Looks at an engine again and again, and remembers the last minutes: what the engine's files show
 * is a moment.
 *
 * <p>Threads: one.
 */
final class MarketReading implements AutoCloseable {
    /** Rates and latencies are of about so long. */
    private static final long STRETCH_NS = 5_000_000_000L;
    private static final long BETWEEN_READINGS_NS = 1_000_000_000L;
    /** The longest series that a screen could hold. */
    private static final int MOST_SECONDS = 400;

    private final Shell shell;
    private final Path statusFile;
    private final WatchedWindow window;
    private final FlowHistory flow = new FlowHistory();
    private final Deque<Reading> readings = new ArrayDeque<>();
    private @Nullable StatusReader status;

    /** Looks at the files of this engine; they need not be there yet. */
    MarketReading(Shell shell, EngineConfig engine, String instrument, Timeframe timeframe) {
        this.shell = shell;
        statusFile = engine.statusFile();
        window = new WatchedWindow(shell, engine.snapshotFile(), instrument,
                ProfileWishes.plain(timeframe, null));
    }

    /** From now on only what a later run of an engine writes is of interest. */
    void leaveAloneWhatIsThere() throws IOException {
        window.leaveAloneWhatIsThere();
    }

    /**
     * The market as it is now.
     *
     * @throws NothingToShowException if there is nothing to show yet
     * @throws UnusableFileException if nobody writes, or wrote, the files
     */
    MarketFrame read() throws IOException, NothingToShowException {
        WindowReading.WithBook seen = window.read();
        EngineRates rates = readStatus();
        Long cumulativeDelta = seen.window().cumulativeDelta();
        if (cumulativeDelta != null) {
            flow.add(shell.nanoTime().getAsLong(), cumulativeDelta);
        }
        return new MarketFrame(seen.window(), seen.book(), new MarketFrame.Seconds(
                flow.deltas(MOST_SECONDS), flow.cumulative(MOST_SECONDS)), rates);
    }

    private EngineRates readStatus() throws IOException {
        StatusReader open = status;
        if (open == null) {
            open = StatusReader.open(statusFile);
            status = open;
        }
        open.refresh();
        Reading now = Reading.of(open, shell.epochMs().getAsLong());
        if (!readings.isEmpty() && readings.getLast().run().epoch() != now.run().epoch()) {
            readings.clear();
        }
        while (readings.size() > 1
                && now.nowNs() - readings.getFirst().nowNs() > STRETCH_NS) {
            readings.removeFirst();
        }
        EngineRates rates = EngineRates.between(readings.peekFirst(), now);
        if (readings.isEmpty()
                || now.nowNs() - readings.getLast().nowNs() >= BETWEEN_READINGS_NS) {
            readings.addLast(now);
        }
        return rates;
    }

    @Override
    public void close() {
        window.close();
        if (status != null) {
            status.close();
        }
    }
}
