package com.waickoff.marketdata.report;

import com.waickoff.marketdata.report.FlowReport.FlowBar;
import com.waickoff.marketdata.report.WindowReport.Bar;
import com.waickoff.marketdata.snapshot.BarsView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what a snapshot shows of neighbouring windows: the newest with their rows, and the
 * bars of those before them.
 *
 * <p>Threads: one.
 */
final class FlowHistoryReading {
    /** More footprints fit on no screen. */
    static final int MOST_WINDOWS = 8;

    private final List<WindowReport> windows = new ArrayList<>();
    private final List<FlowBar> bars = new ArrayList<>();

    /** Adds a window before those that are there. */
    void add(WindowReport window) {
        windows.add(window);
        Bar bar = window.bar();
        addBar(window.span().startMs(), window.quality().closed(), bar.close(), bar.delta(),
                window.cumulativeDelta());
    }

    /** The cumulative delta is the next bar's less that one's delta, where there is a next bar. */
    private void addBar(long startMs, boolean isClosed, long close, long delta,
            @Nullable Long known) {
        long cumulative = bars.isEmpty() ? known == null ? delta : known
                : bars.getFirst().cumulativeDelta() - bars.getFirst().delta();
        bars.addFirst(new FlowBar(startMs, isClosed, close, delta, cumulative));
    }

    /** Adds the bars before those that are there. */
    void addClosed(BarsView closed) {
        long beforeMs = bars.getFirst().startMs();
        for (int i = closed.count() - 1; i >= 0; i--) {
            if (closed.startMs(i) < beforeMs) {
                addBar(closed.startMs(i), true, closed.close(i), closed.delta(i), null);
            }
        }
    }

    /** Windows with rows, the newest first. */
    List<WindowReport> windows() {
        return windows;
    }

    /** All windows, oldest first. */
    List<FlowBar> bars() {
        return bars;
    }
}
