package com.waickoff.marketdata.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.binance.BinanceFeed;
import com.waickoff.marketdata.feed.binance.BinanceSettings;
import com.waickoff.marketdata.feed.bybit.BybitFeed;
import com.waickoff.marketdata.feed.bybit.BybitSettings;
import com.waickoff.marketdata.status.Counter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What feeds make of their venues' lists while they run, with answers in the documented shapes. */
class InstrumentRefreshTest {
    private static final String ENDING = "\"op\":\"unsubscribe\",\"args\":["
            + "\"publicTrade.ETHUSDT\",\"orderbook.200.ETHUSDT\"]";
    private static final long MS = 1_000_000L;
    private static final long MINUTE = 60_000 * MS;
    private static final String LINEAR = "/v5/market/instruments-info?category=linear&limit=1000";
    private static final String SPOT = "/api/v3/exchangeInfo";
    private static final String TAIL = "\"nextPageCursor\":\"\"";

    private FeedHarness harness = new FeedHarness(ports -> new BybitFeed(Venue.BYBIT_LINEAR, ports,
            BybitSettings.of(List.of()), List.of()));

    @AfterEach
    void tearDown() {
        harness.assertConserved();
        harness.close();
    }

    @Test
    void shouldReadTheListAgainAboutEveryHalfHour() {
        bybit(live("BTCUSDT"));
        harness.http(LINEAR, linear("BTCUSDT"));
        harness.asked.clear();

        harness.passTime(26 * MINUTE);
        assertThat(harness.asked).isEmpty();
        harness.passTime(8 * MINUTE);
        assertThat(harness.takeAsked()).containsExactly(LINEAR);
        harness.http(LINEAR, linear("BTCUSDT")).passTime(34 * MINUTE);
        assertThat(harness.takeAsked()).containsExactly(LINEAR);
        assertThat(harness.notices).isEmpty();
        assertThat(harness.catalogue.count()).isEqualTo(1);
    }

    @Test
    void shouldSubscribePageByPage() {
        bybit(live("BTCUSDT", "ETHUSDT"));
        String second = LINEAR + "&cursor=page%3A1";
        harness.http(LINEAR, linear("BTCUSDT").replace(TAIL, "\"nextPageCursor\":\"page%3A1\""));
        assertThat(harness.asked).containsExactly(LINEAR, second);
        assertThat(harness.sent).hasSize(1).last().asString().contains("publicTrade.BTCUSDT")
                .doesNotContain("ETHUSDT");
        harness.http(second, linear("ETHUSDT"));
        assertThat(harness.sent).hasSize(2).last().asString().contains("publicTrade.ETHUSDT");
        assertThat(harness.notices).isEmpty();
    }

    @Test
    void shouldNameSymbolsThatAreNotTradedWithTheirNearestAndTakeThemWhenTheyAreListed() {
        bybit(new InstrumentWishes(List.of("BTCUSTD", "ETHUSDT"), patterns("*USDT"),
                BigDecimal.ZERO, 3, 30 * MINUTE, 0));
        harness.http(LINEAR, linear("BTCUSDT", "ETHUSDT", "BTCUSDC"));

        assertThat(harness.takeNotices()).as("wanted or not").containsExactly(
                "BTCUSTD UNLISTED: not traded at bybit-linear; nearest: BTCUSDT, BTCUSDC",
                "unlisted_symbol: BTCUSTD is not traded at bybit-linear; nearest: BTCUSDT,"
                        + " BTCUSDC");
        assertThat(names()).containsExactly("ETHUSDT", "BTCUSDT");
        harness.asked.clear();
        harness.sent.clear();
        harness.passTime(5 * MINUTE);
        assertThat(harness.takeAsked()).containsExactly(LINEAR);

        harness.http(LINEAR, linear("BTCUSTD", "ETHUSDT"));

        assertThat(harness.takeNotices()).containsExactly("BTCUSTD TRADING");
        assertThat(harness.sent).anyMatch(text -> text.contains("\"publicTrade.BTCUSTD\""));
    }

    @Test
    void shouldAskForEverythingWhereOneBadSymbolMakesSpotRefuseAll() {
        binance(Venue.BINANCE_SPOT, live("BTCUSDT", "ETHUSTD"));
        String named = SPOT + "?symbols=%5B%22BTCUSDT%22%2C%22ETHUSTD%22%5D";
        assertThat(harness.takeAsked()).containsExactly(named);

        harness.httpFailure(named, 400);
        String all = SPOT + "?showPermissionSets=false";
        assertThat(harness.takeAsked()).containsExactly(all);
        harness.http(all, spot("TRADING", "BTCUSDT", "ETHUSDT"));

        assertThat(harness.catalogue.get(0).symbol()).isEqualTo("BTCUSDT");
        assertThat(harness.sent).last().asString().contains("btcusdt@trade");
        assertThat(harness.takeNotices()).first().asString()
                .isEqualTo("ETHUSTD UNLISTED: not traded at binance-spot; nearest: ETHUSDT");
        harness.passTime(5 * MINUTE);
        assertThat(harness.takeAsked()).filteredOn(url -> url.startsWith(SPOT))
                .containsExactly(all);
    }

    @Test
    void shouldTakeTheBusiestThatMatchAndKeepThem() {
        bybit(new InstrumentWishes(List.of("BTCUSDT"), patterns("*PERP", "ETH*"),
                new BigDecimal("1000"), 3, 30 * MINUTE, 0));
        harness.http(LINEAR, linear("BTCUSDT", "AAAPERP", "BBBPERP", "ETHUSDT", "CCCUSDT"));
        String tickers = "/v5/market/tickers?category=linear";
        assertThat(harness.takeAsked()).containsExactly(LINEAR, tickers);
        assertThat(harness.catalogue.count()).isEqualTo(1);

        harness.http(tickers, tickers("AAAPERP", "5000", "BBBPERP", "999.99", "ETHUSDT", "7000.5",
                "CCCUSDT", "90000"));

        assertThat(names()).containsExactly("BTCUSDT", "ETHUSDT", "AAAPERP");
        assertThat(harness.sent).last().asString()
                .contains("publicTrade.ETHUSDT", "publicTrade.AAAPERP");
        harness.asked.clear();
        harness.passTime(34 * MINUTE);
        harness.http(LINEAR, linear("BTCUSDT", "AAAPERP", "BBBPERP", "ETHUSDT", "DDDPERP"));
        assertThat(harness.takeAsked()).as("there is no room").containsExactly(LINEAR);
        assertThat(names()).hasSize(3);
    }

    @Test
    void shouldTakeAListingThatMatchesWhileItRuns() {
        bybit(new InstrumentWishes(List.of(), patterns("*"), BigDecimal.ZERO, 5, 30 * MINUTE, 0));
        harness.http(LINEAR, linear("BTCUSDT"));
        assertThat(harness.takeAsked()).as("room for all").containsExactly(LINEAR);
        harness.passTime(34 * MINUTE).http(LINEAR, linear("BTCUSDT", "NEWUSDT"));

        assertThat(names()).containsExactly("BTCUSDT", "NEWUSDT");
        assertThat(harness.sent).last().asString().contains("publicTrade.NEWUSDT");
    }

    @Test
    void shouldSubscribeWhatIsRememberedAtOnceAndReadTheListAsSoonAsItComes() {
        recalling(live("BTCUSDT", "ETHUSDT"), "BTCUSDT", "ETHUSDT");
        assertThat(harness.sent).hasSize(1).last().asString()
                .contains("publicTrade.BTCUSDT", "publicTrade.ETHUSDT");
        assertThat(harness.takeAsked()).containsExactly(LINEAR);

        harness.httpFailure(LINEAR, 503).frame(trade("BTCUSDT", "97000.1"));
        assertThat(harness.takeKinds()).containsExactly("FEED_UP", "TRADE");
        assertThat(harness.feed.waitsFor()).as("all is known").isEmpty();
        harness.passTime(5_000 * MS).http(LINEAR,
                linear("BTCUSDT").replace("\"0.1\"", "\"0.01\""));

        assertThat(harness.catalogue.get(2).symbol()).isEqualTo("BTCUSDT");
        assertThat(harness.count(Counter.INSTRUMENTS_REDEFINED)).isEqualTo(1);
        harness.passTime(MINUTE).http(LINEAR, linear("BTCUSDT"));
        assertThat(harness.takeNotices()).as("listed when it was last collected").containsExactly(
                "ETHUSDT DELISTED: no longer in the list of bybit-linear");
    }

    @Test
    void shouldMakeRoomWhereAPatternHadBroughtWhatIsListedNoMore() {
        recalling(new InstrumentWishes(List.of(), patterns("*"), BigDecimal.ZERO, 2, 30 * MINUTE,
                0), "AAAUSDT", "BBBUSDT");
        harness.http(LINEAR, linear("BBBUSDT", "CCCUSDT"));
        assertThat(names()).containsExactly("AAAUSDT", "BBBUSDT");

        harness.passTime(MINUTE).http(LINEAR, linear("BBBUSDT", "CCCUSDT"));

        assertThat(harness.takeNotices()).containsExactly(
                "AAAUSDT DELISTED: no longer in the list of bybit-linear");
        assertThat(names()).containsExactly("AAAUSDT", "BBBUSDT", "CCCUSDT");
    }

    @Test
    void shouldSayWhatItWaitsForUntilTheFirstListComes() {
        bybit(new InstrumentWishes(List.of("BTCUSDT"), patterns("ETH*"), BigDecimal.ZERO, 2,
                30 * MINUTE, 0));
        assertThat(harness.feed.waitsFor()).isEmpty();
        for (int attempt = 0; attempt < 20; attempt++) {
            harness.takeAsked();
            harness.httpFailure(LINEAR, 0).passTime(MINUTE);
            assertThat(harness.asked).as("at least every minute").containsExactly(LINEAR);
        }
        assertThat(harness.feed.waitsFor()).isEqualTo("the list of instruments has not come:"
                + " 1 of 1 symbols and what matches patterns cannot be collected without it");

        harness.http(LINEAR, linear("BTCUSDT"));
        assertThat(harness.feed.waitsFor()).isEmpty();
    }

    @Test
    void shouldMeasureTurnoverOfInverseContractsInTheQuote() {
        binance(Venue.BINANCE_COINM, new InstrumentWishes(List.of(), patterns("*PERP"),
                new BigDecimal("5000"), 10, 30 * MINUTE, 0));
        harness.http("/dapi/v1/exchangeInfo", "{\"symbols\":[" + coin("BTCUSD_PERP", "100") + ','
                + coin("ETHUSD_PERP", "10") + "]}");
        harness.http("/dapi/v1/ticker/24hr", "[{\"symbol\":\"BTCUSD_PERP\",\"volume\":\"60\","
                + "\"baseVolume\":\"1\"},{\"symbol\":\"ETHUSD_PERP\",\"volume\":\"400\"}]");

        assertThat(names()).containsExactly("BTCUSD_PERP");
    }

    @Test
    void shouldBelieveThatASymbolIsGoneWhenItIsMissingTwice() {
        bybit(live("BTCUSDT", "ETHUSDT"));
        harness.http(LINEAR, linear("BTCUSDT", "ETHUSDT"));
        harness.frame(trade("ETHUSDT", "2000.1"));
        harness.takeKinds();
        harness.sent.clear();

        harness.passTime(34 * MINUTE).http(LINEAR, linear("BTCUSDT"));
        assertThat(harness.takeNotices()).isEmpty();
        assertThat(harness.sent).noneMatch(text -> text.contains(ENDING));
        harness.asked.clear();
        harness.passTime(MINUTE);
        assertThat(harness.takeAsked()).contains(LINEAR);
        harness.http(LINEAR, linear("BTCUSDT"));

        assertThat(harness.takeNotices()).containsExactly(
                "ETHUSDT DELISTED: no longer in the list of bybit-linear");
        assertThat(harness.sent).filteredOn(text -> text.contains(ENDING)).hasSize(1);
        assertThat(harness.sink.events()).filteredOn(e -> e.kind() == EventKind.FEED_DOWN)
                .extracting(MarketEvent::reason).containsExactly(Reason.DELISTED);
        harness.disconnect();
        harness.sent.clear();
        harness.connect();
        assertThat(harness.sent).noneMatch(text -> text.contains("ETHUSDT"));

        harness.passTime(34 * MINUTE).http(LINEAR, linear("BTCUSDT", "ETHUSDT"));
        assertThat(harness.takeNotices()).containsExactly("ETHUSDT TRADING");
        assertThat(harness.sent).last().asString().contains("subscribe", "publicTrade.ETHUSDT");
    }

    @Test
    void shouldNotBelieveALostListThatLacksEverythingOnce() {
        bybit(live("BTCUSDT"));
        harness.http(LINEAR, linear("BTCUSDT"));
        harness.passTime(34 * MINUTE).http(LINEAR, linear());
        harness.passTime(MINUTE).http(LINEAR, linear("BTCUSDT"));
        harness.passTime(34 * MINUTE).http(LINEAR, linear());
        assertThat(harness.notices).isEmpty();
    }

    @Test
    void shouldLeaveStreamsOfAHaltedInstrumentAndKnowThatItIsQuiet() {
        binance(Venue.BINANCE_SPOT, live("BTCUSDT"));
        String named = harness.takeAsked().getFirst();
        harness.http(named, spot("TRADING", "BTCUSDT"));
        harness.sent.clear();
        assertThat(harness.feed.isQuiet(0)).isFalse();

        harness.passTime(34 * MINUTE).http(named, spot("BREAK", "BTCUSDT"));
        assertThat(harness.takeNotices()).containsExactly("BTCUSDT HALTED: its status is BREAK");
        assertThat(harness.feed.isQuiet(0)).isTrue();
        harness.passTime(34 * MINUTE).http(named, spot("TRADING", "BTCUSDT"));
        assertThat(harness.takeNotices()).containsExactly("BTCUSDT TRADING");
        assertThat(harness.feed.isQuiet(0)).isFalse();
        assertThat(harness.sent).isEmpty();
    }

    @Test
    void shouldWaitForTheFirstTradingDayOfWhatIsAnnounced() {
        binance(Venue.BINANCE_USDM, live("NEWUSDT"));
        harness.http("/fapi/v1/exchangeInfo", spot("PENDING_TRADING", "NEWUSDT"));
        assertThat(harness.takeNotices())
                .containsExactly("NEWUSDT PENDING: its status is PENDING_TRADING");
        assertThat(harness.catalogue.count()).isZero();

        harness.passTime(34 * MINUTE).http("/fapi/v1/exchangeInfo", spot("TRADING", "NEWUSDT"));
        assertThat(harness.takeNotices()).containsExactly("NEWUSDT TRADING");
        assertThat(harness.sent).last().asString().contains("newusdt@trade");
    }

    @Test
    void shouldGoOnUnderANewIdWhenATickChangesWithTheSameChainOfTrades() {
        binance(Venue.BINANCE_SPOT, live("BTCUSDT"));
        String named = harness.takeAsked().getFirst();
        harness.http(named, spot("TRADING", "BTCUSDT"));
        book(100);
        harness.frame(spotTrade(500, "97000.01"));
        harness.sent.clear();
        harness.sink.clear();

        harness.passTime(34 * MINUTE).http(named,
                spot("TRADING", "BTCUSDT").replace("\"0.01000000\"", "\"0.00100000\""));

        assertThat(harness.sink.events()).filteredOn(e -> e.kind() != EventKind.CLOCK)
                .extracting(MarketEvent::kind).containsExactly(EventKind.BOOK_RESET,
                        EventKind.FEED_DOWN, EventKind.INSTRUMENT);
        harness.sink.clear();
        assertThat(harness.sent).as("the streams go on").isEmpty();
        harness.frame(spotTrade(501, "97000.012")).frame(spotTrade(503, "97000.013"));
        book(200);
        assertThat(harness.sink.events()).filteredOn(e -> e.kind() != EventKind.CLOCK)
                .allMatch(event -> event.instrumentId() == 1);
        assertThat(harness.takeKinds()).containsExactly("FEED_UP", "TRADE", "TRADE_GAP", "TRADE",
                "BOOK_LEVEL", "BOOK_LEVEL", "BOOK_LEVEL", "BOOK_READY");
        assertThat(harness.count(Counter.INSTRUMENTS_REDEFINED)).isEqualTo(1);
        assertThat(harness.count(Counter.TRADES_MISSING)).isEqualTo(1);
    }

    @Test
    void shouldAskForTheBookAnewWhenALotChangesWhereBooksComeWithTheStream() {
        bybit(live("ETHUSDT"));
        harness.http(LINEAR, linear("ETHUSDT"));
        harness.frame(trade("ETHUSDT", "2000.1"));
        harness.sent.clear();

        harness.passTime(34 * MINUTE).ackSent();
        harness.sent.clear();
        harness.http(LINEAR, linear("ETHUSDT").replace("\"0.001\"", "\"0.01\""));

        assertThat(harness.sent).hasSize(2);
        assertThat(harness.sent.getFirst())
                .contains("\"op\":\"unsubscribe\",\"args\":[\"orderbook.200.ETHUSDT\"]");
        assertThat(harness.sent.getLast())
                .contains("\"op\":\"subscribe\",\"args\":[\"orderbook.200.ETHUSDT\"]");
        harness.takeKinds();
        harness.frame(trade("ETHUSDT", "2000.1"));
        assertThat(harness.takeKinds()).as("it came twice").doesNotContain("TRADE");
    }

    @Test
    void shouldReadTheListSoonWhenAPriceDoesNotFitItsTick() {
        bybit(live("ETHUSDT"));
        harness.http(LINEAR, linear("ETHUSDT"));
        harness.asked.clear();
        harness.passTime(2 * MINUTE);
        assertThat(harness.takeAsked()).isEmpty();

        harness.frame(trade("ETHUSDT", "2000.123")).passTime(100 * MS);

        assertThat(harness.takeAsked()).containsExactly(LINEAR);
        harness.http(LINEAR, linear("ETHUSDT"));
        harness.frame(trade("ETHUSDT", "2000.124")).passTime(100 * MS);
        assertThat(harness.takeAsked()).as("not more than once a minute").isEmpty();
    }

    @Test
    void shouldReadTheListSoonWhenOneTradeOfSomeDoesNotFit() {
        bybit(live("ETHUSDT"));
        harness.http(LINEAR, linear("ETHUSDT")).passTime(2 * MINUTE);
        harness.asked.clear();
        String good = trade("ETHUSDT", "2000.1");
        String bad = trade("ETHUSDT", "2000.123").replace("4b5a", "4b5b");
        String both = good.substring(0, good.lastIndexOf("]}")) + ','
                + bad.substring(bad.indexOf("[{") + 1);

        harness.frame(both).passTime(100 * MS);

        assertThat(harness.count(Counter.VALUES_REJECTED)).isEqualTo(1);
        assertThat(harness.count(Counter.FRAMES_DECODED)).isEqualTo(1);
        assertThat(harness.takeAsked()).contains(LINEAR);
    }

    @Test
    void shouldGoOnRepairingWhenATickChangesWhileAnAnswerIsAwaited() {
        binance(Venue.BINANCE_SPOT, live("BTCUSDT"));
        String named = harness.takeAsked().getFirst();
        harness.http(named, spot("TRADING", "BTCUSDT"));
        for (int round = 0; round < 4; round++) {
            String tick = "0.00" + "1".repeat(round + 1);
            harness.frame(spotTrade(500 + 10 * round, "97000.01"))
                    .frame(spotTrade(502 + 10 * round, "97000.01"));
            harness.asked.clear();
            // What was missing before takes turns with it; answers that never come take 10 s.
            for (int second = 0; second < 60; second++) {
                harness.passTime(1_000 * MS);
            }
            String missing = "fromId=" + (round == 0 ? 501 : 493 + 10 * round);
            assertThat(harness.takeAsked()).as("round " + round)
                    .anyMatch(path -> path.contains("/api/v3/historicalTrades")
                            && path.contains(missing));
            harness.http(named, spot("TRADING", "BTCUSDT").replace("\"0.01000000\"",
                    '"' + tick + '"'));
            harness.passTime(11_000 * MS);
        }
        assertThat(harness.count(Counter.INSTRUMENTS_REDEFINED)).isEqualTo(4);
    }

    @Test
    void shouldRefuseWhatTheCatalogueHasNoRoomForAndGoOn() {
        bybit(new InstrumentWishes(List.of(), patterns("*"), BigDecimal.ZERO, 70, 30 * MINUTE, 0));
        String[] symbols = new String[70];
        Arrays.setAll(symbols, i -> "S" + (100 + i) + "USDT");
        harness.http(LINEAR, linear(symbols));

        assertThat(harness.catalogue.count()).isEqualTo(64);
        assertThat(harness.count(Counter.INSTRUMENTS_REFUSED)).isEqualTo(6);
        assertThat(harness.notices).filteredOn(text -> text.contains("REFUSED")).hasSize(6)
                .first().asString().contains("no room for another definition")
                .contains("instruments.capacity");
        assertThat(harness.sent).anyMatch(text -> text.contains("publicTrade.S163USDT"))
                .noneMatch(text -> text.contains("publicTrade.S164USDT"));
    }

    @Test
    void shouldTryAgainAtGrowingDistancesWhenTheListCannotBeRead() {
        bybit(live("ETHUSDT"));
        for (long seconds : List.of(5L, 10L, 20L, 40L, 60L, 60L)) {
            harness.httpFailure(LINEAR, 503);
            harness.asked.clear();
            harness.passTime(seconds * 1000 * MS - 1);
            assertThat(harness.asked).isEmpty();
            harness.passTime(1);
            assertThat(harness.asked).containsExactly(LINEAR);
        }
        harness.asked.clear();
        harness.passTime(61_000 * MS);
        assertThat(harness.asked).as("never answered").isEmpty();
        harness.passTime(60_000 * MS);
        assertThat(harness.asked).containsExactly(LINEAR);
        harness.http(LINEAR, linear("ETHUSDT")).passTime(34 * MINUTE);
        for (long seconds : List.of(5L, 10L, 20L, 40L, 80L, 160L, 300L, 300L)) {
            harness.asked.clear();
            harness.httpFailure(LINEAR, 503).passTime(seconds * 1000 * MS - 1);
            assertThat(harness.asked).as("nobody is waiting").doesNotContain(LINEAR);
            harness.passTime(1);
            assertThat(harness.asked).contains(LINEAR);
        }
    }

    @Test
    void shouldMeasureTheVenuesClockByTheShortestRoundTrip() {
        bybit(new InstrumentWishes(List.of("BTCUSDT"), List.of(), BigDecimal.ZERO, 1, 30 * MINUTE,
                5 * MINUTE));
        String time = "/v5/market/time";
        assertThat(harness.takeAsked()).containsExactly(LINEAR, time);
        clock(time, 40 * MS, 1_520 * MS);
        clock(time, 10 * MS, 1_503 * MS);
        assertThat(harness.notices).isEmpty();
        clock(time, 80 * MS, 1_540 * MS);

        assertThat(harness.takeNotices())
                .containsExactly("clock " + (1_508 * MS) + " in " + (10 * MS));
        harness.asked.clear();
        harness.passTime(4 * MINUTE);
        assertThat(harness.asked).doesNotContain(time);
        harness.passTime(MINUTE);
        assertThat(harness.takeAsked()).contains(time);
        harness.httpFailure(time, 503).passTime(4 * MINUTE);
        assertThat(harness.takeAsked()).doesNotContain(time);
        harness.passTime(MINUTE);
        assertThat(harness.takeAsked()).contains(time);
    }

    @Test
    void shouldReadTheClocksOfBinance() {
        binance(Venue.BINANCE_USDM, new InstrumentWishes(List.of("BTCUSDT"), List.of(),
                BigDecimal.ZERO, 1, 30 * MINUTE, 5 * MINUTE));
        harness.roundTripNs = 2 * MS;
        for (int i = 0; i < 3; i++) {
            harness.http("/fapi/v1/time",
                    "{\"serverTime\":" + (harness.nowNs / MS - 1_301) + "}");
            harness.passTime(MS);
        }
        assertThat(harness.notices).containsExactly("clock " + (-1_300 * MS) + " in " + (2 * MS));
        assertThat(harness.http("/fapi/v1/time", "{}").rejections)
                .containsExactly("time of the venue without a number");
    }

    /** The venue's time is so far after the moment of receiving. */
    private void clock(String path, long roundTripNs, long aheadNs) {
        harness.roundTripNs = roundTripNs;
        harness.http(path, "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{\"timeSecond\":\"1\","
                + "\"timeNano\":\"" + (harness.nowNs + aheadNs) + "\"},\"time\":1}");
        harness.passTime(100 * MS);
    }

    private void book(long id) {
        harness.frame("{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":"
                + "1795219200100,\"s\":\"BTCUSDT\",\"U\":" + id + ",\"u\":" + (id + 1)
                + ",\"b\":[[\"96999.00\",\"1\"]],\"a\":[]}}");
        String depth = harness.asked.stream().filter(path -> path.contains("/depth"))
                .reduce((first, second) -> second).orElseThrow();
        harness.http(depth, "{\"lastUpdateId\":" + id + ",\"bids\":[[\"96999.00\",\"2\"]],"
                + "\"asks\":[[\"97001.00\",\"3\"]]}");
    }

    private List<String> names() {
        return harness.catalogue.all().stream().map(instrument -> instrument.symbol()).toList();
    }

    private void bybit(InstrumentWishes wishes) {
        harness.close();
        harness = new FeedHarness(ports -> new BybitFeed(Venue.BYBIT_LINEAR, ports,
                BybitSettings.of(List.of()), wishes, List.of())).connect();
    }

    private void recalling(InstrumentWishes wishes, String... remembered) {
        harness.close();
        harness = new FeedHarness(ports -> {
            BybitFeed feed = new BybitFeed(Venue.BYBIT_LINEAR, ports, BybitSettings.of(List.of()),
                    wishes, List.of());
            feed.recall(Arrays.stream(remembered)
                    .map(symbol -> InstrumentSource.of(Venue.BYBIT_LINEAR, symbol,
                            new BigDecimal("0.1"), new BigDecimal("0.001"), "B", "USDT"))
                    .toList());
            return feed;
        }).connect();
    }

    private void binance(Venue venue, InstrumentWishes wishes) {
        harness.close();
        harness = new FeedHarness(ports -> new BinanceFeed(venue, ports,
                BinanceSettings.of(List.of()), wishes, List.of())).connect();
    }

    private static InstrumentWishes live(String... symbols) {
        return new InstrumentWishes(List.of(symbols), List.of(), BigDecimal.ZERO, symbols.length,
                InstrumentWishes.DEFAULT_REFRESH_NS, 0);
    }

    private static List<SymbolPattern> patterns(String... patterns) {
        return Arrays.stream(patterns).map(SymbolPattern::new).toList();
    }

    private static String linear(String... symbols) {
        List<String> items = new ArrayList<>();
        for (String symbol : symbols) {
            items.add("{\"symbol\":\"" + symbol + "\",\"contractType\":\"LinearPerpetual\","
                    + "\"status\":\"Trading\",\"baseCoin\":\"B\",\"quoteCoin\":\"USDT\","
                    + "\"priceScale\":\"2\",\"priceFilter\":{\"tickSize\":\"0.1\"},"
                    + "\"lotSizeFilter\":{\"qtyStep\":\"0.001\"}}");
        }
        return "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{\"category\":\"linear\",\"list\":["
                + String.join(",", items) + "]," + TAIL + "},\"time\":1795219200000}";
    }

    private static String tickers(String... symbolsAndTurnovers) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < symbolsAndTurnovers.length; i += 2) {
            items.add("{\"symbol\":\"" + symbolsAndTurnovers[i] + "\",\"lastPrice\":\"1\","
                    + "\"turnover24h\":\"" + symbolsAndTurnovers[i + 1]
                    + "\",\"volume24h\":\"1\"}");
        }
        return "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{\"category\":\"linear\",\"list\":["
                + String.join(",", items) + "]},\"retExtInfo\":{},\"time\":1795219200000}";
    }

    private static String spot(String status, String... symbols) {
        List<String> items = new ArrayList<>();
        for (String symbol : symbols) {
            items.add("{\"symbol\":\"" + symbol + "\",\"status\":\"" + status
                    + "\",\"baseAsset\":\"B\",\"quoteAsset\":\"USDT\",\"filters\":[{"
                    + "\"filterType\":\"PRICE_FILTER\",\"tickSize\":\"0.01000000\"},{"
                    + "\"filterType\":\"LOT_SIZE\",\"stepSize\":\"0.00001000\"}]}");
        }
        return "{\"timezone\":\"UTC\",\"serverTime\":1795219200000,\"symbols\":["
                + String.join(",", items) + "]}";
    }

    private static String coin(String symbol, String contractSize) {
        return "{\"symbol\":\"" + symbol + "\",\"contractStatus\":\"TRADING\",\"contractSize\":"
                + contractSize + ",\"baseAsset\":\"B\",\"quoteAsset\":\"USD\",\"filters\":[{"
                + "\"filterType\":\"PRICE_FILTER\",\"tickSize\":\"0.1\"},{\"filterType\":"
                + "\"LOT_SIZE\",\"stepSize\":\"1\"}]}";
    }

    private static String trade(String symbol, String price) {
        return "{\"topic\":\"publicTrade." + symbol + "\",\"type\":\"snapshot\",\"ts\":"
                + "1795219200120,\"data\":[{\"T\":1795219200110,\"s\":\"" + symbol
                + "\",\"S\":\"Buy\",\"v\":\"0.5\",\"p\":\"" + price + "\",\"L\":\"PlusTick\","
                + "\"i\":\"1c0f5a3e-7b21-5d4c-9e8a-0f1e2d3c4b5a\",\"BT\":false,\"RPI\":false,"
                + "\"seq\":4000000001}]}";
    }

    private static String spotTrade(long id, String price) {
        return "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1795219200123,"
                + "\"s\":\"BTCUSDT\",\"t\":" + id + ",\"p\":\"" + price
                + "\",\"q\":\"0.00100000\",\"T\":1795219200122,\"m\":false,\"M\":true}}";
    }
}
