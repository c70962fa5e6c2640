package com.waickoff.marketdata.profile;

import com.waickoff.marketdata.snapshot.BarsSection;
import com.waickoff.marketdata.snapshot.InstrumentSections;
import com.waickoff.marketdata.snapshot.RowsEncoder;
import com.waickoff.marketdata.window.InstrumentWindows;
import com.waickoff.marketdata.window.MarketWindows;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import com.waickoff.marketdata.window.WindowCloseListener;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps closed windows in the snapshot file: their bars and, as long as there is room, their rows.
 *
 * <p>What is kept depends on when it is written, since the oldest make room. So it is never written
 * at the end of a batch, which is a matter of chance, but when the clock event comes that is an
 * instrument's own, once a second, and before a window loses its rows or its place. Then a thousand
 * repaired trades are one revision of what is kept, minutes that end for all instruments together
 * are spread over a second, and the same journal gives the same bytes.
 *
 * <p>Threads: the profile study's.
 */
final class WindowHistory implements WindowCloseListener {
    private static final long CLOCK_PERIOD_NS = 100_000_000L;
    private static final int CLOCKS_PER_ROUND = 10;

    private final MarketWindows windows;
    private final RowsEncoder encoder;
    private final boolean[] unrecorded;
    private final @Nullable InstrumentSections[] sections;
    private long sequence;

    WindowHistory(MarketWindows windows, int rowCapacity) {
        this.windows = windows;
        encoder = new RowsEncoder(rowCapacity);
        unrecorded = new boolean[windows.instrumentCapacity()];
        sections = new InstrumentSections[windows.instrumentCapacity()];
        windows.addListener(this);
    }

    void define(int instrumentId, @Nullable InstrumentSections where) {
        sections[instrumentId] = where;
    }

    /** The event with this sequence is about to be handled. */
    void at(long eventSequence) {
        sequence = eventSequence;
    }

    /** Writes what closed or was revised, if the clock event is this instrument's. */
    void onClock(int instrumentId, long receiveTimeNs) {
        boolean isTurn = receiveTimeNs / CLOCK_PERIOD_NS % CLOCKS_PER_ROUND == instrumentId
                % CLOCKS_PER_ROUND;
        if (isTurn && unrecorded[instrumentId]) {
            recordSlowPath(instrumentId);
        }
    }

    private void recordSlowPath(int instrumentId) {
        unrecorded[instrumentId] = false;
        for (int i = 0; i < Timeframe.COUNT; i++) {
            record(instrumentId, Timeframe.at(i), null);
        }
    }

    /** Writes one window of a timeframe, or all of them. */
    private void record(int instrumentId, Timeframe timeframe, @Nullable Window only) {
        InstrumentWindows instrument = windows.get(instrumentId);
        InstrumentSections shown = Objects.requireNonNull(sections[instrumentId]);
        BarsSection bars = shown.bars(timeframe);
        boolean begun = false;
        Window window = only == null ? instrument.oldest(timeframe) : only;
        while (window != null) {
            if (window.isUnrecorded()) {
                if (!begun) {
                    bars.begin();
                    begun = true;
                }
                bars.put(window);
                window.markRecorded();
                if (!window.rows().isEmpty()) {
                    shown.rows(timeframe).write(window, encoder, sequence);
                }
            }
            window = only == null ? instrument.after(window) : null;
        }
        if (begun) {
            bars.end(cumulativeDelta(instrument, timeframe, bars.newestStartNs()), sequence);
        }
    }

    /** At the end of a window that may have left: that of all trades less those of later windows. */
    private static long cumulativeDelta(InstrumentWindows instrument, Timeframe timeframe,
            long startNs) {
        long later = 0;
        for (Window window = instrument.newest(timeframe); window != null
                && window.startNs() > startNs; window = instrument.before(window)) {
            later += window.bar().delta();
        }
        return instrument.cumulativeDelta() - later;
    }

    @Override
    public void onClosed(int instrumentId, Window window) {
        unrecorded[instrumentId] = true;
    }

    @Override
    public void onRevised(int instrumentId, Window window) {
        unrecorded[instrumentId] = true;
    }

    @Override
    public void onLeaving(int instrumentId, Window window) {
        if (window.isUnrecorded()) {
            record(instrumentId, window.timeframe(), window);
        }
    }

    @Override
    public void onTooLate(int instrumentId, Timeframe timeframe, long startNs, long price,
            long quantity, int traits, long tapeKey, long fills) {
        Objects.requireNonNull(sections[instrumentId]).bars(timeframe).addLate(startNs, price,
                quantity, traits, tapeKey, fills, sequence);
    }

    void writeTo(int instrumentId, DataOutput out) throws IOException {
        InstrumentSections shown = Objects.requireNonNull(sections[instrumentId]);
        for (Timeframe timeframe : Timeframe.ALL) {
            shown.bars(timeframe).writeTo(out);
            shown.rows(timeframe).writeTo(out);
        }
    }

    /** After the instrument was defined at the sequence that is restored, and its windows read. */
    void readFrom(int instrumentId, DataInput in) throws IOException {
        InstrumentSections shown = Objects.requireNonNull(sections[instrumentId]);
        for (Timeframe timeframe : Timeframe.ALL) {
            shown.bars(timeframe).readFrom(in, sequence);
            shown.rows(timeframe).readFrom(in, sequence);
        }
        unrecorded[instrumentId] = windows.get(instrumentId).hasUnrecorded();
    }
}
