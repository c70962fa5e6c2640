package com.waickoff.marketdata.feed.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.StreamSettings;
import com.waickoff.marketdata.status.Conservation;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.venue.Venue;
import com.waickoff.venue.serve.LineFault;
import com.waickoff.venue.serve.LineFaults;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.VenueServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feeds of a served venue whose connections end in every way, and what is declared then. */
class ReconnectTest {
    private static final int ROUNDS = 3;
    /** A machine that is busy with other things is nothing worse; it passes in a hurry. */
    private static final int SILENCE_MS = 100_000;
    /** Silence of streams is none of what this is about. */
    private static final StreamSettings STREAMS = StreamSettings.of(3_600, 3_600);

    private static VenueServer.Builder serve(String venue, long seed) {
        return VenueServer.builder(SyntheticSource.builder(Venue.of(venue), seed)
                .symbols("BTCUSDT", "ETHUSDT").length(Duration.ofHours(10)).build())
                .play(PlaySettings.standard().withFramesPerSecond(2_000).startingOnSubscribe());
    }

    private static FeedRig rig(VenueServer server, String venue, long seed) throws IOException {
        return new FeedRig(LoopSettings.DEFAULTS, seed).start(
                ServedVenuesTest.settings(server, venue, false).withSilenceTimeoutMs(SILENCE_MS),
                ports -> ServedVenuesTest.protocol(venue, ports, STREAMS));
    }

    @ParameterizedTest
    @CsvSource({"bybit-linear, 1, CUT", "bybit-linear, 2, CUT_IN_FRAME", "bybit-linear, 3, RESET",
            "bybit-linear, 4, CLOSE", "bybit-linear, 5, FREEZE", "bybit-linear, 6, OVERSIZE",
            "binance-usdm, 7, CUT_IN_FRAME", "binance-spot, 8, RESET",
            "binance-spot, 9, FREEZE"})
    void shouldDeclareTheEndAndBeginAnew(String venue, long seed, LineFault fault)
            throws IOException {
        try (VenueServer server = serve(venue, seed).open();
                FeedRig rig = rig(server, venue, seed)) {
            for (int round = 1; round <= ROUNDS; round++) {
                rig.awaitCount(Counter.BOOK_READY, 2L * round);
                rig.awaitState(FeedState.LIVE);
                server.strikeAll(fault);
                if (fault == LineFault.FREEZE) {
                    int timeouts = round;
                    rig.hurryUntil(() -> rig.count(Counter.SILENCE_TIMEOUTS) >= timeouts);
                }
                rig.awaitCount(Counter.DISCONNECTS, round);
            }
            rig.awaitCount(Counter.BOOK_READY, 2L * ROUNDS + 2);
            rig.awaitState(FeedState.LIVE);
            rig.stop();

            assertThat(rig.failures).isEmpty();
            assertThat(rig.count(Counter.CONNECTS)).isEqualTo(ROUNDS + 1);
            assertThat(Conservation.of(List.of(rig.counters)).frameDifference()).isZero();
            assertThat(rig.count(Counter.SILENCE_TIMEOUTS))
                    .isEqualTo(fault == LineFault.FREEZE ? ROUNDS : 0);
            for (int instrument = 0; instrument < 2; instrument++) {
                assertLives(rig.events(), instrument);
            }
        }
    }

    /** Up and down in turn, with rising epochs; each book reset before its feed goes down. */
    private static void assertLives(List<MarketEvent> events, int instrument) {
        List<String> lives = new ArrayList<>();
        boolean isUp = false;
        boolean isReady = false;
        for (MarketEvent event : events) {
            if (event.instrumentId() != instrument || event.kind() == EventKind.INSTRUMENT) {
                continue;
            }
            if (event.kind() == EventKind.FEED_UP) {
                lives.add("up " + event.epoch());
                isUp = true;
            } else if (event.kind() == EventKind.FEED_DOWN) {
                lives.add("down " + event.epoch() + ' ' + event.reason());
                assertThat(isReady).as("book ready when its feed goes down").isFalse();
                isUp = false;
            } else {
                // what REST brings may come while the next connection is on its way
                assertThat(isUp || event.kind() == EventKind.BOOK_RESET
                        || event.has(EventFlags.REPAIRED)).as("%s", event).isTrue();
                isReady = event.kind() == EventKind.BOOK_READY
                        || (isReady && event.kind() != EventKind.BOOK_RESET);
            }
        }
        List<String> expected = new ArrayList<>();
        for (int epoch = 1; epoch <= ROUNDS + 1; epoch++) {
            expected.add("up " + epoch);
            expected.add("down " + epoch + ' '
                    + (epoch <= ROUNDS ? Reason.DISCONNECTED : Reason.ENGINE_STOPPED));
        }
        assertThat(lives).isEqualTo(expected);
    }

    /** Ids that chain show what went by while nobody was connected. */
    @Test
    void shouldPublishAGapOfWhatWentByUnheard() throws IOException {
        try (VenueServer server = serve("binance-spot", 10).open();
                FeedRig rig = rig(server, "binance-spot", 10)) {
            rig.awaitCount(Counter.TRADES_DECODED, 20);
            server.strikeAll(LineFault.CUT);
            rig.awaitCount(Counter.TRADE_GAPS, 1);
            rig.awaitState(FeedState.LIVE);
            rig.stop();
            assertThat(rig.events()).anySatisfy(event -> {
                assertThat(event.kind()).isEqualTo(EventKind.TRADE_GAP);
                assertThat(event.lastMissing()).isGreaterThanOrEqualTo(event.firstMissing());
            });
        }
    }

    @Test
    void shouldShowThatTheVenueRefusesASubscription() throws IOException {
        try (VenueServer server = serve("bybit-linear", 11).open()) {
            server.nack("publicTrade.*");
            try (FeedRig rig = rig(server, "bybit-linear", 11)) {
                rig.awaitCount(Counter.REJECTED_REFUSAL, 1);
                rig.awaitDetail("of our requests");
            }
        }
    }

    @Test
    void shouldNotCallAFeedLiveThatOnlySubscribed() throws IOException {
        try (VenueServer server = serve("bybit-linear", 12).open()) {
            server.silence("*");
            try (FeedRig rig = rig(server, "bybit-linear", 12)) {
                rig.awaitCount(Counter.IGNORED_ACK, 1);
                for (int pings = 1; pings <= 2; pings++) { // for want of anything else, answered
                    long most = rig.count(Counter.MESSAGES_SENT) + 1;
                    long heardNs = rig.status.read().lastFrameNs();
                    rig.hurryUntil(() -> rig.count(Counter.MESSAGES_SENT) >= most);
                    await().atMost(Duration.ofMinutes(2))
                            .until(() -> rig.status.read().lastFrameNs() > heardNs);
                }
                assertThat(rig.state()).isEqualTo(FeedState.SUBSCRIBING);
                assertThat(rig.count(Counter.CONNECTS)).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldLiveThroughARainOfFaults() throws IOException {
        try (VenueServer server = serve("binance-usdm", 13).open();
                FeedRig rig = rig(server, "binance-usdm", 13)) {
            rig.awaitState(FeedState.LIVE);
            server.setFaults(LineFaults.of(LineFault.CUT, 0.002, 13)
                    .with(LineFault.CUT_IN_FRAME, 0.002).with(LineFault.GARBAGE, 0.01)
                    .with(LineFault.DROP, 0.01).with(LineFault.DUPLICATE, 0.01)
                    .with(LineFault.RESET, 0.001));
            rig.awaitCount(Counter.DISCONNECTS, 10);
            server.setFaults(LineFaults.none());
            long ready = rig.count(Counter.BOOK_READY);
            rig.awaitCount(Counter.BOOK_READY, ready + 1);
            rig.awaitState(FeedState.LIVE);
            rig.stop();
            assertThat(rig.failures).isEmpty();
            assertThat(Conservation.of(List.of(rig.counters)).frameDifference()).isZero();
        }
    }
}
