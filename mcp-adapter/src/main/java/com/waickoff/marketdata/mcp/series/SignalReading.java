package com.waickoff.marketdata.mcp.series;

import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.history.StoredPast;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.storage.history.HistorySignal;
import com.waickoff.marketdata.window.Timeframe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads signals for one answer: the last ones from the snapshot, those before them from the store.
 *
 * <p>Threads: one.
 */
final class SignalReading {
    private static final int MOST = 2_000;

    private final Market market;
    private final Instrument instrument;

    private record Place(@Nullable Timeframe timeframe, long startMs) {}

    SignalReading(Market market, Instrument instrument) {
        this.market = market;
        this.instrument = instrument;
    }

    List<HistorySignal> read(long fromMs, long toMs) {
        List<HistorySignal> near = page(market.snapshot(), fromMs, toMs, MOST);
        List<HistorySignal> all = new ArrayList<>();
        if (market.past().isKept() && !reachesBack(fromMs)) {
            long firstSequence = near.isEmpty() ? Long.MAX_VALUE : near.getFirst().sequence();
            page(market.past(), fromMs, toMs, MOST).stream()
                    .filter(signal -> signal.sequence() < firstSequence).forEach(all::add);
        }
        all.addAll(near);
        return valid(all);
    }

    /**
     * Whether the snapshot still has a signal from before this time, and with it all since. To be
     * asked last: the oldest make room for newer ones meanwhile.
     */
    private boolean reachesBack(long fromMs) {
        return fromMs > 0 && !page(market.snapshot(), 0, fromMs, 1).isEmpty();
    }

    private List<HistorySignal> page(StoredPast source, long fromMs, long toMs, int most) {
        try {
            return source.signals(instrument.name(), source.range(fromMs, toMs, most)).items();
        } catch (ToolFailure away) {
            return List.of();
        }
    }

    private static List<HistorySignal> valid(List<HistorySignal> all) {
        Map<Place, Integer> revisions = new HashMap<>();
        for (HistorySignal signal : all) {
            if (signal.kind() == SignalKind.REVISED) {
                revisions.put(place(signal), signal.revision());
            }
        }
        return all.stream().filter(signal -> signal.kind() != SignalKind.REVISED
                && (signal.timeframe() == null || signal.revision() >= revisions
                        .getOrDefault(place(signal), 0)))
                .toList();
    }

    private static Place place(HistorySignal signal) {
        return new Place(signal.timeframe(), signal.windowStartMs());
    }
}
