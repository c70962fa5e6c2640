package com.waickoff.marketdata.ring;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.status.CounterBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The stages behind the ring, in one of three {@link Topology topologies}.
 *
 * <p>A handler that throws stops the whole pipeline: the feed thread gets a
 * {@link PipelineFailedException} at its next call, and no stage handles another event.
 *
 * <p>Threads: {@link #sink()} and {@link #awaitHandled()} belong to the feed thread.
 */
public final class Pipeline implements AutoCloseable {
    private static final long WAIT_NS = 20_000;

    private final RingBuffer<MarketEvent> ring;
    private final Failure failure = new Failure();
    private final RingPublisher publisher;
    private final List<BatchEventProcessor<MarketEvent>> processors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * A pipeline whose threads run until it is closed.
     *
     * @param firstSequence engine sequence of the first event, at least 1
     * @param journal the first stage
     * @param studies the studies of each shard; one entry unless the topology is staged. Instrument
     *     {@code i} belongs to shard {@code i mod studies.size()}
     */
    public Pipeline(RingConfig config, long firstSequence, MarketEventHandler journal,
            List<MarketEventHandler> studies, CounterBlock counters) {
        if (studies.isEmpty()
                || (studies.size() > 1 && config.topology() != Topology.STAGED)) {
            throw new IllegalArgumentException(
                    config.topology() + " cannot have " + studies.size() + " shards of studies");
        }
        ring = RingBuffer.createSingleProducer(MarketEvent::new, config.slots(),
                waitStrategy(config.idle()));
        publisher = new RingPublisher(ring,
                stages(config.topology(), firstSequence, journal, studies),
                failure, counters);
        for (Thread thread : threads) {
            thread.start();
        }
    }

    private RingPublisher.Stages stages(Topology topology, long firstSequence,
            MarketEventHandler journal, List<MarketEventHandler> studies) {
        return switch (topology) {
            case INLINE -> inline(firstSequence, journal, studies.getFirst());
            case FUSED -> {
                Sequence fused = consumer("waickoff-pipeline", firstSequence,
                        new HandlerChain(journal, studies.getFirst()));
                ring.addGatingSequences(fused);
                yield new OnThreads();
            }
            case STAGED -> {
                Sequence journaled = consumer("waickoff-journal", firstSequence, journal);
                for (int shard = 0; shard < studies.size(); shard++) {
                    Sequence studied = consumer("waickoff-studies-" + shard, firstSequence,
                            new ShardHandler(studies.get(shard), shard, studies.size()), journaled);
                    ring.addGatingSequences(studied);
                }
                yield new OnThreads();
            }
        };
    }

    private RingPublisher.Stages inline(long firstSequence, MarketEventHandler journal,
            MarketEventHandler studies) {
        EventPoller<MarketEvent> journalPoller = ring.newPoller();
        EventPoller<MarketEvent> studyPoller = ring.newPoller(journalPoller.getSequence());
        ring.addGatingSequences(studyPoller.getSequence());
        return new OnFeedThread(new PolledStage(new Stage(journal, firstSequence), journalPoller),
                new PolledStage(new Stage(studies, firstSequence), studyPoller));
    }

    private Sequence consumer(String name, long firstSequence, MarketEventHandler handler,
            Sequence... after) {
        BatchEventProcessor<MarketEvent> processor = new BatchEventProcessorBuilder().build(ring,
                ring.newBarrier(after), new Stage(handler, firstSequence));
        processor.setExceptionHandler(new StopLoudly(firstSequence));
        processors.add(processor);
        Thread thread = new Thread(processor, name);
        thread.setDaemon(true);
        // The stage that failed ends with its exception, which has been reported by then.
        thread.setUncaughtExceptionHandler(
                (ended, cause) -> failure.report(firstSequence, cause));
        threads.add(thread);
        return processor.getSequence();
    }

    private static WaitStrategy waitStrategy(RingConfig.Idle idle) {
        return switch (idle) {
            case SLEEPING -> new SleepingWaitStrategy();
            case BLOCKING -> new BlockingWaitStrategy();
            case YIELDING -> new YieldingWaitStrategy();
            case BUSY_SPIN -> new BusySpinWaitStrategy();
        };
    }

    /** The way in. */
    public EventSink sink() {
        return publisher;
    }

    /**
     * Returns once every published event has been handled by every stage.
     *
     * @throws PipelineFailedException if a stage failed
     */
    public void awaitHandled() {
        publisher.endOfRead();
        while (ring.remainingCapacity() < ring.getBufferSize()) {
            failure.throwIfAny();
            LockSupport.parkNanos(WAIT_NS);
        }
        failure.throwIfAny();
    }

    /** Stops the stages at once; events not yet handled are left. */
    @Override
    public void close() {
        for (BatchEventProcessor<MarketEvent> processor : processors) {
            processor.halt();
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stages that have threads: the feed thread only ever waits for them. */
    private static final class OnThreads implements RingPublisher.Stages {
        @Override
        public void makeRoom() {
            LockSupport.parkNanos(WAIT_NS);
        }

        @Override
        public void endOfRead() {
            // The consumers see what is published by themselves.
        }
    }

    /** Stages that the feed thread runs: the journal first, the studies gated on it. */
    private final class OnFeedThread implements RingPublisher.Stages {
        private final PolledStage journal;
        private final PolledStage studies;

        OnFeedThread(PolledStage journal, PolledStage studies) {
            this.journal = journal;
            this.studies = studies;
        }

        @Override
        public void makeRoom() {
            endOfRead();
        }

        @Override
        public void endOfRead() {
            failure.throwIfAny();
            journal.poll(failure);
            studies.poll(failure);
        }
    }

    /** A stage that runs when it is asked to. */
    private static final class PolledStage {
        private final Stage stage;
        private final EventPoller<MarketEvent> poller;
        private final EventPoller.Handler<MarketEvent> handler;

        PolledStage(Stage stage, EventPoller<MarketEvent> poller) {
            this.stage = stage;
            this.poller = poller;
            this.handler = (event, sequence, endOfBatch) -> {
                stage.onEvent(event, sequence, endOfBatch);
                return true;
            };
        }

        void poll(Failure failure) {
            try {
                poller.poll(handler);
            } catch (Throwable cause) {
                throw failure.report(stage.lastSequence(), cause);
            }
        }
    }

    /** The policy for exceptions of consumer threads: the first one ends every stage. */
    private final class StopLoudly implements ExceptionHandler<MarketEvent> {
        private final long firstSequence;

        StopLoudly(long firstSequence) {
            this.firstSequence = firstSequence;
        }

        @Override
        public void handleEventException(Throwable cause, long sequence, MarketEvent event) {
            PipelineFailedException failed = failure.report(firstSequence + sequence, cause);
            for (BatchEventProcessor<MarketEvent> processor : processors) {
                processor.halt();
            }
            throw failed;
        }

        @Override
        public void handleOnStartException(Throwable cause) {
            throw failure.report(firstSequence, cause);
        }

        @Override
        public void handleOnShutdownException(Throwable cause) {
            throw failure.report(firstSequence, cause);
        }
    }
}
