package com.waickoff.marketdata.feed.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.QueryText;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.status.Counter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An hour of markets from busy to asleep, on which tapes die: all of those are found, no other. */
class StreamWatchTest {
    private static final long S = 1_000_000_000L;
    private static final long MS = 1_000_000L;
    private static final int MARKETS = 40;
    private static final int SECONDS = 3_600;

    /** A market, and what its tape lets through. */
    private static final class Market {
        double tradesPerSecond;
        long lastTradeMs;
        boolean isDead;
        int missedAtS; // the first trade that its dead tape swallowed, 0 for none
        int provedAtS; // the first one a minute later, which even a tape that never began is judged by
    }

    private final Market[] markets = new Market[MARKETS];
    private long nextTrade = 1;
    private long updateId = 100;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldFindWhatIsDeadAndNothingElse(long seed) {
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        try (FeedHarness harness = feed().connect()) {
            for (int i = 0; i < MARKETS; i++) {
                markets[i] = new Market();
                markets[i].tradesPerSecond = Math.pow(10, -4 + 4.5 * random.nextDouble());
            }
            int killed = 0;
            int found = 0;
            for (int second = 1; second <= SECONDS; second++) {
                for (int i = 0; i < MARKETS; i++) {
                    if (random.nextDouble() < markets[i].tradesPerSecond) {
                        trade(harness, i, second);
                    }
                }
                quote(harness, random.nextInt(MARKETS));
                if (second % 97 == 0) {
                    Market victim = markets[random.nextInt(MARKETS)];
                    killed += victim.isDead ? 0 : 1;
                    victim.isDead = true;
                }
                harness.passTime(S);
                for (String url : harness.takeProbes()) {
                    int index = Integer.parseInt(
                            QueryText.symbolOf(url).replace("USDT", "").substring(1));
                    harness.http(url, newest(markets[index].lastTradeMs));
                }
                found += mourn(harness, second);
            }
            System.out.println(found + " of " + killed + " found");
            assertThat(found).isPositive();
            assertThat(harness.count(Counter.STREAM_PROBES)).isLessThan(SECONDS);
            for (Market market : markets) {
                boolean isOverdue = market.isDead && market.provedAtS != 0
                        && SECONDS - market.provedAtS > 700;
                assertThat(isOverdue).as("missed since %d", market.provedAtS).isFalse();
            }
            harness.assertConserved();
        }
    }

    /** Who is declared dead is so, and lives again when it is subscribed anew. */
    private int mourn(FeedHarness harness, int second) {
        int found = 0;
        for (MarketEvent event : harness.sink.events()) {
            if (event.kind() == EventKind.FEED_DOWN) {
                Market market = markets[event.instrumentId()];
                assertThat(event.reason()).isEqualTo(Reason.STREAM_SILENT);
                assertThat(market.isDead).as("%d at %d s", event.instrumentId(), second).isTrue();
                assertThat(market.missedAtS).isPositive();
                market.isDead = false;
                market.missedAtS = 0;
                market.provedAtS = 0;
                found++;
            }
        }
        harness.sink.clear();
        return found;
    }

    private void trade(FeedHarness harness, int index, int second) {
        long ms = harness.nowNs / MS;
        markets[index].lastTradeMs = ms;
        if (markets[index].isDead) {
            Market market = markets[index];
            if (market.missedAtS == 0) {
                market.missedAtS = second;
            } else if (market.provedAtS == 0 && second - market.missedAtS >= 60) {
                market.provedAtS = second;
            }
            return;
        }
        harness.frame("{\"topic\":\"publicTrade.S" + index
                + "USDT\",\"type\":\"snapshot\",\"ts\":" + ms + ",\"data\":[{\"T\":" + ms
                + ",\"s\":\"S" + index + "USDT\",\"S\":\"Buy\",\"v\":\"1\",\"p\":\"10.5\",\"L\":"
                + "\"PlusTick\",\"i\":\"20f43950-d8dd-5b31-9112-"
                + String.format(Locale.ROOT, "%012x", nextTrade++)
                + "\",\"BT\":false,\"RPI\":false,\"seq\":1783284617}]}");
        quote(harness, index);
    }

    private void quote(FeedHarness harness, int index) {
        long ms = harness.nowNs / MS;
        harness.frame("{\"topic\":\"orderbook.200.S" + index
                + "USDT\",\"type\":\"snapshot\",\"ts\":" + ms + ",\"data\":{\"s\":\"S" + index
                + "USDT\",\"b\":[[\"10.4\",\"1\"]],\"a\":[[\"10.6\",\"2\"]],\"u\":" + updateId++
                + ",\"seq\":7961638724},\"cts\":" + ms + "}");
    }

    private static String newest(long timeMs) {
        return "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{\"category\":\"linear\",\"list\":["
                + (timeMs == 0 ? ""
                        : "{\"execId\":\"x\",\"price\":\"1\",\"size\":\"1\",\"side\":\"Buy\","
                                + "\"time\":\"" + timeMs + "\"}")
                + "]}}";
    }

    private static FeedHarness feed() {
        List<Instrument> definitions = IntStream.range(0, MARKETS)
                .mapToObj(i -> InstrumentSource.of(Venue.BYBIT_LINEAR, "S" + i + "USDT",
                        new BigDecimal("0.1"), new BigDecimal("0.1"), "S" + i, "USDT"))
                .toList();
        BybitSettings settings = new BybitSettings(
                definitions.stream().map(Instrument::symbol).toList(), 200, 64, 1 << 16);
        return new FeedHarness(
                ports -> new BybitFeed(Venue.BYBIT_LINEAR, ports, settings, definitions));
    }
}
