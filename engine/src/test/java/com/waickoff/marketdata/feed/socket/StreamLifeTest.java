package com.waickoff.marketdata.feed.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.StreamSettings;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.binance.BinanceFeed;
import com.waickoff.marketdata.feed.binance.BinanceSettings;
import com.waickoff.marketdata.feed.bybit.BybitFeed;
import com.waickoff.marketdata.feed.bybit.BybitSettings;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.VenueServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams of a served venue that are refused, fall silent and end, on connections that live. */
class StreamLifeTest {
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");
    private static final long MS = 1_000_000L;
    /** Everything is quicker, but for what the market takes. */
    private static final StreamSettings QUICK = new StreamSettings(2_000 * MS, 2_000 * MS,
            4_000 * MS, 1_000 * MS, 50 * MS);

    @ParameterizedTest
    @CsvSource({"bybit-linear, 1", "binance-usdm, 2", "binance-spot, 3"})
    void shouldFindATapeSilentAndFetchWhatItMissed(String venue, long seed) throws Exception {
        try (FeedRig rig = rig(seed); VenueServer server = open(venue, seed)) {
            start(rig, server, venue);
            server.order("silence " + tape(venue) + " same");
            rig.awaitCount(Counter.STREAMS_DEAD, 1);
            rig.awaitCount(Counter.TRADES_REPAIRED, 1);
            until(() -> rig.count(Counter.TRADES_MISSING) <= rig.count(Counter.TRADES_REPAIRED));
            rig.stop();

            assertThat(rig.failures).isEmpty();
            assertThat(rig.count(Counter.CONNECTS)).isEqualTo(1);
            List<MarketEvent> down = events(rig, EventKind.FEED_DOWN);
            assertThat(down.getFirst().reason()).isEqualTo(Reason.STREAM_SILENT);
            assertThat(name(rig, down.getFirst())).endsWith("BTCUSDT");
            assertThat(down.stream().filter(event -> event.reason() == Reason.STREAM_SILENT))
                    .allMatch(event -> name(rig, event).endsWith("BTCUSDT"));
            if (venue.startsWith("binance")) {
                List<Long> ids = events(rig, EventKind.TRADE).stream()
                        .filter(event -> name(rig, event).endsWith("BTCUSDT"))
                        .filter(event -> !event.has(EventFlags.SPAN)).map(MarketEvent::id64)
                        .toList();
                assertThat(ids).doesNotHaveDuplicates();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"bybit-linear, 11", "binance-usdm, 12", "binance-spot, 13"})
    void shouldFindABookSilentAndJoinItAgain(String venue, long seed) throws Exception {
        try (FeedRig rig = rig(seed); VenueServer server = open(venue, seed)) {
            start(rig, server, venue);
            server.order("silence " + book(venue) + " same");
            rig.awaitCount(Counter.STREAMS_DEAD, 1);
            rig.awaitCount(Counter.BOOK_READY, 3);
            rig.stop();

            assertThat(rig.failures).isEmpty();
            MarketEvent reset = events(rig, EventKind.BOOK_RESET).getFirst();
            assertThat(reset.reason()).isEqualTo(Reason.STREAM_SILENT);
            assertThat(name(rig, reset)).endsWith("BTCUSDT");
        }
    }

    @ParameterizedTest
    @CsvSource({"bybit-linear, 21", "binance-spot, 23"})
    void shouldRenewTheLineOfATapeThatOnlyAnotherConnectionBrings(String venue, long seed)
            throws Exception {
        try (FeedRig rig = rig(seed); VenueServer server = open(venue, seed)) {
            start(rig, server, venue);
            server.order("silence " + tape(venue) + " other");
            rig.awaitCount(Counter.RENEWALS, 1);
            rig.awaitCount(Counter.TRADES_REPAIRED, 1);
            rig.stop();

            assertThat(rig.failures).isEmpty();
            assertThat(rig.count(Counter.STREAMS_DEAD)).isGreaterThanOrEqualTo(2);
            assertThat(events(rig, EventKind.FEED_DOWN))
                    .noneMatch(event -> event.reason() == Reason.DISCONNECTED);
        }
    }

    @ParameterizedTest
    @CsvSource({"bybit-linear, 31", "binance-usdm, 32"})
    void shouldAskAgainForAStreamThatIsRefusedTwice(String venue, long seed) throws Exception {
        try (FeedRig rig = rig(seed); VenueServer server = open(venue, seed)) {
            server.order("nack " + tape(venue) + " x2");
            rig.start(ServedVenuesTest.settings(server, venue, false), ports -> feed(venue, ports));
            rig.awaitCount(Counter.STREAMS_REFUSED, 1);
            rig.awaitCount(Counter.BOOK_READY, 2);
            rig.awaitCount(Counter.IGNORED_ACK, 4); // the last one's at the second attempt alone
            rig.awaitCount(Counter.TRADES_DECODED, rig.count(Counter.TRADES_DECODED) + 100);
            rig.stop();

            assertThat(rig.failures).isEmpty();
            assertThat(rig.count(Counter.REJECTED_REFUSAL)).isEqualTo(2);
            assertThat(events(rig, EventKind.TRADE).stream().map(event -> name(rig, event))
                    .distinct()).containsExactlyInAnyOrder(venue + ":BTCUSDT",
                            venue + ":ETHUSDT");
        }
    }

    @ParameterizedTest
    @CsvSource({"binance-usdm, 42", "binance-spot, 43"})
    void shouldRenewALineWhoseEndIsAnnounced(String venue, long seed) throws Exception {
        try (FeedRig rig = rig(seed); VenueServer server = open(venue, seed)) {
            start(rig, server, venue);
            server.order("shutdown 600000"); // a renewal takes some seconds of it
            rig.awaitCount(Counter.RENEWALS, 1);
            rig.stop();

            assertThat(rig.failures).isEmpty();
            assertThat(rig.count(Counter.SHUTDOWNS_ANNOUNCED)).isEqualTo(1);
            assertThat(rig.count(Counter.TRADES_MISSING)).isZero();
            assertThat(events(rig, EventKind.FEED_DOWN))
                    .noneMatch(event -> event.reason() == Reason.DISCONNECTED);
        }
    }

    private static FeedRig rig(long seed) throws IOException {
        return new FeedRig(LoopSettings.DEFAULTS, seed);
    }

    private static VenueServer open(String venue, long seed) throws IOException {
        com.waickoff.venue.Venue served = com.waickoff.venue.Venue.of(venue);
        return VenueServer.builder(SyntheticSource.builder(served, seed)
                .symbols(SYMBOLS.toArray(String[]::new)).length(Duration.ofHours(1)).build())
                .play(PlaySettings.standard().withTimes(PlaySettings.Times.REBASED)
                        .startingOnFirstSubscription().holding())
                .open();
    }

    private static void start(FeedRig rig, VenueServer server, String venue) {
        rig.start(ServedVenuesTest.settings(server, venue, false), ports -> feed(venue, ports));
        rig.awaitCount(Counter.BOOK_READY, 2);
        rig.awaitCount(Counter.TRADES_DECODED, 20);
    }

    private static VenueProtocol feed(String venue, FeedPorts ports) {
        if (venue.startsWith("bybit")) {
            BybitFeed feed = new BybitFeed(Objects.requireNonNull(Venue.of(venue)), ports,
                    BybitSettings.of(SYMBOLS), List.of());
            feed.watchStreams(QUICK);
            return feed;
        }
        BinanceFeed feed = new BinanceFeed(Objects.requireNonNull(Venue.of(venue)), ports,
                BinanceSettings.of(SYMBOLS), List.of());
        feed.watchStreams(QUICK);
        return feed;
    }

    private static String tape(String venue) {
        return venue.startsWith("bybit") ? "publicTrade.BTCUSDT" : "btcusdt@trade";
    }

    private static String book(String venue) {
        return venue.startsWith("bybit") ? "orderbook.200.BTCUSDT" : "btcusdt@depth@100ms";
    }

    private static void until(BooleanSupplier condition) {
        await().atMost(Duration.ofMinutes(2)).until(condition::getAsBoolean);
    }

    private static List<MarketEvent> events(FeedRig rig, byte kind) {
        return rig.events().stream().filter(event -> event.kind() == kind).toList();
    }

    private static String name(FeedRig rig, MarketEvent event) {
        return rig.catalogue.get(event.instrumentId()).name();
    }
}
