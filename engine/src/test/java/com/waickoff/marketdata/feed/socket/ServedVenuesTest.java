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
import com.waickoff.marketdata.feed.VenueFeed;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.binance.BinanceFeed;
import com.waickoff.marketdata.feed.binance.BinanceSettings;
import com.waickoff.marketdata.feed.bybit.BybitFeed;
import com.waickoff.marketdata.feed.bybit.BybitSettings;
import com.waickoff.marketdata.status.Conservation;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.venue.TrueTape;
import com.waickoff.venue.reference.ReferenceTrade;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.TestAuthority;
import com.waickoff.venue.serve.VenueServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole conversations with a served venue: metadata, subscriptions, snapshots, books, trades. */
class ServedVenuesTest {
    static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"bybit-linear, 1, AUTO", "binance-usdm, 2, AUTO", "binance-spot, 3, AUTO",
            "bybit-linear, 4, NIO"})
    void shouldReceiveTheWholeTape(String venue, long seed, SocketKind sockets) throws Exception {
        try (FeedRig rig = new FeedRig(new LoopSettings(sockets, TlsSettings.SYSTEM), seed)) {
            play(venue, seed, rig, null);
        }
    }

    @ParameterizedTest
    @CsvSource({"bybit-linear, 5", "binance-usdm, 6", "binance-spot, 7"})
    void shouldReceiveTheWholeTapeThroughTls(String venue, long seed) throws Exception {
        TestAuthority authority = new TestAuthority();
        Path file = directory.resolve("ca.pem");
        authority.write(file);
        try (FeedRig rig = new FeedRig(
                new LoopSettings(SocketKind.AUTO, new TlsSettings(file)), seed)) {
            play(venue, seed, rig, authority);
        }
    }

    private static void play(String venue, long seed, FeedRig rig, TestAuthority authority)
            throws IOException, GeneralSecurityException, InterruptedException,
            ExecutionException, TimeoutException {
        com.waickoff.venue.Venue served = com.waickoff.venue.Venue.of(venue);
        TrueTape truth = new TrueTape(served,
                SYMBOLS.stream().map(served::listing).toList());
        SyntheticSource source = SyntheticSource.builder(served, seed)
                .symbols(SYMBOLS.toArray(String[]::new)).length(Duration.ofSeconds(60))
                .truth(truth).build();
        VenueServer.Builder building = VenueServer.builder(source)
                .play(PlaySettings.standard().unlimited().startingOnSubscribe().holding());
        if (authority != null) {
            building.tls(authority.issue("localhost", "127.0.0.1"), 0);
        }
        try (VenueServer server = building.open()) {
            boolean isTls = authority != null;
            rig.start(settings(server, venue, isTls), ports -> protocol(venue, ports));
            server.end().get(5, TimeUnit.MINUTES);
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> rig.count(Counter.TRADES_DECODED) >= truth.tape().size());
            rig.awaitState(FeedState.LIVE);
            rig.stop();
        }

        assertThat(rig.failures).isEmpty();
        // Long lists, so only what differs is shown.
        assertThat(without(trades(rig), trades(truth, venue))).isEmpty();
        assertThat(without(trades(truth, venue), trades(rig))).isEmpty();
        assertThat(Conservation.of(List.of(rig.counters)).frameDifference()).isZero();
        assertThat(rig.count(Counter.BOOK_READY)).isGreaterThanOrEqualTo(SYMBOLS.size());
        assertThat(rig.count(Counter.CONNECTS)).isEqualTo(1);
        assertThat(rig.count(Counter.TRADE_GAPS)).isZero();
        assertThat(rig.errorCodes()).isEmpty();
        List<MarketEvent> events = rig.events();
        assertThat(events.getLast().kind()).isEqualTo(EventKind.FEED_DOWN);
        assertThat(events.getLast().reason()).isEqualTo(Reason.ENGINE_STOPPED);
        assertThat(rig.state()).isEqualTo(FeedState.STOPPED);
    }

    static FeedSettings settings(VenueServer server, String name, boolean isTls) {
        int port = isTls ? server.tlsPort() : server.port();
        return FeedRig.patient(FeedSettings
                .of(name, URI.create((isTls ? "wss" : "ws") + "://127.0.0.1:" + port),
                        URI.create((isTls ? "https" : "http") + "://127.0.0.1:" + port))
                .withBackOffMs(20, 200).withRest(1, 0, 1 << 24));
    }

    static VenueProtocol protocol(String venue, FeedPorts ports) {
        return protocol(venue, ports, StreamSettings.DEFAULT);
    }

    static VenueProtocol protocol(String venue, FeedPorts ports, StreamSettings streams) {
        VenueFeed<?> feed = venue.startsWith("bybit")
                ? new BybitFeed(Venue.BYBIT_LINEAR, ports, BybitSettings.of(SYMBOLS), List.of())
                : new BinanceFeed(Objects.requireNonNull(Venue.of(venue)), ports,
                        BinanceSettings.of(SYMBOLS), List.of());
        feed.watchStreams(streams);
        return feed;
    }

    /** Trades by instrument, in the order they were published. */
    static List<String> trades(FeedRig rig) {
        List<String> trades = new ArrayList<>();
        for (MarketEvent event : rig.events()) {
            if (event.kind() == EventKind.TRADE && !event.has(EventFlags.OFF_BOOK)) {
                var instrument = rig.catalogue.get(event.instrumentId());
                trades.add(instrument.name() + ' ' + event.matchTimeNs() / 1_000_000 + ' '
                        + plain(event.price(), instrument.priceScale()) + ' '
                        + plain(event.quantity(), instrument.quantityScale()));
            }
        }
        trades.sort(null);
        return trades;
    }

    static List<String> trades(TrueTape truth, String venue) {
        List<String> trades = new ArrayList<>();
        for (String symbol : SYMBOLS) {
            for (ReferenceTrade trade : truth.tape().inTapeOrder(venue + ':' + symbol)) {
                trades.add(trade.instrument() + ' ' + trade.matchTimeMs() + ' '
                        + trade.price().stripTrailingZeros().toPlainString() + ' '
                        + trade.quantity().stripTrailingZeros().toPlainString());
            }
        }
        trades.sort(null);
        assertThat(trades).hasSizeGreaterThan(100);
        return trades;
    }

    static List<String> without(List<String> all, List<String> these) {
        List<String> rest = new ArrayList<>(all);
        Map<String, Long> count = these.stream()
                .collect(Collectors.groupingBy(text -> text, Collectors.counting()));
        rest.removeIf(text -> count.merge(text, -1L, Long::sum) >= 0);
        return rest;
    }

    private static String plain(long value, int scale) {
        return BigDecimal.valueOf(value, scale).stripTrailingZeros().toPlainString();
    }
}
