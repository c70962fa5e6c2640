package com.waickoff.marketdata.feed.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.status.Conservation;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.venue.TrueTape;
import com.waickoff.venue.Venue;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.VenueServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections that are renewed by plan, while the market goes on: nothing is missing or twice. */
class RenewalTest {
    private static final int MARKET_SECONDS = 60;
    private static final double SPEED = 4; // so that there are some renewals
    private static final long LIFETIME_MS = 1_000;

    @ParameterizedTest
    @CsvSource({"bybit-linear, 21", "binance-usdm, 22", "binance-spot, 23"})
    void shouldGoOnAsIfThereHadBeenOneConnection(String venue, long seed) throws Exception {
        Venue served = Venue.of(venue);
        TrueTape truth = new TrueTape(served,
                ServedVenuesTest.SYMBOLS.stream().map(served::listing).toList());
        SyntheticSource source = SyntheticSource.builder(served, seed)
                .symbols(ServedVenuesTest.SYMBOLS.toArray(String[]::new))
                .length(Duration.ofSeconds(MARKET_SECONDS)).truth(truth).build();
        try (VenueServer server = VenueServer.builder(source)
                .play(PlaySettings.standard().withSpeed(SPEED).startingOnSubscribe().holding())
                .open();
                FeedRig rig = new FeedRig(LoopSettings.DEFAULTS, seed).start(
                        ServedVenuesTest.settings(server, venue, false)
                                .withLifetimeMs(LIFETIME_MS),
                        ports -> ServedVenuesTest.protocol(venue, ports))) {
            server.end().get(3 * MARKET_SECONDS, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> rig.count(Counter.TRADES_DECODED) >= truth.tape().size());
            rig.awaitCount(Counter.RENEWALS, 2);
            rig.awaitState(FeedState.LIVE);
            rig.stop();

            assertThat(rig.failures).isEmpty();
            assertThat(ServedVenuesTest.without(ServedVenuesTest.trades(rig),
                    ServedVenuesTest.trades(truth, venue))).isEmpty();
            assertThat(ServedVenuesTest.trades(rig))
                    .hasSameSizeAs(ServedVenuesTest.trades(truth, venue));
            assertThat(rig.count(Counter.TRADE_GAPS)).isZero();
            assertThat(rig.count(Counter.TRADES_REPAIRED)).isZero();
            assertThat(rig.count(Counter.DUPLICATE_TRADES)).isPositive();
            assertThat(Conservation.of(List.of(rig.counters)).frameDifference()).isZero();
            assertNoEndBeforeTheLast(rig.events());
        }
    }

    private static void assertNoEndBeforeTheLast(List<MarketEvent> events) {
        assertThat(events).filteredOn(event -> event.kind() == EventKind.FEED_DOWN)
                .hasSize(ServedVenuesTest.SYMBOLS.size())
                .allMatch(event -> event.reason() == Reason.ENGINE_STOPPED);
        assertThat(events).filteredOn(event -> event.kind() == EventKind.BOOK_RESET)
                .allMatch(event -> event.reason() == Reason.ENGINE_STOPPED);
    }
}
