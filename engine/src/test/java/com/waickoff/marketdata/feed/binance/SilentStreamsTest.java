package com.waickoff.marketdata.feed.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.binance.BinanceSettings.Tape;
import com.waickoff.marketdata.status.Counter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that are refused, silent or dead, and connections that are announced to end. */
class SilentStreamsTest {
    private static final long S = 1_000_000_000L;
    private static final long MS = 1_000_000L;

    private FeedHarness harness = BinanceRig.of(Venue.BINANCE_SPOT);
    private long updateId = 100;

    @AfterEach
    void close() {
        harness.assertConserved();
        harness.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"e\":\"serverShutdown\",\"E\":1795219200000}",
            "{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":1795219200000}}",
            "{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":1795219200000,"
                    + "\"and\":\"more of it than ever\"}}"})
    void shouldRenewAConnectionWhoseEndIsAnnounced(String text) {
        harness.on(1).connect().frame(text);
        assertThat(harness.renewals).containsExactly("1: the venue announced its shutdown");
        assertThat(harness.count(Counter.SHUTDOWNS_ANNOUNCED)).isEqualTo(1);
        assertThat(harness.count(Counter.IGNORED_NOTICE)).isEqualTo(1);
        assertThat(harness.feed.dataTimeNs(1)).as("no market data").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"code\":2,\"msg\":\"Invalid request: too many streams\",\"id\":1}",
            "{\"id\":1,\"error\":{\"code\":2,\"msg\":\"Invalid request: too many streams\"}}"})
    void shouldAskOneByOneForWhatIsRefused(String refusal) {
        harness.takeSent();
        harness.frame(refusal);
        assertThat(harness.takeSent()).containsExactly(
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\"],\"id\":2}",
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@depth@100ms\"],\"id\":3}");
        harness.frame("{\"result\":null,\"id\":3}");
        assertThat(harness.feed.isReady(0)).isFalse();
        harness.frame(refusal.replace("\"id\":1", "\"id\":2"));
        assertThat(harness.rejections.getLast())
                .isEqualTo("btcusdt@trade refused: Invalid request: too many streams");
        assertThat(harness.feed.isReady(0)).isTrue();
        harness.passTime(7 * S);
        assertThat(harness.takeSent()).containsExactly(
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\"],\"id\":4}");
    }

    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT, TRADE, /api/v3/aggTrades",
            "BINANCE_SPOT, AGG_TRADE, /api/v3/aggTrades",
            "BINANCE_USDM, TRADE, /fapi/v1/trades", "BINANCE_USDM, AGG_TRADE, /fapi/v1/aggTrades",
            "BINANCE_COINM, TRADE, /dapi/v1/trades"})
    void shouldAskWithTheCheapestRequest(Venue venue, Tape tape, String path) {
        open(venue, tape);
        harness.passTime(S).passTime(11 * S);
        assertThat(harness.takeProbes()).containsExactly(path + "?symbol=BTCUSDT&limit=1");
    }

    @Test
    void shouldNameATapeThatIsAcknowledgedAndNeverComes() {
        open(Venue.BINANCE_USDM, Tape.TRADE);
        harness.passTime(S);
        harness.passTime(11 * S).http(harness.takeProbes().getFirst(), "[{\"id\":900}]");
        harness.passTime(20 * S).http(harness.takeProbes().getFirst(), "[{\"id\":950}]");
        harness.passTime(3 * S).http(harness.takeProbes().getFirst(), "[{\"id\":955}]");
        assertThat(harness.notices).containsExactly("streams_dead: btcusdt@trade is silent although"
                + " the market trades: set feeds.binance-usdm.tape: agg-trade");
        assertThat(harness.takeSent()).hasSize(2);
    }

    @Test
    void shouldNotTakeTradesOfAnOutageForALifeThatGoesOn() {
        harness.passTime(S);
        trade(100);
        harness.disconnect().passTime(5 * S).connect().passTime(S);
        for (int i = 0; i < 2000; i++) {
            harness.passTime(S);
            harness.takeProbes().forEach(url -> harness.http(url, newest(105)));
        }
        assertThat(harness.count(Counter.STREAM_PROBES)).isBetween(5L, 8L);
        assertThat(harness.count(Counter.STREAMS_DEAD)).isZero();
        assertThat(harness.notices).isEmpty();
    }

    @Test
    void shouldFetchWhatADeadTapeHasMissed() {
        harness.passTime(S);
        trade(100);
        harness.passTime(31 * S).http(harness.takeProbes().getFirst(), newest(103));
        harness.passTime(4 * S).http(harness.takeProbes().getFirst(), newest(104));
        assertThat(harness.count(Counter.STREAMS_DEAD)).isEqualTo(1);
        assertThat(events(EventKind.FEED_DOWN)).singleElement().returns(Reason.STREAM_SILENT,
                MarketEvent::reason);
        trade(110);
        assertThat(harness.count(Counter.TRADES_MISSING)).isEqualTo(9);
        assertThat(events(EventKind.FEED_UP)).hasSize(2);
        harness.passTime(S).passTime(S);
        assertThat(harness.takeAsked()).filteredOn(url -> !url.contains("/depth")).singleElement()
                .asString().startsWith("/api/v3/historicalTrades?symbol=BTCUSDT&fromId=101");
    }

    @Test
    void shouldLetADeadBookGoUntilItsDiffsComeAgain() {
        harness.passTime(S);
        diff();
        harness.http(harness.takeAsked().getFirst(), snapshot());
        assertThat(harness.count(Counter.BOOK_READY)).isEqualTo(1);
        for (int id = 100; id < 112; id++) {
            trade(id);
            harness.passTime(S);
        }
        assertThat(events(EventKind.BOOK_RESET)).singleElement().returns(Reason.STREAM_SILENT,
                MarketEvent::reason);
        assertThat(harness.takeAsked()).as("nothing could be joined").isEmpty();
        assertThat(harness.sent.subList(1, 3)).containsExactly(
                "{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@depth@100ms\"],\"id\":2}",
                "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@depth@100ms\"],\"id\":3}");
        diff();
        harness.http(harness.takeAsked().getFirst(), snapshot());
        assertThat(harness.count(Counter.BOOK_READY)).isEqualTo(2);
    }

    private void open(Venue venue, Tape tape) {
        harness.close();
        harness = BinanceRig.of(venue, tape);
        if (harness.feed.lines() > 1) {
            harness.on(2).connect().on(0);
        }
    }

    private void trade(long id) {
        long ms = harness.nowNs / MS;
        harness.frame("{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":" + ms
                + ",\"s\":\"BTCUSDT\",\"t\":" + id + ",\"p\":\"61837.63000000\",\"q\":"
                + "\"0.02000000\",\"T\":" + ms + ",\"m\":true,\"M\":true}}");
    }

    private void diff() {
        long ms = harness.nowNs / MS;
        updateId++;
        harness.frame("{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\",\"E\":"
                + ms + ",\"s\":\"BTCUSDT\",\"U\":" + updateId + ",\"u\":" + updateId
                + ",\"b\":[[\"61837.50000000\",\"1.00000000\"]],\"a\":[]}}");
    }

    private String snapshot() {
        return "{\"lastUpdateId\":" + updateId + ",\"bids\":[[\"61837.50000000\",\"1.00000000\"]],"
                + "\"asks\":[[\"61837.60000000\",\"1.00000000\"]]}";
    }

    private static String newest(long lastFill) {
        return "[{\"a\":7,\"p\":\"61837.63\",\"q\":\"1\",\"f\":" + (lastFill - 1) + ",\"l\":"
                + lastFill + ",\"T\":1,\"m\":true}]";
    }

    private List<MarketEvent> events(byte kind) {
        return harness.sink.events().stream().filter(event -> event.kind() == kind).toList();
    }
}
