package com.waickoff.marketdata;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.feed.BookView;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.FrameRejections;
import com.waickoff.marketdata.feed.InstrumentWishes;
import com.waickoff.marketdata.feed.ReceiveClock;
import com.waickoff.marketdata.feed.TradeChains;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.socket.FeedLoop;
import com.waickoff.marketdata.journal.DepthCap;
import com.waickoff.marketdata.journal.DiskFullException;
import com.waickoff.marketdata.journal.DiskGuard;
import com.waickoff.marketdata.journal.Journal;
import com.waickoff.marketdata.memory.DirectoryLock;
import com.waickoff.marketdata.memory.FreeSpace;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.DiskLevel;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedStatus;
import com.waickoff.marketdata.status.Latency;
import com.waickoff.marketdata.status.StatusWriter;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The daemon: live feeds into an engine with a journal, from start to stop.
 *
 * <pre>
 *   start   journal, data (locks) ─► status file ─► engine recovers ─► downtime declared ─► feeds
 *   stop    feeds down ─► what they published handled ─► checkpoint ─► journal closed
 * </pre>
 *
 * <p>While it runs it follows what a {@link DiskGuard} sees: books are left out of the journal, or the
 * daemon asks to be stopped, before the disk is full.
 *
 * <p>The locks of both directories come first, because whoever has them may replace the files that
 * readers map. A daemon
 * that failed writes no checkpoint: its journal is what is known, and recovery the normal path.
 *
 * <p>Threads: started and stopped by one thread. From {@link #start} on the feed loop's thread is
 * the feed thread of the engine and beats its heart; after {@link #stop} it has ended.
 */
public final class LiveRun implements AutoCloseable {
    /** What was read is still to be journaled, on however busy a machine and slow a disk. */
    private static final Duration FEEDS_END = Duration.ofSeconds(30);

    private final LiveConfig config;
    private final LiveWorld world;
    private final DirectoryLock files;
    private final StatusWriter status;
    private final Engine engine;
    private final FeedLoop loop;
    private final FeedStates feeds = new FeedStates();
    private final List<VenueProtocol> protocols = new ArrayList<>();
    private final DiskGuard disk;
    private final DepthPause depthPause;
    private final Accounts accounts;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    /** Why it stops, if the disk has too little room. */
    private volatile @Nullable String shortage;
    private boolean areFeedsEnded;
    private boolean isEnded;

    private LiveRun(LiveConfig config, LiveWorld world, DirectoryLock files, StatusWriter status,
            Engine engine, DiskGuard disk) throws IOException {
        this.config = config;
        this.world = world;
        this.files = files;
        this.status = status;
        this.engine = engine;
        this.disk = disk;
        depthPause = new DepthPause(engine, protocols);
        ReceiveClock receiveClock = new ReceiveClock(
                Math.max(world.wallClockNs().getAsLong(), engine.lastReceiveTimeNs()),
                world.nanoClock());
        FeedClock clock = new FeedClock(engine.sink());
        loop = new FeedLoop(engine.sink(), clock, receiveClock, config.loop(), world.random(),
                this::tick, this::onFailure);
        measure();
        TradeChains chains = chains();
        BookView books = engine.books();
        config.venues().forEach(venue -> addFeed(venue, chains, clock, books));
        CounterBlock ownCounters = status.counters("engine");
        accounts = new Accounts(status.counters(),
                config.engine().ring().topology() == Topology.INLINE, ownCounters,
                status.errors(), world.notes());
    }

    /**
     * A daemon whose feeds are on their way.
     *
     * @throws EngineException if it cannot start; nothing is left running
     */
    public static LiveRun start(LiveConfig config, LiveWorld world) throws EngineException {
        try {
            LiveRun run = open(config, world);
            run.beat(world.wallClockNs().getAsLong());
            run.status.handOver();
            run.disk.start();
            run.loop.start();
            return run;
        } catch (IOException | RuntimeException e) {
            throw EngineException.of(e);
        }
    }

    private static LiveRun open(LiveConfig config, LiveWorld world) throws IOException {
        EngineConfig setup = config.engine();
        Journal journal = Journal.open(setup.journalDir(), setup.journal(), world.wallClockNs());
        Run life = Run.ofThisProcess(world.wallClockNs().getAsLong());
        AtomicReference<@Nullable LiveRun> opened = new AtomicReference<>();
        DirectoryLock files = null;
        StatusWriter status = null;
        Engine engine = null;
        LiveRun run = null;
        try {
            files = setup.lockFiles();
            status = StatusWriter.create(setup.statusFile(), life, world.wallClockNs());
            status.heartbeat(world.wallClockNs().getAsLong());
            if (journal.recovery().loss() != null) {
                status.errors().record("journal", "events_lost",
                        "events are missing from one queue, as was declared at the start");
            }
            DiskGuard disk = guard(config, world, journal, status, opened);
            engine = Engine.openLive(setup, new EngineWorld(life, true, world.wallClockNs(),
                    status::counters, () -> WindowListener.NONE, world.notes()), journal);
            run = new LiveRun(config, world, files, status, engine, disk);
            opened.set(run);
            return run;
        } finally {
            if (run == null) {
                close(journal, engine, status, files);
            }
        }
    }

    /** Looks for the first time: there is no start on a disk without room. */
    private static DiskGuard guard(LiveConfig config, LiveWorld world, Journal journal,
            StatusWriter status, AtomicReference<@Nullable LiveRun> opened) throws IOException {
        FreeSpace space = world.space() == null
                ? FreeSpace.of(config.engine().journalDir()) : world.space();
        CounterBlock counters = status.counters("disk");
        DiskGuard guard = new DiskGuard(journal, config.disk(), space, status.disk(), counters,
                world.wallClockNs(),
                new DepthCap(config.engine().journalDir(), config.disk().booksBytes(), counters,
                        status.errors()),
                cause -> Objects.requireNonNull(opened.get()).onFailure(cause));
        guard.look();
        if (guard.level() == DiskLevel.NOTHING) {
            throw new DiskFullException(shortage(config, guard) + "; nothing was started");
        }
        return guard;
    }

    private static String shortage(LiveConfig config, DiskGuard guard) {
        return "the disk of " + config.engine().journalDir() + " has "
                + guard.seen().freeBytes() + " bytes left, less than the "
                + config.disk().stopBytes() + " at which the engine stops. Make room,"
                + " and start again";
    }

    /** The locks go last: the journal has one too. */
    private static void close(Journal journal, @Nullable Engine engine,
            @Nullable StatusWriter status, @Nullable DirectoryLock files) {
        if (status != null) {
            status.close();
        }
        if (engine != null) {
            engine.close();
        } else {
            journal.close();
        }
        if (files != null) {
            files.close();
        }
    }

    private void measure() {
        String owner = "feeds";
        for (Latency latency : List.of(Latency.RECONNECT, Latency.HTTP_ROUND_TRIP,
                Latency.HICCUP)) {
            loop.measure(latency, status.latency(owner, latency));
        }
        if (config.engine().ring().topology() == Topology.INLINE) {
            // Elsewhere the loop does not know when others have come to the snapshot.
            loop.measure(Latency.RECEIVE_TO_SNAPSHOT,
                    status.latency(owner, Latency.RECEIVE_TO_SNAPSHOT));
        }
    }

    /**
     * The chains go on where the journal ends, so what was missed meanwhile shows as a gap. That of an
     * instrument which was not traded since it was redefined goes on where its former id's ends.
     */
    private TradeChains chains() {
        InstrumentCatalogue catalogue = engine.catalogue();
        TradeChains chains = new TradeChains(catalogue);
        Map<String, Long> lastIds = new HashMap<>();
        for (Instrument instrument : catalogue.all()) {
            if (instrument.idsChain()) {
                long lastId = lastIds.merge(instrument.name(),
                        engine.lastTradeId(instrument.id()), Math::max);
                chains.seed(instrument.id(), lastId);
            }
        }
        return chains;
    }

    private void addFeed(VenueConfig venue, TradeChains chains, FeedClock clock,
            BookView books) {
        String name = venue.line().name();
        CounterBlock counters = status.counters(name);
        FeedStatus feed = status.feed(name);
        feeds.add(feed);
        FrameRejections rejections = (fate, detail, address, length, receiveTimeNs) -> status
                .errors().record(name, fate.label(), detail, address, length);
        loop.add(venue.line(), feed, counters, status.errors(),
                transport -> remember(Venues.live(venue,
                        new FeedPorts(engine.sink(), engine.catalogue(), chains, clock, transport,
                                counters, rejections, new StatusNotices(name, status),
                                venue.areBooksChecked() ? books : BookView.NOTHING),
                        config.engine().instruments(), remembered(venue))));
    }

    private VenueProtocol remember(VenueProtocol protocol) {
        protocols.add(protocol);
        return protocol;
    }

    /**
     * The newest definitions in the journal of what is wanted of a venue: all that is named, and of
     * what matches patterns what was traded last, because most of the rest is no longer listed.
     */
    private List<Instrument> remembered(VenueConfig venue) {
        InstrumentWishes wishes = venue.wishes();
        Map<String, Instrument> newest = new LinkedHashMap<>();
        for (Instrument instrument : engine.catalogue().all()) {
            if (instrument.venue().equals(venue.venue().code())
                    && wishes.isWanted(instrument.symbol())) {
                newest.put(instrument.symbol(), instrument);
            }
        }
        List<Instrument> remembered = new ArrayList<>();
        for (String symbol : wishes.symbols()) {
            Instrument known = newest.remove(symbol);
            if (known != null) {
                remembered.add(known);
            }
        }
        newest.values().stream()
                .sorted(Comparator.comparingLong(
                        instrument -> -engine.lastTradeMs(instrument.id())))
                .limit(wishes.most() - wishes.symbols().size()).forEach(remembered::add);
        return remembered;
    }

    private void beat(long nowNs) {
        status.heartbeat(nowNs);
        engine.heartbeat(nowNs);
    }

    /** After what was read and its events were handled. */
    private void tick(long nowNs) {
        beat(nowNs);
        DiskLevel level = disk.level();
        depthPause.follow(level, nowNs);
        accounts.timePassed(nowNs);
        if (level == DiskLevel.NOTHING && shortage == null) {
            shortage = shortage(config, disk);
            world.onFailure().run();
        }
    }

    private void onFailure(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            world.onFailure().run();
        }
    }

    /** How the feeds are doing; after the end, how they were then. */
    public List<FeedReading> feeds() {
        return feeds.read();
    }

    /** How often a feed has changed its state so far. Allocates nothing. */
    public long feedChanges() {
        return feeds.changes();
    }

    /** Last engine sequence that was in the journal at the start. */
    public long recoveredSequence() {
        return engine.recoveredSequence();
    }

    /**
     * A clean stop: feeds down, everything handled, the state written beside the journal.
     *
     * @throws EngineException if the daemon failed, before or now; there is no checkpoint then. Or if
     *     it stops for want of room on the disk; then there is one
     */
    public void stop() throws EngineException {
        boolean inTime = endFeeds();
        Throwable cause = failure.get();
        try {
            if (cause == null && !inTime) {
                cause = new IllegalStateException("the feeds did not end within "
                        + FEEDS_END.toSeconds() + " s; nothing more is known of them");
            }
            if (cause == null) {
                engine.checkpoint();
                beat(world.wallClockNs().getAsLong());
            }
        } catch (IOException | RuntimeException e) {
            throw EngineException.of(e);
        } finally {
            close();
        }
        if (cause != null) {
            throw EngineException.ofRunning(cause);
        }
        String tooLittle = shortage;
        if (tooLittle != null) {
            throw EngineException.of(new DiskFullException(tooLittle
                    + ". It stopped as it should: nothing is lost, a checkpoint is written"));
        }
    }

    /** Ends what {@link #stop} has not ended already, without a checkpoint. */
    @Override
    public void close() {
        if (!isEnded) {
            isEnded = true;
            try (files; engine; status; disk) {
                endFeeds();
                feeds.end();
            }
        }
    }

    /** Whether they have ended, or had before. */
    private boolean endFeeds() {
        if (areFeedsEnded) {
            return true;
        }
        areFeedsEnded = true;
        return loop.stop(FEEDS_END);
    }
}
