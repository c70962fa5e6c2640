package com.waickoff.marketdata.segment;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.journal.Journal;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.journal.JournalCycle;
import com.waickoff.marketdata.journal.JournalHandler;
import com.waickoff.marketdata.status.CounterBlock;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A journal of random markets, with every kind of event; the same for the same seed. */
final class SyntheticJournal {
    /** 2026-11-21 00:00 UTC. */
    static final long MIDNIGHT_NS = TimeUnit.SECONDS.toNanos(1_795_219_200);
    static final JournalConfig CONFIG = new JournalConfig(JournalCycle.FIVE_MINUTES,
            JournalCycle.FIVE_MINUTES, JournalConfig.MIN_BLOCK_LENGTH);
    private static final int INSTRUMENTS = 3;

    private final Random random;
    private final long stepNs;
    private final InstrumentCatalogue catalogue = new InstrumentCatalogue(8);
    private final JournalHandler handler;
    private final MarketEvent event = new MarketEvent();
    private final long[] prices = {600_000, 30_000, 1_500};
    private final long[] ids = {7_000_000_000L, 1, 90};
    private long nowNs = MIDNIGHT_NS;
    private long updateId = 1_000;

    private SyntheticJournal(Journal journal, long seed, long stepNs) {
        random = new Random(seed);
        this.stepNs = stepNs;
        handler = new JournalHandler(journal, catalogue, CounterBlock.onHeap("journal"));
    }

    /** Writes so many batches, which take 100 ms each: 3,000 are a file of each queue. */
    static void write(Path directory, long seed, int batches) {
        write(directory, seed, batches, TimeUnit.MILLISECONDS.toNanos(100));
    }

    /** Writes a few batches, and a file of each queue that is closed. */
    static void writeLittle(Path directory, long seed) {
        write(directory, seed, 50, TimeUnit.SECONDS.toNanos(10));
    }

    /** Writes a file of each queue that is closed, of many batches, and the begin of a second one. */
    static void writeMuch(Path directory, long seed) {
        write(directory, seed, 50_000, TimeUnit.MILLISECONDS.toNanos(7));
    }

    private static void write(Path directory, long seed, int batches, long stepNs) {
        try (Journal journal = Journal.open(directory, CONFIG, () -> MIDNIGHT_NS)) {
            SyntheticJournal synthetic = new SyntheticJournal(journal, seed, stepNs);
            synthetic.define();
            for (int i = 0; i < batches; i++) {
                synthetic.batch();
            }
        }
    }

    private void define() {
        for (int i = 0; i < INSTRUMENTS; i++) {
            int id = catalogue.define(Instrument.of(i, "bybit-linear", "MARKET" + i,
                    new BigDecimal("0.10"), new BigDecimal("0.001"), BigDecimal.ONE, "BTC", "BTC",
                    "USDT", i % 2 == 0)).id();
            write(true, slot -> slot.instrument(id, nowNs));
        }
    }

    private void batch() {
        nowNs += random.nextLong(2 * stepNs);
        int id = random.nextInt(INSTRUMENTS);
        switch (random.nextInt(40)) {
            case 0 -> write(true, slot -> slot.bookReset(id, nowNs - 5, nowNs, updateId,
                    Reason.SEQUENCE_GAP));
            case 1 -> write(true, slot -> slot.bookReady(id, nowNs - 5, nowNs, updateId));
            case 2 -> write(true, slot -> slot.tradeGapByIds(id, 0, nowNs, ids[id], ids[id] + 5,
                    Reason.MALFORMED_FRAME));
            case 3 -> write(true, slot -> slot.feedUp(id, nowNs, nowNs, random.nextInt(9)));
            case 4 -> write(true, slot -> slot.feedDown(id, nowNs, 3, Reason.DISCONNECTED));
            case 5 -> control(EventKind.DEPTH_PAUSED);
            case 6, 7 -> control(EventKind.DEPTH_RESUMED);
            case 8, 9, 10, 11, 12 -> write(true, slot -> slot.clock(nowNs));
            default -> {
                if (random.nextBoolean()) {
                    trades(id, 1 + random.nextInt(6));
                } else {
                    levels(id, 1 + random.nextInt(random.nextInt(50) == 0 ? 1_000 : 30));
                }
            }
        }
    }

    private void trades(int id, int count) {
        long matchNs = (nowNs / 1_000_000 - random.nextInt(50)) * 1_000_000;
        for (int i = 0; i < count; i++) {
            boolean isLast = i == count - 1;
            prices[id] += random.nextInt(5) - 2;
            // A chain, a hash, and numbers as large and as small as they get.
            ids[id] = id == 0 ? ids[id] + 1 : random.nextLong();
            long quantity = random.nextInt(200) == 0 ? Long.MAX_VALUE
                    : 100L * random.nextInt(5_000);
            long aux = id == 2 ? random.nextLong() : random.nextInt(4);
            int flags = (random.nextBoolean() ? EventFlags.BUY : 0)
                    | (random.nextInt(20) == 0 ? EventFlags.AGGREGATE | EventFlags.SPAN : 0)
                    | (isLast ? EventFlags.LAST : 0);
            write(isLast, slot -> slot.trade(id, matchNs, nowNs, prices[id], quantity, ids[id],
                    aux, flags));
        }
    }

    private void levels(int id, int count) {
        boolean isSnapshot = random.nextInt(10) == 0;
        updateId += random.nextInt(100);
        for (int i = 0; i < count; i++) {
            boolean isLast = i == count - 1;
            int flags = (random.nextInt(count) > i ? EventFlags.BID : 0)
                    | (isSnapshot ? EventFlags.SNAPSHOT : 0) | (i == 0 ? EventFlags.FIRST : 0)
                    | (isLast ? EventFlags.LAST : 0);
            long price = prices[id] + random.nextInt(100) - 50;
            long quantity = random.nextInt(3) == 0 ? 0 : 100L * random.nextInt(9_000);
            write(isLast, slot -> slot.bookLevel(id, nowNs - 7_000_000, nowNs, price, quantity,
                    updateId, flags));
        }
    }

    private void control(byte kind) {
        write(true, slot -> {
            slot.header(kind, EventFlags.LAST, MarketEvent.ALL_INSTRUMENTS, 0, nowNs);
            slot.words(0, 0, 0, 0);
        });
    }

    private void write(boolean endOfBatch, Consumer<MarketEvent> filler) {
        filler.accept(event);
        handler.onEvent(event, handler.nextSequence(), endOfBatch);
    }
}
