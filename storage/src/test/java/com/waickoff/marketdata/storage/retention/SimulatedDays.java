package com.waickoff.marketdata.storage.retention;

import com.waickoff.marketdata.Derivation;
import com.waickoff.marketdata.DerivationListener;
import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.journal.Journal;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.journal.JournalConsumer;
import com.waickoff.marketdata.journal.JournalCycle;
import com.waickoff.marketdata.journal.JournalHandler;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A journal of days in which little happens, so that many of them are written in a second; and a
 * consumer that follows it as a drain does: checkpoint and cursor.
 */
final class SimulatedDays implements AutoCloseable {
    /** 2026-01-01 00:00 UTC. */
    static final long BEGIN_NS = TimeUnit.SECONDS.toNanos(1_767_225_600);
    static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
    static final int INSTRUMENTS = 2;

    private static final int READ_AT_ONCE = 4_096;

    private final EngineConfig config;
    private final Path consumer;
    private final long stepNs;
    private final int levels;
    private final SplittableRandom random;
    private final InstrumentCatalogue catalogue = new InstrumentCatalogue(16);
    private final MarketEvent event = new MarketEvent();
    private final Journal journal;
    private final JournalHandler handler;
    private long nowNs = BEGIN_NS;
    private long price = 10_000;
    private long id = 1;
    private long trades;

    /**
     * Days that begin with the first of January.
     *
     * @param steps in a day, each of a clock, a trade and an update of so many levels
     */
    SimulatedDays(Path dataDir, long seed, int steps, int levels) {
        config = config(dataDir);
        consumer = dataDir.resolve("drain").resolve("test");
        stepNs = DAY_NS / steps;
        this.levels = levels;
        random = new SplittableRandom(seed);
        journal = Journal.open(config.journalDir(), config.journal(), () -> nowNs);
        handler = new JournalHandler(journal, catalogue, CounterBlock.onHeap("journal"));
        for (int i = 0; i < INSTRUMENTS; i++) {
            int defined = catalogue.define(Instrument.of(0, "binance-spot", "COIN" + i,
                    BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, "base", "base", "quote", true))
                    .id();
            event.instrument(defined, nowNs);
            write(true);
            event.feedUp(defined, nowNs, nowNs, 1);
            write(true);
        }
    }

    /** A day of the tape and an hour of levels a file, in small blocks; rows are kept for a minute. */
    static EngineConfig config(Path dataDir) {
        EngineConfig defaults = EngineConfig.defaults(dataDir);
        return new EngineConfig(dataDir, defaults.journalDir(), 16,
                new RingConfig(1 << 14, Topology.INLINE, 1, RingConfig.Idle.SLEEPING),
                new JournalConfig(JournalCycle.DAY, JournalCycle.HOUR,
                        JournalConfig.MIN_BLOCK_LENGTH),
                new WindowConfig(1, 256, 2_000, 60_000), defaults.depth(), defaults.coverage(),
                defaults.flow(), defaults.history(), defaults.instruments());
    }

    EngineConfig config() {
        return config;
    }

    long nowMs() {
        return nowNs / 1_000_000;
    }

    long trades() {
        return trades;
    }

    long lastSequence() {
        return handler.nextSequence() - 1;
    }

    /** Goes on for a part of a day. */
    void play(double days) {
        long endNs = nowNs + (long) (days * DAY_NS);
        for (; nowNs < endNs; nowNs += stepNs) {
            event.clock(nowNs);
            write(true);
            int instrument = random.nextInt(INSTRUMENTS);
            price += random.nextInt(5) - 2;
            event.trade(instrument, nowNs, nowNs + 1, price, 100L * (1 + random.nextInt(50)),
                    id++, 1, EventFlags.LAST | (random.nextBoolean() ? EventFlags.BUY : 0));
            write(true);
            trades++;
            update(instrument);
        }
    }

    private void update(int instrument) {
        for (int i = 0; i < levels; i++) {
            boolean isBid = i % 2 == 0;
            event.bookLevel(instrument, nowNs, nowNs + 2,
                    isBid ? price - 1 - random.nextInt(50) : price + 1 + random.nextInt(50),
                    100L * random.nextInt(2_000), id, (isBid ? EventFlags.BID : 0)
                            | (i == 0 ? EventFlags.FIRST : 0)
                            | (i == levels - 1 ? EventFlags.LAST : 0));
            write(i == levels - 1);
        }
    }

    private void write(boolean endOfBatch) {
        handler.onEvent(event, handler.nextSequence(), endOfBatch);
    }

    /** Takes all that is there, and says so. */
    void drain() throws IOException {
        try (Derivation derivation = Derivation.open(config, consumer, lastSequence(),
                note -> {})) {
            DerivationListener nobody = new DerivationListener() {
            };
            int handled = 1;
            while (handled > 0) {
                handled = derivation.poll(nobody, READ_AT_ONCE);
            }
            derivation.checkpoint();
            consumer(derivation.handledSequence(), derivation.journal().journalId());
        }
    }

    /** Says that a consumer is done with so much. */
    void consumer(long sequence, long journalId) throws IOException {
        new JournalConsumer("drain-test", journalId, sequence).write(config.journalDir());
    }

    @Override
    public void close() {
        journal.close();
    }
}
