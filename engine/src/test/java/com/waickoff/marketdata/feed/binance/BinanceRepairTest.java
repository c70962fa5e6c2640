package com.waickoff.marketdata.feed.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.status.Counter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single trades of futures, fetched after the fact without a key. */
class BinanceRepairTest {
    private static final long S = 1_000_000_000L;
    private static final String NEWEST = "/fapi/v1/trades?symbol=BTCUSDT&limit=1000";
    /** A minute begins at it. */
    private static final long MINUTE_MS = FeedHarness.START_NS / 1_000_000 + 60_000;

    private final FeedHarness harness = BinanceRig.of(Venue.BINANCE_USDM);

    @AfterEach
    void shouldHaveOneFateForEachFrame() {
        harness.assertConserved();
        harness.close();
    }

    @Test
    void shouldFillFromTheNewestTradesEachAtItsOwnTime() {
        gap(100, 105);
        harness.http(NEWEST, rows(newest(99, -100), newest(101, -2), newest(102, 3),
                newest(104, 5), newest(105, 9)));
        // 103 is in neither: no trade of the book.
        assertThat(BinanceRig.take(harness)).containsExactly("TRADE 101 150000 at 642501 " + at(-2),
                "TRADE 102 150000 at 642501 " + at(3),
                "TRADE 103 off-book 0 at 0 " + at(5), "TRADE 104 150000 at 642501 " + at(5));
        assertThat(harness.count(Counter.TRADES_REPAIRED)).isEqualTo(4);
        assertThat(asked(60 * S)).isEmpty();
    }

    @Test
    void shouldAskForAggregatesWhereTheNewestTradesBeginLater() {
        gap(100, 105);
        harness.http(NEWEST, rows(newest(103, 3), newest(104, 5), newest(105, 9)));
        assertThat(BinanceRig.take(harness)).as("the end before the beginning").isEmpty();
        List<String> asked = asked(S);
        assertThat(asked).singleElement().asString()
                .startsWith("/fapi/v1/aggTrades?symbol=BTCUSDT&startTime=");
        harness.http(asked.getFirst(), rows(aggregate(7, 99, 100, -500),
                aggregate(8, 101, 102, -450), aggregate(9, 103, 104, 3),
                aggregate(10, 105, 105, 61)));
        assertThat(BinanceRig.take(harness)).containsExactly(
                "TRADE 101 of 2 500000 at 642501 " + at(-450),
                "TRADE 103 of 2 500000 at 642501 " + at(3));
        assertThat(asked(60 * S)).isEmpty();
    }

    /** An aggregate of 101 and 102 whose first fill was matched at a time, in ms from a minute. */
    @ParameterizedTest
    @CsvSource({"-102, 50, true", "-101, 50, false", "-1, 50, false", "-101, -1, true",
            "0, 50, true", "10, 50, true"})
    void shouldLeaveMissingWhoseWindowCannotBeKnown(long firstMs, long nextMs, boolean isSure) {
        gap(100, 103);
        harness.http(NEWEST, rows(newest(103, 60)));
        List<String> asked = asked(S);
        harness.http(asked.getFirst(),
                rows(aggregate(8, 101, 102, firstMs), aggregate(9, 103, 103, nextMs)));
        assertThat(BinanceRig.take(harness)).hasSize(isSure ? 1 : 0);
        assertThat(harness.count(Counter.TRADES_REPAIRED)).isEqualTo(isSure ? 2 : 0);
    }

    @Test
    void shouldAskForTheNewestAgainWhileTheyDoNotHoldWhatIsMissing() {
        gap(100, 105);
        harness.http(NEWEST, rows(newest(98, -200), newest(99, -190)));
        assertThat(BinanceRig.take(harness)).isEmpty();
        assertThat(asked(5 * S)).containsExactly(NEWEST);
    }

    /** The trades before and behind a gap, some seconds on both sides of a minute. */
    private void gap(long before, long behind) {
        harness.frame(trade(before, -10_000)).frame(trade(behind, 61));
        BinanceRig.take(harness);
        harness.passTime(S / 10);
        assertThat(asked(S)).containsExactly(NEWEST);
    }

    /** The requests for trades in some time. */
    private List<String> asked(long ns) {
        return harness.passTime(ns).takeAsked().stream().filter(url -> !url.contains("/depth"))
                .toList();
    }

    private static String trade(long id, long ms) {
        return "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":"
                + (MINUTE_MS + ms) + ",\"T\":" + (MINUTE_MS + ms) + ",\"s\":\"BTCUSDT\",\"t\":"
                + id + ",\"p\":\"64250.10\",\"q\":\"1.500\",\"X\":\"MARKET\",\"m\":true}}";
    }

    private static String newest(long id, long ms) {
        return "{\"id\":" + id + ",\"price\":\"64250.10\",\"qty\":\"1.500\",\"quoteQty\":\"1\","
                + "\"time\":" + (MINUTE_MS + ms) + ",\"isBuyerMaker\":true,\"isRPITrade\":false}";
    }

    private static String aggregate(long number, long first, long last, long ms) {
        return "{\"a\":" + number + ",\"p\":\"64250.10\",\"q\":\"5.000\",\"f\":" + first
                + ",\"l\":" + last + ",\"T\":" + (MINUTE_MS + ms) + ",\"m\":true}";
    }

    private static String rows(String... rows) {
        return "[" + String.join(",", rows) + "]";
    }

    private static String at(long ms) {
        return "+" + (60_000 + ms) * 1_000 + "us";
    }
}
