package com.waickoff.marketdata.storage.history;

import com.waickoff.marketdata.snapshot.BarsView;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.RowsView;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.snapshot.SignalsView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.storage.effect.WindowRows;
import com.waickoff.marketdata.storage.history.HistoryException.Kind;
import com.waickoff.marketdata.storage.history.HistoryWindow.Area;
import com.waickoff.marketdata.window.PriceMoments;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The history that a snapshot file shows: the last bars of each timeframe, rows of the newest ones,
 * the last signals. No trades.
 *
 * <p>Threads: any; one at a time is answered.
 */
public final class SnapshotHistory implements History {
    /** A cursor means a time, whichever run wrote the file. */
    private static final long ANY_RUN = 0;
    private static final long NS_PER_MS = 1_000_000L;
    private static final int ATTEMPTS = 50;
    private static final long PAUSE_NS = 20_000;
    private static final int BAR_BYTES = 256;
    private static final int ROW_BYTES = 24;
    private static final int SIGNAL_BYTES = 192;

    private final Path file;
    private final LongSupplier epochMs;
    private @Nullable SnapshotReader opened;
    // Large, and mostly still good for the next question.
    private final BarsView bars = new BarsView();
    private final RowsView rows = new RowsView();
    private final CoverageView coverage = new CoverageView();
    private final SignalsView signals = new SignalsView();

    /**
     * The history of a file, which need not exist yet.
     *
     * @param epochMs the time, in ms since the epoch: cursors expire by it
     */
    public SnapshotHistory(Path file, LongSupplier epochMs) {
        this.file = file;
        this.epochMs = epochMs;
    }

    private SnapshotReader reader() throws HistoryException {
        try {
            SnapshotReader reader = opened;
            if (reader == null) {
                reader = SnapshotReader.open(file);
                opened = reader;
            } else {
                reader.refresh();
            }
            return reader;
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static HistoryException unavailable(IOException e) {
        return new HistoryException(Kind.UNAVAILABLE, "the snapshot: " + e.getMessage(), e);
    }

    @Override
    public synchronized List<HistoryInstrument> instruments() throws HistoryException {
        try {
            Map<String, HistoryInstrument> newest = new LinkedHashMap<>();
            for (SnapshotEntry entry : reader().instruments()) {
                HistoryInstrument instrument = instrument(entry.instrument());
                newest.merge(instrument.name(), instrument,
                        (one, other) -> one.id() > other.id() ? one : other);
            }
            return newest.values().stream()
                    .sorted(Comparator.comparing(HistoryInstrument::name)).toList();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static HistoryInstrument instrument(SnapshotInstrument of) {
        return new HistoryInstrument(of.id(), of.venue(), of.symbol(), of.priceScale(), of.tick(),
                of.quantityScale(), of.lot(), of.contractSize(), of.contractUnit(),
                of.quantityUnit(), of.priceUnit());
    }

    @Override
    public Page<HistoryWindow> bars(String instrument, Timeframe timeframe, PageRequest request)
            throws HistoryException {
        return windows(instrument, timeframe, request, false);
    }

    @Override
    public Page<HistoryWindow> windows(String instrument, Timeframe timeframe,
            PageRequest request) throws HistoryException {
        return windows(instrument, timeframe, request, true);
    }

    private synchronized Page<HistoryWindow> windows(String instrument, Timeframe timeframe,
            PageRequest request, boolean withRows) throws HistoryException {
        List<HistoryWindow> windows = new ArrayList<>();
        boolean isFirstPage = request.cursor() == null;
        for (SnapshotEntry entry : definitions(instrument)) {
            copy(reader -> reader.read(entry, timeframe, bars)
                    && (!withRows || reader.read(entry, timeframe, rows))
                    && reader.read(entry, coverage));
            int found = 0;
            // Of the first page, one more than fits tells that there are others.
            for (int bar = 0; bar < bars.count()
                    && !(isFirstPage && found > request.limit()); bar++) {
                long startMs = bars.startMs(bar);
                if (startMs >= request.fromMs() && startMs < request.toMs()) {
                    RowVolumes kept = withRows ? rows.find(startMs) : null;
                    windows.add(window(entry.instrument(), bars, bar, coverage.stamp(bars, bar),
                            kept == null ? WindowRows.NONE : WindowRows.of(kept)));
                    found++;
                }
            }
        }
        windows.sort(Comparator.comparingLong(HistoryWindow::startMs)
                .thenComparingInt(HistoryWindow::definition));
        return page(windows, "bars " + instrument + ' ' + timeframe.label() + ' ' + withRows,
                request, window -> padded(window.startMs(), 16) + '~'
                        + padded(window.definition(), 8),
                window -> BAR_BYTES + ROW_BYTES * window.rows().count());
    }

    private static HistoryWindow window(SnapshotInstrument of, BarsView bars, int bar,
            CoverageStamp stamp, WindowRows rows) {
        PriceMoments moments = bars.moments(bar);
        return new HistoryWindow(of.id(), of.priceScale(), of.quantityScale(), bars.timeframe(),
                bars.startMs(bar), bars.flags(bar), bars.revision(bar), bars.trades(bar),
                bars.open(bar), bars.high(bar), bars.low(bar), bars.close(bar), bars.volume(bar),
                bars.buyVolume(bar), bars.minDelta(bar), bars.maxDelta(bar),
                bars.cumulativeDelta(bar), bars.blockVolume(bar), bars.rpiVolume(bar),
                moments.notional(), moments.squares(), bars.firstTapeKey(bar),
                bars.lastTapeKey(bar),
                bars.hasValueArea(bar) ? new Area(bars.rowSize(bar), bars.poc(bar),
                        bars.val(bar), bars.vah(bar)) : Area.UNKNOWN,
                stamp, rows);
    }

    @Override
    public Page<HistoryTrade> trades(String instrument, PageRequest request)
            throws HistoryException {
        throw new HistoryException(Kind.NOT_KEPT, "a snapshot keeps no single trades");
    }

    @Override
    public synchronized Page<HistorySignal> signals(String instrument, PageRequest request)
            throws HistoryException {
        List<Found> found = new ArrayList<>();
        for (SnapshotEntry entry : definitions(instrument)) {
            // What is found stays in its view until all is told.
            SignalsView view = found.isEmpty() ? signals : new SignalsView();
            copy(reader -> reader.read(entry, view));
            for (Signal signal : view.all()) {
                if (timeMs(signal) >= request.fromMs() && timeMs(signal) < request.toMs()) {
                    found.add(new Found(signal, entry.instrument()));
                }
            }
        }
        found.sort(Found.BY_PLACE);
        Page<Found> page = page(found, "signals " + instrument, request, Found::place,
                one -> SIGNAL_BYTES);
        return new Page<>(page.items().stream().map(Found::toHistory).toList(), page.next());
    }

    /** A signal and the units it is in. */
    private record Found(Signal signal, SnapshotInstrument units) {
        /** As {@link #place} sorts, without writing it. */
        static final Comparator<Found> BY_PLACE = Comparator
                .comparingLong((Found one) -> timeMs(one.signal))
                .thenComparingLong(one -> one.signal.sequence())
                .thenComparingInt(one -> one.signal.ordinal());

        String place() {
            return padded(timeMs(signal), 16) + ':' + padded(signal.sequence(), 19) + '-'
                    + padded(signal.ordinal(), 5);
        }

        HistorySignal toHistory() {
            SignalKind kind = signal.kind();
            return new HistorySignal(signal.sequence(), signal.matchTimeNs(), kind,
                    signal.timeframe(), signal.windowStartMs(), signal.price(), signal.side(),
                    signal.revision(),
                    numbers(kind.inputs().size(), signal::input),
                    numbers(kind.parameters().size(), signal::parameter),
                    units.priceScale(), units.quantityScale());
        }
    }

    private static List<Long> numbers(int count, IntToLongFunction number) {
        Long[] numbers = new Long[count];
        Arrays.setAll(numbers, number::applyAsLong);
        return List.of(numbers);
    }

    private static long timeMs(Signal signal) {
        return Math.floorDiv(signal.matchTimeNs(), NS_PER_MS);
    }

    @Override
    public synchronized Optional<CoverageLedger> coverage(String instrument)
            throws HistoryException {
        List<CoverageLedger> ledgers = new ArrayList<>();
        for (SnapshotEntry entry : definitions(instrument)) {
            copy(reader -> reader.read(entry, coverage));
            ledgers.add(ledger(coverage));
        }
        return ledgers.isEmpty() ? Optional.empty()
                : Optional.of(CoverageLedger.common(ledgers));
    }

    private static CoverageLedger ledger(CoverageView view) {
        CoverageStamp.Intervals uncovered = view.uncovered();
        return view.sequence() == 0 ? CoverageLedger.NOTHING_COVERED
                : new CoverageLedger(view.gapsDeclared(), view.gapsRepaired(),
                        IntStream.range(0, uncovered.count())
                                .mapToObj(i -> new CoverageLedger.Interval(uncovered.fromMs(i),
                                        uncovered.toMs(i)))
                                .toList());
    }

    private List<SnapshotEntry> definitions(String instrument) throws HistoryException {
        try {
            return reader().definitions(instrument).stream()
                    .sorted(Comparator.comparingInt(entry -> entry.instrument().id())).toList();
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private interface Copy {
        boolean isWhole(SnapshotReader reader);
    }

    private void copy(Copy copy) throws HistoryException {
        SnapshotReader reader = opened;
        for (int attempt = 0; reader != null && attempt < ATTEMPTS; attempt++) {
            if (copy.isWhole(reader)) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        throw new HistoryException(Kind.UNAVAILABLE,
                "the engine wrote each time the snapshot was read");
    }

    /** A number that is not negative, so that texts of as many digits sort as numbers do. */
    private static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    /** {@code place} of an item sorts as the items do. */
    private <T> Page<T> page(List<T> items, String subject, PageRequest request,
            Function<T, String> place, ToIntFunction<T> bytes) throws HistoryException {
        String question = subject + ' ' + request.fromMs() + ' ' + request.toMs();
        String cursor = request.cursor();
        String after = cursor == null ? ""
                : Cursor.decode(cursor, question, ANY_RUN, epochMs.getAsLong()).position();
        List<T> page = new ArrayList<>();
        int size = 0;
        for (T item : items) {
            if (!after.isEmpty() && place.apply(item).compareTo(after) <= 0) {
                continue;
            }
            size += bytes.applyAsInt(item);
            if (page.size() == request.limit() || (!page.isEmpty() && size > request.maxBytes())) {
                return new Page<>(page, new Cursor(ANY_RUN, epochMs.getAsLong(),
                        place.apply(page.getLast())).encode(question));
            }
            page.add(item);
        }
        return new Page<>(page, null);
    }

    @Override
    public synchronized void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }
}
