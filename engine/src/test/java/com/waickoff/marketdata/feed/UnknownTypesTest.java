package com.waickoff.marketdata.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.binance.BinanceFeed;
import com.waickoff.marketdata.feed.binance.BinanceSettings;
import com.waickoff.marketdata.feed.bybit.BybitFeed;
import com.waickoff.marketdata.feed.bybit.BybitSettings;
import com.waickoff.marketdata.status.Counter;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of types that nobody has heard of yet. */
class UnknownTypesTest {
    private static final String DANCING = "events of type \"dancing\" are not known, and ignored";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "BINANCE_SPOT|{\"stream\":\"btcusdt@dancing\",\"data\":{\"e\":\"dancing\"}}",
            "BINANCE_USDM|{\"stream\":\"btcusdt@dancing_1m@100ms\",\"data\":{\"steps\":[1]}}",
            "BINANCE_USDM|{\"stream\":\"!dancing@arr\",\"data\":[]}",
            "BINANCE_SPOT|{\"e\":\"dancing\",\"E\":1795219200123,\"s\":\"BTCUSDT\"}",
            "BYBIT_LINEAR|{\"topic\":\"dancing.BTCUSDT\",\"type\":\"snapshot\",\"data\":{}}",
            "BYBIT_LINEAR|{\"topic\":\"dancing\",\"data\":{}}"})
    void shouldTellOfATypeOnceAndCountItsFrames(Venue venue, String frame) {
        try (FeedHarness harness = open(venue)) {
            harness.frame(frame).frame(frame).frame(frame);
            assertThat(harness.count(Counter.UNKNOWN_TYPES)).isEqualTo(1);
            assertThat(harness.count(Counter.IGNORED_UNKNOWN_TYPE)).isEqualTo(3);
            assertThat(harness.takeNotices()).containsExactly("unknown_type: " + DANCING);
            assertThat(harness.rejections).isEmpty();
            assertThat(harness.takeEvents()).isEmpty();
            harness.assertConserved();
        }
    }

    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT, btcusdt@kline_1m", "BINANCE_SPOT, btcusdt@ticker_4h",
            "BINANCE_SPOT, btcusdt@depth10@100ms", "BINANCE_USDM, btcusdt@markPrice@1s",
            "BINANCE_USDM, !forceOrder@arr", "BINANCE_USDM, btcusdt@rpiDepth@500ms",
            "BYBIT_LINEAR, tickers.BTCUSDT", "BYBIT_LINEAR, kline.5.BTCUSDT",
            "BYBIT_LINEAR, orderbook.rpi.BTCUSDT", "BYBIT_LINEAR, allLiquidation.BTCUSDT"})
    void shouldNotWonderAboutTypesThatTheVenueHas(Venue venue, String stream) {
        try (FeedHarness harness = open(venue)) {
            harness.frame(venue == Venue.BYBIT_LINEAR
                    ? "{\"topic\":\"" + stream + "\",\"data\":{}}"
                    : "{\"stream\":\"" + stream + "\",\"data\":{}}");
            assertThat(harness.count(Counter.IGNORED_OTHER_CHANNEL)).isEqualTo(1);
            assertThat(harness.count(Counter.UNKNOWN_TYPES)).isZero();
            assertThat(harness.takeNotices()).isEmpty();
        }
    }

    @Test
    void shouldNotFillTheMemoryWithNames() {
        try (FeedHarness harness = open(Venue.BYBIT_LINEAR)) {
            for (int i = 0; i < 1_000; i++) {
                harness.frame("{\"topic\":\"dance" + i + ".BTCUSDT\",\"data\":{}}");
            }
            assertThat(harness.count(Counter.UNKNOWN_TYPES)).isEqualTo(UnknownTypes.MOST_TYPES);
            assertThat(harness.count(Counter.IGNORED_UNKNOWN_TYPE)).isEqualTo(1_000);
            assertThat(harness.takeNotices()).hasSize(UnknownTypes.MOST_TYPES).last().asString()
                    .endsWith("of further types nothing is said");
            harness.assertConserved();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e9t\u00e9", "", " ", "a\\u0000b"})
    void shouldBearNamesThatNobodyCanRead(String name) {
        try (FeedHarness harness = open(Venue.BINANCE_SPOT)) {
            String frame = "{\"stream\":\"btcusdt@" + name + "\",\"data\":{}}";
            harness.frame(frame).frame(frame);
            harness.frame("{\"stream\":\"btcusdt@" + name + name + "\",\"data\":{}}");
            assertThat(harness.count(Counter.UNKNOWN_TYPES)).isEqualTo(1);
            assertThat(harness.count(Counter.IGNORED_UNKNOWN_TYPE)).isEqualTo(3);
            assertThat(harness.takeNotices()).singleElement().asString()
                    .isEqualTo("unknown_type: " + DANCING.replace("dancing", "?"));
            harness.assertConserved();
        }
    }

    private static FeedHarness open(Venue venue) {
        List<Instrument> definitions = List
                .of(InstrumentSource.of(venue, "BTCUSDT", new BigDecimal("0.10"),
                        new BigDecimal("0.001"), "BTC", "USDT"));
        return new FeedHarness(ports -> venue == Venue.BYBIT_LINEAR
                ? new BybitFeed(venue, ports, BybitSettings.of(List.of("BTCUSDT")), definitions)
                : new BinanceFeed(venue, ports, BinanceSettings.of(List.of("BTCUSDT")),
                        definitions))
                .connect();
    }
}
