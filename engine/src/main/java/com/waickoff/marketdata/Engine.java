package com.waickoff.marketdata;

import com.waickoff.marketdata.coverage.InstrumentCoverage;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.journal.Journal;
import com.waickoff.marketdata.journal.JournalHandler;
import com.waickoff.marketdata.journal.JournalTail;
import com.waickoff.marketdata.replay.Checkpoint;
import com.waickoff.marketdata.replay.CheckpointStore;
import com.waickoff.marketdata.replay.JournalReplay;
import com.waickoff.marketdata.replay.Pacer;
import com.waickoff.marketdata.ring.HandlerChain;
import com.waickoff.marketdata.ring.Pipeline;
import com.waickoff.marketdata.ring.ShardHandler;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
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
    private final CheckpointStore checkpoints;
    private final List<Studies> shards = new ArrayList<>();
    private final List<CounterBlock> counters = new ArrayList<>();
    private final long recovered;
    private final Pipeline pipeline;

    private Engine(EngineConfig config, EngineWorld world, @Nullable Journal journal,
            boolean useCheckpoint) throws IOException {
        this.journal = journal;
        catalogue = new InstrumentCatalogue(config.instrumentCapacity());
        snapshot = SnapshotWriter.create(config.snapshotFile(), config.snapshot(), world.run());
        checkpoints = new CheckpointStore(config.journalDir());
        addShards(config, world);
        MarketEventHandler journaling = journal == null ? (event, sequence, endOfBatch) -> {}
                : new JournalHandler(journal, catalogue, counters("journal", world));
        recovered = journal == null ? NOT_JOURNALED : recover(journal, world, useCheckpoint);
        pipeline = new Pipeline(config.ring(), recovered + 1, journaling, List.copyOf(shards),
                counters("ring", world));
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
            return open(config, world, journal);
        } catch (IOException | RuntimeException e) {
            if (journal != null) {
                journal.close();
            }
            throw e;
        }
    }

    /**
     * An engine on a journal that is open already.
     *
     * @param journal closed with the engine; it stays open if this fails; null for none
     * @throws IOException if a file cannot be created
     */
    public static Engine open(EngineConfig config, EngineWorld world, @Nullable Journal journal)
            throws IOException {
        try {
            return new Engine(config, world, journal, true);
        } catch (CheckpointRefusedException e) {
            // The studies may hold half of it: begin anew, with the whole journal.
            world.notes().accept(e.getMessage() + "; the whole journal is replayed instead");
            return new Engine(config, world, journal, false);
        }
    }

    private void addShards(EngineConfig config, EngineWorld world) {
        int count = config.ring().topology() == Topology.STAGED ? config.ring().studyThreads() : 1;
        for (int shard = 0; shard < count; shard++) {
            shards.add(new Studies(config, catalogue, snapshot, world.retired().get(),
                    counters("studies-" + shard, world)));
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
        Checkpoint checkpoint = useCheckpoint
                ? checkpoints.newest(from.directory().journalId(), last, world.notes()) : null;
        if (checkpoint != null) {
            restore(checkpoint, studies);
        }
        long after = checkpoint == null ? 0 : checkpoint.sequence();
        try (JournalTail tail = new JournalTail(from, catalogue)) {
            tail.seek(after + 1);
            new JournalReplay(catalogue, studies, Pacer.NONE, 0, Long.MAX_VALUE).run(tail,
                    () -> true);
        }
        MarketEvent nothing = new MarketEvent();
        nothing.header(EventKind.NONE, 0, MarketEvent.ALL_INSTRUMENTS, 0, 0);
        studies.onEvent(nothing, last, true);
        handOver();
        return last;
    }

    private void restore(Checkpoint checkpoint, MarketEventHandler studies)
            throws CheckpointRefusedException {
        try {
            checkpoint.instruments().forEach(catalogue::restore);
            MarketEvent definition = new MarketEvent();
            for (int id = 0; id < checkpoint.instruments().size(); id++) {
                definition.instrument(id, 0);
                studies.onEvent(definition, checkpoint.sequence(), false);
            }
            checkpoint.restore(id -> shardOf(id).parts());
        } catch (IOException | RuntimeException e) {
            throw new CheckpointRefusedException("the checkpoint at sequence "
                    + checkpoint.sequence() + " cannot be used: " + e.getMessage(), e);
        }
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

    /** Last engine sequence that was in the journal when it was opened. */
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

    /**
     * When an event of any instrument was last received by the journal, in ns since the epoch; 0 for
     * never. Asked before the first event is published.
     */
    public long lastReceiveTimeNs() {
        return shards.stream().mapToLong(Studies::lastReceiveTimeNs).max().orElse(0);
    }

    /**
     * Declares that nothing was heard since the last event of the journal, as a process that was
     * killed could not: feeds that were up are down, books that followed their venue do no longer.
     * Published before any feed begins.
     *
     * @param receiveTimeNs time now, in ns since the epoch
     */
    public void declareDowntime(long receiveTimeNs) {
        EventSink sink = pipeline.sink();
        for (int id = 0; id < catalogue.count(); id++) {
            Studies studies = shardOf(id);
            if (studies.isBookSynced(id)) {
                sink.next().bookReset(id, 0, receiveTimeNs, 0, Reason.ENGINE_STOPPED);
                sink.commit();
            }
            InstrumentCoverage coverage = studies.coverage(id);
            if (coverage.isUp()) {
                sink.next().feedDown(id, receiveTimeNs, coverage.feedEpoch(),
                        Reason.ENGINE_STOPPED);
                sink.commit();
            }
        }
        pipeline.awaitHandled();
    }

    /** Tells readers of the snapshot that the engine lives, in ns since the epoch. */
    public void heartbeat(long nowNs) {
        snapshot.heartbeat(nowNs);
    }

    /** Lets another thread be the feed thread from now on; everything published was handled. */
    public void handOver() {
        snapshot.handOver();
        counters.forEach(CounterBlock::handOver);
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

    @Override
    public void close() {
        pipeline.close();
        if (journal != null) {
            journal.close();
        }
        snapshot.close();
    }
}
