package com.waickoff.marketdata.mcp.history;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.MustWaitException;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.storage.history.CoverageLedger;
import com.waickoff.marketdata.storage.history.History;
import com.waickoff.marketdata.storage.history.HistoryException;
import com.waickoff.marketdata.storage.history.HistoryInstrument;
import com.waickoff.marketdata.storage.history.HistorySignal;
import com.waickoff.marketdata.storage.history.HistoryTrade;
import com.waickoff.marketdata.storage.history.HistoryWindow;
import com.waickoff.marketdata.storage.history.Page;
import com.waickoff.marketdata.storage.history.PageRequest;
import com.waickoff.marketdata.window.Timeframe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door to the stored history. Every question ends within a deadline, and one that has no answer
 * says what to do next.
 *
 * <p>Threads: any.
 */
public final class StoredPast implements AutoCloseable {
    /** Where nothing is kept but what the snapshot holds. */
    public static final StoredPast NONE = new StoredPast(null, false, Duration.ofSeconds(1),
            false);

    private static final Logger LOG = LoggerFactory.getLogger(StoredPast.class);

    private final @Nullable History history;
    private final boolean isHostedByDrain;
    private final Duration deadline;
    private final boolean isShut;

    private interface Question<T> {
        T ask(History history) throws HistoryException;
    }

    private StoredPast(@Nullable History history, boolean isHostedByDrain, Duration deadline,
            boolean isShut) {
        this.history = history;
        this.isHostedByDrain = isHostedByDrain;
        this.deadline = deadline;
        this.isShut = isShut;
    }

    /**
     * A door to a history, which is closed with it.
     *
     * @param deadline of each question
     */
    public static StoredPast of(History history, Duration deadline) {
        return new StoredPast(history, false, deadline, false);
    }

    /**
     * A door to the history that a drain beside the engine hosts, if one runs.
     *
     * @param deadline of each question
     */
    public static StoredPast hostedByDrain(History history, Duration deadline) {
        return new StoredPast(history, true, deadline, false);
    }

    /**
     * The same door for threads that must not wait: each question to it ends at once with a {@link
     * MustWaitException}. It need not be closed.
     */
    public StoredPast shut() {
        return history == null ? this
                : new StoredPast(history, isHostedByDrain, deadline, true);
    }

    /** Whether it is there only where a drain runs. */
    public boolean isHostedByDrain() {
        return isHostedByDrain;
    }

    /** Whether there is to be a history; it may still be away. */
    public boolean isKept() {
        return history != null;
    }

    /**
     * A question about a range: one page of it.
     *
     * @param fromMs included, in ms since the epoch
     * @param toMs excluded
     * @param limit most items
     */
    public PageRequest range(long fromMs, long toMs, int limit) {
        return PageRequest.of(fromMs, toMs).withLimit(Math.clamp(limit, 1, PageRequest.MAX_LIMIT))
                .within(deadline);
    }

    /**
     * The instruments that were ever stored.
     *
     * @throws ToolFailure if it cannot be told now
     */
    public List<HistoryInstrument> instruments() throws ToolFailure {
        return ask(History::instruments);
    }

    /**
     * Closed windows that start within a range, oldest first, with their rows if wanted.
     *
     * @throws ToolFailure if it cannot be told now, or not like that
     */
    public Page<HistoryWindow> windows(String instrument, Timeframe timeframe, PageRequest request,
            boolean withRows) throws ToolFailure {
        return ask(asked -> withRows ? asked.windows(instrument, timeframe, request)
                : asked.bars(instrument, timeframe, request));
    }

    /**
     * Trades matched within a range, in the order in which they were journaled.
     *
     * @throws ToolFailure if it cannot be told now, or not like that
     */
    public Page<HistoryTrade> trades(String instrument, PageRequest request) throws ToolFailure {
        return ask(asked -> asked.trades(instrument, request));
    }

    /**
     * Signals of a range of match times.
     *
     * @throws ToolFailure if it cannot be told now, or not like that
     */
    public Page<HistorySignal> signals(String instrument, PageRequest request)
            throws ToolFailure {
        return ask(asked -> asked.signals(instrument, request));
    }

    /**
     * In which stretches trades may be missing.
     *
     * @throws ToolFailure if it cannot be told now
     */
    public Optional<CoverageLedger> coverage(String instrument) throws ToolFailure {
        return ask(asked -> asked.coverage(instrument));
    }

    @Override
    public void close() {
        if (history != null) {
            history.close();
        }
    }

    private <T> T ask(Question<T> question) throws ToolFailure {
        if (history == null) {
            throw notKept();
        }
        if (isShut) {
            throw new MustWaitException();
        }
        try {
            return question.ask(history);
        } catch (HistoryException e) {
            LOG.debug("the history has no answer", e);
            throw failure(e);
        }
    }

    static ToolFailure failure(HistoryException e) {
        return switch (e.kind()) {
            case UNAVAILABLE -> new ToolFailure(ErrorCode.HISTORY_UNAVAILABLE,
                    "the stored history does not answer. Live windows still work: leave out past"
                            + " ranges, or try again later; get_health says how the store is.");
            case UNREADABLE -> new ToolFailure(ErrorCode.HISTORY_UNAVAILABLE,
                    "what is stored cannot be read by this version. Live windows still work; ask"
                            + " the user to run adapter and drain of one release.");
            case RANGE_TOO_LARGE -> new ToolFailure(ErrorCode.RANGE_TOO_LARGE,
                    "the history does not answer so long a range at once: ask for less.");
            case BAD_CURSOR -> new ToolFailure(ErrorCode.INVALID_ARGUMENT, "cursor is not one of"
                    + " this question: pass the nextCursor of the previous page with the same"
                    + " other arguments, or none.");
            case CURSOR_EXPIRED -> new ToolFailure(ErrorCode.CURSOR_EXPIRED,
                    "what the cursor pointed into is gone: ask again without cursor.");
            case NOT_KEPT -> notKept();
        };
    }

    private static ToolFailure notKept() {
        return new ToolFailure(ErrorCode.NOT_AVAILABLE, "no history is kept here beyond what the"
                + " engine's snapshot holds: ask for newer data, or use get_candles, get_order_flow"
                + " and get_volume_profile without past ranges.");
    }
}
