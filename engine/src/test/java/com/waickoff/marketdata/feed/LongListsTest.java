package com.waickoff.marketdata.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.decimal.NativeText;
import com.waickoff.marketdata.feed.binance.BinanceFeed;
import com.waickoff.marketdata.feed.binance.BinanceSettings;
import com.waickoff.marketdata.feed.bybit.BybitFeed;
import com.waickoff.marketdata.feed.bybit.BybitSettings;
import com.waickoff.marketdata.status.Counter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists of thousands of instruments, which must not keep frames waiting. */
class LongListsTest {
    private static final int LISTED = 2_500;
    private static final int WANTED = 200;
    private static final int MOST_A_PART = 16;
    private static final int READINGS = 20;
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    private long longestNs;
    private long wholeNs;

    /** Prints for how much time of a processor the longest part keeps the loop, and all of them. */
    @ParameterizedTest
    @EnumSource(names = {"BYBIT_LINEAR", "BINANCE_SPOT"})
    void shouldReadALongListAPartAtATimeAndFramesBetween(Venue venue) {
        List<String> symbols = IntStream.range(0, LISTED)
                .mapToObj(number -> "S%04dUSDT".formatted(number)).toList();
        String text = venue == Venue.BYBIT_LINEAR ? bybit(symbols) : binance(symbols);
        for (int reading = 1; reading <= READINGS; reading++) {
            read(venue, symbols, text);
            if (reading == 1 || reading == READINGS) {
                System.out.printf(Locale.ROOT, "%s, %,d instruments, %,d bytes, reading %d: %.2f ms"
                        + " in all, longest part %.2f ms%n", venue.code(), LISTED, text.length(),
                        reading, wholeNs / 1e6, longestNs / 1e6);
            }
        }
    }

    private void read(Venue venue, List<String> symbols, String text) {
        // Every so many, so that some are at the head and some at the end of the list.
        List<String> wanted = IntStream.range(0, WANTED)
                .mapToObj(number -> symbols.get(number * (LISTED / WANTED))).toList();
        try (FeedHarness harness = new FeedHarness(ports -> feed(venue, ports, wanted), WANTED);
                NativeText body = new NativeText(4 << 20)) {
            harness.connect();
            String url = harness.takeAsked().getFirst();
            body.set(text);
            longestNs = 0;
            wholeNs = 0;
            int parts = 0;
            boolean isMore = true;
            while (isMore) {
                long beganNs = THREAD.getCurrentThreadCpuTime();
                isMore = harness.feed.onHttpPart(url, body.address(), body.length(),
                        harness.nowNs);
                long tookNs = THREAD.getCurrentThreadCpuTime() - beganNs;
                longestNs = Math.max(longestNs, tookNs);
                wholeNs += tookNs;
                parts++;
                if (parts == LISTED / MOST_A_PART / 2) {
                    assertThat(harness.catalogue.count()).isBetween(1, WANTED - 1);
                    harness.frame(trade(venue, wanted.getFirst()));
                    assertThat(harness.count(Counter.TRADES_DECODED)).isEqualTo(1);
                }
            }
            assertThat(parts).isGreaterThanOrEqualTo(LISTED / MOST_A_PART);
            assertThat(harness.catalogue.all()).extracting(instrument -> instrument.symbol())
                    .containsExactlyElementsOf(wanted);
            assertThat(String.join("", harness.sent).toUpperCase(Locale.ROOT))
                    .contains(wanted.getFirst());
        }
    }

    private static VenueProtocol feed(Venue venue, FeedPorts ports, List<String> wanted) {
        InstrumentWishes wishes = InstrumentWishes.live(wanted);
        return venue == Venue.BYBIT_LINEAR
                ? new BybitFeed(venue, ports, BybitSettings.of(List.of()), wishes, List.of())
                : new BinanceFeed(venue, ports, BinanceSettings.of(List.of()), wishes, List.of());
    }

    private static String bybit(List<String> symbols) {
        return symbols.stream().map(symbol -> "{\"symbol\":\"" + symbol + "\",\"contractType\":"
                + "\"LinearPerpetual\",\"status\":\"Trading\",\"baseCoin\":\"B\",\"quoteCoin\":"
                + "\"USDT\",\"launchTime\":\"1584230400000\",\"deliveryTime\":\"0\","
                + "\"deliveryFeeRate\":\"\",\"priceScale\":\"2\",\"leverageFilter\":{"
                + "\"minLeverage\":\"1\",\"maxLeverage\":\"100.00\",\"leverageStep\":\"0.01\"},"
                + "\"priceFilter\":{\"minPrice\":\"0.10\",\"maxPrice\":\"1999999.80\","
                + "\"tickSize\":\"0.10\"},\"lotSizeFilter\":{\"maxOrderQty\":\"1190.000\","
                + "\"minOrderQty\":\"0.001\",\"qtyStep\":\"0.001\",\"postOnlyMaxOrderQty\":"
                + "\"1190.000\",\"maxMktOrderQty\":\"500.000\",\"minNotionalValue\":\"5\"},"
                + "\"unifiedMarginTrade\":true,\"fundingInterval\":480,\"settleCoin\":\"USDT\","
                + "\"copyTrading\":\"both\",\"upperFundingRate\":\"0.005\"}")
                .collect(Collectors.joining(",", "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{"
                        + "\"category\":\"linear\",\"list\":[",
                        "],\"nextPageCursor\":\"\"},\"time\":1795219200000}"));
    }

    private static String binance(List<String> symbols) {
        return symbols.stream().map(symbol -> "{\"symbol\":\"" + symbol + "\",\"status\":"
                + "\"TRADING\",\"baseAsset\":\"B\",\"baseAssetPrecision\":8,\"quoteAsset\":"
                + "\"USDT\",\"quotePrecision\":8,\"orderTypes\":[\"LIMIT\",\"LIMIT_MAKER\","
                + "\"MARKET\",\"STOP_LOSS\",\"STOP_LOSS_LIMIT\",\"TAKE_PROFIT\"],"
                + "\"icebergAllowed\":true,\"ocoAllowed\":true,\"filters\":[{\"filterType\":"
                + "\"PRICE_FILTER\",\"minPrice\":\"0.01000000\",\"maxPrice\":\"1000000.00000000\","
                + "\"tickSize\":\"0.01000000\"},{\"filterType\":\"LOT_SIZE\",\"minQty\":"
                + "\"0.00001000\",\"maxQty\":\"9000.00000000\",\"stepSize\":\"0.00001000\"},{"
                + "\"filterType\":\"ICEBERG_PARTS\",\"limit\":10},{\"filterType\":"
                + "\"PERCENT_PRICE_BY_SIDE\",\"bidMultiplierUp\":\"5\",\"bidMultiplierDown\":"
                + "\"0.2\",\"askMultiplierUp\":\"5\",\"askMultiplierDown\":\"0.2\"},{"
                + "\"filterType\":"
                + "\"NOTIONAL\",\"minNotional\":\"5.00000000\",\"applyMinToMarket\":true}],"
                + "\"permissions\":[],\"defaultSelfTradePreventionMode\":\"EXPIRE_MAKER\"}")
                .collect(Collectors.joining(",", "{\"timezone\":\"UTC\",\"serverTime\":"
                        + "1795219200000,\"rateLimits\":[],\"exchangeFilters\":[],\"symbols\":[",
                        "]}"));
    }

    private static String trade(Venue venue, String symbol) {
        return venue == Venue.BYBIT_LINEAR
                ? "{\"topic\":\"publicTrade." + symbol + "\",\"type\":\"snapshot\",\"ts\":"
                        + "1795219200120,\"data\":[{\"T\":1795219200110,\"s\":\"" + symbol
                        + "\",\"S\":\"Buy\",\"v\":\"0.5\",\"p\":\"10.1\",\"L\":\"PlusTick\","
                        + "\"i\":\"1c0f5a3e-7b21-5d4c-9e8a-0f1e2d3c4b5a\",\"BT\":false,"
                        + "\"RPI\":false,\"seq\":4000000001}]}"
                : "{\"stream\":\"" + symbol.toLowerCase(Locale.ROOT) + "@trade\",\"data\":{\"e\":"
                        + "\"trade\",\"E\":1795219200123,\"s\":\"" + symbol + "\",\"t\":7,\"p\":"
                        + "\"10.01\",\"q\":\"0.00100000\",\"T\":1795219200122,\"m\":false,"
                        + "\"M\":true}}";
    }
}
