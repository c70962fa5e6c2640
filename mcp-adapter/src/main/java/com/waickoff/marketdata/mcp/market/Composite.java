package com.waickoff.marketdata.mcp.market;

import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.SummedRows;
import com.waickoff.marketdata.window.Vwap;
import com.waickoff.marketdata.window.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Several windows put together: exactly what one window over all of their trades would have, but for
 * the height of its rows.
 *
 * <pre>
 *   volumes, trades, notional   sums
 *   open, close                 of the first and of the last
 *   min, max of running delta   min, max over windows of (delta of those before + its own min, max)
 *   rows                        sums on the coarsest grid
 *   cumulative delta            of the last
 * </pre>
 *
 * <p>Threads: immutable.
 */
public final class Composite {
    /** Far more than an answer shows, and than a window can have. */
    private static final int MOST_ROWS = 1 << 16;

    private final MarketWindow whole;
    private final List<Run> runs;
    private final int withoutRows;

    /**
     * Neighbouring windows of one length.
     *
     * @param length such as {@code 5m}
     * @param startMs of the first
     * @param count how many
     */
    public record Run(String length, long startMs, int count) {}

    private Composite(MarketWindow whole, List<Run> runs, int withoutRows) {
        this.whole = whole;
        this.runs = List.copyOf(runs);
        this.withoutRows = withoutRows;
    }

    /**
     * Puts windows together.
     *
     * @param parts at least one, oldest first, which do not overlap
     * @param coverage of the whole stretch
     */
    public static Composite of(List<MarketWindow> parts, CoverageStamp coverage) {
        int priceScale = parts.stream().mapToInt(MarketWindow::priceScale).max().orElseThrow();
        int quantityScale = parts.stream().mapToInt(MarketWindow::quantityScale).max()
                .orElseThrow();
        List<MarketWindow> same = parts.stream()
                .map(part -> part.rescaled(priceScale, quantityScale)).toList();
        List<RowVolumes> rows = new ArrayList<>();
        int missing = 0;
        for (MarketWindow part : same) {
            if (part.rows().isEmpty()) {
                missing += part.volume() > 0 ? 1 : 0;
            } else {
                rows.add(part.rows());
            }
        }
        RowVolumes sum = rows.isEmpty() ? same.getFirst().rows()
                : SummedRows.composite(rows, MOST_ROWS);
        return new Composite(sum(same, sum, coverage), runs(same), missing);
    }

    private static MarketWindow sum(List<MarketWindow> parts, RowVolumes rows,
            CoverageStamp coverage) {
        MarketWindow first = parts.getFirst();
        MarketWindow last = parts.getLast();
        long volume = 0;
        long buyVolume = 0;
        long trades = 0;
        long high = first.high();
        long low = first.low();
        long minDelta = 0;
        long maxDelta = 0;
        int flags = 0;
        int revision = 0;
        boolean isStored = false;
        Vwap vwap = Vwap.NONE;
        for (MarketWindow part : parts) {
            long before = 2 * buyVolume - volume;
            minDelta = Math.min(minDelta, before + part.minDelta());
            maxDelta = Math.max(maxDelta, before + part.maxDelta());
            volume = Math.addExact(volume, part.volume());
            buyVolume += part.buyVolume();
            trades += part.trades();
            high = Math.max(high, part.high());
            low = Math.min(low, part.low());
            flags |= part.flags() & ~Window.CLOSED;
            revision = Math.max(revision, part.revision());
            vwap = vwap.plus(part.vwap());
            isStored |= part.isStored();
        }
        return new MarketWindow(last.definition(), first.priceScale(), first.quantityScale(),
                MarketWindow.CUSTOM, first.startMs(), last.endMs(),
                flags | (last.flags() & Window.CLOSED), revision,
                trades, first.open(), high, low, last.close(), volume, buyVolume, minDelta,
                maxDelta, last.cumulativeDelta(), vwap, coverage, rows, isStored);
    }

    private static List<Run> runs(List<MarketWindow> parts) {
        List<Run> runs = new ArrayList<>();
        long endMs = Long.MIN_VALUE;
        for (MarketWindow part : parts) {
            Run run = runs.isEmpty() ? null : runs.getLast();
            if (run != null && run.length().equals(part.length()) && endMs == part.startMs()) {
                runs.set(runs.size() - 1, new Run(run.length(), run.startMs(), run.count() + 1));
            } else {
                runs.add(new Run(part.length(), part.startMs(), 1));
            }
            endMs = part.endMs();
        }
        return runs;
    }

    /** All of them as one. */
    public MarketWindow whole() {
        return whole;
    }

    /** Which windows it was made of, oldest first. */
    public List<Run> runs() {
        return runs;
    }

    /** How many of them have volume, but no rows any more. */
    public int withoutRows() {
        return withoutRows;
    }
}
