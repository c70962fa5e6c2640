package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.cli.WindowReport.Bar;
import com.waickoff.marketdata.cli.WindowReport.Liveness;
import com.waickoff.marketdata.cli.WindowReport.Quality;
import com.waickoff.marketdata.cli.WindowReport.Scales;
import com.waickoff.marketdata.feed.Nearest;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.FlowView;
import com.waickoff.marketdata.snapshot.ProfileView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.snapshot.TapeState;
import com.waickoff.marketdata.snapshot.WindowView;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads windows, and the book beside them, out of a snapshot file; of the next file where an engine
 * that was started again has replaced it.
 *
 * <p>Threads: one.
 */
final class WindowReading implements AutoCloseable {
    private static final long NS_PER_MS = 1_000_000L;
    /** An engine that lives tells so every second. */
    private static final long HEARTBEAT_MAX_AGE_NS = 5_000_000_000L;

    /** Lateness, and a clock that is off by some seconds. */
    private static final long OVERDUE_MS = 90_000;

    private final Path snapshotFile;
    private final boolean replayed;
    private final LongSupplier epochMs;
    private final SnapshotReader reader;

    /** A window, and the book as it was then. */
    record WithBook(WindowReport window, BookReport book) {}

    /**
     * Reads from this file.
     *
     * @param replayed whether the file was written by a replay, which nobody keeps up to date
     * @param epochMs the time, for ages
     * @throws IOException if the file is unusable
     */
    WindowReading(Path snapshotFile, boolean replayed, LongSupplier epochMs) throws IOException {
        this.snapshotFile = snapshotFile;
        this.replayed = replayed;
        this.epochMs = epochMs;
        reader = SnapshotReader.open(snapshotFile);
    }

    /**
     * The newest window, or the one that holds a moment.
     *
     * @param momentMs in ms since the epoch; null for the newest window
     * @throws CommandException if there is no such instrument or window, saying what there is
     */
    WindowReport read(String name, Timeframe timeframe, @Nullable Long momentMs)
            throws IOException, CommandException {
        return readWithBook(name, timeframe, momentMs).window();
    }

    /** As {@link #read}, and the book. */
    WithBook readWithBook(String name, Timeframe timeframe, @Nullable Long momentMs)
            throws IOException, CommandException {
        reader.refresh();
        SnapshotEntry entry = entry(name);
        ProfileView profile = new ProfileView();
        FlowView flow = new FlowView();
        CoverageView coverage = new CoverageView();
        DepthView depth = new DepthView();
        boolean whole = reader.read(entry, timeframe, profile)
                && reader.read(entry, timeframe, flow) && reader.read(entry, coverage)
                && reader.read(entry, depth);
        if (!whole) {
            throw new CommandException(ExitCode.IN_USE,
                    snapshotFile + ": the engine wrote each time it was read; try again");
        }
        WindowView window = window(name, timeframe, profile, momentMs);
        WindowReport report = report(entry.instrument(), window, flow,
                quality(window, coverage, depth, profile.sequence()));
        return new WithBook(report, BookReport.of(depth));
    }

    /** The run that wrote what was read last. */
    long epoch() {
        return reader.run().epoch();
    }

    @Override
    public void close() {
        reader.close();
    }

    private SnapshotEntry entry(String name) throws IOException, CommandException {
        SnapshotEntry entry = reader.find(name);
        if (entry != null) {
            return entry;
        }
        List<String> names = reader.instruments().stream()
                .map(other -> other.instrument().name()).toList();
        throw new CommandException(ExitCode.FINDING, "no instrument " + name + " in "
                + (replayed ? "the recording" : snapshotFile)
                + (names.isEmpty() ? ": it holds none yet"
                        : "\nIt holds " + listed(names) + Nearest.hint(name, names)));
    }

    private static String listed(List<String> names) {
        int most = 10;
        return String.join(", ", names.subList(0, Math.min(most, names.size())))
                + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
    }

    private static WindowView window(String name, Timeframe timeframe, ProfileView profile,
            @Nullable Long momentMs) throws CommandException {
        WindowView newest = profile.newest();
        WindowView older = profile.older();
        if (!newest.isPresent()) {
            throw new CommandException(ExitCode.FINDING,
                    "no trade of " + name + " yet: there is no window to draw");
        }
        if (momentMs == null || holds(newest, momentMs)) {
            return newest;
        }
        if (older.isPresent() && holds(older, momentMs)) {
            return older;
        }
        throw new CommandException(ExitCode.FINDING, "no window of " + timeframe.label()
                + " at " + Figures.second(momentMs) + " UTC in the snapshot, which shows the newest"
                + " ones only: " + Figures.minute(newest.startMs())
                + (older.isPresent() ? " and " + Figures.minute(older.startMs()) : "")
                + "\n'waickoff replay --export' writes all windows of a journal or a recording.");
    }

    private static boolean holds(WindowView window, long momentMs) {
        return momentMs >= window.startMs() && momentMs < window.endMs();
    }

    private static WindowReport report(SnapshotInstrument instrument, WindowView window,
            FlowView flow, Quality quality) {
        Long cumulativeDelta = null;
        for (FlowView.Slot slot : List.of(flow.newest(), flow.older())) {
            if (slot.isPresent() && slot.startMs() == window.startMs()) {
                cumulativeDelta = slot.cumulativeDelta();
            }
        }
        return new WindowReport(
                new Scales(instrument.name(), instrument.priceScale(), instrument.tick(),
                        instrument.priceUnit(), instrument.quantityScale(),
                        instrument.quantityUnit()),
                window.timeframe(), window.startMs(),
                new Bar(window.open(), window.high(), window.low(), window.close(),
                        window.volume(), window.buyVolume(), window.minDelta(), window.maxDelta(),
                        window.trades()),
                window, cumulativeDelta, quality);
    }

    private Quality quality(WindowView window, CoverageView coverage, DepthView depth,
            long sequence) {
        long nowMs = epochMs.getAsLong();
        CoverageStamp stamp = coverage.stamp(window);
        return new Quality(liveness(window, coverage, nowMs), window.has(Window.CLOSED),
                window.has(Window.UNORDERED), window.has(Window.SUSPECT_TIME),
                window.has(Window.OVERFLOW), window.has(Window.ROWS_EVICTED), stamp.toMs(),
                stamp.ppm(), stamp.gaps(), stamp.repaired(), depth.state(),
                coverage.lastReceiveTimeNs() / NS_PER_MS, coverage.ageMs(nowMs),
                window.revision(), sequence);
    }

    private Liveness liveness(WindowView window, CoverageView coverage, long nowMs) {
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
        boolean overdue = !window.has(Window.CLOSED) && nowMs > window.endMs() + OVERDUE_MS;
        return overdue ? Liveness.SILENT : Liveness.LIVE;
    }
}
