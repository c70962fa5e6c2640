package com.waickoff.marketdata.mcp.condition;

import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.condition.Condition.Component;
import com.waickoff.marketdata.mcp.condition.Condition.Kind;
import com.waickoff.marketdata.mcp.condition.Condition.Level;
import com.waickoff.marketdata.mcp.history.StoredPast;
import com.waickoff.marketdata.mcp.live.EngineDoor;
import com.waickoff.marketdata.mcp.live.Liveness;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.TapeState;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.DiskLevel;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.InstrumentReading;
import com.waickoff.marketdata.status.InstrumentState;
import com.waickoff.marketdata.status.StatusReader;
import com.waickoff.marketdata.storage.drain.DrainReport;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads how everything is doing: from the engine's files, the drain's status file, and, if wanted, by
 * asking the history something small.
 *
 * <p>Threads: any.
 */
public final class ConditionReader {
    private static final Logger LOG = LoggerFactory.getLogger(ConditionReader.class);
    private static final long NS_PER_MS = 1_000_000L;
    private static final String FINE = Component.FINE;

    private final EngineDoor engine;
    private final Path drainDirectory;
    private final StoredPast past;

    /** How much is looked at. */
    public enum Depth {
        /** Files only: microseconds. */
        FILES,
        /** The history is asked too: as long as its deadline, if it is away. */
        STORES,
        /** Also every instrument that is not as usual. */
        INSTRUMENTS
    }

    /**
     * A reader of these.
     *
     * @param drainDirectory where a drain keeps its files, if one runs
     */
    public ConditionReader(EngineDoor engine, Path drainDirectory, StoredPast past) {
        this.engine = engine;
        this.drainDirectory = drainDirectory;
        this.past = past;
    }

    /** Whether there is a history to be asked, which takes its time. */
    public boolean asksStores() {
        return past.isKept();
    }

    /** How everything is doing now. */
    public Condition read(Depth depth) {
        List<Component> components = new ArrayList<>();
        components.add(engine());
        try {
            engine.lookAtStatus((status, nowMs) -> {
                addFeeds(components, status, nowMs);
                addJournal(components, status);
                return status;
            });
        } catch (ToolFailure unreadable) {
            components.add(new Component(Kind.FEED, "", Level.DOWN, "status_unreadable", null,
                    "The engine's status file is absent or unusable."));
        }
        if (depth == Depth.INSTRUMENTS) {
            addInstruments(components);
        }
        boolean hasDrain = addSinks(components);
        if (depth != Depth.FILES) {
            components.add(history(hasDrain));
        }
        return new Condition(engine.nowMs(), components);
    }

    private Component engine() {
        try {
            return engine.look((reader, nowMs) -> {
                long ageMs = Math.max(0, Liveness.heartbeatAgeMs(reader, nowMs));
                boolean stopped = Liveness.of(reader, nowMs) == Liveness.ENGINE_STOPPED;
                return new Component(Kind.ENGINE, "", stopped ? Level.DOWN : Level.OK,
                        stopped ? "engine_stopped" : FINE, ageMs,
                        stopped ? "No sign of life; what was last known can still be read." : "");
            });
        } catch (ToolFailure failure) {
            return new Component(Kind.ENGINE, "", Level.DOWN, "snapshot_unreadable", null,
                    "The engine's snapshot file is absent or unusable.");
        }
    }

    private static void addFeeds(List<Component> components, StatusReader status, long nowMs) {
        for (FeedReading feed : status.feeds()) {
            boolean live = feed.state() == FeedState.LIVE;
            Level level = live ? Level.OK
                    : feed.state() == FeedState.STOPPED || feed.state() == FeedState.BREAKER_OPEN
                            ? Level.DOWN
                            : Level.DEGRADED;
            components.add(new Component(Kind.FEED, feed.name(), level,
                    live ? FINE : "feed_" + feed.state().label(),
                    feed.lastFrameNs() == 0 ? null
                            : Math.max(0, nowMs - feed.lastFrameNs() / NS_PER_MS),
                    live ? "" : "Its numbers are the last known ones until it is live again."));
        }
    }

    private static void addJournal(List<Component> components, StatusReader status) {
        DiskLevel level = status.disk().level();
        boolean leavesOut = level == DiskLevel.NO_BOOKS;
        boolean stops = level == DiskLevel.NOTHING;
        components.add(new Component(Kind.JOURNAL, "",
                stops ? Level.DOWN : leavesOut ? Level.DEGRADED : Level.OK,
                stops ? "disk_full" : leavesOut ? "books_left_out" : FINE, null,
                stops || leavesOut ? "The disk is short of room." : ""));
        long wrong = status.counters().stream()
                .mapToLong(counters -> counters.get(Counter.ACCOUNTS_WRONG)).sum();
        components.add(new Component(Kind.ACCOUNTS, "", wrong == 0 ? Level.OK : Level.DEGRADED,
                wrong == 0 ? FINE : "not_accounted_for", null,
                wrong == 0 ? "" : "Frames or events were found that are not accounted for."));
    }

    private void addInstruments(List<Component> components) {
        Set<String> named = new HashSet<>();
        try {
            engine.lookAtStatus((status, nowMs) -> {
                addNamed(components, named, status);
                return named;
            });
        } catch (ToolFailure unreadable) {
            LOG.debug("no instrument is named by the engine", unreadable);
        }
        try {
            components.addAll(engine.look((reader, nowMs) -> {
                List<Component> silent = new ArrayList<>();
                CoverageView coverage = new CoverageView();
                DepthView depth = new DepthView();
                for (SnapshotEntry entry : reader.instruments()) {
                    String name = entry.instrument().name();
                    if (!named.contains(name) && reader.read(entry, coverage)
                            && reader.read(entry, depth)) {
                        addUnusual(silent, name, coverage, depth, nowMs);
                    }
                }
                return silent;
            }));
        } catch (ToolFailure unreadable) {
            // The engine's own component says so.
            LOG.debug("instruments cannot be looked at", unreadable);
        }
    }

    private static void addNamed(List<Component> components, Set<String> named,
            StatusReader status) {
        for (InstrumentReading instrument : status.instruments()) {
            if (instrument.state() != InstrumentState.TRADING) {
                named.add(instrument.name());
                boolean isFault = instrument.state() == InstrumentState.UNLISTED
                        || instrument.state() == InstrumentState.REFUSED;
                components.add(new Component(Kind.INSTRUMENT, instrument.name(),
                        isFault ? Level.DEGRADED : Level.OFF, instrument.state().label(), null,
                        "By its venue's own word."));
            }
        }
    }

    private static void addUnusual(List<Component> components, String name, CoverageView coverage,
            DepthView depth, long nowMs) {
        Long ageMs = coverage.lastReceiveTimeNs() == 0 ? null : Math.max(0, coverage.ageMs(nowMs));
        if (coverage.state() != TapeState.LIVE) {
            components.add(new Component(Kind.INSTRUMENT, name, Level.DEGRADED,
                    "tape_" + coverage.state().label(), ageMs, "No trades arrive."));
        } else if (depth.state() != BookState.SYNCED) {
            components.add(new Component(Kind.INSTRUMENT, name, Level.DEGRADED,
                    "book_" + depth.state().label(), ageMs,
                    "Its book does not follow its venue."));
        }
    }

    /** Says whether a drain ever ran. */
    private boolean addSinks(List<Component> components) {
        DrainReport report;
        try {
            report = DrainReport.read(drainDirectory);
        } catch (NoSuchFileException absent) {
            components.add(new Component(Kind.SINK, "", Level.OFF, "no_drain", null,
                    "No drain has run with this data directory."));
            return false;
        } catch (IOException unreadable) {
            LOG.warn("the drain's status file cannot be read", unreadable);
            components.add(new Component(Kind.SINK, "", Level.DEGRADED, "status_unreadable", null,
                    "The drain's status file is of another version or damaged."));
            return true;
        }
        boolean running = report.isRunning(engine.nowMs());
        for (DrainReport.LaneReport lane : report.laneReports()) {
            components.add(running ? sink(lane)
                    : new Component(Kind.SINK, lane.name(), Level.DOWN, "drain_not_running", null,
                            "Nothing is stored until the drain runs again; then it catches up."));
        }
        return true;
    }

    private static Component sink(DrainReport.LaneReport lane) {
        String reason = lane.state().replace('-', '_').toLowerCase(Locale.ROOT);
        boolean ends = reason.equals("failed") || reason.equals("stopped");
        boolean retries = reason.equals("retrying");
        String note = lane.missingEvents() > 0
                ? lane.missingEvents() + " events were gone from the journal before they were read."
                : lane.poison() > 0 ? lane.poison() + " effects were set aside."
                        : ends ? "It does not go on by itself."
                                : retries ? "It does not answer; the drain tries again." : "";
        boolean lost = lane.missingEvents() > 0 || lane.poison() > 0;
        return new Component(Kind.SINK, lane.name(),
                ends ? Level.DOWN : retries || lost ? Level.DEGRADED : Level.OK,
                ends || retries ? "sink_" + reason : lost ? "sink_incomplete" : FINE,
                lane.lagMs() < 0 ? null : lane.lagMs(), note);
    }

    private Component history(boolean hasDrain) {
        if (!past.isKept()) {
            return new Component(Kind.HISTORY, "", Level.OFF, "not_kept", null,
                    "No history is configured: only what the snapshot holds can be asked.");
        }
        if (past.isHostedByDrain() && !hasDrain) {
            // Nobody wanted a store: what was never there is not missing.
            return new Component(Kind.HISTORY, "", Level.OFF, "no_drain", null,
                    "Only what the snapshot holds can be asked.");
        }
        try {
            past.instruments();
            return new Component(Kind.HISTORY, "", Level.OK, FINE, null, "");
        } catch (ToolFailure away) {
            return new Component(Kind.HISTORY, "", Level.DOWN, "history_unavailable", null,
                    "Live tools still answer; what lies further back cannot be asked now.");
        }
    }
}
