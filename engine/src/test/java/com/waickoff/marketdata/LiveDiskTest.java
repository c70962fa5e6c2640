package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.journal.DiskMarks;
import com.waickoff.marketdata.journal.JournalReport;
import com.waickoff.marketdata.journal.JournalVerifier;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.DiskLevel;
import com.waickoff.marketdata.status.StatusReader;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.VenueServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that fills while the daemon runs, and has room again. */
class LiveDiskTest {
    private static final DiskMarks MARKS = new DiskMarks(1_000, 1_500, 100, 1L << 40);
    private static final int SOME = 200;

    @TempDir
    private Path directory;
    private final AtomicLong free = new AtomicLong(10_000);

    @ParameterizedTest
    @CsvSource({"bybit-linear, 200, INLINE", "binance-usdm, depth@100ms, FUSED",
            "binance-spot, depth@100ms, STAGED"})
    void shouldLeaveOutBooksUntilThereIsRoomAgain(String venue, String books, Topology topology)
            throws Exception {
        try (VenueServer server = server(venue);
                LiveEngine live = start(server, venue, books, topology)) {
            live.awaitCount(Counter.BOOK_READY, 1);
            awaitBook(live, BookState.SYNCED);

            free.set(900);
            awaitLevel(live, DiskLevel.NO_BOOKS);
            live.awaitCount(Counter.DEPTH_PAUSES, 1);
            awaitBook(live, BookState.STALE);
            live.awaitCount(Counter.LEVELS_NOT_JOURNALED, SOME);
            long trades = live.count(Counter.TRADES_DECODED);
            live.awaitCount(Counter.TRADES_DECODED, trades + SOME);

            free.set(1_400);
            long ready = live.count(Counter.BOOK_READY);
            free.set(1_500);
            awaitLevel(live, DiskLevel.ENOUGH);
            live.awaitCount(Counter.BOOK_READY, ready + 1);
            awaitBook(live, BookState.SYNCED);
            live.awaitCount(Counter.ACCOUNTS_CHECKED, 2);
            live.stop();

            assertEquals(0, live.count(Counter.ACCOUNTS_WRONG), live.notes().toString());
            assertFalse(live.hasFailed());
            assertJournaled(live);
        }
    }

    @Test
    void shouldStopWithACheckpointBeforeTheDiskIsFull() throws Exception {
        try (VenueServer server = server("bybit-linear");
                LiveEngine live = start(server, "bybit-linear", "200", Topology.INLINE)) {
            live.awaitCount(Counter.TRADES_DECODED, SOME);
            free.set(99);
            Awaitility.await("the wish to stop").atMost(120, TimeUnit.SECONDS)
                    .until(live::hasFailed);

            EngineException reason = assertThrows(EngineException.class, live::stop);
            assertEquals(ReplayException.EXIT_IO, reason.exitCode());
            assertTrue(reason.getMessage().contains("99 bytes left"), reason.getMessage());
            assertTrue(reason.getMessage().contains("a checkpoint is written"),
                    reason.getMessage());
            assertJournaled(live);

            EngineException refused = assertThrows(EngineException.class,
                    () -> start(server, "bybit-linear", "200", Topology.INLINE).close());
            assertEquals(ReplayException.EXIT_IO, refused.exitCode());
            assertTrue(refused.getMessage().contains("nothing was started"),
                    refused.getMessage());
        }
    }

    private void assertJournaled(LiveEngine live) throws IOException {
        JournalReport report = JournalVerifier.verify(live.config().engine().journalDir());
        assertEquals(List.of(), report.problems());
        assertEquals(live.count(Counter.LEVELS_NOT_JOURNALED), report.leftOut());
        assertEquals(live.count(Counter.EVENTS_PUBLISHED),
                report.eventCount() + report.leftOut());
    }

    private void awaitLevel(LiveEngine live, DiskLevel level) {
        Awaitility.await("disk " + level).atMost(120, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS).failFast(live::hasFailed).until(() -> {
                    try (StatusReader status = StatusReader
                            .open(live.config().engine().statusFile())) {
                        return status.disk().level() == level;
                    }
                });
    }

    private void awaitBook(LiveEngine live, BookState state) {
        DepthView view = new DepthView();
        Awaitility.await("book " + state).atMost(120, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS).failFast(live::hasFailed).until(() -> {
                    try (SnapshotReader snapshot = SnapshotReader
                            .open(live.config().engine().snapshotFile())) {
                        return snapshot.read(snapshot.instruments().getFirst(), view)
                                && view.state() == state;
                    }
                });
    }

    private LiveEngine start(VenueServer server, String venue, String books, Topology topology)
            throws EngineException {
        LiveConfig config = LiveEngine.config(directory, topology,
                LiveEngine.venue(Venue.of(venue), base(server.wsUri("/")),
                        base(server.httpUri("/")), books, "BTCUSDT"),
                List.of(), 1 << 12);
        return LiveEngine.start(
                new LiveConfig(config.engine(), config.venues(), config.loop(), MARKS), free::get);
    }

    private static VenueServer server(String venue) throws Exception {
        SyntheticSource source = SyntheticSource.builder(com.waickoff.venue.Venue.of(venue), 92)
                .symbols("BTCUSDT").build();
        return VenueServer.builder(source)
                .play(PlaySettings.standard().withTimes(PlaySettings.Times.REBASED).withSpeed(5)
                        .startingOnSubscribe())
                .open();
    }

    private static URI base(URI uri) {
        return URI.create(uri.getScheme() + "://" + uri.getAuthority());
    }
}
