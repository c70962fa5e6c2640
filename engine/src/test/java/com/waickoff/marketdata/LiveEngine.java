package com.waickoff.marketdata;

import com.waickoff.marketdata.coverage.CoverageConfig;
import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.socket.FeedSettings;
import com.waickoff.marketdata.feed.socket.LoopSettings;
import com.waickoff.marketdata.flow.FlowConfig;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.memory.FreeSpace;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.HistoryConfig;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.StatusReader;
import com.waickoff.marketdata.window.WindowConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A daemon within the process of a test, and what its files say of it. */
final class LiveEngine implements AutoCloseable {
    private static final long PATIENCE_S = 120;
    private static final int PATIENCE_MS = (int) TimeUnit.SECONDS.toMillis(PATIENCE_S);

    private final LiveConfig config;
    private final LiveRun run;
    private final CountDownLatch failed;
    private final List<String> notes;

    private LiveEngine(LiveConfig config, LiveRun run, CountDownLatch failed,
            List<String> notes) {
        this.config = config;
        this.run = run;
        this.failed = failed;
        this.notes = notes;
    }

    static LiveEngine start(LiveConfig config) throws EngineException {
        return start(config, null);
    }

    /** On a disk with so much free space; null for that of the journal. */
    static LiveEngine start(LiveConfig config, @Nullable FreeSpace space)
            throws EngineException {
        CountDownLatch failed = new CountDownLatch(1);
        List<String> notes = new CopyOnWriteArrayList<>();
        LiveRun run = LiveRun.start(config, new LiveWorld(ReplayChild.WALL_CLOCK_NS,
                System::nanoTime, new Random(7), notes::add, failed::countDown, space));
        return new LiveEngine(config, run, failed, notes);
    }

    /** One feed of a venue on this machine, with rows that are never merged. */
    static LiveConfig config(Path directory, Topology topology, VenueConfig venue,
            List<Instrument> definitions) {
        return config(directory, topology, venue, definitions, 1 << 16);
    }

    /** The same with other bounds of rows, which are most of its memory. */
    static LiveConfig config(Path directory, Topology topology, VenueConfig venue,
            List<Instrument> definitions, int rowCapacity) {
        return new LiveConfig(new EngineConfig(directory.resolve("data"),
                directory.resolve("journal"), 16,
                new RingConfig(1 << 14, topology, topology == Topology.STAGED ? 2 : 1,
                        RingConfig.Idle.SLEEPING),
                JournalConfig.DEFAULT, new WindowConfig(1, rowCapacity, 2_000, 14_400_000),
                DepthConfig.defaults(), CoverageConfig.DEFAULT, FlowConfig.DEFAULT,
                HistoryConfig.DEFAULT, definitions),
                List.of(venue),
                LoopSettings.DEFAULTS);
    }

    /**
     * Comes back quickly, so that a test need not wait; but takes a machine that is busy with other
     * things for nothing worse.
     */
    static VenueConfig venue(Venue venue, URI webSocket, URI rest, String books,
            String... symbols) {
        return new VenueConfig(venue, List.of(symbols), line(venue, webSocket, rest), books, false);
    }

    /** The line of such a venue. */
    static FeedSettings line(Venue venue, URI webSocket, URI rest) {
        FeedSettings line = FeedSettings.of(venue.code(), webSocket, rest);
        return line.withBackOffMs(20, 200).withSilenceTimeoutMs(PATIENCE_MS)
                .withConnectTimeoutsMs(PATIENCE_MS, PATIENCE_MS)
                .withRest(PATIENCE_MS, line.restSpacingMs(), line.maxAnswerBytes());
    }

    /** The same venue, whose silence is soon taken for its end. */
    static VenueConfig impatient(VenueConfig venue) {
        return new VenueConfig(venue.venue(), venue.wishes(),
                venue.line().withSilenceTimeoutMs(1_500), venue.books(), venue.aggregated(),
                venue.streams(), venue.areBooksChecked());
    }

    LiveConfig config() {
        return config;
    }

    LiveRun run() {
        return run;
    }

    List<String> notes() {
        return notes;
    }

    boolean hasFailed() {
        return failed.getCount() == 0;
    }

    /** How the only feed is doing. */
    FeedReading feed() {
        return run.feeds().getFirst();
    }

    /** Waits until the feed has come to a state. */
    void awaitState(FeedState state) {
        Awaitility.await("feed " + state).atMost(PATIENCE_S, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS).until(() -> feed().state() == state);
    }

    /** Waits until a counter of all owners together has come so far. */
    void awaitCount(Counter counter, long count) {
        Awaitility.await(counter + " " + count).atMost(PATIENCE_S, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS).until(() -> count(counter) >= count);
    }

    /** Waits until readers are shown the books of so many instruments as following their venue. */
    void awaitBooks(int count) {
        Awaitility.await(count + " books").atMost(PATIENCE_S, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .until(() -> bookStates().stream().filter(BookState.SYNCED::equals)
                        .count() == count);
    }

    /** The states of all books as readers are shown them. */
    List<BookState> bookStates() throws IOException {
        List<BookState> states = new ArrayList<>();
        DepthView view = new DepthView();
        try (SnapshotReader snapshot = SnapshotReader.open(config.engine().snapshotFile())) {
            for (SnapshotEntry entry : snapshot.instruments()) {
                if (snapshot.read(entry, view)) {
                    states.add(view.state());
                }
            }
        }
        return states;
    }

    /** A counter over all owners. */
    long count(Counter counter) throws IOException {
        try (StatusReader status = StatusReader.open(config.engine().statusFile())) {
            return status.counters().stream().mapToLong(block -> block.get(counter)).sum();
        }
    }

    void stop() throws EngineException {
        run.stop();
    }

    @Override
    public void close() {
        run.close();
    }
}
