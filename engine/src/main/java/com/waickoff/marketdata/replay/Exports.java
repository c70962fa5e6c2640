package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.window.ValueArea;
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
    /** Header of {@code windows.csv}. */
    public static final String WINDOWS_HEADER = "instrument,timeframe,start,open,high,low,close,"
            + "volume,buy_volume,sell_volume,delta,min_delta,max_delta,cvd,trades,poc,vah,val,"
            + "coverage_ppm,revision";
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
    private final StringBuilder line = new StringBuilder();

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
                lines -> windows.forEach(window -> lines.accept(windowLine(window, true))));
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
        SnapshotInstrument instrument = instrument(window);
        head(window, instrument);
        price(instrument, window.open);
        price(instrument, window.high);
        price(instrument, window.low);
        price(instrument, window.close);
        quantity(instrument, window.volume);
        quantity(instrument, window.buyVolume);
        quantity(instrument, window.volume - window.buyVolume);
        quantity(instrument, 2 * window.buyVolume - window.volume);
        quantity(instrument, window.minDelta);
        quantity(instrument, window.maxDelta);
        quantity(instrument, window.cumulativeDelta);
        line.append(',').append(window.trades);
        if (window.isEmpty()) {
            line.append(",,,");
        } else {
            ValueArea area = ValueArea.of(window);
            price(instrument, area.poc() * window.rowSize());
            price(instrument, area.high() * window.rowSize());
            price(instrument, area.low() * window.rowSize());
        }
        if (withQuality) {
            int ppm = Objects.requireNonNull(coverage.get(window.instrumentId)).stamp(
                    window.startMs, window.startMs + window.timeframe.lengthMs(),
                    window.unordered).ppm();
            line.append(',').append(ppm).append(',').append(window.revision);
        }
        return line.toString();
    }

    private void profileLines(Consumer<String> lines) {
        for (WindowLedger.Entry window : windows) {
            SnapshotInstrument instrument = instrument(window);
            for (long row = window.lowRow(); row <= window.highRow(); row++) {
                if (window.volume(row) != 0) {
                    head(window, instrument);
                    price(instrument, row * window.rowSize());
                    quantity(instrument, window.buyVolume(row));
                    quantity(instrument, window.sellVolume(row));
                    lines.accept(line.toString());
                }
            }
        }
    }

    private void bookLines(Consumer<String> lines) throws IOException {
        List<SnapshotEntry> sorted = new ArrayList<>(instruments.values());
        sorted.sort(Comparator.comparing((SnapshotEntry entry) -> entry.instrument().name())
                .thenComparingInt(entry -> entry.instrument().id()));
        DepthView book = new DepthView();
        for (SnapshotEntry entry : sorted) {
            require(snapshot.read(entry, book), entry);
            SnapshotInstrument instrument = entry.instrument();
            for (int level = 0; level < Math.min(BOOK_LEVELS, book.bidCount()); level++) {
                level(instrument, "bid", level, book.bidPrice(level), book.bidQuantity(level));
                lines.accept(line.toString());
            }
            for (int level = 0; level < Math.min(BOOK_LEVELS, book.askCount()); level++) {
                level(instrument, "ask", level, book.askPrice(level), book.askQuantity(level));
                lines.accept(line.toString());
            }
        }
    }

    private void head(WindowLedger.Entry window, SnapshotInstrument instrument) {
        line.setLength(0);
        line.append(instrument.name()).append(',').append(window.timeframe.label()).append(',')
                .append(window.startMs);
    }

    private void level(SnapshotInstrument instrument, String side, int level, long price,
            long quantity) {
        line.setLength(0);
        line.append(instrument.name()).append(',').append(side).append(',').append(level);
        price(instrument, price);
        quantity(instrument, quantity);
    }

    private void price(SnapshotInstrument instrument, long price) {
        Decimal.append(line.append(','), price, instrument.priceScale());
    }

    private void quantity(SnapshotInstrument instrument, long quantity) {
        Decimal.append(line.append(','), quantity, instrument.quantityScale());
    }
}
