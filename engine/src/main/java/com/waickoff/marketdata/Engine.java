package com.waickoff.marketdata;

import com.waickoff.marketdata.coverage.InstrumentCoverage;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.BookView;
import com.waickoff.marketdata.journal.Journal;
import com.waickoff.marketdata.journal.JournalHandler;
import com.waickoff.marketdata.journal.JournalTail;
import com.waickoff.marketdata.journal.SequenceRange;
import com.waickoff.marketdata.replay.Checkpoint;
import com.waickoff.marketdata.replay.CheckpointStore;
import com.waickoff.marketdata.ring.HandlerChain;
import com.waickoff.marketdata.ring.Pipeline;
import com.waickoff.marketdata.ring.ShardHandler;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The composition root: ring, journal, then profile, flow, depth and coverage of each shard, and the
 * snapshot file they publish to.
 *
 * <pre>
 *   sink() ─► ring ─► 1 journal ─► 2 studies of each shard ─► snapshot file
 *                         │
 *   open() ◄── newest checkpoint + journal after it
 * </pre>
 *
 * <p>Opening an engine on a journal is recovering it; there is no other path.
 *
 * <p>Threads: opened, checkpointed and closed by the feed thread.
 */
public final class Engine implements AutoCloseable {
    private static final long NOT_JOURNALED = 0;

    private final InstrumentCatalogue catalogue;
    private final SnapshotWriter snapshot;
    private final @Nullable Journal journal;
    private final @Nullable JournalHandler journalHandler;
    private final CheckpointStore checkpoints;
    private final List<Studies> shards = new ArrayList<>();
    private final List<CounterBlock> counters = new ArrayList<>();
    private final long recovered;
    private final Pipeline pipeline;

    private Engine(EngineConfig config, EngineWorld world, @Nullable Journal journal,
            boolean useCheckpoint, boolean isLive) throws IOException {
        this.journal = journal;
        catalogue = new InstrumentCatalogue(config.instrumentCapacity());
        snapshot = SnapshotWriter.create(config.snapshotFile(), config.snapshot(), world.run());
        checkpoints = new CheckpointStore(config.journalDir());
        addShards(config, world);
        journalHandler = journal == null ? null
                : new JournalHandler(journal, catalogue, counters("journal", world));
        MarketEventHandler journaling = journalHandler == null
                ? (event, sequence, endOfBatch) -> {} : journalHandler;
        CounterBlock ring = counters("ring", world);
        long last = journal == null ? NOT_JOURNALED : recover(journal, world, useCheckpoint);
        recovered = isLive ? declareDowntime(last, journaling, ring, world) : last;
        handOver();
        pipeline = new Pipeline(config.ring(), recovered + 1, journaling, List.copyOf(shards),
                ring);
    }

    /**
     * An engine that is ready for events: with a journal, everything in it has been handled.
     *
     * @throws IOException if a file cannot be created
     * @throws com.waickoff.marketdata.journal.JournalException if the journal cannot be used
     */
    public static Engine open(EngineConfig config, EngineWorld world) throws IOException {
        Journal journal = world.isJournaled()
                ? Journal.open(config.journalDir(), config.journal(), world.wallClockNs()) : null;
        try {
            return open(config, world, journal, false);
        } catch (IOException | RuntimeException e) {
            if (journal != null) {
                journal.close();
            }
            throw e;
        }
    }

    /**
     * An engine that goes on with live feeds: it declares that nothing was heard since the last event
     * of the journal, as a process that was killed could not.
     *
     * @param journal open already; closed with the engine, but not if this fails
     * @throws IOException if a file cannot be created
     */
    public static Engine openLive(EngineConfig config, EngineWorld world, Journal journal)
            throws IOException {
        return open(config, world, journal, true);
    }

    private static Engine open(EngineConfig config, EngineWorld world, @Nullable Journal journal,
            boolean isLive) throws IOException {
        if (journal != null) {
            tellOfLoss(journal, world);
        }
        try {
            return new Engine(config, world, journal, true, isLive);
        } catch (CheckpointRefusedException e) {
            // The studies may hold half of it: begin anew, with the whole journal.
            world.notes().accept(e.getMessage() + "; the whole journal is replayed instead");
            return new Engine(config, world, journal, false, isLive);
        }
    }

    /**
     * Feeds that were up are down, books that followed their venue do no longer; levels that are being
     * left out of the journal, perhaps since a full disk cut the declaration of it short, are declared
     * to be. Handled before there is a ring, because a ring knows one publisher only, the feed thread.
     *
     * @return the last sequence
     */
    private long declareDowntime(long last, MarketEventHandler journaling, CounterBlock ring,
            EngineWorld world) {
        long nowNs = Math.max(world.wallClockNs().getAsLong(), lastReceiveTimeNs());
        MarketEventHandler handlers = new HandlerChain(journaling, allShards());
        MarketEvent event = new MarketEvent();
        long sequence = last;
        for (int id = 0; id < catalogue.count(); id++) {
            if (shardOf(id).isBookSynced(id)) {
                event.bookReset(id, 0, nowNs, 0, Reason.ENGINE_STOPPED);
                event.addFlags(EventFlags.FIRST);
                handlers.onEvent(event, ++sequence, true);
            }
            InstrumentCoverage coverage = shardOf(id).coverage(id);
            if (coverage.isUp()) {
                event.feedDown(id, nowNs, coverage.feedEpoch(), Reason.ENGINE_STOPPED);
                event.addFlags(EventFlags.FIRST);
                handlers.onEvent(event, ++sequence, true);
            }
        }
        if (isDepthPaused()) {
            declaration(event, EventKind.DEPTH_PAUSED, nowNs);
            event.addFlags(EventFlags.FIRST);
            handlers.onEvent(event, ++sequence, true);
        }
        ring.add(Counter.EVENTS_PUBLISHED, sequence - last);
        return sequence;
    }

    private static void tellOfLoss(Journal from, EngineWorld world) {
        SequenceRange loss = from.recovery().loss();
        if (loss != null) {
            world.notes().accept("the journal lacks the events " + loss
                    + ", although later ones are there: a crash of the machine, or a file that was"
                    + " removed, took them from one of its queues. That is declared in it now");
            world.counters().apply("recovery").add(Counter.EVENTS_LOST, loss.count());
        }
    }

    private void addShards(EngineConfig config, EngineWorld world) {
        int count = config.ring().topology() == Topology.STAGED ? config.ring().studyThreads() : 1;
        for (int shard = 0; shard < count; shard++) {
            shards.add(new Studies(config, catalogue, snapshot, world.retired().get(),
                    world.signals().get(), counters("studies-" + shard, world)));
        }
    }

    private CounterBlock counters(String owner, EngineWorld world) {
        CounterBlock block = world.counters().apply(owner);
        counters.add(block);
        return block;
    }

    private long recover(Journal from, EngineWorld world, boolean useCheckpoint)
            throws IOException {
        long last = from.nextSequence() - 1;
        MarketEventHandler studies = allShards();
        Recovery recovery = new Recovery(catalogue, studies, id -> shardOf(id).parts());
        Checkpoint checkpoint = useCheckpoint
                ? checkpoints.newest(from.directory().journalId(), last, world.notes()) : null;
        if (checkpoint != null) {
            recovery.restore(checkpoint);
        }
        try (JournalTail tail = new JournalTail(from, catalogue)) {
            recovery.seek(tail, checkpoint == null ? 0 : checkpoint.sequence());
            recovery.follow().run(tail, () -> true);
        }
        MarketEvent nothing = new MarketEvent();
        nothing.header(EventKind.NONE, 0, MarketEvent.ALL_INSTRUMENTS, 0, 0);
        studies.onEvent(nothing, last, true);
        return last;
    }

    private MarketEventHandler allShards() {
        MarketEventHandler[] handlers = new MarketEventHandler[shards.size()];
        for (int shard = 0; shard < handlers.length; shard++) {
            handlers[shard] = new ShardHandler(shards.get(shard), shard, handlers.length);
        }
        return new HandlerChain(handlers);
    }

    private Studies shardOf(int instrumentId) {
        return shards.get(instrumentId % shards.size());
    }

    /** The way in for feeds. */
    public EventSink sink() {
        return pipeline.sink();
    }

    /** What instruments mean. */
    public InstrumentCatalogue catalogue() {
        return catalogue;
    }

    /**
     * Last engine sequence that was in the journal when the engine was ready, what it declared itself
     * included.
     */
    public long recoveredSequence() {
        return recovered;
    }

    /** Engine sequence of the next event. */
    public long nextSequence() {
        return recovered + pipeline.sink().publishedCount() + 1;
    }

    /** Id of an instrument's last trade by the journal, or -1: where its id chain goes on. */
    public long lastTradeId(int instrumentId) {
        return shardOf(instrumentId).coverage(instrumentId).lastTradeId();
    }

    /** When an instrument was last traded by the journal, in ms of match time, or -1. */
    public long lastTradeMs(int instrumentId) {
        return shardOf(instrumentId).coverage(instrumentId).lastTradeMs();
    }

    /**
     * When an event of any instrument was last received by the journal, in ns since the epoch; 0 for
     * never. Asked before the first event is published.
     */
    public long lastReceiveTimeNs() {
        return shards.stream().mapToLong(Studies::lastReceiveTimeNs).max().orElse(0);
    }

    /** Whether the journal leaves out book levels. */
    boolean isDepthPaused() {
        JournalHandler handler = journalHandler;
        return handler != null && handler.isDepthPaused();
    }

    /** Declares that book levels are left out of the journal from here on. The feed thread. */
    void pauseDepth(long nowNs) {
        declare(EventKind.DEPTH_PAUSED, nowNs);
    }

    /** Declares that they are journaled again. The feed thread. */
    void resumeDepth(long nowNs) {
        declare(EventKind.DEPTH_RESUMED, nowNs);
    }

    private void declare(byte kind, long nowNs) {
        EventSink sink = pipeline.sink();
        declaration(sink.next(), kind, nowNs);
        sink.commit();
        sink.endOfRead();
    }

    private static void declaration(MarketEvent event, byte kind, long nowNs) {
        event.header(kind, EventFlags.LAST, MarketEvent.ALL_INSTRUMENTS, 0, nowNs);
        event.words(0, 0, 0, Reason.DISK_LOW.ordinal());
    }

    /** What the snapshot shows of books, for the feed thread. */
    BookView books() {
        return new PublishedBooks(snapshot, catalogue.capacity());
    }

    /** Tells readers of the snapshot that the engine lives, in ns since the epoch. */
    public void heartbeat(long nowNs) {
        snapshot.heartbeat(nowNs);
    }

    /** Returns once every published event is in the journal and in the snapshot. */
    public void awaitHandled() {
        pipeline.awaitHandled();
    }

    /** Handles what was published, then writes the state beside the journal: a clean stop. */
    public void checkpoint() throws IOException {
        pipeline.awaitHandled();
        if (journal != null) {
            checkpoints.write(journal.directory().journalId(),
                    nextSequence() - 1, catalogue,
                    id -> shardOf(id).parts());
        }
    }

    /** Retires every kept window: the end of a replay. */
    public void retireAll() {
        pipeline.awaitHandled();
        shards.forEach(Studies::retireAll);
    }

    /** Lets the next thread that writes be the one of each part. */
    private void handOver() {
        snapshot.handOver();
        counters.forEach(CounterBlock::handOver);
    }

    @Override
    public void close() {
        pipeline.close();
        if (journal != null) {
            journal.close();
        }
        snapshot.close();
    }
}
