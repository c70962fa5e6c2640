package com.waickoff.marketdata.report;

import com.waickoff.marketdata.memory.UnusableFileException;
import com.waickoff.marketdata.report.StatusReport.Reading;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.snapshot.TapeState;
import com.waickoff.marketdata.status.ClockReading;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.DiskLevel;
import com.waickoff.marketdata.status.DiskReading;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.InstrumentReading;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Terminal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is wrong with an engine, as one line.
 *
 * <p>Threads: one.
 */
public final class Health {
    private static final long NS_PER_MS = 1_000_000L;

    private final List<String> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private int liveFeeds;
    private int syncedBooks;

    /** Notes what is wrong. */
    public void add(String problem) {
        problems.add(problem);
    }

    /** Whether nothing is wrong. */
    public boolean isGood() {
        return problems.isEmpty();
    }

    /** All of it. */
    public String line() {
        if (!isGood()) {
            return Shown.plain("unhealthy: " + String.join("; ", problems) + remarks())
                    .replace('\n', ' ');
        }
        return liveFeeds == 0 ? "alive"
                : Shown.plain("healthy: " + counted(liveFeeds, "feed") + " live, "
                        + counted(syncedBooks, "book") + " synced" + remarks())
                        .replace('\n', ' ');
    }

    /** What is no fault of this engine, but should be known. */
    private String remarks() {
        return remarks.isEmpty() ? "" : "; but note: " + String.join("; ", remarks);
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** Whether the engine runs: its heart beats, and where it cannot be heard its process is there. */
    public void checkEngine(Reading before, Reading now) {
        String process = "process " + now.run().pid();
        String since = Figures.duration(Math.max(0, now.nowNs() - now.heartbeatNs()));
        boolean beats = now.run().epoch() != before.run().epoch()
                || now.heartbeatNs() != before.heartbeatNs();
        if (now.isStopped() && !beats) {
            add("the engine was stopped " + since + " ago (" + process + ')');
        } else if (!now.isRunning()) {
            add("the engine is not running: " + process + " gave its last sign of life " + since
                    + " ago");
        } else if (!beats && ProcessHandle.of(now.run().pid()).isEmpty()) {
            // Its process may be of another namespace; but then its heart would have beaten.
            add("the engine is not running: " + process + " is gone, since " + since);
        }
    }

    /** Whether every feed is live. */
    public void checkFeeds(Reading now) {
        for (FeedReading feed : now.feeds()) {
            if (feed.state() == FeedState.LIVE) {
                liveFeeds++;
            } else {
                add("feed " + feed.name() + " is " + feed.state().label().replace('_', ' ')
                        + (feed.sinceNs() == 0 ? ""
                                : " for " + Figures.duration(
                                        Math.max(0, now.nowNs() - feed.sinceNs())))
                        + (feed.detail().isEmpty() ? "" : " (" + feed.detail() + ')'));
            }
        }
        if (now.feeds().isEmpty()) {
            add("there is no feed: these are the files of a replay");
        }
    }

    /**
     * Whether clocks agree. They are never corrected, so a difference is only remarked upon.
     *
     * @param warningMs from which on
     */
    public void checkClocks(Reading now, long warningMs) {
        for (FeedReading feed : now.feeds()) {
            ClockReading clock = now.clock(feed.name());
            if (clock != null && Math.abs(clock.offsetNs()) >= warningMs * NS_PER_MS) {
                remarks.add("the clock of " + feed.name() + " is "
                        + Figures.duration(Math.abs(clock.offsetNs()))
                        + (clock.offsetNs() < 0 ? " behind ours" : " ahead of ours"));
            }
        }
    }

    /** Whether everything is accounted for. */
    public void checkAccounts(Reading before, Reading now) {
        if (!new StatusReport(new Ink(Terminal.Colors.NONE), now, before).isConserved()) {
            add("not everything received is accounted for: see waickoff stat");
        }
        if (now.sum(Counter.ACCOUNTS_WRONG) > 0) {
            add("the engine has found something not accounted for: see waickoff stat");
        }
    }

    /** Whether the journal keeps everything; what it lost before cannot be mended, only known. */
    public void checkJournal(Reading now) {
        if (now.sum(Counter.EVENTS_LOST) > 0) {
            remarks.add(now.sum(Counter.EVENTS_LOST)
                    + " events were found missing from the journal at the start");
        }
        DiskReading disk = now.disk();
        String free = "the disk has " + Figures.bytes(disk.freeBytes()) + " left";
        if (disk.level() == DiskLevel.NO_BOOKS) {
            add("books are not journaled: " + free + ", "
                    + Figures.bytes(disk.resumeBytes()) + " are needed");
        } else if (disk.level() == DiskLevel.NOTHING) {
            add("the engine stops: " + free);
        }
    }

    /**
     * Whether each instrument has a tape and a book, where its feed is live.
     *
     * @param configured names of instruments that must be there
     */
    public void checkInstruments(SnapshotReader snapshot, List<String> configured, Reading now)
            throws UnusableFileException {
        List<String> missing = new ArrayList<>(configured);
        Set<String> untraded = checkStates(now);
        missing.removeAll(untraded);
        for (SnapshotEntry entry : snapshot.instruments()) {
            String name = entry.instrument().name();
            boolean isConfigured = missing.remove(name);
            if (!untraded.contains(name) && isLive(entry.instrument().venue(), now)) {
                check(snapshot, entry, isConfigured);
            }
        }
        for (String name : missing) {
            if (isLive(name.substring(0, name.indexOf(':')), now)) {
                add(name + " is not known yet: the venue has told nothing of it");
            }
        }
    }

    /** What is configured and cannot be had is a fault, what its venue has stopped is none. */
    private Set<String> checkStates(Reading now) {
        Set<String> untraded = new HashSet<>();
        for (InstrumentReading instrument : now.instruments()) {
            String state = instrument.name() + " is " + instrument.state().label()
                    + (instrument.detail().isEmpty() ? "" : ": " + instrument.detail());
            switch (instrument.state()) {
                case TRADING -> {
                    continue;
                }
                case UNLISTED, REFUSED -> add(state);
                case HALTED, DELISTED, PENDING, UNKNOWN -> remarks.add(state);
            }
            untraded.add(instrument.name());
        }
        return untraded;
    }

    private void check(SnapshotReader snapshot, SnapshotEntry entry, boolean isConfigured) {
        String name = entry.instrument().name();
        CoverageView coverage = new CoverageView();
        DepthView depth = new DepthView();
        if (!snapshot.read(entry, coverage) || !snapshot.read(entry, depth)) {
            add(name + " cannot be read: it is always being written");
        } else if (coverage.state() != TapeState.LIVE) {
            if (isConfigured) {
                add(name + " receives nothing, though its feed is live");
            }
        } else if (depth.state() == BookState.SYNCED) {
            syncedBooks++;
        } else {
            add("the book of " + name + " is " + depth.state().label());
        }
    }

    private static boolean isLive(String venue, Reading now) {
        return now.feeds().stream().anyMatch(
                feed -> feed.name().equals(venue) && feed.state() == FeedState.LIVE);
    }
}
