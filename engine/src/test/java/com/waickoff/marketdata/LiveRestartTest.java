package com.waickoff.marketdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.waickoff.marketdata.feed.InstrumentWishes;
import com.waickoff.marketdata.feed.SymbolPattern;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.journal.JournalInUseException;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.VenueServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A daemon that starts while its venue answers no REST; over sockets, against a served venue. */
class LiveRestartTest {
    private static final String REST_IS_DOWN = "refuse-rest 503x1000000";
    private static final String REST_IS_UP = "refuse-rest 503x0";

    @TempDir
    private Path directory;

    /** By what the journal defines; and what has changed meanwhile follows when the list comes. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            bybit-linear, 200
            binance-spot, depth@100ms
            """)
    void shouldGoOnWithWhatTheJournalDefinesThoughNoListComes(String venueCode, String books)
            throws Exception {
        InstrumentWishes wishes = new InstrumentWishes(List.of("BTCUSDT"),
                List.of(new SymbolPattern("ETH*")), BigDecimal.ZERO, 2,
                InstrumentWishes.DEFAULT_REFRESH_NS, 0);
        try (VenueServer server = server(venueCode)) {
            LiveConfig config = config(server, venueCode, books, wishes);
            try (LiveEngine before = LiveEngine.start(config)) {
                before.awaitState(FeedState.LIVE);
                before.awaitCount(Counter.BOOK_READY, 2);
                before.stop();
            }
            server.order(REST_IS_DOWN);
            server.order("steps BTCUSDT 0.001 0.000001");
            try (LiveEngine live = LiveEngine.start(config)) {
                live.awaitCount(Counter.TRADES_DECODED, 1);
                assertThat(live.count(Counter.INSTRUMENTS_REDEFINED)).isZero();
                assertThat(ids(config)).containsExactly(0, 1);
                live.awaitCount(Counter.HTTP_FAILURES, 1);

                server.order(REST_IS_UP);
                live.awaitCount(Counter.INSTRUMENTS_REDEFINED, 1);
                live.awaitCount(Counter.TRADES_DECODED, live.count(Counter.TRADES_DECODED) + 1);
                assertThat(ids(config)).containsExactlyInAnyOrder(1, 2);
                live.stop();
                assertThat(live.hasFailed()).isFalse();
            }
        }
    }

    @Test
    void shouldSayThatItWaitsForAListWhereNothingIsKnownAndGoOnWhenItComes() throws Exception {
        try (VenueServer server = server("bybit-linear")) {
            server.order(REST_IS_DOWN);
            LiveConfig config = config(server, "bybit-linear", "200",
                    InstrumentWishes.live(List.of("BTCUSDT", "ETHUSDT")));
            try (LiveEngine live = LiveEngine.start(config)) {
                awaitDetail(live, "the list of instruments has not come: 2 of 2 symbols cannot be"
                        + " collected without it; REST: ");

                server.order(REST_IS_UP);
                live.awaitState(FeedState.LIVE);
                live.awaitCount(Counter.BOOK_READY, 2);
                Awaitility.await().atMost(120, TimeUnit.SECONDS)
                        .until(() -> live.feed().detail().isEmpty());
                live.stop();
            }
        }
    }

    @Test
    void shouldLeaveTheFilesAloneThatAnotherEngineWrites() throws Exception {
        try (VenueServer server = server("bybit-linear")) {
            LiveConfig config = config(server, "bybit-linear", "200",
                    InstrumentWishes.live(List.of("BTCUSDT")));
            LiveConfig other = new LiveConfig(
                    config.engine().withJournalDir(directory.resolve("another")), config.venues(),
                    config.loop());
            try (LiveEngine live = LiveEngine.start(config)) {
                Run writer = writer(config);

                EngineException refused = catchThrowableOfType(EngineException.class,
                        () -> LiveEngine.start(other));

                assertThat(refused.exitCode()).isEqualTo(JournalInUseException.EXIT_CODE);
                assertThat(refused).hasMessageContaining(config.engine().dataDir()
                        + ": this process is writing the snapshot and the status file there");
                assertThat(writer(config)).isEqualTo(writer);
                live.awaitState(FeedState.LIVE);
                live.stop();
            }
            try (LiveEngine live = LiveEngine.start(other)) {
                live.awaitState(FeedState.LIVE); // the files are free again
            }
        }
    }

    private static Run writer(LiveConfig config) throws IOException {
        try (SnapshotReader snapshot = SnapshotReader.open(config.engine().snapshotFile())) {
            return snapshot.run();
        }
    }

    private static void awaitDetail(LiveEngine live, String part) {
        Awaitility.await().atMost(120, TimeUnit.SECONDS).pollInterval(20, TimeUnit.MILLISECONDS)
                .until(() -> live.feed().detail().contains(part));
    }

    private static List<Integer> ids(LiveConfig config) throws IOException {
        try (SnapshotReader snapshot = SnapshotReader.open(config.engine().snapshotFile())) {
            return snapshot.instruments().stream().map(SnapshotEntry::instrument)
                    .map(instrument -> instrument.id()).toList();
        }
    }

    private static VenueServer server(String venueCode) throws IOException {
        SyntheticSource source = SyntheticSource.builder(com.waickoff.venue.Venue.of(venueCode), 9)
                .build();
        return VenueServer.builder(source)
                .play(PlaySettings.standard().withTimes(PlaySettings.Times.REBASED)).open();
    }

    private LiveConfig config(VenueServer server, String venueCode, String books,
            InstrumentWishes wishes) {
        Venue venue = Venue.of(venueCode);
        URI webSocket = server.wsUri("");
        return LiveEngine.config(directory, Topology.INLINE, new VenueConfig(venue, wishes,
                LiveEngine.line(venue, webSocket, server.httpUri("")), books, false), List.of(),
                1 << 10);
    }
}
