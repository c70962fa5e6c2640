package com.waickoff.venue.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.venue.Venue;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A venue whose clock is faster than the machine's. */
class ServedClockTest {
    private static final double SPEED = 1_000;

    @Test
    void shouldLetTimePassFaster() {
        VenueClock clock = VenueClock.faster(SPEED);
        long before = System.nanoTime();
        long first = clock.nanoTime();
        long firstMs = clock.timeMs();
        await(clock, 10_000_000_000L);
        long passed = clock.nanoTime() - first;
        assertThat(passed).isLessThanOrEqualTo((long) ((System.nanoTime() - before) * SPEED) + 1);
        assertThat(clock.timeMs() - firstMs).isGreaterThanOrEqualTo(9_999);
        assertThat(clock.machineNs(60_000_000_000L)).isEqualTo(60_000_000);
        assertThat(clock.ofMachineNs(60_000_000)).isEqualTo(60_000_000_000L);
        assertThatThrownBy(() -> VenueClock.faster(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("speed");
    }

    /** An hour of a market, and a life of a connection of twenty minutes, take no time to speak of. */
    @Test
    void shouldPlayAndEndConnectionsByIt() throws Exception {
        PlaySettings play = PlaySettings.standard().withClock(VenueClock.faster(SPEED)).holding()
                .startingOnFirstSubscription();
        try (VenueServer server = VenueServer
                .builder(SyntheticSource.builder(Venue.BINANCE_SPOT, 3).symbols("BTCUSDT")
                        .market(Venue.BINANCE_SPOT.liquid().withActionsPerSecond(1))
                        .length(Duration.ofHours(1)).build())
                .limits(VenueLimits.of(Venue.BINANCE_SPOT).withPings(0, 1).withLifetimeMs(
                        TimeUnit.MINUTES.toMillis(20)))
                .play(play).open();
                RawClient client = new RawClient(server.port(), "/ws/btcusdt@trade")) {
            assertThat(client.next(RawClient.CLOSE).closeCode()).isEqualTo(1001);
            server.end().get(5, TimeUnit.MINUTES);
            assertThat(server.counts().played()).isPositive();
        }
    }

    private static void await(VenueClock clock, long ns) {
        long first = clock.nanoTime();
        while (clock.nanoTime() - first < ns) {
            Thread.onSpinWait();
        }
    }
}
