package com.waickoff.marketdata.mcp.series;

import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.live.LiveReading;
import com.waickoff.marketdata.mcp.live.Liveness;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.TapeState;
import com.waickoff.marketdata.snapshot.WallsView;
import java.util.List;

/**
 * An instrument's book, copied, and what it is worth.
 *
 * @param quality as of the book's last update; its coverage is a moment's: all or nothing
 */
public record BookReading(DepthView depth, WallsView walls, Quality quality) {
    private static final long NS_PER_MS = 1_000_000L;

    /**
     * Reads the book of the instrument that is meant.
     *
     * @param given {@code venue:SYMBOL}, or a symbol that only one venue has
     * @throws ToolFailure if the engine is away, or knows no such instrument
     */
    public static BookReading of(Market market, String given) throws ToolFailure {
        return market.look(given, (reader, entry, nowMs) -> {
            DepthView depth = new DepthView();
            WallsView walls = new WallsView();
            CoverageView coverage = new CoverageView();
            LiveReading.copy(() -> reader.read(entry, depth) && reader.read(entry, walls)
                    && reader.read(entry, coverage));
            Liveness liveness = Liveness.of(reader, nowMs);
            if (liveness == Liveness.LIVE && coverage.state() != TapeState.LIVE) {
                liveness = Liveness.FEED_DOWN;
            } else if (liveness == Liveness.LIVE && depth.state() != BookState.SYNCED) {
                liveness = Liveness.BOOK_DOWN;
            }
            long asOfMs = depth.receiveTimeNs() / NS_PER_MS;
            long watermarkMs = Math.max(0, Math.floorDiv(coverage.watermarkNs(), NS_PER_MS));
            return new BookReading(depth, walls, new Quality(Instrument.of(entry.instrument()),
                    false, liveness, asOfMs, nowMs - asOfMs, depth.sequence(),
                    coverage.stamp(watermarkMs, watermarkMs + 1, false), depth.state().label(), 0,
                    List.of()));
        });
    }
}
