package com.waickoff.marketdata.report;

import com.waickoff.marketdata.report.WindowReport.Bar;
import com.waickoff.marketdata.snapshot.BarsView;
import com.waickoff.marketdata.snapshot.WindowView;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import org.jspecify.annotations.Nullable;

/**
 * A window that the engine still shows with its rows.
 *
 * @param startMs start, included, in ms since the epoch
 * @param flags bits such as {@link Window#CLOSED}
 * @param revision how often it changed after it closed
 * @param cumulativeDelta cumulative delta at its end; null if it is not known
 */
record KeptWindow(Timeframe timeframe, long startMs, int flags, int revision, Bar bar,
        RowVolumes rows, @Nullable Long cumulativeDelta) {
    /** One of the newest windows. */
    static KeptWindow of(WindowView window, @Nullable Long cumulativeDelta) {
        return new KeptWindow(window.timeframe(), window.startMs(), window.flags(),
                window.revision(),
                new Bar(window.open(), window.high(), window.low(), window.close(),
                        window.volume(), window.buyVolume(), window.minDelta(), window.maxDelta(),
                        window.trades(), window.blockVolume(), window.rpiVolume(), window.vwap()),
                window, cumulativeDelta);
    }

    /** A closed window, as its bar has it. */
    static KeptWindow of(BarsView bars, int bar, RowVolumes rows) {
        return new KeptWindow(bars.timeframe(), bars.startMs(bar), bars.flags(bar),
                bars.revision(bar),
                new Bar(bars.open(bar), bars.high(bar), bars.low(bar), bars.close(bar),
                        bars.volume(bar), bars.buyVolume(bar), bars.minDelta(bar),
                        bars.maxDelta(bar), bars.trades(bar), bars.blockVolume(bar),
                        bars.rpiVolume(bar), bars.vwap(bar)),
                rows, bars.cumulativeDelta(bar));
    }

    /** End, excluded, in ms since the epoch. */
    long endMs() {
        return startMs + timeframe.lengthMs();
    }

    /** Whether any bit of {@code flag} is set. */
    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
