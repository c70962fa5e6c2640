package com.waickoff.marketdata.bench.journal;

import com.waickoff.marketdata.Engine;
import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.EngineWorld;
import com.waickoff.marketdata.coverage.CoverageConfig;
import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.journal.JournalCycle;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.replay.WindowLedger;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A market every event of which follows from its sequence alone: so whoever reads a journal knows
 * what must be there. Frames of trades, updates of a book and the clock, of two instruments by
 * turns.
 */
final class KilledMarket {
    /** Engine sequence of the first event of the first frame; before it the two are defined. */
    static final long FIRST_OF_FRAMES = 5;
    /** Events of a frame: trades, levels, a clock, a book that is ready. */
    static final int FRAME = 20;
    /** Frames of a cycle of the journal. */
    static final int FRAMES_IN_A_CYCLE = 100;

    private static final long START_NS = TimeUnit.SECONDS.toNanos(1_795_219_200);
    private static final long FRAME_NS = TimeUnit.MINUTES.toNanos(5) / FRAMES_IN_A_CYCLE;
    private static final int TRADES = 8;
    private static final int UPDATE = 18;
    private static final long MIDDLE = 100_000;
    /** So many, and so long, that no window leaves memory before the end: all are compared. */
    private static final int ROWS = 1_024;
    private static final long HISTORY_MS = TimeUnit.HOURS.toMillis(48);
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private KilledMarket() {}

    /** An engine on a journal, with files for readers in a directory of its own. */
    static Engine open(Path journal, Path data, List<WindowLedger> ledgers, List<String> notes)
            throws IOException {
        Files.createDirectories(data);
        return Engine.open(config(journal, data),
                new EngineWorld(Run.ofThisProcess(START_NS), true, () -> START_NS,
                        CounterBlock::onHeap, () -> {
                            ledgers.add(new WindowLedger());
                            return ledgers.getLast();
                        }, notes::add));
    }

    /** Cycles last minutes of the market's time and milliseconds of ours: kills meet rolls, too. */
    static EngineConfig config(Path journal, Path data) {
        return new EngineConfig(data, journal, 4, RingConfig.DEFAULT,
                new JournalConfig(JournalCycle.FIVE_MINUTES, JournalCycle.FIVE_MINUTES,
                        JournalConfig.MIN_BLOCK_LENGTH),
                new WindowConfig(1, ROWS, 2_000, HISTORY_MS), DepthConfig.defaults(),
                CoverageConfig.DEFAULT);
    }

    /** What must be known before the first event. */
    static void define(Engine engine) {
        for (int id = 0; id < 2; id++) {
            engine.catalogue().define(Instrument.of(id, "bybit-linear", "COIN" + id,
                    new BigDecimal("0.10"), new BigDecimal("0.001"), BigDecimal.ONE, "COIN" + id,
                    "COIN" + id, "USDT", true));
        }
    }

    /** Whether the event of this sequence is the last one of its batch. */
    static boolean endsBatch(long sequence) {
        long place = sequence < FIRST_OF_FRAMES ? UPDATE : (sequence - FIRST_OF_FRAMES) % FRAME;
        return place == TRADES - 1 || place >= UPDATE - 1;
    }

    /** The event of this sequence, but for the flags of where in its batch it stands. */
    static void fill(MarketEvent event, long sequence) {
        if (sequence < FIRST_OF_FRAMES) {
            int id = (int) (sequence - 1) % 2;
            if (sequence <= 2) {
                event.instrument(id, START_NS);
            } else {
                event.feedUp(id, START_NS, START_NS, 1);
            }
            return;
        }
        long frame = (sequence - FIRST_OF_FRAMES) / FRAME;
        int place = (int) ((sequence - FIRST_OF_FRAMES) % FRAME);
        int id = (int) (frame % 2);
        long timeNs = START_NS + frame * FRAME_NS;
        long noise = (sequence * SPREAD) >>> 40;
        if (place < TRADES) {
            event.trade(id, timeNs - TRADES + place, timeNs, MIDDLE + noise % 40 - 20,
                    1 + noise % 1_000, sequence, noise, noise % 2 == 0 ? EventFlags.BUY : 0);
        } else if (place < UPDATE) {
            boolean isBid = place % 2 == 0;
            event.bookLevel(id, timeNs, timeNs,
                    isBid ? MIDDLE - 1 - noise % 50 : MIDDLE + noise % 50, noise % 5 * 100, frame,
                    (isBid ? EventFlags.BID : 0) | (frame < 2 ? EventFlags.SNAPSHOT : 0));
        } else if (place == UPDATE) {
            event.clock(timeNs);
        } else {
            event.bookReady(id, timeNs, timeNs, frame);
        }
    }

    /** Whether they differ in nothing but where in their batch they stand. */
    static boolean isSame(MarketEvent written, MarketEvent read) {
        int edges = EventFlags.FIRST | EventFlags.LAST;
        return written.kind() == read.kind() && written.instrumentId() == read.instrumentId()
                && (written.flags() | edges) == (read.flags() | edges)
                && written.matchTimeNs() == read.matchTimeNs()
                && written.receiveTimeNs() == read.receiveTimeNs()
                && written.word0() == read.word0() && written.word1() == read.word1()
                && written.word2() == read.word2() && written.word3() == read.word3();
    }
}
