package com.waickoff.marketdata.feed.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.Venue;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Futures settled in coins, in the shapes that the venue documents. */
class CoinMarginedTest {
    private static final String INFO = "{\"timezone\":\"UTC\",\"symbols\":[{\"symbol\":"
            + "\"ETHUSD_PERP\",\"pair\":\"ETHUSD\",\"contractSize\":10,\"baseAsset\":\"ETH\","
            + "\"quoteAsset\":\"USD\",\"filters\":[]},{\"filters\":[{\"minPrice\":\"1000\","
            + "\"filterType\":\"PRICE_FILTER\",\"maxPrice\":\"4520958\",\"tickSize\":\"0.1\"},{"
            + "\"stepSize\":\"1\",\"filterType\":\"LOT_SIZE\",\"maxQty\":\"60000\",\"minQty\":"
            + "\"1\"}],\"symbol\":\"BTCUSD_PERP\",\"pair\":\"BTCUSD\",\"contractType\":"
            + "\"PERPETUAL\",\"contractStatus\":\"TRADING\",\"contractSize\":100,\"quoteAsset\":"
            + "\"USD\",\"baseAsset\":\"BTC\",\"marginAsset\":\"BTC\",\"pricePrecision\":1}]}";
    private static final String TRADE = "{\"stream\":\"btcusd_perp@trade\",\"data\":{\"e\":"
            + "\"trade\",\"E\":1795219200123,\"T\":1795219200122,\"s\":\"BTCUSD_PERP\",\"t\":7001,"
            + "\"p\":\"97250.1\",\"q\":\"25\",\"X\":\"MARKET\",\"m\":false,\"st\":2}}";
    private static final String DIFF = "{\"stream\":\"btcusd_perp@depth@100ms\",\"data\":{\"e\":"
            + "\"depthUpdate\",\"E\":1795219200223,\"T\":1795219200220,\"s\":\"BTCUSD_PERP\","
            + "\"ps\":\"BTCUSD\",\"U\":1005,\"u\":1010,\"pu\":1000,\"b\":[[\"97250.0\",\"300\"]],"
            + "\"a\":[],\"st\":2}}";
    private static final String SNAPSHOT = "{\"lastUpdateId\":1000,\"symbol\":\"BTCUSD_PERP\","
            + "\"pair\":\"BTCUSD\",\"E\":1795219200200,\"T\":1795219200199,\"bids\":[[\"97249.9\","
            + "\"10\"]],\"asks\":[[\"97250.2\",\"20\"]]}";

    private final FeedHarness harness = new FeedHarness(
            ports -> new BinanceFeed(Venue.BINANCE_COINM, ports,
                    BinanceSettings.of(List.of("BTCUSD_PERP")), List.of()));

    @BeforeEach
    void connect() {
        harness.connect().http("/dapi/v1/exchangeInfo", INFO);
    }

    @AfterEach
    void shouldHaveOneFateForEachFrame() {
        harness.assertConserved();
        harness.close();
    }

    @Test
    void shouldKnowWhatAContractIsWorth() {
        Instrument instrument = harness.catalogue.get(0);
        assertThat(harness.catalogue.count()).isEqualTo(1);
        assertThat(instrument.name()).isEqualTo("binance-coinm:BTCUSD_PERP");
        assertThat(instrument.contractSize()).isEqualByComparingTo(new BigDecimal(100));
        assertThat(instrument.contractUnit()).isEqualTo("USD");
        assertThat(instrument.quantityUnit()).isEqualTo("contracts");
        assertThat(instrument.priceUnit()).isEqualTo("USD");
    }

    @Test
    void shouldFollowTapeAndBookAsOfTheOtherFutures() {
        assertThat(harness.feed.streamPath(0)).isEqualTo("/stream");
        harness.frame(TRADE).frame(TRADE.replace("7001", "7003")).frame(DIFF);
        assertThat(harness.asked).contains("/dapi/v1/depth?symbol=BTCUSD_PERP&limit=1000");
        harness.http("/dapi/v1/depth?symbol=BTCUSD_PERP&limit=1000", SNAPSHOT);

        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP",
                "TRADE 7001 buy 2500 at 972501 +122000us", "TRADE_GAP 7002..7002 SEQUENCE_GAP",
                "TRADE 7003 buy 2500 at 972501 +122000us",
                "BOOK_LEVEL snapshot bid 1000 at 972499 #1000",
                "BOOK_LEVEL snapshot ask 2000 at 972502 #1000",
                "BOOK_LEVEL bid 30000 at 972500 #1010", "BOOK_READY #1010");
    }

    @Test
    void shouldBuildTheBookAnewWhenTheVenueCountsAnew() {
        harness.frame(DIFF).http("/dapi/v1/depth?symbol=BTCUSD_PERP&limit=1000", SNAPSHOT);
        BinanceRig.take(harness);
        harness.asked.clear();

        for (int i = 1; i <= 50; i++) {
            harness.passTime(i < 50 ? 100_000_000 : 10_000_000_000L).frame(DIFF.replace(
                    "\"U\":1005,\"u\":1010,\"pu\":1000",
                    "\"U\":" + (2 * i) + ",\"u\":" + (2 * i + 1) + ",\"pu\":" + (2 * i - 1)));
        }

        // For less than ten seconds it might be a connection that lags behind another.
        assertThat(BinanceRig.take(harness)).containsExactly("BOOK_RESET VENUE_RESTART #101");
        assertThat(harness.asked)
                .containsExactly("/dapi/v1/depth?symbol=BTCUSD_PERP&limit=1000");
    }

    @Test
    void shouldAskSlowlyForASymbolThatIsNotListed() {
        FeedHarness other = new FeedHarness(ports -> new BinanceFeed(Venue.BINANCE_COINM, ports,
                BinanceSettings.of(List.of("BTCUSD_PERP", "XYZUSD_PERP")), List.of())).connect();
        other.http("/dapi/v1/exchangeInfo", INFO);

        assertThat(other.rejections).isEmpty();
        assertThat(other.notices).last().asString()
                .startsWith("unlisted_symbol: XYZUSD_PERP is not traded at binance-coinm");
        other.passTime(299_000_000_000L);
        assertThat(other.asked).filteredOn(url -> url.contains("exchangeInfo")).hasSize(1);
        other.passTime(1_000_000_000L);
        assertThat(other.asked).filteredOn(url -> url.contains("exchangeInfo")).hasSize(2);
        other.close();
    }

    @Test
    void shouldSubtractTheReceivedFillsOfAnAggregate() {
        harness.frame(TRADE).frame(TRADE.replace("7001", "7004"));
        harness.asked.clear();
        BinanceRig.take(harness);

        harness.passTime(100_000_000).passTime(600_000_000);
        assertThat(harness.takeAsked())
                .containsExactly("/dapi/v1/trades?symbol=BTCUSD_PERP&limit=1000");
        harness.http("/dapi/v1/trades?symbol=BTCUSD_PERP&limit=1000", "[{\"id\":7004,\"price\":"
                + "\"97250.0\",\"qty\":\"25\",\"time\":1795219200125,\"isBuyerMaker\":true}]");
        harness.passTime(1_000_000_000);
        assertThat(harness.asked).containsExactly(
                "/dapi/v1/aggTrades?symbol=BTCUSD_PERP&startTime=1795219199922&limit=1000");
        harness.http(harness.asked.getFirst(), "[{\"a\":416690,\"p\":\"97250.1\",\"q\":\"110\","
                + "\"f\":7000,\"l\":7002,\"T\":1795219200120,\"m\":false},{\"a\":416691,\"p\":"
                + "\"97250.1\",\"q\":\"40\",\"f\":7001,\"l\":7002,\"T\":1795219200122,\"m\":false},"
                + "{\"a\":416692,\"p\":\"97250.0\",\"q\":\"25\",\"f\":7004,\"l\":7004,\"T\":"
                + "1795219200125,\"m\":true}]");

        assertThat(BinanceRig.take(harness)).containsExactly(
                "TRADE 7002 buy of 1 1500 at 972501 +122000us",
                "TRADE 7003 off-book 0 at 0 +125000us");
    }
}
