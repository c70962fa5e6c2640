package com.waickoff.marketdata.mcp.series;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.market.Composite;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.mcp.market.MarketWindow;
import com.waickoff.marketdata.storage.history.PageRequest;
import com.waickoff.marketdata.window.Timeframe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Covers a range with windows, coarsest first, so that as few as possible are read:
 *
 * <pre>
 *   asked      09:17 ├──────────────────────────────────────────┤ 13:02
 *   1h                       10   ├─────┼─────┼─────┤ 13
 *   15m            09:30 ├───┼────┤
 *   5m      09:20 ├──────┤
 *   1m  09:17 ├───┤                                 ├┼┤
 * </pre>
 *
 * <p>A window that is not there, or has lost its rows, is made up for by shorter ones.
 *
 * <p>Threads: one.
 */
final class StretchReading {
    private static final long MS_PER_MINUTE = Timeframe.M1.lengthMs();
    private static final long MOST_MS = 31 * Timeframe.D1.lengthMs();
    /** Holes that are looked into at one length: each is a question to the store. */
    private static final int MOST_HOLES = 64;

    private final Market market;
    private final Instrument instrument;
    private final List<MarketWindow> found = new ArrayList<>();

    private record Hole(long fromMs, long toMs) {}

    StretchReading(Market market, Instrument instrument) {
        this.market = market;
        this.instrument = instrument;
    }

    Stretch read(long fromMs, long toMs) throws ToolFailure {
        if (toMs - fromMs > MOST_MS) {
            throw new ToolFailure(ErrorCode.RANGE_TOO_LARGE, "from_ms to to_ms is longer than 31"
                    + " days: ask for less, or page daily windows with get_candles.");
        }
        long startMs = Math.floorDiv(fromMs, MS_PER_MINUTE) * MS_PER_MINUTE;
        long endMs = Math.ceilDiv(toMs, MS_PER_MINUTE) * MS_PER_MINUTE;
        boolean reachesNow = endMs >= market.engine().nowMs();
        List<Hole> holes = List.of(new Hole(startMs, endMs));
        @Nullable
        ToolFailure failure = null;
        SeriesReading last = new SeriesReading(market, instrument, Timeframe.M1);
        for (Timeframe timeframe : Timeframe.ALL.reversed()) {
            List<Hole> left = new ArrayList<>();
            int looked = 0;
            for (Hole hole : holes) {
                boolean fits = ceil(hole.fromMs, timeframe) < hole.toMs
                        && (reachesNow || ceil(hole.fromMs, timeframe)
                                + timeframe.lengthMs() <= hole.toMs);
                if (!fits || ++looked > MOST_HOLES) {
                    left.add(hole);
                    continue;
                }
                try {
                    last = new SeriesReading(market, instrument, timeframe);
                    left.addAll(fill(last, hole, timeframe, reachesNow));
                } catch (ToolFailure away) {
                    failure = away;
                    left.add(hole);
                }
            }
            holes = left;
        }
        if (found.isEmpty()) {
            throw failure != null ? failure : last.nothing(startMs, endMs);
        }
        found.sort(Comparator.comparingLong(MarketWindow::startMs));
        List<MarketWindow> parts = List.copyOf(found);
        // Asks for nothing but what the range as a whole is worth.
        SeriesReading whole = new SeriesReading(market, instrument, Timeframe.M1);
        whole.windows(startMs, endMs, 1, false);
        Quality quality = whole.quality(startMs, endMs, parts);
        return new Stretch(Composite.of(parts, quality.coverage()), quality);
    }

    /** Fills a hole as far as windows of this length can, and gives what is left of it. */
    private List<Hole> fill(SeriesReading reading, Hole hole, Timeframe timeframe,
            boolean reachesNow) throws ToolFailure {
        List<Hole> left = new ArrayList<>();
        long atMs = hole.fromMs;
        // Of two of the same start, the second is in the units of a newer definition.
        Map<Long, List<MarketWindow>> byStart = reading.windows(ceil(hole.fromMs, timeframe),
                hole.toMs, PageRequest.MAX_LIMIT - 1, true).stream()
                .collect(Collectors.groupingBy(MarketWindow::startMs, LinkedHashMap::new,
                        Collectors.toList()));
        for (List<MarketWindow> windows : byStart.values()) {
            MarketWindow first = windows.getFirst();
            boolean isOpen = windows.stream().anyMatch(window -> !window.isClosed());
            boolean fits = first.endMs() <= hole.toMs || (isOpen && reachesNow);
            boolean haveRows = timeframe == Timeframe.M1 || windows.stream()
                    .allMatch(window -> !window.rows().isEmpty() || window.volume() == 0);
            if (fits && haveRows && first.startMs() >= atMs) {
                if (first.startMs() > atMs) {
                    left.add(new Hole(atMs, first.startMs()));
                }
                found.addAll(windows);
                atMs = first.endMs();
            }
        }
        if (atMs < hole.toMs) {
            left.add(new Hole(atMs, hole.toMs));
        }
        return left;
    }

    private static long ceil(long ms, Timeframe timeframe) {
        return Math.ceilDiv(ms, timeframe.lengthMs()) * timeframe.lengthMs();
    }
}
