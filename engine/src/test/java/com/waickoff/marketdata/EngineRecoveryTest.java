package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.journal.JournalInUseException;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.snapshot.SnapshotContent;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowConfig;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineRecoveryTest {
    private static final long NOON_NS = 1_767_700_800_000_000_000L;
    private static final long CLOCK_NS = 100_000_000L;
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final int INSTRUMENTS = 5;

    @TempDir
    private Path directory;

    private final List<String> notes = new ArrayList<>();
    private final Random random = new Random(42);
    private final Random again = new Random(42);
    /** Events that were published by {@link #define} and {@link #trade}. */
    private long published;

    @ParameterizedTest
    @EnumSource(Topology.class)
    void shouldShowTheSameBytesAfterEveryWayToRestart(Topology topology) throws IOException {
        EngineConfig undisturbed = config("undisturbed", topology);
        try (Engine engine = open(undisturbed)) {
            define(engine);
            trade(engine, random, 1, 40_000);
        }
        long events = published;
        published = 0;

        EngineConfig config = config("restarted", topology);
        try (Engine engine = open(config)) {
            define(engine);
            trade(engine, again, 1, 10_000);
            engine.checkpoint();
        }
        try (Engine engine = open(config)) {
            trade(engine, again, 10_000, 20_000);
        }
        try (Engine engine = open(config)) {
            trade(engine, again, 20_000, 30_000);
            engine.checkpoint();
            trade(engine, again, 30_000, 40_000);
        }
        try (Engine engine = open(config)) {
            assertEquals(events, published);
            assertEquals(events, engine.recoveredSequence());
        }

        assertEquals(SnapshotContent.hash(undisturbed.snapshotFile()),
                SnapshotContent.hash(config.snapshotFile()));
        assertEquals(List.of(), notes);
    }

    @Test
    void shouldShowTheSameBytesInEveryTopology() throws IOException {
        Set<String> hashes = new HashSet<>();
        for (Topology topology : Topology.values()) {
            EngineConfig config = config("topology-" + topology, topology);
            try (Engine engine = open(config)) {
                define(engine);
                trade(engine, new Random(7), 1, 20_000);
            }
            hashes.add(SnapshotContent.hash(config.snapshotFile()));
            open(config).close(); // what is replayed from the journal
            hashes.add(SnapshotContent.hash(config.snapshotFile()));
        }
        assertEquals(1, hashes.size(), hashes.toString());
    }

    @Test
    void shouldReplayTheWholeJournalWhenTheCheckpointIsOfAnotherConfiguration()
            throws IOException {
        EngineConfig first = config("changed", Topology.INLINE);
        try (Engine engine = open(first)) {
            define(engine);
            trade(engine, random, 1, 5_000);
            engine.checkpoint();
        }
        EngineConfig coarser = new EngineConfig(first.dataDir(), first.journalDir(), 16,
                first.ring(), first.journal(), new WindowConfig(10, 2048, 2_000, 14_400_000),
                first.depth(), first.coverage());

        try (Engine engine = open(coarser)) {
            assertEquals(published, engine.recoveredSequence());
        }

        assertEquals(1, notes.size(), notes.toString());
        assertTrue(notes.getFirst().contains("rows of 1 price units cannot become rows of 10"),
                notes.getFirst());
        assertTrue(notes.getFirst().endsWith("the whole journal is replayed instead"),
                notes.getFirst());
    }

    @Test
    void shouldGoOnFromTheJournalWhenTheCheckpointIsDamaged() throws IOException {
        EngineConfig config = config("damaged", Topology.INLINE);
        try (Engine engine = open(config)) {
            define(engine);
            trade(engine, random, 1, 5_000);
            engine.checkpoint();
        }
        String before = SnapshotContent.hash(config.snapshotFile());
        try (Stream<Path> files = Files.list(config.journalDir())) {
            for (Path file : files.filter(file -> file.toString().endsWith(".ckp")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
            }
        }

        open(config).close();

        assertEquals(before, SnapshotContent.hash(config.snapshotFile()));
        assertTrue(notes.getFirst().contains("its checksum does not match"), notes.toString());
    }

    @Test
    void shouldRefuseASecondEngineOnOneJournalAndLeaveTheFirstUnharmed() throws IOException {
        EngineConfig config = config("shared", Topology.INLINE);
        try (Engine first = open(config)) {
            define(first);
            EngineConfig second = new EngineConfig(directory.resolve("second"),
                    config.journalDir(), 16, config.ring(), config.journal(), config.windows(),
                    config.depth(), config.coverage());
            assertThrows(JournalInUseException.class, () -> open(second));
            trade(first, random, 1, 1_000);
        }
        try (Engine reopened = open(config)) {
            assertEquals(published, reopened.recoveredSequence());
        }
    }

    private EngineConfig config(String name, Topology topology) {
        EngineConfig defaults = EngineConfig.defaults(directory.resolve(name));
        return new EngineConfig(defaults.dataDir(), defaults.journalDir(), 16,
                new RingConfig(1 << 14, topology, topology == Topology.STAGED ? 3 : 1,
                        RingConfig.Idle.SLEEPING),
                defaults.journal(), defaults.windows(), defaults.depth(), defaults.coverage());
    }

    private Engine open(EngineConfig config) throws IOException {
        Files.createDirectories(config.dataDir());
        return Engine.open(config, new EngineWorld(Run.ofThisProcess(NOON_NS), true, () -> NOON_NS,
                CounterBlock::onHeap, () -> WindowListener.NONE, notes::add));
    }

    private void define(Engine engine) {
        for (int i = 0; i < INSTRUMENTS; i++) {
            Instrument instrument = engine.catalogue().define(Instrument.of(0, "bybit-linear",
                    "COIN" + i, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, "base", "base",
                    "quote", i % 2 == 0));
            engine.sink().next().instrument(instrument.id(), NOON_NS);
            engine.sink().commit();
        }
        published += INSTRUMENTS;
        engine.awaitHandled();
    }

    /** A level of a book that follows its venue, and now and then is lost and joined again. */
    private static void changeBook(EventSink sink, Random random, int id, long timeNs, int step) {
        boolean bid = random.nextBoolean();
        int away = random.nextInt(30);
        boolean lost = random.nextInt(500) == 0;
        if (lost) {
            sink.next().bookReset(id, 0, timeNs + 1, step, Reason.SEQUENCE_GAP);
        } else {
            sink.next().bookLevel(id, timeNs, timeNs + 1, bid ? 999 - away : 1_001 + away,
                    random.nextInt(300), step, (bid ? EventFlags.BID : 0));
        }
        sink.commit();
        if (lost || step < 20) {
            sink.next().bookReady(id, timeNs, timeNs + 1, step);
            sink.commit();
        }
    }

    /** A clock, a trade, now and then a late one, and a level a step; about five hours in 40,000 steps. */
    private void trade(Engine engine, Random random, int from, int to) {
        EventSink sink = engine.sink();
        long before = sink.publishedCount();
        for (int i = from; i < to; i++) {
            long timeNs = NOON_NS + i * 450_000_000L;
            int id = random.nextInt(INSTRUMENTS);
            long price = 1_000 + random.nextInt(1 + i / 50) + id;
            sink.next().clock(timeNs / CLOCK_NS * CLOCK_NS);
            sink.commit();
            long lateNs = random.nextInt(40) == 0 ? random.nextLong(30 * HOUR_NS) : 0;
            long matchNs = Math.max(NOON_NS, timeNs - lateNs);
            sink.next().trade(id, matchNs, timeNs + 1, price, 1 + random.nextInt(500), i, 0,
                    random.nextBoolean() ? EventFlags.BUY : 0);
            sink.commit();
            changeBook(sink, random, id, timeNs, i);
            if (random.nextInt(20) == 0) {
                sink.endOfRead();
            }
        }
        published += sink.publishedCount() - before;
        engine.awaitHandled();
    }
}
