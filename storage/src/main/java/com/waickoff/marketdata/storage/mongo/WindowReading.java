package com.waickoff.marketdata.storage.mongo;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.waickoff.marketdata.storage.effect.WindowState;
import com.waickoff.marketdata.storage.history.HistoryException;
import com.waickoff.marketdata.storage.history.HistoryWindow;
import com.waickoff.marketdata.storage.history.HistoryWindow.Area;
import com.waickoff.marketdata.window.Timeframe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;

/**
 * Windows of one instrument and timeframe, as documents have them.
 *
 * <p>A revision changes the cumulative delta of all windows behind it, whose documents are not written
 * again. So the delta of a page is counted from the document that was written last, on the page or
 * behind it: that one knew all revisions. Where more than {@link #MOST_LATER} windows lie behind the
 * page, it is counted from the last written one among those.
 *
 * <p>Threads: one.
 */
final class WindowReading {
    private static final int MOST_LATER = 2_000;
    private static final List<String> OF_DELTA = List.of(Field.JOURNAL, Field.SEQUENCE,
            Field.DEFINITION, BarDocument.VOLUME, BarDocument.BUY_VOLUME,
            BarDocument.CUMULATIVE_DELTA);

    private final Questions questions;
    private final String instrument;
    private final Timeframe timeframe;

    private record Definition(long journal, int id) {
        static Definition of(BsonDocument bar) {
            return new Definition(Documents.longOf(bar, Field.JOURNAL),
                    Documents.intOf(bar, Field.DEFINITION));
        }
    }

    WindowReading(Questions questions, String instrument, Timeframe timeframe) {
        this.questions = questions;
        this.instrument = instrument;
        this.timeframe = timeframe;
    }

    List<HistoryWindow> windows(List<BsonDocument> page) throws HistoryException {
        if (page.isEmpty()) {
            return List.of();
        }
        Map<String, Long> cumulative = cumulativeDeltas(page);
        Ledgers ledgers = questions.ledgers(instrument);
        List<HistoryWindow> windows = new ArrayList<>();
        for (BsonDocument document : page) {
            long delta = cumulative.getOrDefault(Documents.textOf(document, Field.ID), 0L);
            windows.add(window(document, delta, ledgers));
        }
        return windows;
    }

    private HistoryWindow window(BsonDocument document, long cumulativeDelta, Ledgers ledgers) {
        WindowState state = BarDocument.window(document, timeframe);
        return new HistoryWindow(Documents.intOf(document, Field.DEFINITION),
                Documents.intOf(document, Field.PRICE_SCALE),
                Documents.intOf(document, Field.QUANTITY_SCALE), timeframe, state.startMs(),
                state.flags(), state.revision(), state.trades(), state.open(), state.high(),
                state.low(), state.close(), state.volume(), state.buyVolume(), state.minDelta(),
                state.maxDelta(), cumulativeDelta, state.blockVolume(), state.rpiVolume(),
                state.notional(), state.squares(), state.firstTapeKey(), state.lastTapeKey(),
                area(document), ledgers.stamp(document, state.startMs(), state.endMs(),
                        state.flags(), state.coverage()),
                state.rows());
    }

    private static Area area(BsonDocument document) {
        long rowSize = BarDocument.rowSize(document);
        return rowSize == 0 ? Area.UNKNOWN : new Area(rowSize, BarDocument.poc(document),
                BarDocument.val(document), BarDocument.vah(document));
    }

    private Map<String, Long> cumulativeDeltas(List<BsonDocument> page) throws HistoryException {
        String last = Documents.textOf(page.getLast(), Field.ID);
        String end = DocumentIds.behind(instrument + ':' + timeframe.label() + ':');
        List<BsonDocument> bars = new ArrayList<>(page);
        bars.addAll(questions.askOnly(DocumentIds.barCollection(timeframe),
                Filters.and(Filters.gt(Field.ID, last), Filters.lt(Field.ID, end)),
                Sorts.ascending(Field.ID), MOST_LATER, OF_DELTA));
        Map<Definition, BsonDocument> lastWritten = new HashMap<>();
        Map<Definition, Long> running = new HashMap<>();
        Map<Definition, Long> offsets = new HashMap<>();
        Map<String, Long> sums = new HashMap<>();
        for (BsonDocument bar : bars) {
            Definition definition = Definition.of(bar);
            long sum = running.merge(definition, delta(bar), Long::sum);
            sums.put(Documents.textOf(bar, Field.ID), sum);
            BsonDocument before = lastWritten.get(definition);
            if (before == null || Documents.longOf(bar, Field.SEQUENCE) >= Documents
                    .longOf(before, Field.SEQUENCE)) {
                lastWritten.put(definition, bar);
                offsets.put(definition,
                        Documents.longOf(bar, BarDocument.CUMULATIVE_DELTA) - sum);
            }
        }
        Map<String, Long> cumulative = new HashMap<>();
        for (BsonDocument bar : page) {
            String id = Documents.textOf(bar, Field.ID);
            cumulative.put(id, sums.getOrDefault(id, 0L)
                    + offsets.getOrDefault(Definition.of(bar), 0L));
        }
        return cumulative;
    }

    private static long delta(BsonDocument bar) {
        return 2 * Documents.longOf(bar, BarDocument.BUY_VOLUME)
                - Documents.longOf(bar, BarDocument.VOLUME);
    }
}
