package com.waickoff.marketdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.feed.InstrumentWishes;
import com.waickoff.marketdata.feed.SymbolPattern;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.status.ClockReading;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.InstrumentReading;
import com.waickoff.marketdata.status.InstrumentState;
import com.waickoff.marketdata.status.StatusReader;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.VenueServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What venues list changes while the daemon runs; over sockets, against a served venue. */
class LiveInstrumentsTest {
    private static final long MS = 1_000_000L;
    private static final long REFRESH_NS = 500 * MS;
    private static final long CLOCK_OFFSET_MS = 1_500;
    /** The venue tells whole milliseconds, and makes its answer a moment after it took the time. */
    private static final long CLOCK_GRAIN_NS = 100 * MS;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(textBlock = """
            bybit-linear,  200,         BTCUSDT,     ETHUSTD,     ETHUSDT
            bybit-spot,    200,         BTCUSDT,     ETHUSTD,     ETHUSDT
            bybit-inverse, 200,         BTCUSD,      ETHUDS,      ETHUSD
            binance-usdm,  depth@100ms, BTCUSDT,     ETHUSTD,     ETHUSDT
            binance-coinm, depth@100ms, BTCUSD_PERP, ETHUSD_PREP, ETHUSD_PERP
            binance-spot,  depth@100ms, BTCUSDT,     ETHUSTD,     ETHUSDT
            """)
    void shouldFollowItsVenueThroughChanges(String venueCode, String books, String symbol,
            String misspelt, String meant) throws Exception {
        Venue venue = Venue.of(venueCode);
        try (VenueServer server = server(venueCode);
                LiveEngine live = LiveEngine.start(config(server, venue, books,
                        new InstrumentWishes(List.of(symbol, misspelt), List.of(),
                                BigDecimal.ZERO, 2, REFRESH_NS, 5_000 * MS)))) {
            live.awaitState(FeedState.LIVE);
            await(() -> note(live, venueCode + ':' + misspelt) == InstrumentState.UNLISTED);
            assertThat(notes(live)).hasSize(1).first().extracting(InstrumentReading::detail)
                    .asString()
                    .startsWith("not traded at " + venueCode + "; nearest: " + meant);

            redefine(server, live, symbol);
            halt(server, live, venueCode, symbol);

            await(() -> clock(live).isMeasured());
            ClockReading clock = clock(live);
            assertThat(clock.offsetNs()).isBetween(
                    CLOCK_OFFSET_MS * MS - clock.roundTripNs() - CLOCK_GRAIN_NS,
                    CLOCK_OFFSET_MS * MS + clock.roundTripNs() + CLOCK_GRAIN_NS);
            live.stop();
            assertThat(live.hasFailed()).isFalse();
        }
    }

    /** Another tick and lot: another id, a new book, and no trade lost where ids show it. */
    private static void redefine(VenueServer server, LiveEngine live, String symbol)
            throws IOException {
        live.awaitCount(Counter.BOOK_READY, 1);
        live.awaitCount(Counter.TRADES_DECODED, 1);
        server.order("steps " + symbol + " 0.001 0.000001");

        live.awaitCount(Counter.INSTRUMENTS_REDEFINED, 1);
        live.awaitCount(Counter.BOOK_READY, 2);
        live.awaitCount(Counter.TRADES_DECODED, live.count(Counter.TRADES_DECODED) + 1);
        assertThat(live.count(Counter.TRADES_MISSING)).isZero();
        assertThat(live.count(Counter.REJECTED_VALUE_OUT_OF_RANGE)).isZero();
        assertThat(snapshotIds(live)).containsExactly(1);
    }

    /** Bybit does not list what it has halted; Binance does. */
    private static void halt(VenueServer server, LiveEngine live, String venueCode,
            String symbol) throws IOException {
        String name = venueCode + ':' + symbol;
        server.order("halt " + symbol);
        await(() -> note(live, name) == (venueCode.startsWith("bybit") ? InstrumentState.DELISTED
                : InstrumentState.HALTED));
        long connects = live.count(Counter.CONNECTS);
        long trades = live.count(Counter.TRADES_DECODED);
        server.order("resume " + symbol);

        await(() -> note(live, name) == InstrumentState.TRADING);
        live.awaitCount(Counter.TRADES_DECODED, trades + 1);
        live.awaitState(FeedState.LIVE);
        assertThat(live.count(Counter.CONNECTS)).isEqualTo(connects);
    }

    @Test
    void shouldTakeWhatIsListedLaterByPatternUpToItsBound() throws Exception {
        InstrumentWishes wishes = new InstrumentWishes(List.of(),
                List.of(new SymbolPattern("*USDT")), new BigDecimal("2000000"), 3, REFRESH_NS, 0);
        try (VenueServer server = server("bybit-linear")) {
            server.order("unlist SOLUSDT");
            server.order("turnover ETHUSDT 1999999");
            try (LiveEngine live = LiveEngine.start(config(server, Venue.BYBIT_LINEAR, "200",
                    wishes))) {
                await(() -> symbols(live).equals(List.of("BTCUSDT", "DOGEUSDT")));

                server.order("list SOLUSDT");
                await(() -> symbols(live).equals(List.of("BTCUSDT", "DOGEUSDT", "SOLUSDT")));
                live.awaitCount(Counter.BOOK_READY, 3);

                server.order("turnover ETHUSDT 900000000");
                long requests = live.count(Counter.HTTP_REQUESTS);
                live.awaitCount(Counter.HTTP_REQUESTS, requests + 3);
                assertThat(symbols(live)).as("three at most").hasSize(3);
                live.stop();
            }
        }
    }

    @Test
    void shouldReadAllPagesOfALongList() throws Exception {
        InstrumentWishes wishes = new InstrumentWishes(List.of("BTCUSDT", "SOLUSDT"), List.of(),
                BigDecimal.ZERO, 2, REFRESH_NS, 0);
        SyntheticSource source = SyntheticSource
                .builder(com.waickoff.venue.Venue.of("bybit-linear"), 5).build();
        try (VenueServer server = VenueServer.builder(source)
                .play(PlaySettings.standard().withTimes(PlaySettings.Times.REBASED))
                .fillerListings(2_500).open();
                LiveEngine live = LiveEngine.start(
                        config(server, Venue.BYBIT_LINEAR, "200", wishes))) {
            await(() -> symbols(live).equals(List.of("BTCUSDT", "SOLUSDT")));
            assertThat(live.count(Counter.HTTP_REQUESTS)).isGreaterThanOrEqualTo(3);
            assertThat(notes(live)).isEmpty();
            live.stop();
        }
    }

    private static VenueServer server(String venueCode) throws IOException {
        SyntheticSource source = SyntheticSource.builder(com.waickoff.venue.Venue.of(venueCode), 9)
                .build();
        return VenueServer.builder(source)
                .play(PlaySettings.standard().withTimes(PlaySettings.Times.REBASED))
                .clockOffsetMs(CLOCK_OFFSET_MS).open();
    }

    private LiveConfig config(VenueServer server, Venue venue, String books,
            InstrumentWishes wishes) {
        URI webSocket = server.wsUri("/");
        URI rest = server.httpUri("/");
        return LiveEngine.config(directory, Topology.INLINE, new VenueConfig(venue, wishes,
                LiveEngine.line(venue, base(webSocket), base(rest)), books, false), List.of(),
                1 << 10);
    }

    private static URI base(URI uri) {
        return URI.create(uri.getScheme() + "://" + uri.getAuthority());
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(120, TimeUnit.SECONDS).pollInterval(20, TimeUnit.MILLISECONDS)
                .until(condition);
    }

    private static List<InstrumentReading> notes(LiveEngine live) throws IOException {
        try (StatusReader status = StatusReader.open(live.config().engine().statusFile())) {
            return status.instruments();
        }
    }

    private static InstrumentState note(LiveEngine live, String name) throws IOException {
        return notes(live).stream().filter(note -> note.name().equals(name))
                .map(InstrumentReading::state).findFirst().orElse(InstrumentState.TRADING);
    }

    private static ClockReading clock(LiveEngine live) throws IOException {
        try (StatusReader status = StatusReader.open(live.config().engine().statusFile())) {
            return status.clocks().getFirst();
        }
    }

    private static List<String> symbols(LiveEngine live) throws IOException {
        return entries(live).stream().map(entry -> entry.instrument().symbol()).sorted().toList();
    }

    private static List<Integer> snapshotIds(LiveEngine live) throws IOException {
        return entries(live).stream().map(entry -> entry.instrument().id()).toList();
    }

    private static List<SnapshotEntry> entries(LiveEngine live) throws IOException {
        try (SnapshotReader snapshot = SnapshotReader
                .open(live.config().engine().snapshotFile())) {
            return snapshot.instruments();
        }
    }
}
