package com.waickoff.marketdata.storage.history;

import com.waickoff.marketdata.window.Timeframe;
import java.util.List;
import java.util.Optional;

/**
 * What was stored, oldest first, in pages. Whoever answers, a window has the same values and the same
 * stamp.
 *
 * <p>Every call is bounded: by the range it may ask for, by items and bytes of a page, and by a
 * deadline. Windows without trades do not exist; where a tick changed within a window there are two of
 * the same start, each in its own units, the older definition first.
 *
 * <p>Threads: any.
 */
public interface History extends AutoCloseable {
    /**
     * The instruments that were ever stored, by name.
     *
     * @throws HistoryException if it cannot be told now
     */
    List<HistoryInstrument> instruments() throws HistoryException;

    /**
     * Closed windows that start within a range, without their rows.
     *
     * @throws HistoryException if it cannot be told now, or not like that
     */
    Page<HistoryWindow> bars(String instrument, Timeframe timeframe, PageRequest request)
            throws HistoryException;

    /**
     * Closed windows that start within a range, with their rows where these were kept.
     *
     * @throws HistoryException if it cannot be told now, or not like that
     */
    Page<HistoryWindow> windows(String instrument, Timeframe timeframe, PageRequest request)
            throws HistoryException;

    /**
     * Trades matched within a range, in the order in which they were journaled: late and repaired
     * ones come when they came.
     *
     * @throws HistoryException if it cannot be told now, or not like that
     */
    Page<HistoryTrade> trades(String instrument, PageRequest request) throws HistoryException;

    /**
     * Signals of a range of match times, of a window at its end. Those that a revised window took
     * back are there too, before the {@code REVISED} that says so.
     *
     * @throws HistoryException if it cannot be told now, or not like that
     */
    Page<HistorySignal> signals(String instrument, PageRequest request) throws HistoryException;

    /**
     * In which stretches trades may be missing, whichever definition they would be of; empty if the
     * instrument was never heard of.
     *
     * @throws HistoryException if it cannot be told now
     */
    Optional<CoverageLedger> coverage(String instrument) throws HistoryException;

    /** Lets go of what it reads from. */
    @Override
    void close();
}
