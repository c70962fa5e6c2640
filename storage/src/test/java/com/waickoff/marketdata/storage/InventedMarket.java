package com.waickoff.marketdata.storage;

import com.waickoff.marketdata.Engine;
import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.EngineWorld;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.flow.FlowConfig;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.journal.JournalCycle;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A market that leads to every kind of effect: trades in batches, late ones that revise windows,
 * books that are lost and joined, feeds that go down, signals.
 */
public final class InventedMarket implements AutoCloseable {
    /** When it begins, in ns since the epoch. */
    public static final long NOON_NS = 1_767_700_800_000_000_000L;
    /** Length of a step. */
    public static final long STEP_NS = 300_000_000L;
    /** How many instruments it has. */
    public static final int INSTRUMENTS = 3;

    private static final FlowConfig EASY = new FlowConfig(
            new FlowConfig.Rows(2_000, 1, 5, 2, 3), new FlowConfig.Windows(4, 1_200, 900),
            new FlowConfig.Orders(0, 20_000, 3), new FlowConfig.Speed(2, 5, 1_500, 3),
            new FlowConfig.Vpin(20_000, 5, 200_000));

    private final Engine engine;
    private final SplittableRandom random;
    private int steps;

    /** A market that begins, or goes on with the journal that is there. */
    public InventedMarket(EngineConfig config, long seed) throws IOException {
        random = new SplittableRandom(seed);
        Files.createDirectories(config.dataDir());
        engine = Engine.open(config, new EngineWorld(Run.ofThisProcess(NOON_NS), true,
                () -> NOON_NS, CounterBlock::onHeap, () -> WindowListener.NONE, note -> {}));
        if (engine.recoveredSequence() == 0) {
            define();
        }
    }

    /** An engine with small files of five minutes, in which signals are easily raised. */
    public static EngineConfig config(Path dataDir) {
        EngineConfig defaults = EngineConfig.defaults(dataDir);
        return new EngineConfig(dataDir, defaults.journalDir(), 16,
                new RingConfig(1 << 14, Topology.INLINE, 1, RingConfig.Idle.SLEEPING),
                new JournalConfig(JournalCycle.FIVE_MINUTES, JournalCycle.FIVE_MINUTES,
                        JournalConfig.MIN_BLOCK_LENGTH),
                defaults.windows(), defaults.depth(), defaults.coverage(), EASY,
                defaults.history(), defaults.instruments());
    }

    /** Writes the journal of a whole market. */
    public static void write(EngineConfig config, long seed, int steps) throws IOException {
        try (InventedMarket market = new InventedMarket(config, seed)) {
            market.play(steps);
        }
    }

    /** Sequence of the last event so far. */
    public long lastSequence() {
        return engine.nextSequence() - 1;
    }

    /** Goes on for so many steps. */
    public void play(int count) {
        EventSink sink = engine.sink();
        for (int end = steps + count; steps < end; steps++) {
            long timeNs = NOON_NS + steps * STEP_NS;
            sink.next().clock(timeNs);
            sink.commit();
            int id = random.nextInt(INSTRUMENTS);
            trade(sink, id, timeNs);
            changeBook(sink, id, timeNs);
            if (random.nextInt(400) == 0) {
                sink.next().feedDown(id, timeNs + 2, 1, Reason.DISCONNECTED);
                sink.commit();
                sink.next().feedUp(id, timeNs + 3, timeNs + 3, 2);
                sink.commit();
            }
            if (random.nextInt(20) == 0) {
                sink.endOfRead();
            }
        }
        engine.awaitHandled();
    }

    private void define() {
        EventSink sink = engine.sink();
        for (int i = 0; i < INSTRUMENTS; i++) {
            Instrument instrument = engine.catalogue().define(Instrument.of(0, "bybit-linear",
                    "COIN" + i, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, "base", "base",
                    "quote", i == 0));
            sink.next().instrument(instrument.id(), NOON_NS);
            sink.commit();
            sink.next().feedUp(instrument.id(), NOON_NS, NOON_NS, 1);
            sink.commit();
        }
        engine.awaitHandled();
    }

    private void trade(EventSink sink, int id, long timeNs) {
        boolean isLate = random.nextInt(60) == 0;
        boolean isBuy = random.nextInt(10) < (steps / 900 % 2 == 0 ? 7 : 3);
        long price = 1_000 + Math.round(20 * Math.sin(steps / 700.0)) + random.nextInt(6);
        int fills = 1 + random.nextInt(isLate ? 20 : 4);
        for (int fill = 0; fill < fills; fill++) {
            long matchNs = isLate ? Math.max(NOON_NS, timeNs - 40_000_000_000L * fill) : timeNs;
            sink.next().trade(id, matchNs, timeNs + 1, price + (isBuy ? fill / 3 : -fill / 3),
                    100L * (1 + random.nextInt(random.nextInt(50) == 0 ? 400 : 8)),
                    32L * steps + fill, 7 + steps, isBuy ? EventFlags.BUY : 0);
        }
        sink.commit();
    }

    private void changeBook(EventSink sink, int id, long timeNs) {
        boolean isBid = random.nextBoolean();
        sink.next().bookLevel(id, timeNs, timeNs + 1,
                isBid ? 999 - random.nextInt(30) : 1_001 + random.nextInt(30),
                random.nextInt(300), steps, isBid ? EventFlags.BID : 0);
        sink.commit();
        if (random.nextInt(300) == 0) {
            boolean isRestart = random.nextBoolean();
            sink.next().bookReset(id, 0, timeNs + 1, steps,
                    isRestart ? Reason.VENUE_RESTART : Reason.SEQUENCE_GAP);
            sink.commit();
        } else if (random.nextInt(100) == 0) {
            sink.next().bookReady(id, timeNs, timeNs + 1, steps);
            sink.commit();
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
