package com.waickoff.marketdata.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.feed.binance.BinanceFeed;
import com.waickoff.marketdata.feed.binance.BinanceSettings;
import com.waickoff.marketdata.status.Counter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of trades and books around a change of an instrument's tick. */
class RedefinitionTest {
    private static final long MS = 1_000_000L;
    private static final String LIST = "/api/v3/exchangeInfo?symbols=%5B%22BTCUSDT%22%5D";

    private FeedHarness harness;

    @BeforeEach
    void setUp() {
        harness = new FeedHarness(ports -> new BinanceFeed(Venue.BINANCE_SPOT, ports,
                BinanceSettings.of(List.of()), InstrumentWishes.live(List.of("BTCUSDT")),
                List.of())).connect();
        list("0.01000000");
    }

    @AfterEach
    void tearDown() {
        harness.assertConserved();
        harness.close();
    }

    @Test
    void shouldGiveANewIdOnceAndTellNoTradeTwiceNorDeclareOneLostThatIsThere() {
        trade(500, "97000.01");
        harness.sink.clear();
        for (int reading = 0; reading < 3; reading++) {
            list("0.00100000");
        }
        trade(500, "97000.01");
        trade(501, "97000.012");

        assertThat(harness.catalogue.count()).isEqualTo(2);
        assertThat(harness.takeKinds()).containsExactly("FEED_DOWN", "FEED_UP", "TRADE");
        assertThat(harness.count(Counter.INSTRUMENTS_REDEFINED)).isEqualTo(1);
        assertThat(harness.count(Counter.DUPLICATE_TRADES)).isEqualTo(1);
        assertThat(harness.count(Counter.TRADE_GAPS)).isZero();
    }

    @Test
    void shouldRepairUnderTheIdUnderWhichItIsMissing() {
        trade(500, "97000.01");
        trade(503, "97000.02"); // 501 and 502 are missing of the old definition
        list("0.00100000");
        trade(505, "97000.013"); // 504 of the new one
        harness.sink.clear();

        String first = nextRepair();
        assertThat(first).contains("fromId=501");
        harness.http(first, history(501, 502, 503, 504, 505));
        String second = nextRepair();
        assertThat(second).contains("fromId=504");
        harness.http(second, history(504, 505));

        assertThat(harness.sink.events()).filteredOn(e -> e.kind() == EventKind.TRADE)
                .allMatch(event -> event.has(EventFlags.REPAIRED))
                .extracting(MarketEvent::instrumentId, MarketEvent::id64, MarketEvent::price)
                .containsExactly(
                        tuple(0, 501L, 9_700_001L),
                        tuple(0, 502L, 9_700_001L),
                        tuple(1, 504L, 97_000_010L));
        assertThat(harness.count(Counter.TRADES_MISSING)).isEqualTo(3);
        assertThat(harness.count(Counter.TRADES_REPAIRED)).isEqualTo(3);
        harness.asked.clear();
        harness.passTime(60_000 * MS);
        assertThat(harness.asked).noneMatch(path -> path.contains("fromId"));
    }

    /** Venues leave orders in the book that were there before a tick became coarser. */
    @Test
    void shouldTakePricesOfTheOldTickWhereTheNewOneIsCoarser() {
        trade(500, "97000.01");
        list("0.10000000");
        list("0.10000000");
        trade(501, "97000.03");

        Instrument coarser = harness.catalogue.get(1);
        assertThat(harness.catalogue.count()).as("it is the same the second time").isEqualTo(2);
        assertThat(coarser.priceScale()).isEqualTo(2);
        assertThat(coarser.tick()).isEqualTo(10);
        assertThat(harness.count(Counter.REJECTED_VALUE_OUT_OF_RANGE)).isZero();
        assertThat(harness.sink.events()).last().extracting(MarketEvent::instrumentId,
                MarketEvent::price).containsExactly(1, 9_700_003L);
        assertThat(harness.count(Counter.TRADE_GAPS)).isZero();
    }

    private String nextRepair() {
        for (int tick = 0; tick < 600; tick++) {
            harness.passTime(100 * MS);
            List<String> repairs = harness.asked.stream().filter(path -> path.contains("fromId"))
                    .toList();
            if (!repairs.isEmpty()) {
                harness.asked.clear();
                assertThat(repairs).hasSize(1);
                return repairs.getFirst();
            }
        }
        throw new AssertionError("nothing was asked for");
    }

    private void list(String tick) {
        harness.http(LIST, "{\"timezone\":\"UTC\",\"symbols\":[{\"symbol\":\"BTCUSDT\",\"status\":"
                + "\"TRADING\",\"baseAsset\":\"BTC\",\"quoteAsset\":\"USDT\",\"filters\":[{"
                + "\"filterType\":\"PRICE_FILTER\",\"tickSize\":\"" + tick + "\"},{\"filterType\":"
                + "\"LOT_SIZE\",\"stepSize\":\"0.00001000\"}]}]}");
    }

    private void trade(long id, String price) {
        harness.frame("{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1795219200123,"
                + "\"s\":\"BTCUSDT\",\"t\":" + id + ",\"p\":\"" + price
                + "\",\"q\":\"0.00100000\",\"T\":1795219200122,\"m\":false,\"M\":true}}");
    }

    private static String history(long... ids) {
        StringBuilder rows = new StringBuilder("[");
        for (long id : ids) {
            rows.append(rows.length() == 1 ? "" : ",").append("{\"id\":").append(id)
                    .append(",\"price\":\"97000.01\",\"qty\":\"0.00100000\",\"quoteQty\":\"97\","
                            + "\"time\":1795219200122,\"isBuyerMaker\":false,"
                            + "\"isBestMatch\":true}");
        }
        return rows.append(']').toString();
    }
}
