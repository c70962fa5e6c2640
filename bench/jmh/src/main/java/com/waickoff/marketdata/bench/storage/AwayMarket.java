package com.waickoff.marketdata.bench.storage;

import com.waickoff.marketdata.Engine;
import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.EngineWorld;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * An engine that is fed at a steady pace, in the time of the clock on the wall: frames of two trades
 * and an update of six levels. Each is timed from when it is given until its snapshot is published.
 */
final class AwayMarket implements AutoCloseable {
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TRADES = 2;
    private static final int LEVELS = 6;
    private static final int FRAME = TRADES + LEVELS;
    private static final long MIDDLE = 600_000;
    private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int DIGITS = 3;

    private final Engine engine;
    private final long frameNs;
    private final SplittableRandom random = new SplittableRandom(5);
    private final long startedNs = System.nanoTime();
    private final long startNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    private long frames;
    private long ticks;
    private long price = MIDDLE;

    AwayMarket(EngineConfig config, long eventsASecond) throws IOException {
        frameNs = TimeUnit.SECONDS.toNanos(FRAME) / eventsASecond;
        Files.createDirectories(config.dataDir());
        engine = Engine.open(config, new EngineWorld(Run.ofThisProcess(startNs), true,
                this::nowNs, CounterBlock::onHeap, () -> WindowListener.NONE, note -> {}));
        EventSink sink = engine.sink();
        engine.catalogue().define(Instrument.of(0, "bybit-linear", "BTCUSDT",
                new BigDecimal("0.10"), new BigDecimal("0.001"), BigDecimal.ONE, "BTC", "USDT",
                "USDT", true));
        sink.next().instrument(0, startNs);
        sink.commit();
        sink.next().feedUp(0, startNs, startNs, 1);
        sink.commit();
        sink.endOfRead();
    }

    private long nowNs() {
        return startNs + System.nanoTime() - startedNs;
    }

    long lastSequence() {
        return engine.nextSequence() - 1;
    }

    /** No time of a frame so far. */
    static Histogram times() {
        return new Histogram(LONGEST_NS, DIGITS);
    }

    /** Goes on for a second; what is late is made up for at once. */
    void playASecond(Histogram times) {
        EventSink sink = engine.sink();
        for (long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);;) {
            long dueNs = startedNs + frames * frameNs;
            if (dueNs >= endNs) {
                return;
            }
            long aheadNs = dueNs - System.nanoTime();
            if (aheadNs > 0) {
                LockSupport.parkNanos(aheadNs);
            }
            long beginNs = System.nanoTime();
            frame(sink, nowNs());
            times.recordValue(Math.min(System.nanoTime() - beginNs, LONGEST_NS));
            frames++;
        }
    }

    private void frame(EventSink sink, long timeNs) {
        if (timeNs >= startNs + ticks * TICK_NS) {
            ticks = (timeNs - startNs) / TICK_NS + 1;
            price += random.nextInt(-3, 4);
            sink.next().clock(timeNs);
            sink.commit();
        }
        for (int i = 0; i < TRADES; i++) {
            sink.next().trade(0, timeNs - TRADES + i, timeNs, price + random.nextInt(-2, 3),
                    1 + random.nextLong(100_000), frames * TRADES + i, frames,
                    random.nextBoolean() ? EventFlags.BUY : 0);
        }
        sink.commit();
        for (int i = 0; i < LEVELS; i++) {
            boolean isBid = i % 2 == 0;
            long away = random.nextLong(5, 205);
            sink.next().bookLevel(0, timeNs, timeNs, isBid ? price - away : price + away,
                    random.nextInt(4) * 1_000L, frames, (isBid ? EventFlags.BID : 0)
                            | (frames == 0 ? EventFlags.SNAPSHOT : 0));
        }
        sink.commit();
        if (frames == 0) {
            sink.next().bookReady(0, timeNs, timeNs, frames);
            sink.commit();
        }
        sink.endOfRead();
    }

    @Override
    public void close() {
        engine.close();
    }
}
