package com.waickoff.marketdata.bench.fault;

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
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalHandler;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.journal.JournalReport;
import com.waickoff.marketdata.journal.JournalVerifier;
import com.waickoff.marketdata.journal.SequenceRange;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A journal that is written without feeds: frames of trades and updates of a book by turns. */
final class FaultJournal implements AutoCloseable {
    /** Events of a frame and an update. */
    static final int IN_BOTH = 205;

    private static final long START_NS = TimeUnit.SECONDS.toNanos(1_795_219_200);
    private static final int TRADES = 5;
    private static final int LEVELS = IN_BOTH - TRADES;
    private static final int SHOWN = 110;
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
            hand(true);
        }
    }

    static FaultJournal open(Path directory) {
        return new FaultJournal(Journal.open(directory, CONFIG, () -> START_NS));
    }

    /** A frame of trades, and then an update. */
    void both(long afterStartNs) {
        long timeNs = START_NS + afterStartNs;
        for (int i = 0; i < TRADES; i++) {
            event.trade(0, timeNs - 1, timeNs, 1_000 + i, 1, trades + i, 0,
                    i == TRADES - 1 ? EventFlags.LAST : 0);
            hand(i == TRADES - 1);
        }
        trades += TRADES;
        for (int i = 0; i < LEVELS; i++) {
            event.bookLevel(0, timeNs - 1, timeNs, 1_000 + i, i, 1,
                    (i == 0 ? EventFlags.FIRST : 0) | (i == LEVELS - 1 ? EventFlags.LAST : 0));
            hand(i == LEVELS - 1);
        }
    }

    /** Has levels journaled again. */
    void resume(long afterStartNs) {
        event.header(EventKind.DEPTH_RESUMED, EventFlags.LAST, MarketEvent.ALL_INSTRUMENTS, 0,
                START_NS + afterStartNs);
        event.words(0, 0, 0, 0);
        hand(true);
    }

    boolean reserveAhead() {
        return journal.reserveAhead();
    }

    boolean isPaused() {
        return handler.isDepthPaused();
    }

    /** Levels left out since this was opened. */
    long leftOut() {
        return counters.get(Counter.LEVELS_NOT_JOURNALED);
    }

    /** Trades taken since this was opened. */
    long trades() {
        return trades;
    }

    /** Events that were in the journal when it was opened, and since. */
    long journaled() {
        return journal.nextSequence() - 1 + counters.get(Counter.EVENTS_JOURNALED);
    }

    private void hand(boolean endOfBatch) {
        handler.onEvent(event, handler.nextSequence(), endOfBatch);
    }

    @Override
    public void close() {
        journal.close();
    }

    /** The newest file of a queue, or the one before the last two. */
    static Path fileOf(Path directory, JournalQueue queue, boolean isNewest) {
        List<CycleInfo> cycles = JournalDirectory.open(directory).cycles(queue);
        CycleInfo cycle = isNewest ? cycles.getLast() : cycles.get(cycles.size() - 2);
        return directory.resolve(queue.directoryName()).resolve(cycle.fileName());
    }

    /** What who reads a journal finds. */
    static String readers(Path directory) {
        try {
            JournalReport report = JournalVerifier.verify(directory);
            return report.isSound() ? "find nothing wrong"
                    : "find it: " + shown(report.problems().getFirst());
        } catch (JournalException e) {
            return "find it: " + shown(e.getMessage());
        }
    }

    /** What an engine does that is started on it. */
    static String start(Path directory) {
        try (FaultJournal again = open(directory)) {
            SequenceRange loss = again.journal.recovery().loss();
            again.both(TimeUnit.DAYS.toNanos(4));
            return "goes on" + (loss == null ? "" : ", and declares " + loss + " lost");
        } catch (JournalException e) {
            return "refuses: " + shown(e.getMessage());
        }
    }

    /** Whether an engine starts on it and reads what it then appends, and all that was before. */
    static boolean canStart(Path directory) {
        try (FaultJournal again = open(directory)) {
            again.both(TimeUnit.DAYS.toNanos(4));
            return true;
        } catch (JournalException e) {
            return false;
        }
    }

    /** Whether nobody finds anything wrong. */
    static boolean isSound(Path directory) {
        return JournalVerifier.verify(directory).isSound();
    }

    /**
     * Events of which nobody says that they are missing.
     *
     * @param journaled events that were taken
     * @param isRefused whether an engine has said that something is wrong
     */
    static long lost(Path directory, long journaled, boolean isRefused) {
        JournalReport report;
        try {
            report = JournalVerifier.verify(directory);
        } catch (JournalException e) {
            return 0;
        }
        return isRefused || !report.isSound() ? 0
                : Math.max(0, journaled - report.eventCount());
    }

    private static String shown(String message) {
        String oneLine = message.replace('\n', ' ').replaceAll("/\\S*/(?=\\S)", "");
        return oneLine.length() <= SHOWN ? oneLine : oneLine.substring(0, SHOWN) + "…";
    }
}
