package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.ReplayResult;
import com.waickoff.marketdata.status.Conservation;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a replay did, as lines. */
final class ReplaySummary {
    private final ReplayResult result;
    private final Ink ink;
    private final Conservation conservation;

    ReplaySummary(ReplayResult result, Ink ink) {
        this.result = result;
        this.ink = ink;
        conservation = Conservation.of(result.counters());
    }

    /** Whether every frame that was received has met one fate. */
    boolean isConserved() {
        return conservation.frameDifference() == 0;
    }

    /** The lines. */
    List<String> lines() {
        Table table = new Table(Table.left(""), Table.left(""));
        if (conservation.framesReceived() > 0) {
            addFrames(table);
        }
        table.row("events", Figures.count(result.events()));
        if (conservation.framesReceived() > 0) {
            table.row("trades", trades());
            table.row("books", books());
        }
        if (sum(Counter.WINDOWS_CLOSED) > 0) {
            table.row("windows", Figures.count(sum(Counter.WINDOWS_CLOSED)) + " closed"
                    + detail(", ", Counter.WINDOWS_REVISED, "revision"));
        }
        addIfAny(table, "journal", Counter.EVENTS_JOURNALED, " events written, ",
                Counter.JOURNAL_BYTES);
        table.row("time", Figures.duration(result.elapsedNs()) + ", "
                + Figures.perSecond(result.events(), result.elapsedNs()) + " events/s");
        List<String> lines = new ArrayList<>(table.lines(ink));
        if (!isConserved()) {
            lines.add(ink.paint(Tone.BAD, "NOT CONSERVED: "
                    + Figures.count(conservation.frameDifference())
                    + " frames met no fate, which is a fault of this program"));
        }
        result.notes().forEach(note -> lines.add("note: " + Shown.plain(note)));
        return lines;
    }

    private void addFrames(Table table) {
        long ignored = sum(Counter::isIgnoredFrames);
        long rejected = sum(Counter::isRejectedFrames);
        table.row("frames", Figures.count(sum(Counter.FRAMES_RECEIVED)) + " = "
                + Figures.count(sum(Counter.FRAMES_DECODED)) + " decoded + "
                + Figures.count(ignored) + " ignored + " + Figures.count(rejected) + " rejected");
        for (Counter counter : Counter.values()) {
            long count = sum(counter);
            if (count > 0 && counter.isIgnoredFrames()) {
                table.row("  ignored", Figures.count(count) + ' ' + counter.description());
            } else if (count > 0 && counter.isRejectedFrames()) {
                table.row("  rejected", Figures.count(count) + ' ' + counter.description());
            }
        }
    }

    private String trades() {
        return Figures.count(sum(Counter.TRADES_DECODED)) + detail(", ", Counter.TRADE_GAPS, "gap")
                + detail(", ", Counter.TRADES_MISSING, "missing trade")
                + detail(", ", Counter.TRADES_REPAIRED, "repaired trade")
                + detail(", ", Counter.DUPLICATE_TRADES, "duplicate")
                + detail(", ", Counter.OFF_BOOK_TRADES, "off-book print")
                + detail(", ", Counter.OUT_OF_ORDER_TRADES, "out of order trade")
                + detail(", ", Counter.LATE_TRADES, "late trade")
                + detail(", ", Counter.SUSPECT_TIME_TRADES, "trade with a suspect time")
                + detail(", ", Counter.TOO_LATE_TRADES, "trade too late to count");
    }

    private String books() {
        return Figures.count(sum(Counter.LEVELS_DECODED)) + " levels"
                + detail(", ", Counter.BOOK_READY, "time synced", "times synced")
                + detail(", ", Counter.BOOK_RESETS, "reset");
    }

    private String detail(String separator, Counter counter, String singular) {
        return detail(separator, counter, singular, singular + 's');
    }

    private String detail(String separator, Counter counter, String singular, String plural) {
        long count = sum(counter);
        return count == 0 ? "" : separator + Figures.count(count) + ' '
                + (count == 1 ? singular : plural);
    }

    private void addIfAny(Table table, String label, Counter count, String between,
            Counter bytes) {
        if (sum(count) > 0) {
            table.row(label,
                    Figures.count(sum(count)) + between + Figures.bytes(sum(bytes)));
        }
    }

    private long sum(Predicate<Counter> wanted) {
        long sum = 0;
        for (Counter counter : Counter.values()) {
            sum += wanted.test(counter) ? sum(counter) : 0;
        }
        return sum;
    }

    private long sum(Counter counter) {
        long sum = 0;
        for (CounterBlock block : result.counters()) {
            sum += block.get(counter);
        }
        return sum;
    }
}
