package com.waickoff.marketdata.report;

import com.waickoff.marketdata.report.ProfileReport.NakedPoc;
import com.waickoff.marketdata.snapshot.BarsView;
import com.waickoff.marketdata.snapshot.FlowView;
import com.waickoff.marketdata.snapshot.ProfileView;
import com.waickoff.marketdata.snapshot.RowsView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.snapshot.WindowView;
import com.waickoff.marketdata.window.KeptParts;
import com.waickoff.marketdata.window.LaterTrading;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one instrument that a snapshot file shows with their rows: the newest ones, which
 * may be open, and closed ones before them.
 *
 * <p>Each section of the file is copied whole, one after the other: what is traded between two
 * copies may be in one and not yet in the other.
 *
 * <p>Threads: one.
 */
final class KeptWindows implements KeptParts.Kept {
    private final Map<Timeframe, OfTimeframe> byTimeframe = new EnumMap<>(Timeframe.class);
    private long sequence = Long.MAX_VALUE;

    /** The windows of one timeframe, by their start. */
    private static final class OfTimeframe {
        private final NavigableMap<Long, KeptWindow> windows = new TreeMap<>();
        private final BarsView bars = new BarsView();
        private long sinceMs = Long.MAX_VALUE;
    }

    private KeptWindows() {}

    /**
     * Reads the windows of some timeframes.
     *
     * @return null if the engine wrote each time a section was copied
     */
    static @Nullable KeptWindows read(SnapshotReader reader, SnapshotEntry entry,
            List<Timeframe> timeframes) {
        KeptWindows kept = new KeptWindows();
        for (Timeframe timeframe : timeframes) {
            if (!kept.add(reader, entry, timeframe)) {
                return null;
            }
        }
        return kept;
    }

    private boolean add(SnapshotReader reader, SnapshotEntry entry, Timeframe timeframe) {
        OfTimeframe found = new OfTimeframe();
        RowsView rows = new RowsView();
        ProfileView shown = new ProfileView();
        FlowView flow = new FlowView();
        // The newest windows come last: one that closes meanwhile is there twice, not never.
        boolean whole = reader.read(entry, timeframe, found.bars)
                && reader.read(entry, timeframe, rows) && reader.read(entry, timeframe, shown)
                && reader.read(entry, timeframe, flow);
        if (!whole) {
            return false;
        }
        addClosed(found, rows);
        for (WindowView window : List.of(shown.older(), shown.newest())) {
            if (window.isPresent() && !window.has(Window.ROWS_EVICTED)) {
                found.windows.put(window.startMs(),
                        KeptWindow.of(window, cumulativeDelta(flow, window.startMs())));
            }
        }
        found.sinceMs = since(found);
        byTimeframe.put(timeframe, found);
        sequence = Math.min(sequence, shown.sequence());
        return true;
    }

    private static void addClosed(OfTimeframe found, RowsView rows) {
        for (int i = 0; i < rows.count(); i++) {
            int bar = found.bars.indexOf(rows.startMs(i));
            if (bar >= 0) {
                found.windows.put(rows.startMs(i),
                        KeptWindow.of(found.bars, bar, rows.rows(i)));
            }
        }
    }

    /** Cumulative delta at the end of one of the newest windows; null if it is not known. */
    static @Nullable Long cumulativeDelta(FlowView flow, long startMs) {
        for (FlowView.Slot slot : List.of(flow.newest(), flow.older())) {
            if (slot.isPresent() && slot.startMs() == startMs) {
                return slot.cumulativeDelta();
            }
        }
        return null;
    }

    /** The oldest window since which every one that has a bar has its rows too. */
    private static long since(OfTimeframe found) {
        long since = found.windows.isEmpty() ? Long.MAX_VALUE : found.windows.lastKey();
        for (int bar = found.bars.count() - 1; bar >= 0; bar--) {
            if (!found.windows.containsKey(found.bars.startMs(bar))) {
                break;
            }
            since = Math.min(since, found.bars.startMs(bar));
        }
        return since;
    }

    @Override
    public boolean has(Timeframe timeframe, long startMs) {
        return of(timeframe).windows.containsKey(startMs);
    }

    @Override
    public long sinceMs(Timeframe timeframe) {
        return of(timeframe).sinceMs;
    }

    /** The window that starts then; null if it is not kept. */
    @Nullable
    KeptWindow find(Timeframe timeframe, long startMs) {
        return of(timeframe).windows.get(startMs);
    }

    /** The last windows of a timeframe, oldest first: fewer if fewer are kept. */
    List<KeptWindow> last(Timeframe timeframe, int count) {
        List<KeptWindow> all = new ArrayList<>(of(timeframe).windows.values());
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    /** Last engine sequence that everything read holds. */
    long sequence() {
        return sequence;
    }

    /** The points of control of closed windows that were not traded through since, newest first. */
    List<NakedPoc> naked(Timeframe timeframe) {
        OfTimeframe found = of(timeframe);
        LaterTrading later = new LaterTrading();
        BarsView bars = found.bars;
        long newestBarMs = bars.count() == 0 ? Long.MIN_VALUE : bars.startMs(bars.count() - 1);
        for (KeptWindow open : found.windows.tailMap(newestBarMs, false).values()) {
            later.add(open.bar().low(), open.bar().high());
        }
        List<NakedPoc> naked = new ArrayList<>();
        for (int bar = bars.count() - 1; bar >= 0; bar--) {
            if (bars.hasValueArea(bar)
                    && !later.reached(bars.poc(bar), bars.rowSize(bar), bars.close(bar))) {
                naked.add(new NakedPoc(bars.startMs(bar), bars.poc(bar)));
            }
            later.add(bars.low(bar), bars.high(bar));
        }
        return naked;
    }

    private OfTimeframe of(Timeframe timeframe) {
        OfTimeframe found = byTimeframe.get(timeframe);
        if (found == null) {
            throw new IllegalArgumentException(timeframe + " was not read: name it");
        }
        return found;
    }
}
