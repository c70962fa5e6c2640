package com.waickoff.marketdata.depth;

import com.waickoff.marketdata.snapshot.InstrumentSections;
import com.waickoff.marketdata.window.DepthBar;
import com.waickoff.marketdata.window.Timeframe;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a book is like in windows of time, in all timeframes: the sums of the running minute, and
 * those of longer windows up to it, because an hour is the sum of its minutes exactly.
 *
 * <pre>
 *   update     |        |             |      |
 *   state      |  A     |  B          |  C   |     each lasts from its update to the next
 *   time   ----+--------+-------+-----+------+--->
 *                             minute ends: B is split between two windows
 * </pre>
 *
 * <p>A stretch of time is added when the event that ends it arrives, so that the last one before a
 * book was lost is never counted: nothing says how far it was right. Time never runs backwards: an
 * event that says so happened when the one before it did. A minute ends when an event belongs to a
 * later one, or when the clock has passed its end plus the lateness; the book is believed to have
 * stood still until then. Stretches in which the engine was not there, or longer than a running
 * engine can leave them, are not counted.
 *
 * <p>Threads: one.
 */
final class DepthWindows {
    private static final long NONE = BookTime.NONE;
    private static final long US_PER_MS = 1_000;
    private static final long MINUTE_US = Timeframe.M1.lengthMs() * US_PER_MS;
    /** Between two closings by the clock lie a minute and the lateness, which is a minute at most. */
    private static final long LONGEST_STRETCH_US = 3 * MINUTE_US;

    private final InstrumentSections sections;
    private final DepthBar minute = new DepthBar();
    /** Closed minutes of the window that is open; the first is not used. */
    private final DepthBar[] longer = new DepthBar[Timeframe.COUNT];
    private final DepthBar shown = new DepthBar();
    /** The minute at the last clock, if readers have yet to see the windows of that moment. */
    private final DepthBar awaited = new DepthBar();
    private long awaitedSequence;
    private boolean isAwaited;
    private long nowUs = NONE;
    private long minuteEndUs;
    private boolean interrupted;

    /** Windows without time. */
    DepthWindows(InstrumentSections sections) {
        this.sections = sections;
        for (int i = 0; i < longer.length; i++) {
            longer[i] = new DepthBar();
        }
    }

    /**
     * An event of the book: what the book was until then is added.
     *
     * @param timeUs of the event, or {@link BookTime#NONE}
     * @param known whether the book is known to have been right until then
     * @param sequence of the event
     */
    void onEvent(long timeUs, MeasuredBook book, boolean known, long sequence) {
        if (nowUs == NONE || timeUs >= minuteEndUs || interrupted || !known) {
            rareEventSlowPath(timeUs, book, known, sequence);
        } else if (timeUs > nowUs) {
            book.addTo(minute, timeUs - nowUs);
            nowUs = timeUs;
        }
    }

    /** Adds what the update just measured contributed to the order-flow imbalances. */
    void addUpdate(MeasuredBook book) {
        if (nowUs != NONE) {
            book.addUpdateTo(minute);
        }
    }

    /** The engine was away for a while: what it did not see is not counted. */
    void interrupt() {
        interrupted = true;
    }

    /**
     * Time has passed: closes what is due.
     *
     * @param dueUs windows that end then or earlier get no more
     * @return whether it moved the windows
     */
    boolean onClock(long dueUs, MeasuredBook book, long sequence) {
        if (nowUs == NONE || dueUs <= nowUs || (book.isSynced() && dueUs < minuteEndUs)) {
            return false;
        }
        long toUs = book.isSynced() ? Math.floorDiv(dueUs, MINUTE_US) * MINUTE_US : dueUs;
        advance(toUs, book, !interrupted, sequence);
        return true;
    }

    /** Keeps the windows that are open as what {@link #show} will show. */
    void keepForShow(long sequence) {
        if (nowUs == NONE) {
            return;
        }
        minute.measuredUpTo(nowUs);
        awaited.set(minute);
        awaitedSequence = sequence;
        isAwaited = true;
    }

    /** Shows the windows that were kept last, unless that was done. */
    void show() {
        if (!isAwaited) {
            return;
        }
        isAwaited = false;
        write(0, awaited, awaitedSequence);
        for (int i = 1; i < Timeframe.COUNT; i++) {
            shown.set(longer[i]);
            shown.add(awaited);
            write(i, shown, awaitedSequence);
        }
    }

    private void rareEventSlowPath(long timeUs, MeasuredBook book, boolean known, long sequence) {
        if (timeUs == NONE) {
            return;
        }
        if (nowUs == NONE) {
            nowUs = timeUs;
            openMinute(Math.floorDiv(timeUs, MINUTE_US) * MINUTE_US);
            for (int i = 1; i < Timeframe.COUNT; i++) {
                longer[i].open(startMs(Timeframe.at(i), timeUs));
            }
        } else if (timeUs > nowUs) {
            advance(timeUs, book, known && !interrupted, sequence);
        }
        interrupted = false;
    }

    private void advance(long timeUs, MeasuredBook book, boolean known, long sequence) {
        boolean counts = known && timeUs - nowUs <= LONGEST_STRETCH_US;
        while (timeUs >= minuteEndUs) {
            if (counts) {
                book.addTo(minute, minuteEndUs - nowUs);
            }
            nowUs = minuteEndUs;
            // Minutes of which nothing is known need not be gone through.
            closeMinute(counts ? minuteEndUs : Math.floorDiv(timeUs, MINUTE_US) * MINUTE_US,
                    sequence);
        }
        if (counts && timeUs > nowUs) {
            book.addTo(minute, timeUs - nowUs);
        }
        nowUs = timeUs;
    }

    private void closeMinute(long nextStartUs, long sequence) {
        show(); // the longer windows change now, and a closed one is not to be shown as open again
        minute.close(minuteEndUs / US_PER_MS);
        write(0, minute, sequence);
        for (int i = 1; i < Timeframe.COUNT; i++) {
            DepthBar window = longer[i];
            window.add(minute);
            long nextStartMs = startMs(Timeframe.at(i), nextStartUs);
            if (nextStartMs != window.startMs()) {
                window.close(window.startMs() + Timeframe.at(i).lengthMs());
                write(i, window, sequence);
                window.open(nextStartMs);
            }
        }
        openMinute(nextStartUs);
    }

    private void openMinute(long startUs) {
        minute.open(startUs / US_PER_MS);
        minuteEndUs = startUs + MINUTE_US;
    }

    private void write(int timeframe, DepthBar bar, long sequence) {
        if (!bar.isEmpty()) {
            sections.depthBars(Timeframe.at(timeframe)).write(bar, sequence);
        }
    }

    private static long startMs(Timeframe timeframe, long timeUs) {
        return Math.floorDiv(timeUs, timeframe.lengthMs() * US_PER_MS) * timeframe.lengthMs();
    }

    /** Writes the open windows, and those that are shown. */
    void writeTo(DataOutput out) throws IOException {
        show();
        out.writeLong(nowUs);
        out.writeBoolean(interrupted);
        minute.writeTo(out);
        for (int i = 1; i < Timeframe.COUNT; i++) {
            longer[i].writeTo(out);
        }
        for (int i = 0; i < Timeframe.COUNT; i++) {
            sections.depthBars(Timeframe.at(i)).writeTo(out);
        }
    }

    /** Replaces all windows by those that were written. */
    void readFrom(DataInput in) throws IOException {
        isAwaited = false;
        nowUs = in.readLong();
        interrupted = in.readBoolean();
        minute.readFrom(in);
        minuteEndUs = minute.startMs() * US_PER_MS + MINUTE_US;
        if (nowUs != NONE && (nowUs < minuteEndUs - MINUTE_US || nowUs >= minuteEndUs)) {
            throw new IOException("the minute from " + minute.startMs() + " ms at " + nowUs
                    + " µs");
        }
        for (int i = 1; i < Timeframe.COUNT; i++) {
            longer[i].readFrom(in);
        }
        for (int i = 0; i < Timeframe.COUNT; i++) {
            sections.depthBars(Timeframe.at(i)).readFrom(in);
        }
    }
}
