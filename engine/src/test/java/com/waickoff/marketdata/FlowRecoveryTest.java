package com.waickoff.marketdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.flow.FlowConfig;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.snapshot.SnapshotContent;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals do not depend on threads, on batches, or on restarts in between. */
class FlowRecoveryTest {
    private static final long NOON_NS = 1_767_700_800_000_000_000L;
    private static final int INSTRUMENTS = 3;
    private static final int STEPS = 24_000;
    private static final long SEED = 4_711;
    private static final FlowConfig EASY = new FlowConfig(
            new FlowConfig.Rows(2_000, 1, 5, 2, 3), new FlowConfig.Windows(4, 1_200, 900),
            new FlowConfig.Orders(0, 20_000, 3), new FlowConfig.Speed(2, 5, 1_500, 3),
            new FlowConfig.Vpin(20_000, 5, 200_000));

    @TempDir
    private Path directory;

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    @Test
    void shouldRaiseTheSameSignalsAndShowTheSameBytesHoweverItRuns() throws IOException {
        System.out.println("flow recovery: seed " + SEED);
        Set<String> hashes = new HashSet<>();
        Set<Set<String>> signals = new HashSet<>();
        for (Topology topology : Topology.values()) {
            EngineConfig config = config(topology + "-undisturbed", topology);
            heard.clear();
            SplittableRandom random = new SplittableRandom(SEED);
            try (Engine engine = open(config)) {
                define(engine);
                play(engine, random, 0, STEPS);
            }
            hashes.add(SnapshotContent.hash(config.snapshotFile()));
            signals.add(new HashSet<>(heard));
        }
        EngineConfig restarted = config("restarted", Topology.INLINE);
        SplittableRandom random = new SplittableRandom(SEED);
        SplittableRandom cuts = new SplittableRandom(SEED + 1);
        for (int from = 0; from < STEPS;) {
            int to = Math.min(STEPS, from + 1 + cuts.nextInt(STEPS / 4));
            try (Engine engine = open(restarted)) {
                if (from == 0) {
                    define(engine);
                }
                play(engine, random, from, to);
                if (cuts.nextInt(4) > 0) {
                    engine.checkpoint();
                }
            }
            from = to;
        }
        hashes.add(SnapshotContent.hash(restarted.snapshotFile()));

        assertThat(hashes).hasSize(1);
        assertThat(signals).hasSize(1);
        for (int kind = 0; kind < SignalKind.COUNT; kind++) {
            String label = ' ' + SignalKind.at(kind).label() + ' ';
            assertThat(signals.iterator().next()).as(label)
                    .anyMatch(signal -> signal.contains(label));
        }
    }

    private EngineConfig config(String name, Topology topology) {
        EngineConfig defaults = EngineConfig.defaults(directory.resolve(name));
        return new EngineConfig(defaults.dataDir(), defaults.journalDir(), 16,
                new RingConfig(1 << 14, topology, topology == Topology.STAGED ? 2 : 1,
                        RingConfig.Idle.SLEEPING),
                defaults.journal(), defaults.windows(), defaults.depth(), defaults.coverage(),
                EASY, defaults.history(), defaults.instruments());
    }

    private Engine open(EngineConfig config) throws IOException {
        Files.createDirectories(config.dataDir());
        return Engine.open(config, new EngineWorld(Run.ofThisProcess(NOON_NS), true, () -> NOON_NS,
                CounterBlock::onHeap, () -> WindowListener.NONE, () -> this::hear, note -> {}));
    }

    private void hear(int instrument, Signal signal) {
        StringBuilder text = new StringBuilder();
        text.append(instrument).append(' ').append(signal.sequence()).append('-')
                .append(signal.ordinal()).append(' ').append(signal.kind().label()).append(' ')
                .append(signal.timeframe()).append(' ').append(signal.price()).append(' ')
                .append(signal.side()).append(' ').append(signal.revision());
        for (int i = 0; i < Signal.INPUTS; i++) {
            text.append(' ').append(signal.input(i));
        }
        heard.add(text.toString());
    }

    private static void define(Engine engine) {
        for (int i = 0; i < INSTRUMENTS; i++) {
            Instrument instrument = engine.catalogue().define(Instrument.of(0, "bybit-linear",
                    "COIN" + i, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, "base", "base",
                    "quote", i == 0));
            engine.sink().next().instrument(instrument.id(), NOON_NS);
            engine.sink().commit();
        }
        engine.awaitHandled();
    }

    /** A trade a step, a clock every tenth, a late trade now and then: about an hour and a half. */
    private static void play(Engine engine, SplittableRandom random, int from, int to) {
        EventSink sink = engine.sink();
        for (int i = from; i < to; i++) {
            long timeNs = NOON_NS + i * 210_000_000L;
            if (i % 10 == 0) {
                sink.next().clock(timeNs);
                sink.commit();
            }
            boolean late = random.nextInt(200) == 0;
            int burst = random.nextInt(100) == 0 ? 12 : 1;
            int id = random.nextInt(INSTRUMENTS);
            long price = 1_000 + Math.round(20 * Math.sin(i / 700.0)) + random.nextInt(6);
            boolean buy = random.nextInt(10) < (i / 900 % 2 == 0 ? 7 : 3);
            for (int fill = 0; fill < burst; fill++) {
                sink.next().trade(id, late ? timeNs - 90_000_000_000L : timeNs, timeNs + 1,
                        price + (buy ? fill / 3 : -fill / 3),
                        100L * (1 + random.nextInt(random.nextInt(50) == 0 ? 400 : 8)),
                        20L * i + fill, 7 + i, buy ? EventFlags.BUY : 0);
            }
            sink.commit();
            if (random.nextInt(20) == 0) {
                sink.endOfRead();
            }
        }
        engine.awaitHandled();
    }
}
