package com.waickoff.marketdata.report;

import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.status.ClockReading;
import com.waickoff.marketdata.status.Conservation;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterReading;
import com.waickoff.marketdata.status.DiskReading;
import com.waickoff.marketdata.status.ErrorReading;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.InstrumentReading;
import com.waickoff.marketdata.status.InstrumentState;
import com.waickoff.marketdata.status.LatencyReading;
import com.waickoff.marketdata.status.StatusReader;
import com.waickoff.marketdata.status.StatusReader.OwnedLatency;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How an engine is doing, as lines: from one reading of its status file, or from two, between which
 * rates and latencies are taken.
 */
public final class StatusReport {
    private static final long NS_PER_MS = 1_000_000L;
    private static final long HEARTBEAT_MAX_AGE_NS = 5_000_000_000L;
    private static final int SAMPLE_SHOWN = 60;
    private static final double MEDIAN = 50;
    private static final double PERCENTILE_99 = 99;
    private static final double PERCENTILE_99_9 = 99.9;

    private final Ink ink;
    private final Reading now;
    private final @Nullable Reading before;

    /** What the file held at a time. */
    public record Reading(long nowNs, Run run, long heartbeatNs, List<CounterReading> counters,
            List<FeedReading> feeds, List<OwnedLatency> latencies, List<ErrorReading> errors,
            List<InstrumentReading> instruments, List<ClockReading> clocks, DiskReading disk) {
        /** Reads a file. */
        public static Reading of(StatusReader reader, long nowMs) {
            return new Reading(nowMs * NS_PER_MS, reader.run(), reader.heartbeatNs(),
                    reader.counters(), reader.feeds(), reader.latencies(), reader.errors(),
                    reader.instruments(), reader.clocks(), reader.disk());
        }

        /** The clock of a feed's venue, if it was measured. */
        @Nullable
        ClockReading clock(String feed) {
            for (ClockReading clock : clocks) {
                if (clock.feed().equals(feed) && clock.isMeasured()) {
                    return clock;
                }
            }
            return null;
        }

        /** Whether the engine has lately told that it lives. */
        public boolean isRunning() {
            return nowNs - heartbeatNs <= HEARTBEAT_MAX_AGE_NS && !isStopped();
        }

        /** Whether it has ended all its feeds, as it does when it is stopped. */
        boolean isStopped() {
            return !feeds.isEmpty()
                    && feeds.stream().allMatch(feed -> feed.state() == FeedState.STOPPED);
        }

        /** Whether everything that was received and published is accounted for. */
        Conservation conservation() {
            return Conservation.of(this::sum);
        }

        /** A counter over all owners. */
        long sum(Counter counter) {
            return counters.stream().mapToLong(block -> block.get(counter)).sum();
        }
    }

    /**
     * A report.
     *
     * @param before an earlier reading of the same run; null for rates since the start
     */
    public StatusReport(Ink ink, Reading now, @Nullable Reading before) {
        this.ink = ink;
        this.now = now;
        boolean sameRun = before != null && before.run().epoch() == now.run().epoch();
        this.before = sameRun ? before : null;
    }

    /**
     * Whether everything is accounted for. Of a running engine one reading cannot tell, because it
     * may fall between the counting of a frame and that of its fate: something is missing if two
     * readings miss the same.
     */
    public boolean isConserved() {
        if (isAccounted(now)) {
            return true;
        }
        if (!now.isRunning()) {
            return false;
        }
        return before == null || missing(before) != missing(now);
    }

    /** The lines. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        addEngine(lines);
        addFeeds(lines);
        addInstruments(lines);
        addCounters(lines);
        addLatencies(lines);
        addErrors(lines);
        return lines;
    }

    private void addEngine(List<String> lines) {
        Run run = now.run();
        String process = "process " + run.pid() + ", started "
                + Figures.second(run.startNs() / NS_PER_MS) + " UTC";
        lines.add(now.isStopped()
                ? ink.paint(Tone.WARNING, "STOPPED") + "  " + process + ", "
                        + Figures.duration(now.nowNs() - now.heartbeatNs()) + " ago"
                : now.isRunning() ? ink.paint(Tone.GOOD, "RUNNING") + "  " + process + ", up "
                        + Figures.duration(now.nowNs() - run.startNs())
                        : ink.paint(Tone.WARNING, "NOT RUNNING") + "  " + process
                                + ", last sign of life "
                                + Figures.duration(now.nowNs() - now.heartbeatNs()) + " ago");
        Conservation sums = now.conservation();
        lines.add("frames   " + Figures.count(sums.framesReceived()) + " = "
                + Figures.count(now.sum(Counter.FRAMES_DECODED)) + " decoded + "
                + Figures.count(sum(Counter::isIgnoredFrames)) + " ignored + "
                + Figures.count(sum(Counter::isRejectedFrames)) + " rejected"
                + difference(sums.frameDifference()));
        boolean journaled = sums.eventsJournaled() > 0;
        String leftOut = sums.eventsLeftOut() == 0 ? ""
                : ", " + Figures.count(sums.eventsLeftOut()) + " book levels left out";
        lines.add("events   " + Figures.count(sums.eventsPublished()) + " published"
                + (journaled ? ", " + Figures.count(sums.eventsJournaled()) + " journaled" + leftOut
                        + difference(sums.eventDifference()) : ", no journal"));
        addChecks(lines);
    }

    /** What the engine looks after by itself: the accounts, each second, and its disk. */
    private void addChecks(List<String> lines) {
        long wrong = now.sum(Counter.ACCOUNTS_WRONG);
        if (now.sum(Counter.ACCOUNTS_CHECKED) > 0) {
            lines.add("accounts checked " + Figures.count(now.sum(Counter.ACCOUNTS_CHECKED))
                    + " times, " + (wrong == 0 ? "always in order"
                            : ink.paint(Tone.BAD, Figures.count(wrong) + " times WRONG")));
        }
        DiskReading disk = now.disk();
        if (disk.isKnown()) {
            String free = "disk     " + Figures.bytes(disk.freeBytes()) + " free, ";
            lines.add(switch (disk.level()) {
                case NO_BOOKS -> free + ink.paint(Tone.BAD, "BOOKS ARE NOT JOURNALED")
                        + " until it is " + Figures.bytes(disk.resumeBytes());
                case NOTHING -> free + ink.paint(Tone.BAD, "TOO LITTLE TO GO ON");
                default -> free + "books are journaled down to "
                        + Figures.bytes(disk.pauseBytes());
            });
        }
    }

    private long sum(Predicate<Counter> wanted) {
        long sum = 0;
        for (Counter counter : Counter.values()) {
            sum += wanted.test(counter) ? now.sum(counter) : 0;
        }
        return sum;
    }

    private String difference(long difference) {
        if (difference == 0) {
            return "";
        }
        return isConserved() ? ", " + Figures.count(difference) + " on their way"
                : ", " + ink.paint(Tone.BAD, Figures.count(difference) + " UNACCOUNTED FOR");
    }

    private void addFeeds(List<String> lines) {
        Table table = new Table(Table.left("feed"), Table.left("state"), Table.right("since"),
                Table.right("last frame"), Table.right("connection"), Table.right("clock"),
                Table.left(""));
        for (FeedReading feed : now.feeds()) {
            table.row(feed.name(), feed.state().label().replace('_', ' '), ago(feed.sinceNs()),
                    ago(feed.lastFrameNs()), Figures.count(feed.epoch()), clock(feed.name()),
                    feed.state() == FeedState.LIVE ? "" : feed.detail());
        }
        add(lines, table);
    }

    /** By how much the venue's clock is ahead of ours, or behind it; and how sure that is. */
    private String clock(String feed) {
        ClockReading clock = now.clock(feed);
        if (clock == null) {
            return "-";
        }
        return (clock.offsetNs() < 0 ? "-" : "+") + Figures.duration(Math.abs(clock.offsetNs()))
                + " ±" + Figures.duration(clock.roundTripNs() / 2);
    }

    private void addInstruments(List<String> lines) {
        Table table = new Table(Table.left("instrument"), Table.left("state"),
                Table.right("since"), Table.left(""));
        for (InstrumentReading instrument : now.instruments()) {
            if (instrument.state() != InstrumentState.TRADING) {
                table.row(instrument.name(), instrument.state().label(),
                        ago(instrument.sinceNs()), instrument.detail());
            }
        }
        add(lines, table);
    }

    private void addCounters(List<String> lines) {
        Table table = new Table(Table.left("owner"), Table.left("counter"), Table.right("count"),
                Table.right("per second"));
        for (CounterReading block : now.counters()) {
            String owner = block.owner();
            CounterReading earlier = earlierCounters(owner);
            for (Counter counter : Counter.values()) {
                long count = block.get(counter);
                if (count > 0) {
                    long more = earlier == null ? count : count - earlier.get(counter);
                    table.row(owner, counter.label(), Figures.count(count),
                            Figures.perSecond(more, stretchNs()));
                    owner = "";
                }
            }
        }
        add(lines, table);
    }

    private void addLatencies(List<String> lines) {
        Table table = new Table(Table.left("latency"), Table.left("of"), Table.right("count"),
                Table.right("p50"), Table.right("p99"), Table.right("p99.9"), Table.right("max"));
        for (OwnedLatency owned : now.latencies()) {
            LatencyReading all = owned.reading();
            LatencyReading earlier = earlierLatency(owned);
            LatencyReading shown = earlier == null ? all : all.since(earlier);
            if (all.count() > 0) {
                table.row(owned.latency().label(), owned.owner(), Figures.count(shown.count()),
                        percentile(shown, MEDIAN), percentile(shown, PERCENTILE_99),
                        percentile(shown, PERCENTILE_99_9),
                        shown.count() == 0 ? "-" : Figures.duration(shown.maxNs()));
            }
        }
        add(lines, table);
    }

    private static String percentile(LatencyReading reading, double percent) {
        return reading.count() == 0 ? "-" : Figures.duration(reading.percentileNs(percent));
    }

    private void addErrors(List<String> lines) {
        Table table = new Table(Table.left("error"), Table.left("of"), Table.right("count"),
                Table.right("first"), Table.right("last"), Table.left("about"));
        for (ErrorReading error : now.errors()) {
            table.row(error.code(), error.owner(), Figures.count(error.count()),
                    ago(error.firstNs()), ago(error.lastNs()),
                    error.detail() + (error.sample().isEmpty() ? "" : ": " + error.sample()
                            .substring(0, Math.min(SAMPLE_SHOWN, error.sample().length()))));
        }
        add(lines, table);
    }

    private void add(List<String> lines, Table table) {
        if (!table.isEmpty()) {
            lines.add("");
            lines.addAll(table.lines(ink));
        }
    }

    private String ago(long timeNs) {
        return timeNs == 0 ? "never"
                : Figures.duration(Math.max(0, now.nowNs() - timeNs)) + " ago";
    }

    /** The time between the readings, or since the start. */
    private long stretchNs() {
        if (before != null) {
            return now.nowNs() - before.nowNs();
        }
        return (now.isRunning() ? now.nowNs() : now.heartbeatNs()) - now.run().startNs();
    }

    private @Nullable CounterReading earlierCounters(String owner) {
        if (before != null) {
            for (CounterReading block : before.counters()) {
                if (block.owner().equals(owner)) {
                    return block;
                }
            }
        }
        return null;
    }

    private @Nullable LatencyReading earlierLatency(OwnedLatency wanted) {
        if (before != null) {
            for (OwnedLatency owned : before.latencies()) {
                if (owned.owner().equals(wanted.owner()) && owned.latency() == wanted.latency()) {
                    return owned.reading();
                }
            }
        }
        return null;
    }

    private static boolean isAccounted(Reading reading) {
        return missing(reading) == 0;
    }

    /** Frames, and events where there is a journal, of either sign. */
    private static long missing(Reading reading) {
        Conservation sums = reading.conservation();
        long events = sums.eventsJournaled() == 0 ? 0 : sums.eventDifference();
        return Math.abs(sums.frameDifference()) + Math.abs(events);
    }
}
