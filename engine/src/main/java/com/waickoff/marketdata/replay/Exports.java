package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.window.ValueAreaRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The outcome of a replay as tables: windows, rows and books.
 *
 * <pre>
 *   windows  instrument,timeframe,start,open,high,low,close,volume,buy_volume,sell_volume,delta,
 *            min_delta,max_delta,cvd,trades,poc,vah,val,coverage_ppm,revision
 *   profile  instrument,timeframe,start,row_low,buy_volume,sell_volume           rows with volume only
 *   book     instrument,side,level,price,quantity              top 20 a side of the last synced book
 * </pre>
 *
 * <p>{@link ExportTable} says what the columns mean.
 *
 * <p>Threads: one, after the studies have ended.
 */
public final class Exports {
    /** Header of {@code windows.csv}. */
    public static final String WINDOWS_HEADER = ExportTable.WINDOWS.header();
    /** Header of windows without what depends on the run. */
    public static final String PLAIN_WINDOWS_HEADER = WINDOWS_HEADER
            .replace(",coverage_ppm,revision", "");
    /** Header of {@code profile.csv}. */
    public static final String PROFILE_HEADER = ExportTable.PROFILE.header();

    private static final int BOOK_LEVELS = 20;

    private final SnapshotReader snapshot;
    private final Map<Integer, SnapshotEntry> instruments = new HashMap<>();
    private final Map<Integer, CoverageView> coverage = new HashMap<>();
    private final List<WindowLedger.Entry> windows;
    private final ValueAreaRule rule;
    private final ExportRows rows;

    /**
     * The outcome that these ledgers and this snapshot hold.
     *
     * @throws IOException if the snapshot cannot be read
     */
    public Exports(List<WindowLedger> ledgers, SnapshotReader snapshot) throws IOException {
        this(ledgers, snapshot, ValueAreaRule.DEFAULT);
    }

    /**
     * The same with value areas of another rule.
     *
     * @throws IOException if the snapshot cannot be read
     */
    public Exports(List<WindowLedger> ledgers, SnapshotReader snapshot, ValueAreaRule rule)
            throws IOException {
        this.snapshot = snapshot;
        this.rule = rule;
        rows = new ExportRows(rule);
        for (SnapshotEntry entry : snapshot.instruments()) {
            instruments.put(entry.instrument().id(), entry);
            CoverageView view = new CoverageView();
            require(snapshot.read(entry, view), entry);
            coverage.put(entry.instrument().id(), view);
        }
        windows = new ArrayList<>();
        for (WindowLedger ledger : ledgers) {
            windows.addAll(ledger.entries());
        }
        windows.sort(Comparator
                .comparing((WindowLedger.Entry window) -> instrument(window).name())
                .thenComparing(window -> window.timeframe.label())
                .thenComparingLong(window -> window.startMs)
                .thenComparingInt(window -> window.instrumentId));
    }

    private static void require(boolean read, SnapshotEntry entry) throws IOException {
        if (!read) {
            throw new IOException("the snapshot of " + entry.instrument().name()
                    + " is still being written");
        }
    }

    /** Writes the three tables as CSV, replacing older files. */
    public void writeTo(Path directory) throws IOException {
        writeTo(ExportSettings.csv(directory), Map.of());
    }

    /**
     * Writes those of the three tables that are wanted, replacing older files.
     *
     * @param metadata kept where a format has a place for it
     */
    public void writeTo(ExportSettings settings, Map<String, String> metadata)
            throws IOException {
        Map<String, String> all = new TreeMap<>(metadata);
        all.put("waickoff.value_area", rule.method().label() + ' ' + rule.percent() + " %");
        write(ExportTable.WINDOWS, settings, all, this::windows);
        write(ExportTable.PROFILE, settings, all, this::profile);
        write(ExportTable.BOOK, settings, all, this::books);
    }

    /** What fills a table. */
    private interface Content {
        void writeTo(TableRow row, Runnable endRow) throws IOException;
    }

    private static void write(ExportTable table, ExportSettings settings,
            Map<String, String> metadata, Content content) throws IOException {
        if (!settings.tables().contains(table)) {
            return;
        }
        try (TableFile file = new TableFile(table, settings, metadata)) {
            content.writeTo(file, file::endRow);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The state hash: see {@link StateHash}. */
    public String stateHash() throws IOException {
        StateHash hash = new StateHash();
        CsvRow line = new CsvRow();
        for (WindowLedger.Entry window : windows) {
            rows.window(instrument(window), window, line);
            hash.add(line.take());
        }
        hash.endOfKind();
        profile(line, () -> hash.add(line.take()));
        hash.endOfKind();
        books(line, () -> hash.add(line.take()));
        hash.endOfKind();
        return hash.hex();
    }

    private SnapshotInstrument instrument(WindowLedger.Entry window) {
        return Objects.requireNonNull(instruments.get(window.instrumentId)).instrument();
    }

    private void windows(TableRow row, Runnable endRow) {
        for (WindowLedger.Entry window : windows) {
            rows.window(instrument(window), window, row);
            int ppm = Objects.requireNonNull(coverage.get(window.instrumentId))
                    .stamp(window.startMs, window.startMs + window.timeframe.lengthMs(),
                            window.unordered)
                    .ppm();
            row.integer(ppm).integer(window.revision);
            endRow.run();
        }
    }

    private void profile(TableRow row, Runnable endRow) {
        windows.forEach(window -> rows.rows(instrument(window), window, row, endRow));
    }

    private void books(TableRow row, Runnable endRow) throws IOException {
        List<SnapshotEntry> sorted = new ArrayList<>(instruments.values());
        sorted.sort(Comparator.comparing((SnapshotEntry entry) -> entry.instrument().name())
                .thenComparingInt(entry -> entry.instrument().id()));
        DepthView book = new DepthView();
        for (SnapshotEntry entry : sorted) {
            require(snapshot.read(entry, book), entry);
            SnapshotInstrument instrument = entry.instrument();
            for (int level = 0; level < Math.min(BOOK_LEVELS, book.bidCount()); level++) {
                rows.level(instrument, "bid", level, book.bidPrice(level),
                        book.bidQuantity(level), row);
                endRow.run();
            }
            for (int level = 0; level < Math.min(BOOK_LEVELS, book.askCount()); level++) {
                rows.level(instrument, "ask", level, book.askPrice(level),
                        book.askQuantity(level), row);
                endRow.run();
            }
        }
    }
}
