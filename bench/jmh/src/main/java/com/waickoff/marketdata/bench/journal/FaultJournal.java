package com.waickoff.marketdata.bench.journal;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.journal.CycleInfo;
import com.waickoff.marketdata.journal.Journal;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.journal.JournalCycle;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalHandler;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.journal.SequenceRange;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A journal that is written without feeds: frames of trades and updates of a book by turns. */
final class FaultJournal implements AutoCloseable {
    static final long START_NS = TimeUnit.SECONDS.toNanos(1_795_219_200);
    /** Events of a frame and an update. */
    static final int IN_BOTH = 205;

    private static final int TRADES = 5;
    private static final int LEVELS = IN_BOTH - TRADES;
    private static final JournalConfig CONFIG = new JournalConfig(JournalCycle.DAY,
            JournalCycle.DAY, JournalConfig.MIN_BLOCK_LENGTH);

    private final Journal journal;
    private final JournalHandler handler;
    private final CounterBlock counters = CounterBlock.onHeap("journal");
    private final MarketEvent event = new MarketEvent();
    private long trades;

    private FaultJournal(Journal journal) {
        this.journal = journal;
        InstrumentCatalogue catalogue = new InstrumentCatalogue(1);
        handler = new JournalHandler(journal, catalogue, counters);
        if (catalogue.count() == 0) {
            catalogue.define(Instrument.of(0, "bybit-linear", "BTCUSDT", new BigDecimal("0.10"),
                    new BigDecimal("0.001"), BigDecimal.ONE, "BTC", "BTC", "USDT", true));
            event.instrument(0, START_NS);
            hand();
        }
    }

    static FaultJournal open(Path directory) {
        JournalConfig config = JournalDirectory.isJournal(directory)
                ? JournalDirectory.open(directory).config() : CONFIG;
        return new FaultJournal(Journal.open(directory, config, () -> START_NS));
    }

    /** A frame of trades, and then an update. */
    void both(long afterStartNs) {
        long timeNs = START_NS + afterStartNs;
        for (int i = 0; i < TRADES; i++) {
            event.trade(0, timeNs - 1, timeNs, 1_000 + i, 1, trades + i, 0,
                    i == TRADES - 1 ? EventFlags.LAST : 0);
            hand();
        }
        trades += TRADES;
        for (int i = 0; i < LEVELS; i++) {
            event.bookLevel(0, timeNs - 1, timeNs, 1_000 + i, i, 1,
                    (i == 0 ? EventFlags.FIRST : 0) | (i == LEVELS - 1 ? EventFlags.LAST : 0));
            hand();
        }
    }

    /** Has levels journaled again. */
    void resume(long afterStartNs) {
        event.header(EventKind.DEPTH_RESUMED, EventFlags.LAST, MarketEvent.ALL_INSTRUMENTS, 0,
                START_NS + afterStartNs);
        event.words(0, 0, 0, 0);
        hand();
    }

    boolean reserveAhead() {
        return journal.reserveAhead();
    }

    boolean isPaused() {
        return handler.isDepthPaused();
    }

    /** What was found missing when this was opened. */
    @Nullable
    SequenceRange loss() {
        return journal.recovery().loss();
    }

    /** Levels left out since this was opened. */
    long leftOut() {
        return counters.get(Counter.LEVELS_NOT_JOURNALED);
    }

    /** Trades taken since this was opened. */
    long trades() {
        return trades;
    }

    /** The sequence of the next event. */
    long nextSequence() {
        return handler.nextSequence();
    }

    @Override
    public void close() {
        journal.close();
    }

    private void hand() {
        handler.onEvent(event, handler.nextSequence(), event.has(EventFlags.LAST));
    }

    /** The newest file of a queue, or the one before. */
    static Path fileOf(Path directory, JournalQueue queue, boolean isNewest) {
        List<CycleInfo> cycles = JournalDirectory.open(directory).cycles(queue);
        CycleInfo cycle = cycles.get(cycles.size() - (isNewest ? 1 : 2));
        return directory.resolve(queue.directoryName()).resolve(cycle.fileName());
    }
}
