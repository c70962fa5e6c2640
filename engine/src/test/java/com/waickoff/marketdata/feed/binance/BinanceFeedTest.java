package com.waickoff.marketdata.feed.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.status.Counter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a single frame, and of the tape over several. */
class BinanceFeedTest {
    private FeedHarness harness = BinanceRig.of(Venue.BINANCE_SPOT);

    @AfterEach
    void shouldHaveOneFateForEachFrame() {
        harness.assertConserved();
        harness.close();
    }

    @ParameterizedTest
    @CsvSource({"ws_trade_spot-sell,TRADE 4001 123000 at 6425010 +122000us",
            "ws_trade_spot-buy,TRADE 4001 buy 123000 at 6425010 +122000us",
            "ws_trade_spot-us,TRADE 4001 buy 123000 at 6425010 +122789us",
            "ws_trade_spot-raw,TRADE 4001 123000 at 6425010 +122000us",
            "ws_trade_spot-order-ids,TRADE 4001 123000 at 6425010 +122000us",
            "ws_trade_usdm-market,TRADE 7001 buy 25000 at 642513 +122000us",
            "ws_trade_usdm-st,TRADE 7001 25000 at 642513 +122000us",
            "ws_trade_usdm-us,TRADE 7001 25000 at 642513 +122789us",
            "ws_trade_usdm-raw,TRADE 7001 buy 25000 at 642513 +122000us",
            "ws_trade_usdm-rpi,TRADE 7001 buy rpi 25000 at 642513 +122000us"})
    void shouldPublishTrade(String fixture, String trade) {
        open(BinanceRig.venueOf(fixture), BinanceSettings.Tape.TRADE);
        harness.frame(BinanceRig.fixture(fixture));
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP", trade);
        assertThat(harness.count(Counter.FRAMES_DECODED)).isEqualTo(1);
        assertThat(harness.count(Counter.TRADES_DECODED)).isEqualTo(1);
        assertThat(harness.rejections).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ws_trade_usdm-na,TRADE 7001 off-book 0 at 0 +122000us",
            "ws_trade_usdm-insurance-fund,TRADE 7001 buy off-book 25000 at 642513 +122000us",
            "ws_trade_usdm-adl,TRADE 7001 off-book 25000 at 642513 +122000us",
            "ws_trade_usdm-zero-price,TRADE 7001 off-book 25000 at 0 +122000us",
            "ws_trade_usdm-zero-quantity,TRADE 7001 off-book 0 at 642513 +122000us"})
    void shouldKeepPrintsThatAreNoBookTradesOnlyInTheChain(String fixture, String print) {
        open(Venue.BINANCE_USDM, BinanceSettings.Tape.TRADE);
        String plain = BinanceRig.fixture("ws_trade_usdm-market");
        harness.frame(plain.replace("\"t\":7001", "\"t\":7000"))
                .frame(BinanceRig.fixture(fixture))
                .frame(plain.replace("\"t\":7001", "\"t\":7002"));
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP",
                "TRADE 7000 buy 25000 at 642513 +122000us", print,
                "TRADE 7002 buy 25000 at 642513 +122000us");
        assertThat(harness.count(Counter.OFF_BOOK_TRADES)).isEqualTo(1);
        assertThat(harness.count(Counter.TRADES_DECODED)).isEqualTo(2);
        assertThat(harness.count(Counter.TRADE_GAPS)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"ws_aggTrade_spot-merged,TRADE 9001 of 4 5000000 at 6425010 +122000us",
            "ws_aggTrade_usdm-single,TRADE 9001 buy of 1 25000 at 642513 +122000us",
            "ws_aggTrade_usdm-nq-st,TRADE 9001 buy of 3 25000 at 642513 +122000us",
            "ws_aggTrade_usdm-raw,TRADE 9001 of 3 25000 at 642513 +122000us"})
    void shouldTakeAggregatesOnlyWhereTheTapeIsMadeOfThem(String fixture, String trade) {
        open(BinanceRig.venueOf(fixture), BinanceSettings.Tape.AGG_TRADE);
        harness.frame(BinanceRig.fixture(fixture));
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP", trade);
        harness.assertConserved();
        open(BinanceRig.venueOf(fixture), BinanceSettings.Tape.TRADE);
        harness.frame(BinanceRig.fixture(fixture));
        assertThat(BinanceRig.take(harness)).isEmpty();
        assertThat(harness.count(Counter.IGNORED_OTHER_CHANNEL)).isEqualTo(1);
    }

    @Test
    void shouldLeaveTradesAloneWhereTheTapeIsMadeOfAggregates() {
        open(Venue.BINANCE_SPOT, BinanceSettings.Tape.AGG_TRADE);
        harness.frame(BinanceRig.fixture("ws_trade_spot-sell"))
                .frame(BinanceRig.fixture("ws_trade_spot-raw"));
        assertThat(BinanceRig.take(harness)).isEmpty();
        assertThat(harness.count(Counter.IGNORED_OTHER_CHANNEL)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"ws_bookTicker_spot-combined,IGNORED_OTHER_CHANNEL",
            "ws_bookTicker_spot-raw,IGNORED_OTHER_CHANNEL",
            "ws_bookTicker_usdm-ps-st,IGNORED_OTHER_CHANNEL",
            "ws_depth20_spot-partial,IGNORED_OTHER_CHANNEL",
            "ws_depth20_spot-raw,IGNORED_OTHER_CHANNEL",
            "ws_depth20_usdm-partial,IGNORED_OTHER_CHANNEL",
            "ws_markPrice_usdm-ap,IGNORED_OTHER_CHANNEL",
            "ws_forceOrder_usdm-symbol,IGNORED_OTHER_CHANNEL",
            "ws_forceOrder_usdm-all,IGNORED_OTHER_CHANNEL",
            "ws_forceOrder_usdm-raw,IGNORED_OTHER_CHANNEL",
            "ws_serverShutdown_spot-raw,IGNORED_NOTICE",
            "ws_serverShutdown_spot-combined,IGNORED_NOTICE",
            "ws_answer_spot-ack,IGNORED_ACK", "ws_answer_spot-list,IGNORED_ACK",
            "ws_answer_spot-error,REJECTED_REFUSAL",
            "ws_answer_usdm-error-object,REJECTED_REFUSAL",
            "ws_trade_spot-unknown-symbol,IGNORED_UNKNOWN_INSTRUMENT",
            "ws_trade_spot-unknown-symbol-raw,IGNORED_UNKNOWN_INSTRUMENT",
            "ws_depth_usdm-unknown-symbol,IGNORED_UNKNOWN_INSTRUMENT"})
    void shouldClassifyFramesThatHoldNothingForUs(String fixture, Counter fate) {
        open(BinanceRig.venueOf(fixture), BinanceSettings.Tape.TRADE);
        harness.frame(BinanceRig.fixture(fixture));
        assertThat(harness.count(fate)).isEqualTo(1);
        assertThat(BinanceRig.take(harness)).isEmpty();
        assertThat(harness.asked).isEmpty();
        assertThat(harness.rejections).hasSize(fate.isRejectedFrames() ? 1 : 0);
    }

    @Test
    void shouldDeclareMissingIdsBeforeTheTradeThatShowsThem() {
        open(Venue.BINANCE_SPOT, BinanceSettings.Tape.TRADE);
        harness.frame(spotTrade(10)).frame(spotTrade(11)).frame(spotTrade(15));
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP",
                "TRADE 10 123000 at 6425010 +122000us", "TRADE 11 123000 at 6425010 +122000us",
                "TRADE_GAP 12..14 SEQUENCE_GAP", "TRADE 15 123000 at 6425010 +122000us");
        assertThat(harness.count(Counter.TRADE_GAPS)).isEqualTo(1);
        assertThat(harness.count(Counter.TRADES_MISSING)).isEqualTo(3);
    }

    @Test
    void shouldLeaveOutTradesReceivedBefore() {
        open(Venue.BINANCE_SPOT, BinanceSettings.Tape.TRADE);
        harness.frame(spotTrade(10)).frame(spotTrade(10)).frame(spotTrade(9)).frame(spotTrade(11));
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP",
                "TRADE 10 123000 at 6425010 +122000us", "TRADE 11 123000 at 6425010 +122000us");
        assertThat(harness.count(Counter.DUPLICATE_TRADES)).isEqualTo(2);
        assertThat(harness.count(Counter.IGNORED_DUPLICATE)).isEqualTo(2);
    }

    @Test
    void shouldFollowTheChainAcrossConnections() {
        open(Venue.BINANCE_SPOT, BinanceSettings.Tape.TRADE);
        harness.frame(spotTrade(10)).disconnect().connect().frame(spotTrade(10))
                .frame(spotTrade(12));
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP",
                "TRADE 10 123000 at 6425010 +122000us", "FEED_DOWN", "FEED_UP",
                "TRADE_GAP 11..11 SEQUENCE_GAP", "TRADE 12 123000 at 6425010 +122000us");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"p\":\"64250.101\"", "\"p\":\"-1\"", "\"p\":\"x\"", "\"p\":\"\"",
            "\"p\":null", "\"p\":\"92233720368547758.08\""})
    void shouldPutAGapInPlaceOfATradeWithoutUsableValues(String price) {
        open(Venue.BINANCE_SPOT, BinanceSettings.Tape.TRADE);
        harness.frame(spotTrade(10))
                .frame(spotTrade(12).replace("\"p\":\"64250.10000000\"", price))
                .frame(spotTrade(13));
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP",
                "TRADE 10 123000 at 6425010 +122000us", "TRADE_GAP 11..11 SEQUENCE_GAP",
                "TRADE_GAP 12..12 VALUE_OUT_OF_RANGE", "TRADE 13 123000 at 6425010 +122000us");
        assertThat(harness.count(Counter.REJECTED_VALUE_OUT_OF_RANGE)).isEqualTo(1);
        assertThat(harness.count(Counter.VALUES_REJECTED)).isEqualTo(1);
        assertThat(harness.rejections).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"m\":null", "\"m\":1", "\"m\":[true]", "\"n\":true"})
    void shouldPutAGapInPlaceOfATradeWithoutASide(String maker) {
        open(Venue.BINANCE_SPOT, BinanceSettings.Tape.TRADE);
        harness.frame(spotTrade(12).replace("\"m\":true", maker));
        assertThat(BinanceRig.take(harness)).containsExactly("FEED_UP",
                "TRADE_GAP 12..12 VALUE_OUT_OF_RANGE");
    }

    @Test
    void shouldRejectAFrameOfAnotherSymbolOrTypeThanItsStream() {
        open(Venue.BINANCE_SPOT, BinanceSettings.Tape.TRADE);
        String trade = BinanceRig.fixture("ws_trade_spot-sell");
        harness.frame(trade.replace("BTCUSDT", "ETHUSDT"))
                .frame(trade.replace("\"e\":\"trade\"", "\"e\":\"kline\""))
                .frame(trade.replace("BTCUSDT", "BTCUSDTX"));
        assertThat(BinanceRig.take(harness)).isEmpty();
        assertThat(harness.count(Counter.REJECTED_UNKNOWN_SHAPE)).isEqualTo(3);
    }

    @Test
    void shouldRejectWhatIsNoJsonEmptyOrTooLong() {
        open(Venue.BINANCE_SPOT, BinanceSettings.Tape.TRADE);
        harness.frame("").frame("hello").frame("{").frame("{}").frame("42")
                .frame(" ".repeat(BinanceRig.MAX_FRAME_BYTES + 1));
        assertThat(BinanceRig.take(harness)).isEmpty();
        assertThat(harness.count(Counter.REJECTED_MALFORMED)).isEqualTo(3);
        assertThat(harness.count(Counter.REJECTED_UNKNOWN_SHAPE)).isEqualTo(2);
        assertThat(harness.count(Counter.REJECTED_OVERSIZED)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BINANCE_SPOT", "BINANCE_USDM"})
    void shouldSubscribeToTapeAndBookOnly(Venue venue) {
        open(venue, BinanceSettings.Tape.TRADE);
        assertThat(harness.sent).containsExactly("{\"method\":\"SUBSCRIBE\",\"params\":["
                + "\"btcusdt@trade\",\"btcusdt@depth@100ms\"],\"id\":1}");
        assertThat(harness.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT,rest_exchangeInfo_spot,2,7,1,100,"
            + "/api/v3/exchangeInfo?symbols=%5B%22BTCUSDT%22%5D",
            "BINANCE_USDM,rest_exchangeInfo_usdm,1,5,1,100,/fapi/v1/exchangeInfo"})
    void shouldDefineFromExchangeInfo(Venue venue, String body, int priceScale, int quantityScale,
            long tick, long lot, String url) {
        openUndefined(venue);
        assertThat(harness.asked).containsExactly(url);
        harness.sent.clear();
        harness.http(url, BinanceRig.fixture(body));
        assertThat(harness.sink.events()).hasSize(1).first()
                .returns(EventKind.INSTRUMENT, MarketEvent::kind);
        Instrument defined = harness.catalogue.get(0);
        assertThat(defined.name()).isEqualTo(venue.code() + ":BTCUSDT");
        assertThat(defined.priceScale()).isEqualTo(priceScale);
        assertThat(defined.quantityScale()).isEqualTo(quantityScale);
        assertThat(defined.tick()).isEqualTo(tick);
        assertThat(defined.sameDefinition(BinanceRig.instrument(venue))).isTrue();
        assertThat(harness.catalogue.count()).isEqualTo(1);
        assertThat(harness.sent).hasSize(1);
        assertThat(harness.count(Counter.HTTP_FAILURES)).isZero();
        assertThat(lot).isEqualTo(defined.lot());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]",
            "{\"symbols\":[{\"symbol\":\"BTCUSDT\",\"filters\":[{\"filterType\":\"LOT_SIZE\""})
    void shouldCountMetadataThatCannotBeUsed(String body) {
        openUndefined(Venue.BINANCE_SPOT);
        harness.http(harness.asked.getFirst(), body);
        assertThat(harness.count(Counter.HTTP_FAILURES)).isEqualTo(1);
        assertThat(harness.catalogue.count()).isZero();
        assertThat(harness.rejections).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"symbols\":[{\"symbol\":\"BTCUSDT\"}]}",
            "{\"symbols\":[{\"symbol\":\"BTCUSDT\",\"baseAsset\":\"B\",\"quoteAsset\":\"U\",\"filters\":["
                    + "{\"filterType\":\"PRICE_FILTER\",\"tickSize\":\"0\"},"
                    + "{\"filterType\":\"LOT_SIZE\",\"stepSize\":\"-1\"}]}]}",
            "{\"symbols\":[{\"symbol\":\"BTCUSDT\",\"baseAsset\":\"A-COIN-OF-21-BYTES-Ä\","
                    + "\"quoteAsset\":\"U\",\"filters\":["
                    + "{\"filterType\":\"PRICE_FILTER\",\"tickSize\":\"0.1\"},"
                    + "{\"filterType\":\"LOT_SIZE\",\"stepSize\":\"1\"}]}]}",
            "{\"symbols\":[{\"symbol\":\"BTCUSDT\",\"baseAsset\":\"B\",\"quoteAsset\":\"U\","
                    + "\"contractSize\":0,\"filters\":["
                    + "{\"filterType\":\"PRICE_FILTER\",\"tickSize\":\"0.1\"},"
                    + "{\"filterType\":\"LOT_SIZE\",\"stepSize\":\"1\"}]}]}"})
    void shouldSayWhoseDefinitionCannotBeUsedAndAskAgain(String body) {
        openUndefined(Venue.BINANCE_SPOT);
        harness.http(harness.asked.getFirst(), body);
        assertThat(harness.catalogue.count()).isZero();
        assertThat(harness.notices).containsExactly(
                "BTCUSDT REFUSED: its tick, lot or currencies cannot be used",
                "instrument_refused: BTCUSDT: its tick, lot or currencies cannot be used");
        harness.passTime(300_000_000_000L);
        assertThat(harness.asked).hasSize(2);
    }

    @Test
    void shouldAskForMetadataAgainWhenTheRequestFails() {
        openUndefined(Venue.BINANCE_SPOT);
        harness.feed.onHttpFailure(harness.asked.getFirst(), 503, harness.nowNs);
        harness.passTime(4_000_000_000L);
        assertThat(harness.asked).hasSize(1);
        harness.passTime(2_000_000_000L);
        assertThat(harness.asked).hasSize(2);
    }

    private void open(Venue venue, BinanceSettings.Tape tape) {
        harness.close();
        harness = BinanceRig.of(venue, tape);
    }

    private void openUndefined(Venue venue) {
        harness.close();
        harness = new FeedHarness(ports -> new BinanceFeed(venue, ports,
                BinanceSettings.of(List.of(BinanceRig.SYMBOL)), List.of())).connect();
    }

    private static String spotTrade(long id) {
        return BinanceRig.fixture("ws_trade_spot-sell").replace("\"t\":4001", "\"t\":" + id);
    }
}
