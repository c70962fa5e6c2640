package com.waickoff.marketdata.report;

import com.waickoff.marketdata.feed.Nearest;
import com.waickoff.marketdata.report.WindowReport.Liveness;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.snapshot.DepthBarsView;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.snapshot.WallsView;
import com.waickoff.marketdata.window.DepthBar;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Reads books, their walls and windows out of a snapshot file; of the next file where an engine that
 * was started again has replaced it.
 *
 * <p>Threads: one.
 */
public final class DepthReading implements AutoCloseable {
    private static final long NS_PER_MS = 1_000_000L;
    /** An engine that lives tells so every second. */
    private static final long HEARTBEAT_MAX_AGE_NS = 5_000_000_000L;

    private final Path snapshotFile;
    private final LongSupplier epochMs;
    private final SnapshotReader reader;

    /**
     * Reads from this file.
     *
     * @param epochMs the time, for ages
     * @throws IOException if the file is unusable
     */
    public DepthReading(Path snapshotFile, LongSupplier epochMs) throws IOException {
        this.snapshotFile = snapshotFile;
        this.epochMs = epochMs;
        reader = SnapshotReader.open(snapshotFile);
    }

    /**
     * The book of an instrument as it is now.
     *
     * @throws NothingToShowException if there is no such instrument or book
     */
    public DepthReport read(String name, Timeframe timeframe)
            throws IOException, NothingToShowException {
        reader.refresh();
        SnapshotEntry entry = reader.find(name);
        if (entry == null) {
            List<String> names = reader.instruments().stream()
                    .map(other -> other.instrument().name()).toList();
            throw NothingToShowException.absent("no instrument " + name + " in "
                    + snapshotFile + Nearest.hint(name, names));
        }
        DepthView book = new DepthView();
        WallsView walls = new WallsView();
        DepthBarsView windows = new DepthBarsView();
        if (!reader.read(entry, book) || !reader.read(entry, walls)
                || !reader.read(entry, timeframe, windows)) {
            throw NothingToShowException.busy(snapshotFile.toString());
        }
        if (book.sequence() == 0) {
            throw NothingToShowException
                    .absent("no book of " + name + " yet: there is nothing to draw");
        }
        List<DepthBar> bars = new ArrayList<>();
        for (int i = 0; i < windows.count(); i++) {
            bars.add(windows.bar(i));
        }
        long nowMs = epochMs.getAsLong();
        boolean running = nowMs * NS_PER_MS - reader.heartbeatNs() <= HEARTBEAT_MAX_AGE_NS;
        return new DepthReport(scales(entry.instrument()), timeframe, book, walls, bars,
                running ? Liveness.LIVE : Liveness.STOPPED, nowMs);
    }

    @Override
    public void close() {
        reader.close();
    }

    private static Scales scales(SnapshotInstrument instrument) {
        return new Scales(instrument.name(), instrument.priceScale(), instrument.tick(),
                instrument.priceUnit(), instrument.quantityScale(), instrument.quantityUnit());
    }
}
