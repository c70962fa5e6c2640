package com.waickoff.marketdata.bench.fault;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.EngineException;
import com.waickoff.marketdata.LiveConfig;
import com.waickoff.marketdata.LiveRun;
import com.waickoff.marketdata.LiveWorld;
import com.waickoff.marketdata.ReplayException;
import com.waickoff.marketdata.ReplayProgress;
import com.waickoff.marketdata.ReplayRequest;
import com.waickoff.marketdata.ReplayRun;
import com.waickoff.marketdata.VenueConfig;
import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.coverage.CoverageConfig;
import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.InstrumentWishes;
import com.waickoff.marketdata.feed.StreamSettings;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.socket.FeedSettings;
import com.waickoff.marketdata.feed.socket.LoopSettings;
import com.waickoff.marketdata.feed.socket.SocketKind;
import com.waickoff.marketdata.feed.socket.TlsSettings;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.StatusReader;
import com.waickoff.marketdata.window.WindowConfig;
import com.waickoff.venue.TrueTape;
import com.waickoff.venue.TruthFiles;
import com.waickoff.venue.reference.ReferenceTape;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.TestAuthority;
import com.waickoff.venue.serve.VenueClock;
import com.waickoff.venue.serve.VenueServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An invented market, the venue that serves it, an engine that collects it over real sockets, and the
 * truth about it.
 *
 * <pre>
 *   Scene.builder(venue, seed) … .open()   awaitSteady()   (something goes wrong)   finish()
 * </pre>
 */
final class Scene implements AutoCloseable {
    private static final long POLL_MS = 2;
    private static final long PATIENCE_S = 3_600;
    private static final long NS_PER_MS = 1_000_000;
    private static final long NS_PER_S = 1_000_000_000;
    private static final long QUIET_MS = 2_000;
    private static final int BOOK_SILENCE_S = 5;
    private static final int TAPE_SILENCE_S = 8;
    private static final String HOST = "127.0.0.1";
    private static final String AUTHORITY_FILE = "authority.pem";
    private static final long BAD_CERTIFICATE_MS = 3_000;
    private static final long QUICK_TICK_NS = 5_000_000;
    private static final int ROW_CAPACITY = 1 << 12;

    /** What a scene is made of; all but venue and seed has a default. */
    static final class Builder {
        private final com.waickoff.venue.Venue venue;
        private final long seed;
        private Duration market = Duration.ofMinutes(4);
        private double speed = 20;
        private VenueClock clock = VenueClock.OF_THE_MACHINE;
        private double actionsPerSecond = 50;
        private boolean isEncrypted;
        private List<String> served = List.of();
        private StreamSettings streams = StreamSettings.of(BOOK_SILENCE_S, TAPE_SILENCE_S);
        private UnaryOperator<VenueServer.Builder> server = UnaryOperator.identity();
        private UnaryOperator<FeedSettings> line = UnaryOperator.identity();

        private Builder(com.waickoff.venue.Venue venue, long seed) {
            this.venue = venue;
            this.seed = seed;
        }

        /** How much of market time there is. */
        Builder market(Duration length) {
            market = length;
            return this;
        }

        /** Market seconds in one of the wall clock. */
        Builder speed(double times) {
            speed = times;
            return this;
        }

        /**
         * The clock by which venue and engine live; with one that is faster than the machine's all is
         * faster alike: the market, limits, timeouts and pauses.
         */
        Builder clock(VenueClock newClock) {
            clock = newClock;
            return this;
        }

        /** How silence of streams is judged. */
        Builder streams(StreamSettings settings) {
            streams = settings;
            return this;
        }

        /** Only the venue's streams whose names have one of these parts; by default all it has. */
        Builder served(List<String> parts) {
            served = parts;
            return this;
        }

        /** Whether connections are encrypted, and the venue has to prove who it is. */
        Builder tls(boolean isTls) {
            isEncrypted = isTls;
            return this;
        }

        /** Orders, takers and cancels in a second of market time, for each instrument. */
        Builder actionsPerSecond(double actions) {
            actionsPerSecond = actions;
            return this;
        }

        /** What the server is told besides. */
        Builder server(UnaryOperator<VenueServer.Builder> change) {
            server = change;
            return this;
        }

        /** What the engine is told of the venue besides. */
        Builder line(UnaryOperator<FeedSettings> change) {
            line = change;
            return this;
        }

        Scene open() throws IOException, EngineException {
            return new Scene(this);
        }
    }

    private final com.waickoff.venue.Venue invented;
    private final Path directory;
    private final TrueTape truth;
    private final SyntheticSource source;
    private @Nullable TestAuthority authority;
    private final VenueServer server;
    private final LiveRun engine;
    private final AtomicBoolean hasFailed = new AtomicBoolean();
    private final StatusReader status;
    private @Nullable SnapshotReader snapshot;
    private final DepthView book = new DepthView();
    private long firstMs;
    private @Nullable PacketLoss loss;

    private Scene(Builder builder) throws IOException, EngineException {
        invented = builder.venue;
        directory = Files.createTempDirectory("fault-");
        truth = new TrueTape(invented, invented.listings());
        source = SyntheticSource.builder(invented, builder.seed)
                .market(invented.liquid().withActionsPerSecond(builder.actionsPerSecond))
                .streams(builder.served).length(builder.market).truth(truth).build();
        server = serve(builder);
        engine = LiveRun.start(config(builder), new LiveWorld(
                () -> builder.clock.timeMs() * NS_PER_MS, builder.clock::nanoTime,
                new SplittableRandom(builder.seed), _ -> {
                }, () -> hasFailed.set(true)));
        status = StatusReader.open(directory.resolve("data").resolve("status.bin"));
    }

    /** A scene that is not open. */
    static Builder builder(com.waickoff.venue.Venue venue, long seed) {
        return new Builder(venue, seed);
    }

    private VenueServer serve(Builder builder) throws IOException {
        VenueServer.Builder serving = builder.server.apply(VenueServer.builder(source)
                .play(PlaySettings.standard().withTimes(PlaySettings.Times.REBASED)
                        .withSpeed(builder.speed).startingOnSubscribe().holding()
                        .withClock(builder.clock)));
        if (builder.isEncrypted) {
            try {
                TestAuthority trusted = new TestAuthority();
                trusted.write(directory.resolve(AUTHORITY_FILE));
                authority = trusted;
                serving.tls(trusted.issue(HOST), 0);
            } catch (GeneralSecurityException e) {
                throw new IOException(e);
            }
        }
        return serving.open();
    }

    private LiveConfig config(Builder builder) {
        Venue venue = Objects.requireNonNull(Venue.of(invented.label()));
        String to = "://" + HOST + ':' + (builder.isEncrypted ? server.tlsPort() : server.port());
        FeedSettings line = builder.line.apply(FeedSettings.of(venue.code(),
                URI.create((builder.isEncrypted ? "wss" : "ws") + to),
                URI.create((builder.isEncrypted ? "https" : "http") + to))
                .withBackOffMs(100, 2_000));
        List<String> symbols = invented.listings().stream().map(listing -> listing.symbol())
                .toList();
        VenueConfig feed = new VenueConfig(venue, InstrumentWishes.live(symbols), line,
                invented.isBybit() ? "200" : "depth@100ms", false,
                builder.streams).withBooksChecked(true);
        return new LiveConfig(new EngineConfig(directory.resolve("data"),
                directory.resolve("journal"), 16,
                new RingConfig(1 << 14, Topology.INLINE, 1, RingConfig.Idle.SLEEPING),
                JournalConfig.DEFAULT, new WindowConfig(1, ROW_CAPACITY, 2_000, 14_400_000),
                DepthConfig.defaults(), CoverageConfig.DEFAULT), List.of(feed),
                new LoopSettings(SocketKind.AUTO, builder.isEncrypted
                        ? new TlsSettings(directory.resolve(AUTHORITY_FILE))
                        : TlsSettings.SYSTEM).withTickNs(builder.clock == VenueClock.OF_THE_MACHINE
                                ? FeedClock.PERIOD_NS : QUICK_TICK_NS));
    }

    private static long wallClockNs() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NS_PER_S + now.getNano();
    }

    /** Shows a bad certificate to who connects in the next seconds, and then a good one again. */
    void showForAWhile(BadCertificate bad) throws IOException {
        TestAuthority trusted = Objects.requireNonNull(authority);
        try {
            server.showCertificate(bad.issue(trusted, HOST));
            TestAuthority.Issued good = trusted.issue(HOST);
            CompletableFuture.delayedExecutor(BAD_CERTIFICATE_MS, TimeUnit.MILLISECONDS)
                    .execute(() -> show(good));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void show(TestAuthority.Issued certificate) {
        try {
            server.showCertificate(certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was said of certificates, by its kind. */
    String certificateTrouble() {
        return status.errors().stream().map(error -> error.code())
                .filter(code -> code.startsWith("certificate")).distinct().sorted()
                .collect(Collectors.joining(", "));
    }

    /** Loses so many of a hundred packets from the venue, until the end. */
    void losePackets(int percent) throws IOException, InterruptedException {
        loss = PacketLoss.begin(server.port(), percent);
    }

    /** The venue. */
    VenueServer server() {
        return server;
    }

    /** Market time since the first trade, in ms; 0 before it. */
    long marketMs() {
        try {
            SnapshotReader open = snapshot;
            if (open == null || !open.read(open.instruments().getFirst(), book)) {
                return 0;
            }
            firstMs = firstMs == 0 ? book.matchTimeNs() / NS_PER_MS : firstMs;
            return book.matchTimeNs() / NS_PER_MS - firstMs;
        } catch (IOException e) {
            return 0;
        }
    }

    /** How the feed is doing. */
    FeedReading feed() {
        return engine.feeds().getFirst();
    }

    /** A counter over all owners. */
    long count(Counter counter) {
        return status.counters().stream().mapToLong(block -> block.get(counter)).sum();
    }

    /** Whether the feed is live and all books follow the venue's sequence. */
    boolean isSteady() {
        try {
            return feed().state() == FeedState.LIVE && areBooksSynced();
        } catch (IOException e) {
            return false; // the file is on its way
        }
    }

    private boolean areBooksSynced() throws IOException {
        SnapshotReader open = snapshot;
        if (open == null) {
            open = SnapshotReader.open(directory.resolve("data").resolve("snapshot.bin"));
            snapshot = open;
        }
        List<SnapshotEntry> entries = open.instruments();
        if (entries.size() < invented.listings().size()) {
            return false;
        }
        for (SnapshotEntry entry : entries) {
            if (!open.read(entry, book) || book.state() != BookState.SYNCED) {
                return false;
            }
        }
        return true;
    }

    /** Waits until something holds. */
    void await(String what, BooleanSupplier holds) throws TimeoutException, InterruptedException {
        long deadlineNs = System.nanoTime() + PATIENCE_S * NS_PER_S;
        while (!holds.getAsBoolean()) {
            if (hasFailed.get()) {
                throw new IllegalStateException("the engine failed while " + what
                        + " was awaited");
            }
            if (System.nanoTime() > deadlineNs) {
                throw new TimeoutException(what + " did not come in " + PATIENCE_S + " s: "
                        + feed());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    /** Waits until the engine has all that it wants. */
    void awaitSteady() throws TimeoutException, InterruptedException {
        await("a steady feed", this::isSteady);
    }

    /** Waits for the end of the market, stops the engine, and compares. */
    Truth finish() throws IOException, EngineException, ReplayException, InterruptedException,
            TimeoutException {
        await("the end of the market", () -> server.end().isDone());
        awaitQuiet();
        engine.stop();
        ReferenceTape tape = truth.tape();
        tape.shiftTimes(server.timeShiftMs());
        Path happened = directory.resolve("truth");
        TruthFiles.write(happened, invented, invented.listings(), tape, source::trueBook);
        Path exported = directory.resolve("export");
        ReplayRun.run(new ReplayRequest(new ReplayRequest.Journal(directory.resolve("journal")), 0,
                Long.MAX_VALUE, ReplayRequest.AS_FAST_AS_IT_GOES, null, exported,
                new EngineConfig(directory.resolve("replayed"), directory.resolve("unused"), 16,
                        RingConfig.DEFAULT, JournalConfig.DEFAULT,
                        new WindowConfig(1, ROW_CAPACITY, 2_000, 14_400_000),
                        DepthConfig.defaults(), CoverageConfig.DEFAULT)),
                ReplayProgress.NONE, Scene::wallClockNs, System::nanoTime);
        return Truth.of(happened, exported);
    }

    /** All that was sent has been received, and all that can be repaired is, when nothing changes. */
    private void awaitQuiet() throws InterruptedException {
        long before = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < QUIET_MS * NS_PER_MS) {
            long now = count(Counter.FRAMES_DECODED) + count(Counter.TRADES_REPAIRED)
                    + count(Counter.REPAIR_REQUESTS) + count(Counter.BOOK_READY);
            if (now != before) {
                before = now;
                since = System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try (PacketLoss _ = loss; status; server; engine) {
            if (snapshot != null) {
                snapshot.close();
            }
        } finally {
            TemporaryFiles.delete(directory);
        }
    }
}
