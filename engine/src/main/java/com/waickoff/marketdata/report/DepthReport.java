package com.waickoff.marketdata.report;

import com.waickoff.marketdata.depth.DepthMeasures;
import com.waickoff.marketdata.report.WindowReport.Liveness;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.WallsView;
import com.waickoff.marketdata.window.DepthBar;
import com.waickoff.marketdata.window.Timeframe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A book as it is shown: its levels, its walls, and what it was like lately.
 *
 * @param book copy of this reading
 * @param windows those of the timeframe that are kept, the oldest first
 * @param liveness who keeps the numbers up to date
 * @param nowMs the time, in ms since the epoch
 */
public record DepthReport(Scales scales, Timeframe timeframe, DepthView book, WallsView walls,
        List<DepthBar> windows, Liveness liveness, long nowMs) {
    private static final long NS_PER_MS = 1_000_000L;
    /** Decimals of a weighted mid beyond those of a price. */
    public static final int EXTRA_DECIMALS = 3;

    /** Whether there is something on both sides. */
    public boolean hasBothSides() {
        return book.bidCount() > 0 && book.askCount() > 0;
    }

    /** Best ask less best bid; there must be both. */
    public long spread() {
        return DepthMeasures.spread(book.bidPrice(0), book.askPrice(0));
    }

    /** Twice the mid; there must be both sides. */
    public long twiceMid() {
        return DepthMeasures.twiceMid(book.bidPrice(0), book.askPrice(0));
    }

    /** Weighted mid with {@link #EXTRA_DECIMALS}, or {@link DepthMeasures#NO_VALUE}. */
    public long weightedMid() {
        return DepthMeasures.weightedMid(book.bidPrice(0), book.bidQuantity(0), book.askPrice(0),
                book.askQuantity(0), EXTRA_DECIMALS);
    }

    /** The window that is open, or closed last; null if the book never followed its venue. */
    @Nullable
    public DepthBar window() {
        return windows.isEmpty() ? null : windows.getLast();
    }

    /** When the book, or what it is worth, last changed; 0 for never. */
    public long asOfMs() {
        return book.receiveTimeNs() / NS_PER_MS;
    }

    /** How long ago that was. */
    public long ageMs() {
        return Math.max(0, nowMs - asOfMs());
    }

    /** What is wrong with the book, in a word or two; null if it can be believed. */
    @Nullable
    public String doubt() {
        if (liveness == Liveness.STOPPED) {
            return "the engine is not running";
        }
        return book.state() == BookState.SYNCED ? null
                : book.state() == BookState.STALE ? "it does not follow its venue any more"
                        : "it does not follow its venue yet";
    }
}
