package com.waickoff.marketdata.bench.journal;

import com.waickoff.marketdata.Engine;
import com.waickoff.marketdata.event.EventSink;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An engine to be killed: journals {@link KilledMarket} for ever at a steady pace, writes
 * checkpoints, and tells a {@link Diary} what it is doing.
 */
final class KilledEngine {
    /** About 50,000 events a second. */
    private static final long FRAME_NS = 400_000;
    private static final int FRAMES_BETWEEN_CHECKPOINTS = 150;

    private KilledEngine() {}

    /** Arguments: journal, data directory, diary. */
    public static void main(String[] arguments) throws IOException {
        try (Diary diary = Diary.open(Path.of(arguments[2]))) {
            diary.enter(Diary.Phase.OPENING);
            long beforeNs = System.nanoTime();
            Engine engine = KilledMarket.open(Path.of(arguments[0]), Path.of(arguments[1]),
                    new ArrayList<>(), new ArrayList<>());
            long nowNs = System.nanoTime();
            diary.recovered(nowNs - beforeNs, TimeUnit.MILLISECONDS.toNanos(
                    System.currentTimeMillis()
                            - ManagementFactory.getRuntimeMXBean().getStartTime()));
            KilledMarket.define(engine);
            run(engine, diary, nowNs);
        }
    }

    private static void run(Engine engine, Diary diary, long startNs) throws IOException {
        EventSink sink = engine.sink();
        int batches = 0;
        for (long sequence = engine.nextSequence();; sequence++) {
            boolean isRoll = (sequence - KilledMarket.FIRST_OF_FRAMES)
                    % (KilledMarket.FRAME * KilledMarket.FRAMES_IN_A_CYCLE) == 0;
            if (isRoll) {
                diary.enter(Diary.Phase.ROLLING);
            }
            KilledMarket.fill(sink.next(), sequence);
            if (KilledMarket.endsBatch(sequence)) {
                sink.commit();
                sink.endOfRead();
                diary.acknowledge(sequence);
                diary.enter(Diary.Phase.RUNNING);
                batches++;
                if (batches % (4 * FRAMES_BETWEEN_CHECKPOINTS) == 0) {
                    diary.enter(Diary.Phase.CHECKPOINT);
                    engine.checkpoint();
                    diary.enter(Diary.Phase.RUNNING);
                }
                long aheadNs = startNs + batches * FRAME_NS / 4 - System.nanoTime();
                if (aheadNs > 0) {
                    LockSupport.parkNanos(aheadNs);
                }
            }
        }
    }
}
