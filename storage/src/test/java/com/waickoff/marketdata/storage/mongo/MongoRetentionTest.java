package com.waickoff.marketdata.storage.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.waickoff.marketdata.storage.history.History;
import com.waickoff.marketdata.storage.history.HistoryException;
import com.waickoff.marketdata.storage.history.HistoryException.Kind;
import com.waickoff.marketdata.storage.history.PageRequest;
import com.waickoff.marketdata.storage.mongo.MongoRetention.Goes;
import com.waickoff.marketdata.window.Timeframe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoRetentionTest {
    private static final long START = SyntheticEffects.START_MS;
    private static final long DAY = 86_400_000L;

    @TempDir
    Path directory;

    @Test
    void shouldLetGoOfDaysOfTradesAndOfOldBars() throws Exception {
        try (MongoUnderTest server = MongoUnderTest.open(directory);
                MongoSink sink = new MongoSink(server.settings(), new Random(1));
                MongoRetention retention = new MongoRetention(server.settings());
                History history = new MongoHistory(server.settings(), () -> START)) {
            sink.resumeAfter(1, 1);
            // A quiet market: three days.
            sink.write(new SyntheticEffects(3, "BTCUSDT", 0, 1_500).begin().trades(4_000).take());
            assertThat(server.collections()).contains("trades_20260801", "trades_20260802");
            PageRequest all = PageRequest.of(START, START + 5 * DAY).withLimit(100)
                    .within(MongoUnderTest.PATIENCE);
            String cursor = history.trades("binance-spot:BTCUSDT", all).next();
            long bars = server.count("bars_1m");
            Map<String, Duration> ages = Map.of("trades", Duration.ofDays(1), "bars_1m",
                    Duration.ofHours(30));
            assertThat(retention.plan(ages, 0, START + DAY)).isEmpty();

            long nowMs = START + 2 * DAY + 1;
            List<Goes> plan = retention.plan(ages, 0, nowMs);

            assertThat(plan).extracting(Goes::collection)
                    .containsExactly("bars_1m", "trades_20260801");
            assertThat(server.collections()).contains("trades_20260801");
            assertThat(server.count("bars_1m")).isEqualTo(bars);
            assertThat(retention.apply(plan)).isEqualTo(
                    plan.stream().mapToLong(Goes::documents).sum());
            assertThat(server.collections()).doesNotContain("trades_20260801")
                    .contains("trades_20260802");
            assertThat(server.count("bars_1m")).isBetween(1L, bars - 1);
            assertThat(history.bars("binance-spot:BTCUSDT", Timeframe.M1, all).items())
                    .allSatisfy(bar -> assertThat(bar.startMs())
                            .isGreaterThanOrEqualTo(nowMs - 30 * 3_600_000L));
            assertThat(retention.plan(ages, 0, nowMs)).isEmpty();
            assertThatThrownBy(() -> history.trades("binance-spot:BTCUSDT", all.after(cursor)))
                    .isInstanceOfSatisfying(HistoryException.class,
                            refusal -> assertThat(refusal.kind()).isEqualTo(Kind.CURSOR_EXPIRED));
        }
    }

    @Test
    void shouldLetGoOfTheOldestDaysWhereDocumentsTakeTooMuch() throws Exception {
        try (MongoUnderTest server = MongoUnderTest.open(directory);
                MongoSink sink = new MongoSink(server.settings(), new Random(1));
                MongoRetention retention = new MongoRetention(server.settings())) {
            sink.resumeAfter(1, 1);
            sink.write(new SyntheticEffects(3, "BTCUSDT", 0, 1_500).begin().trades(4_000).take());
            long nowMs = START + 2 * DAY + 1;

            assertThat(retention.plan(Map.of(), 1L << 40, nowMs)).isEmpty();
            assertThat(retention.plan(Map.of(), 1, nowMs)).extracting(Goes::collection)
                    .containsExactly("trades_20260801", "trades_20260802");
            assertThat(retention.plan(Map.of(), 1, START + DAY)).extracting(Goes::collection)
                    .as("today's stay").containsExactly("trades_20260801");
        }
    }

    @Test
    void shouldFollowAnExpiryThatIsConfiguredAnew() throws Exception {
        assumeTrue(MongoUnderTest.isReal(), "the embedded store keeps no such indexes");
        try (MongoUnderTest server = MongoUnderTest.open(directory)) {
            for (Map<String, Duration> expiry : List.of(Map.of("bars_1m", Duration.ofDays(9)),
                    Map.of("bars_1m", Duration.ofDays(5)), Map.<String, Duration>of())) {
                try (MongoSink sink = new MongoSink(server.settings().expiring(expiry),
                        new Random(1))) {
                    sink.resumeAfter(1, 1);
                    sink.write(new SyntheticEffects(3, "BTCUSDT", 0, 1_500).begin().trades(200)
                            .take());
                    assertThat(server.indexes("bars_1m")).hasSize(1 + expiry.size());
                }
            }
        }
    }
}
