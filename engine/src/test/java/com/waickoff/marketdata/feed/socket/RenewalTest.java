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
import com.waickoff.venue.serve.VenueScript;
import com.waickoff.venue.serve.VenueServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections that are renewed by plan, while the market goes on: nothing is missing or twice. */
class RenewalTest {
    private static final int MARKET_SECONDS = 80;
    private static final double SPEED = 4; // so that there are some renewals
    private static final int RENEWALS = 2;
    /** From here on it goes slowly: it does not end before them, however long they take. */
    private static final Duration SLOWLY_FROM = Duration.ofSeconds(40);
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
                .script(VenueScript.parse("market:" + SLOWLY_FROM.toSeconds() + "s speed 0.2"))
                .open();
                FeedRig rig = new FeedRig(LoopSettings.DEFAULTS, seed).start(
                        ServedVenuesTest.settings(server, venue, false)
                                .withLifetimeMs(LIFETIME_MS),
                        ports -> ServedVenuesTest.protocol(venue, ports))) {
            rig.awaitCount(Counter.RENEWALS, RENEWALS);
            rig.awaitCount(Counter.DUPLICATE_TRADES, 1);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> server.playedTime().compareTo(SLOWLY_FROM) >= 0);
            server.order("speed 20");
            server.end().get(5, TimeUnit.MINUTES);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> rig.count(Counter.TRADES_DECODED) >= truth.tape().size());
            rig.awaitState(FeedState.LIVE);
            rig.stop();

            assertThat(rig.failures).isEmpty();
            assertThat(ServedVenuesTest.without(ServedVenuesTest.trades(rig),
                    ServedVenuesTest.trades(truth, venue))).isEmpty();
            assertThat(ServedVenuesTest.trades(rig))
                    .hasSameSizeAs(ServedVenuesTest.trades(truth, venue));
            assertThat(rig.count(Counter.TRADE_GAPS)).isZero();
            assertThat(rig.count(Counter.TRADES_REPAIRED)).isZero();
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
