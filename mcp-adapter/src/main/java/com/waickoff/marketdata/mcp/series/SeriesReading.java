package com.waickoff.marketdata.mcp.series;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.history.StoredPast;
import com.waickoff.marketdata.mcp.live.LiveReading;
import com.waickoff.marketdata.mcp.live.Liveness;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.mcp.market.MarketWindow;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.storage.history.CoverageLedger;
import com.waickoff.marketdata.storage.history.HistoryWindow;
import com.waickoff.marketdata.storage.history.Page;
import com.waickoff.marketdata.storage.history.PageRequest;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads windows of one timeframe for one answer.
 *
 * <p>Threads: one.
 */
final class SeriesReading {
    private static final long NS_PER_MS = 1_000_000L;
    private static final int NEVER_WHOLE = Window.UNORDERED | Window.OUTDATED;
    private static final int MOST_PAGES = 20;

    private final Market market;
    private final Instrument instrument;
    private final Timeframe timeframe;
    private final List<String> hints = new ArrayList<>();
    private @Nullable LiveReading live;
    private List<LiveReading> former = List.of();
    private @Nullable ToolFailure engineAway;
    private @Nullable ToolFailure pastAway;
    /** Where the snapshot takes over from the store. */
    private long boundaryMs;
    private boolean asksPast;

    SeriesReading(Market market, Instrument instrument, Timeframe timeframe) {
        this.market = market;
        this.instrument = instrument;
        this.timeframe = timeframe;
    }

    Series read(long fromMs, long toMs, int limit, boolean withRows) throws ToolFailure {
        List<MarketWindow> windows = windows(fromMs, toMs, limit + 1, withRows);
        if (windows.isEmpty()) {
            throw nothing(fromMs, toMs);
        }
        int end = Math.min(limit, windows.size());
        // The next page begins with a time: two windows of one start go together.
        if (end < windows.size()
                && windows.get(end).startMs() == windows.get(end - 1).startMs()) {
            end++;
        }
        boolean isComplete = end == windows.size();
        List<MarketWindow> shown = windows.subList(0, end);
        long endMs = isComplete ? toMs : shown.getLast().endMs();
        return new Series(shown, isComplete, quality(fromMs, endMs, shown));
    }

    /** Windows, at most one more than {@code limit}; none is no failure. */
    List<MarketWindow> windows(long fromMs, long toMs, int limit, boolean withRows)
            throws ToolFailure {
        // Those that are shown first: one that closes meanwhile is then found among the closed
        // ones, and one that has closed but is not yet kept, which takes up to a second, is not lost.
        List<MarketWindow> shown = shown(fromMs, toMs);
        List<MarketWindow> near = live == null ? List.of()
                : page(market.snapshot(), fromMs, toMs, limit, withRows, false);
        boundaryMs = Math.min(toMs, boundary(fromMs, near, withRows));
        List<MarketWindow> stored = fromMs < boundaryMs ? stored(fromMs, limit, withRows)
                : List.of();
        if (pastAway != null && near.isEmpty() && shown.isEmpty()) {
            throw pastAway;
        }
        List<MarketWindow> windows = MarketWindow.joined(stored,
                MarketWindow.joined(near, shown));
        return windows.subList(0, Math.min(windows.size(), limit + 1));
    }

    private List<MarketWindow> shown(long fromMs, long toMs) {
        try {
            LiveReading reading = market.live(instrument, timeframe);
            former = market.former(instrument, timeframe);
            live = reading;
            return Stream.concat(former.stream(), Stream.of(reading))
                    .flatMap(of -> of.shown().stream())
                    .filter(window -> window.startMs() >= fromMs && window.startMs() < toMs)
                    .toList();
        } catch (ToolFailure failure) {
            engineAway = failure;
            return List.of();
        }
    }

    /** From which time on the snapshot has all that is wanted. */
    private long boundary(long fromMs, List<MarketWindow> near, boolean withRows)
            throws ToolFailure {
        if (live == null) {
            return Long.MAX_VALUE;
        }
        List<HistoryWindow> oldest = market.snapshot().windows(instrument.name(), timeframe,
                market.snapshot().range(0, Long.MAX_VALUE, 1), false).items();
        long boundary = oldest.isEmpty() ? live.shown().isEmpty() ? Long.MAX_VALUE
                : live.shown().getLast().startMs() : oldest.getFirst().startMs();
        if (withRows) {
            for (MarketWindow window : near) {
                if (window.rows().isEmpty() && window.volume() > 0) {
                    boundary = Math.max(boundary, window.endMs());
                }
            }
        }
        return Math.max(fromMs, boundary);
    }

    private List<MarketWindow> stored(long fromMs, int limit, boolean withRows) {
        if (!market.past().isKept()) {
            return List.of();
        }
        try {
            asksPast = true;
            return page(market.past(), fromMs, boundaryMs, limit, withRows, true);
        } catch (ToolFailure failure) {
            pastAway = failure;
            hints.add("The stored history does not answer: what is older than the engine's snapshot"
                    + " is missing here.");
            return List.of();
        }
    }

    private List<MarketWindow> page(StoredPast source, long fromMs, long toMs, int limit,
            boolean withRows, boolean isStored) throws ToolFailure {
        List<MarketWindow> windows = new ArrayList<>();
        PageRequest request = source.range(fromMs, toMs, limit + 1);
        for (int page = 0; page < MOST_PAGES && windows.size() <= limit; page++) {
            Page<HistoryWindow> read = source.windows(instrument.name(), timeframe, request,
                    withRows);
            read.items().forEach(window -> windows.add(MarketWindow.of(window, isStored)));
            if (read.next() == null) {
                break;
            }
            request = request.after(read.next());
        }
        return windows;
    }

    /** What the answer about a range is worth. */
    Quality quality(long fromMs, long toMs, List<MarketWindow> shown) {
        LiveReading reading = live;
        boolean fromStore = shown.isEmpty() || shown.getLast().isStored();
        boolean isUnordered = shown.stream()
                .anyMatch(window -> (window.flags() & NEVER_WHOLE) != 0);
        int revision = shown.stream().mapToInt(MarketWindow::revision).max().orElse(0);
        long nowMs = market.engine().nowMs();
        CoverageStamp coverage = coverage(fromMs, toMs, isUnordered,
                shown.isEmpty() ? fromMs : shown.getLast().endMs());
        if (reading != null && !fromStore) {
            Quality quality = Quality.of(reading, coverage, revision);
            return new Quality(instrument, false, quality.liveness(), quality.asOfMs(),
                    quality.ageMs(), quality.sequence(), coverage, quality.bookState(), revision,
                    hints);
        }
        long asOfMs = shown.isEmpty() ? 0 : shown.getLast().endMs();
        boolean reachesNow = toMs > nowMs - timeframe.lengthMs();
        return new Quality(instrument, true,
                reading == null && reachesNow ? Liveness.ENGINE_STOPPED : Liveness.LIVE, asOfMs,
                nowMs - asOfMs, null, coverage, null, revision, hints);
    }

    private CoverageStamp coverage(long fromMs, long toMs, boolean isUnordered, long knownToMs) {
        LiveReading reading = live;
        Uncovered uncovered = new Uncovered();
        long repaired = 0;
        long watermarkNs = knownToMs * NS_PER_MS;
        if (reading != null) {
            watermarkNs = Stream.concat(former.stream(), Stream.of(reading))
                    .mapToLong(of -> of.coverage().watermarkNs()).max().orElseThrow();
            CoverageLedger ledger = ledger(market.snapshot());
            repaired = ledger.repairedGaps();
            uncovered.add(ledger.uncovered(), asksPast ? boundaryMs : fromMs, toMs);
        }
        if (asksPast) {
            CoverageLedger ledger = pastAway == null ? ledger(market.past())
                    : CoverageLedger.NOTHING_COVERED;
            repaired = Math.max(repaired, ledger.repairedGaps());
            uncovered.add(ledger.uncovered(), fromMs, Math.min(boundaryMs, toMs));
        }
        return CoverageStamp.of(fromMs, toMs, watermarkNs, isUnordered, uncovered, repaired);
    }

    private CoverageLedger ledger(StoredPast source) {
        try {
            return source.coverage(instrument.name()).orElse(CoverageLedger.NOTHING_COVERED);
        } catch (ToolFailure unknown) {
            return CoverageLedger.NOTHING_COVERED;
        }
    }

    /** Why there is nothing, and what to do next. */
    ToolFailure nothing(long fromMs, long toMs) {
        if (engineAway != null && !market.past().isKept()) {
            return engineAway;
        }
        return new ToolFailure(ErrorCode.NO_DATA, "no " + timeframe.label() + " window of "
                + instrument.name() + " starts from " + fromMs + " up to " + toMs
                + " ms: nothing was traded or nothing is kept. list_instruments says from when on"
                + " there is history, get_market_snapshot how far the market has come.");
    }
}
