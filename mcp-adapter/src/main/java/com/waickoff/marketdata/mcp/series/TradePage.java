package com.waickoff.marketdata.mcp.series;

import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.live.Liveness;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.storage.history.CoverageLedger;
import com.waickoff.marketdata.storage.history.HistoryTrade;
import com.waickoff.marketdata.storage.history.Page;
import com.waickoff.marketdata.storage.history.PageRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Single trades of the store, large enough ones only.
 *
 * @param trades in the order in which they were journaled
 * @param next where it goes on; null if this was all
 * @param minQuantity smaller ones were left out
 */
public record TradePage(List<HistoryTrade> trades, @Nullable String next, BigDecimal minQuantity,
        Quality quality) {
    private static final long NS_PER_MS = 1_000_000L;
    /** Trades looked at in one question, where only large ones are wanted. */
    private static final int LOOKED_AT = 2_000;
    private static final int MOST_QUESTIONS = 10;

    /** The list is copied. */
    public TradePage {
        trades = List.copyOf(trades);
    }

    /**
     * Reads a page; where few are large enough it may end before {@code limit}, and before the
     * range.
     *
     * @param minQuantity in the instrument's unit; null for all
     * @param cursor where the page before ended; null for the first one
     * @throws ToolFailure if it cannot be told now, or not like that
     */
    public static TradePage read(Market market, Instrument instrument, long fromMs, long toMs,
            int limit, @Nullable BigDecimal minQuantity, @Nullable String cursor)
            throws ToolFailure {
        BigDecimal least = minQuantity == null ? BigDecimal.ZERO : minQuantity;
        List<HistoryTrade> found = new ArrayList<>();
        String next = cursor;
        int questions = 0;
        do {
            PageRequest request = market.past()
                    .range(fromMs, toMs, least.signum() == 0 ? limit : LOOKED_AT).after(next);
            Page<HistoryTrade> page = market.past().trades(instrument.name(), request);
            int taken = take(page.items(), least, limit - found.size(), found);
            if (taken < page.items().size()) {
                // The same page up to the last one that is shown: its end is where it goes on.
                page = market.past().trades(instrument.name(), request.withLimit(taken));
            }
            next = page.next();
            questions++;
        } while (next != null && found.size() < limit && questions < MOST_QUESTIONS);
        return new TradePage(found, next, least,
                quality(market, instrument, fromMs, toMs));
    }

    /** Takes those that are large enough, and says how many were looked at. */
    private static int take(List<HistoryTrade> trades, BigDecimal least, int most,
            List<HistoryTrade> into) {
        int taken = 0;
        for (int i = 0; i < trades.size(); i++) {
            HistoryTrade trade = trades.get(i);
            if (BigDecimal.valueOf(trade.quantity(), trade.quantityScale())
                    .compareTo(least) >= 0) {
                into.add(trade);
                if (++taken == most) {
                    return i + 1;
                }
            }
        }
        return trades.size();
    }

    private static Quality quality(Market market, Instrument instrument, long fromMs, long toMs)
            throws ToolFailure {
        long nowMs = market.engine().nowMs();
        CoverageLedger ledger = market.past().coverage(instrument.name())
                .orElse(CoverageLedger.NOTHING_COVERED);
        Uncovered uncovered = new Uncovered();
        uncovered.add(ledger.uncovered(), fromMs, toMs);
        long knownMs = Math.min(toMs, nowMs);
        CoverageStamp coverage = CoverageStamp.of(fromMs, toMs, knownMs * NS_PER_MS, false,
                uncovered, ledger.repairedGaps());
        return new Quality(instrument, true, Liveness.LIVE, knownMs, nowMs - knownMs, null,
                coverage, null, 0, List.of());
    }
}
