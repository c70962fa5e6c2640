package com.waickoff.marketdata.storage.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.reactivestreams.client.MongoDatabase;
import com.waickoff.marketdata.storage.effect.BookStateChanged;
import com.waickoff.marketdata.storage.effect.CoverageChanged;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import com.waickoff.marketdata.storage.effect.FeedStateChanged;
import com.waickoff.marketdata.storage.effect.InstrumentChanged;
import com.waickoff.marketdata.storage.effect.SignalRaised;
import com.waickoff.marketdata.storage.effect.TradeProcessed;
import com.waickoff.marketdata.storage.effect.WindowClosed;
import com.waickoff.marketdata.storage.effect.WindowRevised;
import com.waickoff.marketdata.storage.effect.WindowState;
import com.waickoff.marketdata.window.Timeframe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.RawBsonDocument;
import reactor.core.publisher.Flux;

/** What a database holds of effects of one instrument: each of them once, or the test fails. */
final class StoredEffects {
    private StoredEffects() {}

    static List<RawBsonDocument> all(MongoDatabase database, String collection) {
        List<RawBsonDocument> all = Flux.from(
                database.getCollection(collection, RawBsonDocument.class).find()).collectList()
                .block();
        return all == null ? List.of() : all;
    }

    static void assertHolds(MongoDatabase database, List<Effect> effects) {
        assertThat(trades(database, effects)).as("trades")
                .isEqualTo(of(effects, TradeProcessed.class));
        for (Timeframe timeframe : Timeframe.ALL) {
            assertThat(windows(database, timeframe)).as(timeframe.label())
                    .isEqualTo(last(effects, timeframe));
        }
        assertThat(all(database, EventDocument.SIGNALS)).as("signals")
                .hasSameSizeAs(of(effects, SignalRaised.class));
        assertThat(all(database, EventDocument.STATES)).as("states")
                .hasSize(of(effects, BookStateChanged.class).size()
                        + of(effects, FeedStateChanged.class).size());
        assertThat(all(database, LedgerDocument.INSTRUMENTS)).as("instruments")
                .hasSameSizeAs(of(effects, InstrumentChanged.class));
        assertThat(all(database, LedgerDocument.COVERAGE)).as("ledgers")
                .hasSameSizeAs(of(effects, CoverageChanged.class));
    }

    private static <T extends Effect> List<T> of(List<Effect> effects, Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static List<TradeProcessed> trades(MongoDatabase database, List<Effect> effects) {
        List<TradeProcessed> trades = new ArrayList<>();
        List<String> names = Flux.from(database.listCollectionNames())
                .filter(DocumentIds::isTradeCollection).sort().collectList().block();
        for (String name : names == null ? List.<String>of() : names) {
            List<RawBsonDocument> buckets = new ArrayList<>(all(database, name));
            buckets.sort(Comparator.comparing(one -> one.getString(Field.ID).getValue()));
            for (RawBsonDocument bucket : buckets) {
                TradeColumns columns = TradeBucket.columns(Documents.parse(bucket));
                for (int i = 0; i < columns.count(); i++) {
                    trades.add(new TradeProcessed(
                            new EffectId(columns.sequence(i), columns.ordinal(i)),
                            effects.getFirst().instrument(), columns.matchNs(i),
                            columns.receiveNs(i), columns.price(i), columns.quantity(i),
                            columns.tradeId(i), columns.aux(i), columns.flags(i)));
                }
            }
        }
        return trades;
    }

    static List<WindowState> windows(MongoDatabase database, Timeframe timeframe) {
        return all(database, DocumentIds.barCollection(timeframe)).stream()
                .map(raw -> BarDocument.window(Documents.parse(raw), timeframe))
                .sorted(Comparator.comparingLong(WindowState::startMs)).toList();
    }

    /** What each window is in the end. */
    static List<WindowState> last(List<Effect> effects, Timeframe timeframe) {
        Map<Long, WindowState> last = new TreeMap<>();
        for (Effect effect : effects) {
            WindowState window = effect instanceof WindowClosed closed ? closed.window()
                    : effect instanceof WindowRevised revised ? revised.window() : null;
            if (window != null && window.timeframe() == timeframe) {
                last.put(window.startMs(), window);
            }
        }
        return List.copyOf(last.values());
    }
}
