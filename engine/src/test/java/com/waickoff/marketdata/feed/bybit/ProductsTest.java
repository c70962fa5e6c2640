package com.waickoff.marketdata.feed.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.status.Counter;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Spot and inverse contracts, in the shapes that the venue documents. */
class ProductsTest {
    private static final String SPOT_INFO = "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{"
            + "\"category\":\"spot\",\"list\":[{\"symbol\":\"BTCUSDT\",\"baseCoin\":\"BTC\","
            + "\"quoteCoin\":\"USDT\",\"innovation\":\"0\",\"status\":\"Trading\","
            + "\"lotSizeFilter\":{\"basePrecision\":\"0.000001\",\"quotePrecision\":\"0.0000001\","
            + "\"minOrderQty\":\"0.000011\",\"minOrderAmt\":\"5\"},"
            + "\"priceFilter\":{\"tickSize\":\"0.01\"}}]},\"time\":1795219200000}";
    private static final String SPOT_TRADE = "{\"topic\":\"publicTrade.BTCUSDT\","
            + "\"ts\":1795219200120,\"type\":\"snapshot\",\"data\":[{"
            + "\"i\":\"2290000001189048101\",\"T\":1795219200110,\"p\":\"97250.01\","
            + "\"v\":\"0.000123\",\"S\":\"Buy\",\"seq\":81234567890,\"s\":\"BTCUSDT\","
            + "\"BT\":false,\"RPI\":true}]}";
    private static final String SPOT_BOOK = "{\"topic\":\"orderbook.200.BTCUSDT\","
            + "\"ts\":1795219200130,\"type\":\"snapshot\",\"data\":{\"s\":\"BTCUSDT\",\"b\":[["
            + "\"97250.00\",\"0.5\"]],\"a\":[[\"97250.01\",\"0.25\"]],\"u\":7,\"seq\":81234567891},"
            + "\"cts\":1795219200125}";
    private static final String INVERSE_INFO = "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{"
            + "\"category\":\"inverse\",\"list\":[{\"symbol\":\"BTCUSD\",\"contractType\":"
            + "\"InversePerpetual\",\"status\":\"Trading\",\"baseCoin\":\"BTC\",\"quoteCoin\":"
            + "\"USD\",\"priceScale\":\"2\",\"priceFilter\":{\"minPrice\":\"0.10\",\"tickSize\":"
            + "\"0.10\"},\"lotSizeFilter\":{\"minOrderQty\":\"1\",\"qtyStep\":\"1\"},"
            + "\"settleCoin\":\"BTC\"}],\"nextPageCursor\":\"\"}}";
    private static final String INVERSE_TRADE = "{\"topic\":\"publicTrade.BTCUSD\",\"type\":"
            + "\"snapshot\",\"ts\":1795219200120,\"data\":[{\"T\":1795219200110,\"s\":\"BTCUSD\","
            + "\"S\":\"Sell\",\"v\":\"1250\",\"p\":\"97250.10\",\"L\":\"MinusTick\",\"i\":"
            + "\"1c0f5a3e-7b21-5d4c-9e8a-0f1e2d3c4b5a\",\"BT\":true,\"RPI\":false,"
            + "\"seq\":4000000001}]}";

    @Test
    void shouldDecodeSpot() {
        try (FeedHarness harness = open(Venue.BYBIT_SPOT, "BTCUSDT")) {
            assertThat(harness.feed.streamPath(0)).isEqualTo("/v5/public/spot");
            assertThat(harness.asked)
                    .containsExactly("/v5/market/instruments-info?category=spot&limit=1000");
            harness.http(harness.asked.getFirst(), SPOT_INFO).frame(SPOT_BOOK).frame(SPOT_TRADE)
                    .frame(SPOT_TRADE);

            Instrument instrument = harness.catalogue.get(0);
            assertThat(instrument.name()).isEqualTo("bybit-spot:BTCUSDT");
            assertThat(instrument.priceScale()).isEqualTo(2);
            assertThat(instrument.quantityScale()).isEqualTo(8);
            assertThat(instrument.quantityUnit()).isEqualTo("BTC");
            MarketEvent trade = trade(harness);
            assertThat(trade.id64()).isEqualTo(2290000001189048101L);
            assertThat(trade.price()).isEqualTo(9_725_001);
            assertThat(trade.quantity()).isEqualTo(12_300);
            assertThat(trade.aux()).isEqualTo(81_234_567_890L);
            assertThat(trade.has(EventFlags.BUY)).isTrue();
            assertThat(trade.has(EventFlags.RPI)).isTrue();
            assertThat(trade.has(EventFlags.BLOCK)).isFalse();
            assertThat(harness.count(Counter.DUPLICATE_TRADES)).isEqualTo(1);
            assertThat(harness.takeKinds()).containsExactly("FEED_UP", "BOOK_LEVEL", "BOOK_LEVEL",
                    "BOOK_READY", "TRADE");
            harness.assertConserved();
        }
    }

    @Test
    void shouldDecodeInverseContractsInTheirOwnUnit() {
        try (FeedHarness harness = open(Venue.BYBIT_INVERSE, "BTCUSD")) {
            assertThat(harness.feed.streamPath(0)).isEqualTo("/v5/public/inverse");
            harness.http(harness.asked.getFirst(), INVERSE_INFO).frame(INVERSE_TRADE);

            Instrument instrument = harness.catalogue.get(0);
            assertThat(instrument.quantityUnit()).isEqualTo("contracts");
            assertThat(instrument.contractUnit()).isEqualTo("USD");
            assertThat(instrument.contractSize()).isEqualByComparingTo(BigDecimal.ONE);
            MarketEvent trade = trade(harness);
            assertThat(trade.quantity()).isEqualTo(125_000);
            assertThat(trade.has(EventFlags.BLOCK)).isTrue();
            assertThat(trade.has(EventFlags.BUY)).isFalse();
            harness.assertConserved();
        }
    }

    @Test
    void shouldAskSpotForAsManyRecentTradesAsItGives() {
        try (FeedHarness harness = open(Venue.BYBIT_SPOT, "BTCUSDT")) {
            harness.http(harness.asked.getFirst(), SPOT_INFO).frame(SPOT_TRADE);
            harness.disconnect().connect();
            harness.frame(SPOT_TRADE.replace("8101\"", "8102\""));
            harness.asked.clear();

            harness.passTime(100_000_000).passTime(600_000_000);

            assertThat(harness.asked).containsExactly(
                    "/v5/market/recent-trade?category=spot&symbol=BTCUSDT&limit=60");
        }
    }

    @Test
    void shouldEndPagesThatComeAgainAndAskSlowlyForWhatIsNotListed() {
        try (FeedHarness harness = open(Venue.BYBIT_INVERSE, "BTCUSD", "XYZUSD")) {
            String page = INVERSE_INFO.replace("\"nextPageCursor\":\"\"",
                    "\"nextPageCursor\":\"first%3DBTCUSD%26last%3DETHUSD\"");
            harness.http(harness.asked.getFirst(), page);
            String second = "/v5/market/instruments-info?category=inverse&limit=1000"
                    + "&cursor=first%3DBTCUSD%26last%3DETHUSD";
            assertThat(harness.asked).hasSize(2).last().isEqualTo(second);

            harness.http(second, page);

            assertThat(harness.asked).hasSize(2);
            assertThat(harness.rejections).isEmpty();
            assertThat(harness.notices).containsExactly(
                    "XYZUSD UNLISTED: not traded at bybit-inverse",
                    "unlisted_symbol: XYZUSD is not traded at bybit-inverse");
            harness.passTime(299_000_000_000L);
            assertThat(harness.asked).hasSize(2);
            harness.passTime(1_000_000_000L);
            assertThat(harness.asked).hasSize(3);
        }
    }

    private static FeedHarness open(Venue venue, String... symbols) {
        return new FeedHarness(ports -> new BybitFeed(venue, ports,
                BybitSettings.of(List.of(symbols)), List.of())).connect();
    }

    private static MarketEvent trade(FeedHarness harness) {
        return harness.sink.events().stream().filter(event -> event.kind() == EventKind.TRADE)
                .findFirst().orElseThrow();
    }
}
