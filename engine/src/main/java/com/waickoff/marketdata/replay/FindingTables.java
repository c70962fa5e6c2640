package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.window.Window;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the studies found as tables, written while it is found: windows, their rows, signals, each in
 * the order in which it is handed in. For more than memory holds; {@link Exports} sorts.
 *
 * <p>Threads: one.
 */
public final class FindingTables implements AutoCloseable {
    private final ExportRows rows;
    private final @Nullable TableFile windows;
    private final @Nullable TableFile profile;
    private final @Nullable TableFile signals;

    /**
     * The tables that are wanted, replacing older files.
     *
     * @param metadata kept where a format has a place for it
     */
    public FindingTables(ExportSettings settings, Map<String, String> metadata)
            throws IOException {
        rows = new ExportRows(settings.rule());
        windows = table(ExportTable.WINDOWS, settings, metadata);
        profile = table(ExportTable.PROFILE, settings, metadata);
        signals = table(ExportTable.SIGNALS, settings, metadata);
    }

    private static @Nullable TableFile table(ExportTable table, ExportSettings settings,
            Map<String, String> metadata) throws IOException {
        return settings.tables().contains(table) ? new TableFile(table, settings, metadata) : null;
    }

    /**
     * A window, and its rows.
     *
     * @param cumulativeDelta the delta of all trades up to its end
     * @param coveragePpm how much of it is covered
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void add(SnapshotInstrument instrument, Window window, long cumulativeDelta,
            int coveragePpm) {
        TableFile windowTable = windows;
        TableFile rowTable = profile;
        if (windowTable == null && rowTable == null) {
            return;
        }
        WindowLedger.Entry entry = new WindowLedger.Entry(instrument.id(), window,
                cumulativeDelta);
        if (windowTable != null) {
            rows.window(instrument, entry, windowTable);
            windowTable.integer(coveragePpm).integer(entry.revision);
            windowTable.endRow();
        }
        if (rowTable != null) {
            rows.rows(instrument, entry, rowTable, rowTable::endRow);
        }
    }

    /**
     * A signal.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void add(SnapshotInstrument instrument, Signal signal) {
        TableFile table = signals;
        if (table != null) {
            SignalExport.write(instrument, signal, table);
            table.endRow();
        }
    }

    /** Rows of a table so far; 0 where it is not wanted. */
    public long rows(ExportTable table) {
        TableFile file = switch (table) {
            case WINDOWS -> windows;
            case PROFILE -> profile;
            case SIGNALS -> signals;
            default -> null;
        };
        return file == null ? 0 : file.rows();
    }

    @Override
    public void close() throws IOException {
        try (windows; profile; signals) {
            // Each completes its files.
        }
    }
}
