package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.status.Conservation;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.StatusReader;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.VenueServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Books held against what a served venue tells of them, right and with a level that is wrong. */
class LiveBookCheckTest {
    private static final int SOME_CHECKS = 10;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"bybit-linear, 200, orderbook.200.BTCUSDT, INLINE",
            "bybit-linear, 50, orderbook.50.BTCUSDT, FUSED",
            "binance-usdm, depth@100ms, btcusdt@depth@100ms, INLINE",
            "binance-spot, depth@100ms, btcusdt@depth@100ms, INLINE",
            "binance-spot, depth@100ms, btcusdt@depth@100ms, STAGED"})
    void shouldFindAWrongLevelAndJoinTheBookAnew(String venueCode, String books, String stream,
            Topology topology) throws Exception {
        SyntheticSource source = SyntheticSource
                .builder(com.waickoff.venue.Venue.of(venueCode), 91).symbols("BTCUSDT").build();
        try (VenueServer server = VenueServer.builder(source)
                .play(PlaySettings.standard().withTimes(PlaySettings.Times.REBASED)
                        .withSpeed(5).startingOnSubscribe())
                .open();
                LiveEngine live = LiveEngine.start(LiveEngine.config(directory, topology,
                        LiveEngine.venue(Venue.of(venueCode), base(server.wsUri("/")),
                                base(server.httpUri("/")), books, "BTCUSDT")
                                .withBooksChecked(true),
                        List.of(), 1 << 12))) {
            live.awaitCount(Counter.BOOK_CHECKS, SOME_CHECKS);
            assertEquals(0, live.count(Counter.BOOK_MISMATCHES));

            long ready = live.count(Counter.BOOK_READY);
            // A level that changes again before it is looked at was wrong in vain.
            Awaitility.await("a mismatch").atMost(120, TimeUnit.SECONDS)
                    .pollInterval(100, TimeUnit.MILLISECONDS).failFast(live::hasFailed)
                    .until(() -> {
                        server.order("next corrupt-level " + stream + " x1");
                        return live.count(Counter.BOOK_MISMATCHES) > 0;
                    });
            live.awaitCount(Counter.BOOK_READY, ready + 1);
            awaitRightAgain(live);
            assertServed();
            live.stop();
            assertFalse(live.hasFailed());
            assertTrue(live.count(Counter.BOOK_RESETS) > 0);
            assertTrue(live.count(Counter.IGNORED_BOOK_CHECK) > SOME_CHECKS);
            try (StatusReader status = StatusReader
                    .open(live.config().engine().statusFile())) {
                Conservation sums = status.conservation();
                assertEquals(0, sums.frameDifference());
                assertEquals(0, sums.eventDifference());
            }
            System.out.println(venueCode + ' ' + topology + ": "
                    + live.count(Counter.BOOK_CHECKS) + " checks, "
                    + live.count(Counter.BOOK_MISMATCHES) + " mismatches");
        }
    }

    /** Orders that were given too often have to be used up first. */
    private static void awaitRightAgain(LiveEngine live) {
        long[] before = {-1, 0};
        Awaitility.await("checks without a mismatch").atMost(120, TimeUnit.SECONDS)
                .pollInterval(100, TimeUnit.MILLISECONDS).failFast(live::hasFailed)
                .until(() -> {
                    long mismatches = live.count(Counter.BOOK_MISMATCHES);
                    long checks = live.count(Counter.BOOK_CHECKS);
                    if (mismatches != before[0]) {
                        before[0] = mismatches;
                        before[1] = checks;
                    }
                    return checks >= before[1] + SOME_CHECKS;
                });
    }

    private void assertServed() throws IOException {
        try (SnapshotReader snapshot = SnapshotReader
                .open(directory.resolve("data/snapshot.bin"))) {
            DepthView view = new DepthView();
            assertTrue(snapshot.read(snapshot.instruments().getFirst(), view));
            assertTrue(view.bidCount() > 0, "levels are shown whatever the state");
            assertTrue(view.state() == BookState.SYNCED || view.state() == BookState.STALE
                    || view.state() == BookState.REBUILDING);
        }
    }

    private static URI base(URI uri) {
        return URI.create(uri.getScheme() + "://" + uri.getAuthority());
    }
}
