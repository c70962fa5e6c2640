package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The outcome of a replay as lines of text: windows, rows and books.
 *
 * <pre>
 *   windows.csv  instrument,timeframe,start,open,high,low,close,volume,buy_volume,sell_volume,delta,
 *                min_delta,max_delta,cvd,trades,poc,vah,val,coverage_ppm,revision
 *   profile.csv  instrument,timeframe,start,row_low,buy_volume,sell_volume       rows with volume only
 *   book.csv     instrument,side,level,price,quantity          top 20 a side of the last synced book
 * </pre>
 *
 * <p>{@code start} is in ms since the epoch; {@code poc}, {@code vah} and {@code val} are low edges
 * of rows; all other numbers are plain decimals in the venue's units without trailing zeros. Lines
 * are sorted by instrument, timeframe and start.
 *
 * <p>Threads: one, after the studies have ended.
 */
public final class Exports {
    /** Header of windows without what depends on the run. */
    public static final String PLAIN_WINDOWS_HEADER = "instrument,timeframe,start,open,high,low,"
            + "close,volume,buy_volume,sell_volume,delta,min_delta,max_delta,cvd,trades,poc,vah,"
            + "val";
    /** Header of {@code windows.csv}. */
    public static final String WINDOWS_HEADER = PLAIN_WINDOWS_HEADER + ",coverage_ppm,revision";
    /** Header of {@code profile.csv}. */
    public static final String PROFILE_HEADER = "instrument,timeframe,start,row_low,buy_volume,"
            + "sell_volume";
    /** Header of {@code book.csv}. */
    public static final String BOOK_HEADER = "instrument,side,level,price,quantity";

    private static final int BOOK_LEVELS = 20;

    private final SnapshotReader snapshot;
    private final Map<Integer, SnapshotEntry> instruments = new HashMap<>();
    private final Map<Integer, CoverageView> coverage = new HashMap<>();
    private final List<WindowLedger.Entry> windows;
    private final ExportLines lines = new ExportLines();

    /**
     * The outcome that these ledgers and this snapshot hold.
     *
     * @throws IOException if the snapshot cannot be read
     */
    public Exports(List<WindowLedger> ledgers, SnapshotReader snapshot) throws IOException {
        this.snapshot = snapshot;
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

    /** Writes the three files, replacing older ones. */
    public void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        write(directory.resolve("windows.csv"), WINDOWS_HEADER,
                out -> windows.forEach(window -> out.accept(windowLine(window, true))));
        write(directory.resolve("profile.csv"), PROFILE_HEADER, this::profileLines);
        List<String> books = new ArrayList<>();
        bookLines(books::add);
        write(directory.resolve("book.csv"), BOOK_HEADER, books::forEach);
    }

    private static void write(Path file, String header, Consumer<Consumer<String>> lines)
            throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write(header);
            out.write('\n');
            lines.accept(text -> append(out, text));
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void append(BufferedWriter out, String text) {
        try {
            out.write(text);
            out.write('\n');
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The state hash: see {@link StateHash}. */
    public String stateHash() throws IOException {
        StateHash hash = new StateHash();
        windows.forEach(window -> hash.add(windowLine(window, false)));
        hash.endOfKind();
        profileLines(hash::add);
        hash.endOfKind();
        bookLines(hash::add);
        hash.endOfKind();
        return hash.hex();
    }

    private SnapshotInstrument instrument(WindowLedger.Entry window) {
        return Objects.requireNonNull(instruments.get(window.instrumentId)).instrument();
    }

    private String windowLine(WindowLedger.Entry window, boolean withQuality) {
        String text = lines.window(instrument(window), window);
        if (!withQuality) {
            return text;
        }
        int ppm = Objects.requireNonNull(coverage.get(window.instrumentId)).stamp(window.startMs,
                window.startMs + window.timeframe.lengthMs(), window.unordered).ppm();
        return text + ',' + ppm + ',' + window.revision;
    }

    private void profileLines(Consumer<String> to) {
        windows.forEach(window -> lines.rows(instrument(window), window, to));
    }

    private void bookLines(Consumer<String> to) throws IOException {
        List<SnapshotEntry> sorted = new ArrayList<>(instruments.values());
        sorted.sort(Comparator.comparing((SnapshotEntry entry) -> entry.instrument().name())
                .thenComparingInt(entry -> entry.instrument().id()));
        DepthView book = new DepthView();
        for (SnapshotEntry entry : sorted) {
            require(snapshot.read(entry, book), entry);
            SnapshotInstrument instrument = entry.instrument();
            for (int level = 0; level < Math.min(BOOK_LEVELS, book.bidCount()); level++) {
                to.accept(lines.level(instrument, "bid", level, book.bidPrice(level),
                        book.bidQuantity(level)));
            }
            for (int level = 0; level < Math.min(BOOK_LEVELS, book.askCount()); level++) {
                to.accept(lines.level(instrument, "ask", level, book.askPrice(level),
                        book.askQuantity(level)));
            }
        }
    }
}
