package com.waickoff.marketdata.report;

import com.waickoff.marketdata.feed.Nearest;
import com.waickoff.marketdata.flow.FlowConfig;
import com.waickoff.marketdata.flow.Notional;
import com.waickoff.marketdata.report.ProfileWishes.Stretch;
import com.waickoff.marketdata.report.WindowReport.Bar;
import com.waickoff.marketdata.report.WindowReport.Liveness;
import com.waickoff.marketdata.report.WindowReport.Quality;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.report.WindowReport.Span;
import com.waickoff.marketdata.snapshot.BarsView;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.FlowView;
import com.waickoff.marketdata.snapshot.ProfileView;
import com.waickoff.marketdata.snapshot.SignalsView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.snapshot.TapeState;
import com.waickoff.marketdata.snapshot.WindowView;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.window.KeptParts;
import com.waickoff.marketdata.window.KeptParts.Part;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Session;
import com.waickoff.marketdata.window.SummedRows;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Reads windows, and the book beside them, out of a snapshot file; of the next file where an engine
 * that was started again has replaced it.
 *
 * <p>Threads: one.
 */
public final class WindowReading implements AutoCloseable {
    private static final long NS_PER_MS = 1_000_000L;
    /** An engine that lives tells so every second. */
    private static final long HEARTBEAT_MAX_AGE_NS = 5_000_000_000L;

    /** Lateness, and a clock that is off by some seconds. */
    private static final long OVERDUE_MS = 90_000;
    /** Of a composite; more are merged, as those of a window are. */
    private static final int MOST_ROWS = 1 << 16;
    private static final int NEVER_WHOLE = Window.UNORDERED | Window.OUTDATED;

    private final Path snapshotFile;
    private final boolean replayed;
    private final LongSupplier epochMs;
    private final SnapshotReader reader;

    /** A window, and the book as it was then. */
    public record WithBook(WindowReport window, BookReport book) {}

    /**
     * Reads from this file.
     *
     * @param replayed whether the file was written by a replay, which nobody keeps up to date
     * @param epochMs the time, for ages
     * @throws IOException if the file is unusable
     */
    public WindowReading(Path snapshotFile, boolean replayed, LongSupplier epochMs)
            throws IOException {
        this.snapshotFile = snapshotFile;
        this.replayed = replayed;
        this.epochMs = epochMs;
        reader = SnapshotReader.open(snapshotFile);
    }

    /**
     * A profile.
     *
     * @throws NothingToShowException if there is no such instrument or window, saying what there is
     */
    public ProfileReport read(String name, ProfileWishes wishes)
            throws IOException, NothingToShowException {
        reader.refresh();
        SnapshotEntry entry = entry(name);
        Stretch stretch = wishes.stretch();
        CoverageView coverage = new CoverageView();
        DepthView depth = new DepthView();
        KeptWindows kept = KeptWindows.read(reader, entry, stretch instanceof Stretch.OfDay
                ? Timeframe.ALL : List.of(stretch.timeframe()));
        if (kept == null || !reader.read(entry, coverage) || !reader.read(entry, depth)) {
            throw writtenEachTime();
        }
        Choice choice = switch (stretch) {
            case Stretch.One one -> one(name, one, kept);
            case Stretch.Last last -> last(name, last, kept);
            case Stretch.OfDay day -> ofDay(name, day, kept, coverage);
        };
        WindowReport window = report(entry.instrument(), choice, coverage, depth, kept.sequence());
        return ProfileReport.of(window, wishes,
                wishes.naked() ? kept.naked(stretch.timeframe()) : List.of());
    }

    /** The newest window, and the book. */
    public WithBook readWithBook(String name, Timeframe timeframe)
            throws IOException, NothingToShowException {
        reader.refresh();
        SnapshotEntry entry = entry(name);
        CoverageView coverage = new CoverageView();
        DepthView depth = new DepthView();
        ProfileView profile = new ProfileView();
        FlowView flow = new FlowView();
        boolean whole = reader.read(entry, timeframe, profile)
                && reader.read(entry, timeframe, flow) && reader.read(entry, coverage)
                && reader.read(entry, depth);
        if (!whole) {
            throw writtenEachTime();
        }
        WindowView newest = profile.newest();
        if (!newest.isPresent()) {
            throw nothingTraded(name);
        }
        KeptWindow window = KeptWindow.of(newest,
                KeptWindows.cumulativeDelta(flow, newest.startMs()));
        return new WithBook(report(entry.instrument(), Choice.of(window), coverage, depth,
                profile.sequence()), BookReport.of(depth));
    }

    /**
     * The order flow of the newest windows.
     *
     * @param rules for windows that are still open
     * @throws NothingToShowException if there is no such instrument or window, saying what there is
     */
    public FlowReport readFlow(String name, Timeframe timeframe, FlowConfig rules)
            throws IOException, NothingToShowException {
        reader.refresh();
        SnapshotEntry entry = entry(name);
        CoverageView coverage = new CoverageView();
        DepthView depth = new DepthView();
        SignalsView signals = new SignalsView();
        BarsView bars = new BarsView();
        FlowView flow = new FlowView();
        KeptWindows kept = KeptWindows.read(reader, entry, List.of(timeframe));
        if (kept == null || !reader.read(entry, coverage) || !reader.read(entry, depth)
                || !reader.read(entry, signals) || !reader.read(entry, timeframe, bars)
                || !reader.read(entry, timeframe, flow)) {
            throw writtenEachTime();
        }
        List<KeptWindow> newest = kept.last(timeframe, FlowHistoryReading.MOST_WINDOWS);
        if (newest.isEmpty()) {
            throw nothingTraded(name);
        }
        SnapshotInstrument instrument = entry.instrument();
        FlowHistoryReading history = new FlowHistoryReading();
        for (KeptWindow window : newest.reversed()) {
            history.add(report(instrument, Choice.of(window), coverage, depth, kept.sequence()));
        }
        history.addClosed(bars);
        return new FlowReport(history.windows(), history.bars(), flow.newest().measures(),
                signals.valid(), new Notional(instrument.priceScale(),
                        instrument.quantityScale(), instrument.contractSize(),
                        instrument.contractUnit().equals(instrument.priceUnit())),
                rules);
    }

    /** The run that wrote what was read last. */
    public long epoch() {
        return reader.run().epoch();
    }

    @Override
    public void close() {
        reader.close();
    }

    private SnapshotEntry entry(String name) throws IOException, NothingToShowException {
        SnapshotEntry entry = reader.find(name);
        if (entry != null) {
            return entry;
        }
        List<String> names = reader.instruments().stream()
                .map(other -> other.instrument().name()).toList();
        throw NothingToShowException.absent("no instrument " + name + " in "
                + (replayed ? "the recording" : snapshotFile)
                + (names.isEmpty() ? ": it holds none yet"
                        : "\nIt holds " + listed(names) + Nearest.hint(name, names)));
    }

    private static String listed(List<String> names) {
        int most = 10;
        return String.join(", ", names.subList(0, Math.min(most, names.size())))
                + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
    }

    /** What was chosen of the windows there are. */
    private record Choice(Span span, List<KeptWindow> windows) {
        static Choice of(KeptWindow window) {
            return new Choice(Span.of(window.timeframe(), window.startMs()), List.of(window));
        }

        boolean has(int flag) {
            return windows.stream().anyMatch(window -> window.has(flag));
        }
    }

    private NothingToShowException writtenEachTime() {
        return NothingToShowException.busy(snapshotFile.toString());
    }

    private static NothingToShowException nothingTraded(String name) {
        return NothingToShowException
                .absent("no trade of " + name + " yet: there is no window to draw");
    }

    private static Choice one(String name, Stretch.One wanted, KeptWindows kept)
            throws NothingToShowException {
        Timeframe timeframe = wanted.timeframe();
        List<KeptWindow> all = kept.last(timeframe, Integer.MAX_VALUE);
        if (all.isEmpty()) {
            throw nothingTraded(name);
        }
        Long momentMs = wanted.momentMs();
        if (momentMs == null) {
            return Choice.of(all.getLast());
        }
        KeptWindow found = kept.find(timeframe,
                timeframe.startOf(momentMs * NS_PER_MS) / NS_PER_MS);
        if (found == null) {
            throw NothingToShowException.absent("no window of " + timeframe.label()
                    + " at " + Figures.second(momentMs) + " UTC in the snapshot, which shows "
                    + all.size() + " with their rows: from "
                    + Figures.minute(all.getFirst().startMs()) + " to "
                    + Figures.minute(all.getLast().startMs())
                    + "\n'waickoff replay --export' writes all windows of a journal or a"
                    + " recording.");
        }
        return Choice.of(found);
    }

    private static Choice last(String name, Stretch.Last wanted, KeptWindows kept)
            throws NothingToShowException {
        List<KeptWindow> windows = kept.last(wanted.timeframe(), wanted.count());
        if (windows.isEmpty()) {
            throw nothingTraded(name);
        }
        return new Choice(new Span(wanted.timeframe(), null, windows.getFirst().startMs(),
                windows.getLast().endMs(), windows.stream()
                        .map(window -> new Part(window.timeframe(), window.startMs())).toList(),
                0), windows);
    }

    private static Choice ofDay(String name, Stretch.OfDay wanted, KeptWindows kept,
            CoverageView coverage) throws NothingToShowException {
        Session session = wanted.session();
        List<KeptWindow> newest = kept.last(Timeframe.M1, 1);
        if (newest.isEmpty()) {
            throw nothingTraded(name);
        }
        long reachedMs = coverage.watermarkNs() / NS_PER_MS;
        Long momentMs = wanted.momentMs();
        long startMs = session.startMs(momentMs == null ? newest.getFirst().startMs() : momentMs);
        long endMs = startMs + session.lengthMs();
        KeptParts parts = KeptParts.of(startMs, endMs, reachedMs, kept);
        List<KeptWindow> windows = new ArrayList<>();
        for (Part part : parts.parts()) {
            KeptWindow window = kept.find(part.timeframe(), part.startMs());
            if (window != null) {
                windows.add(window);
            }
        }
        if (windows.isEmpty()) {
            throw NothingToShowException.absent("no window of session " + session.name()
                    + " from " + Figures.minute(startMs) + " to " + Figures.minute(endMs)
                    + " UTC is kept with its rows");
        }
        long overMs = Math.min(reachedMs, endMs) - startMs;
        return new Choice(new Span(wanted.timeframe(), session, startMs, endMs, parts.parts(),
                overMs - parts.keptMs()), windows);
    }

    private WindowReport report(SnapshotInstrument instrument, Choice choice,
            CoverageView coverage, DepthView depth, long sequence) throws NothingToShowException {
        List<KeptWindow> windows = choice.windows();
        Bar bar = windows.getFirst().bar();
        RowVolumes rows = windows.getFirst().rows();
        try {
            for (KeptWindow window : windows.subList(1, windows.size())) {
                bar = bar.plus(window.bar());
            }
            if (windows.size() > 1) {
                rows = SummedRows.composite(windows.stream().map(KeptWindow::rows).toList(),
                        MOST_ROWS);
            }
        } catch (ArithmeticException tooMuch) {
            throw NothingToShowException.absent("the volume of these " + windows.size()
                    + " windows together leaves the range of 64 bits: ask for fewer");
        }
        return new WindowReport(
                new Scales(instrument.name(), instrument.priceScale(), instrument.tick(),
                        instrument.priceUnit(), instrument.quantityScale(),
                        instrument.quantityUnit()),
                choice.span(), bar, rows, windows.getLast().cumulativeDelta(),
                quality(choice, coverage, depth, sequence));
    }

    private Quality quality(Choice choice, CoverageView coverage, DepthView depth,
            long sequence) {
        long nowMs = epochMs.getAsLong();
        Span span = choice.span();
        CoverageStamp stamp = coverage.stamp(span.startMs(), span.endMs(),
                choice.has(NEVER_WHOLE));
        boolean closed = choice.windows().stream().allMatch(window -> window.has(Window.CLOSED))
                && (!span.isComposite() || stamp.toMs() >= span.endMs());
        long revisions = choice.windows().stream().mapToLong(KeptWindow::revision).sum();
        return new Quality(liveness(span, closed, coverage, nowMs), closed,
                choice.has(Window.UNORDERED), choice.has(Window.SUSPECT_TIME),
                choice.has(Window.OVERFLOW), choice.has(Window.ROWS_EVICTED), stamp.toMs(),
                stamp.ppm(), stamp.gaps(), stamp.repaired(), depth.state(),
                coverage.lastReceiveTimeNs() / NS_PER_MS, coverage.ageMs(nowMs), revisions,
                sequence);
    }

    private Liveness liveness(Span span, boolean closed, CoverageView coverage, long nowMs) {
        if (replayed) {
            return Liveness.REPLAYED;
        }
        if (nowMs * NS_PER_MS - reader.heartbeatNs() > HEARTBEAT_MAX_AGE_NS) {
            return Liveness.STOPPED;
        }
        if (coverage.state() != TapeState.LIVE) {
            return Liveness.INTERRUPTED;
        }
        // An engine closes windows by its clock, whether anything is traded or not.
        boolean overdue = !closed && nowMs > span.endMs() + OVERDUE_MS;
        return overdue ? Liveness.SILENT : Liveness.LIVE;
    }
}
