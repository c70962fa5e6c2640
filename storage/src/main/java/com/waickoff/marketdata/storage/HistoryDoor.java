package com.waickoff.marketdata.storage;

import com.waickoff.marketdata.cli.EngineFilesOptions.EngineSetup;
import com.waickoff.marketdata.storage.embedded.EmbeddedMongo;
import com.waickoff.marketdata.storage.history.CoverageLedger;
import com.waickoff.marketdata.storage.history.History;
import com.waickoff.marketdata.storage.history.HistoryException;
import com.waickoff.marketdata.storage.history.HistoryException.Kind;
import com.waickoff.marketdata.storage.history.HistoryInstrument;
import com.waickoff.marketdata.storage.history.HistorySignal;
import com.waickoff.marketdata.storage.history.HistoryTrade;
import com.waickoff.marketdata.storage.history.HistoryWindow;
import com.waickoff.marketdata.storage.history.Page;
import com.waickoff.marketdata.storage.history.PageRequest;
import com.waickoff.marketdata.storage.mongo.MongoHistory;
import com.waickoff.marketdata.storage.mongo.MongoSettings;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The stored history for a process beside the drain, found by the configuration of both.
 *
 * <pre>
 *   mongo.uri: embedded      the store that a drain hosts: it writes its address to DATA/drain/mongo.uri
 *                            (mode 0600), anew at each start; the file is gone after a clean end
 *   mongo.uri: mongodb://…   that server; also by mongo.uri-file, with mongo.ca-file and mongo.database
 *   mongo.uri: none          no history: {@link Kind#NOT_KEPT}
 * </pre>
 *
 * <p>One door serves for as long as its process lives. Where the store is, is looked up for each
 * question: a drain that was not there when the door was opened, or was started again under another
 * address, or an address file that was replaced, is found by the next question. While there is none,
 * questions end with {@link Kind#UNAVAILABLE} and say why; a later one may be answered.
 *
 * <p>Each question ends within its own deadline or the door's, whichever is shorter; the one
 * exception is the first question to a {@code mongodb+srv://} address, which asks the DNS before.
 * Nothing that is shown holds an address with a password.
 *
 * <pre>{@code
 *   try (HistoryDoor history = HistoryDoor.open(setup, System::currentTimeMillis,
 *           Duration.ofSeconds(5))) {
 *       Page<HistoryWindow> page = history.bars("bybit-linear:BTCUSDT", Timeframe.M1,
 *               PageRequest.of(fromMs, toMs));
 *   } catch (HistoryException away) {
 *       // away.kind(), away.getMessage()
 *   }
 * }</pre>
 *
 * <p>Threads: any.
 */
public final class HistoryDoor implements History {
    /** Nobody there is told at once; a busy machine takes its time to say that somebody is. */
    private static final Duration KNOCK = Duration.ofSeconds(3);

    private final StoreSettings stores;
    private final LongSupplier epochMs;
    private final Duration deadline;
    private @Nullable Opened opened;
    private boolean isSuspect;
    private boolean isClosed;

    /** What is asked, and where it is. */
    private record Opened(String uri, MongoHistory history) {}

    @FunctionalInterface
    private interface Question<T> {
        T ask(History history) throws HistoryException;
    }

    private HistoryDoor(StoreSettings stores, LongSupplier epochMs, Duration deadline) {
        this.stores = stores;
        this.epochMs = epochMs;
        this.deadline = deadline;
    }

    /**
     * A door that connects to nothing before it is asked something.
     *
     * @param epochMs the time, in ms since the epoch: cursors expire by it
     * @param deadline longest time of any question, 100 ms to 10 min
     */
    public static HistoryDoor open(EngineSetup setup, LongSupplier epochMs, Duration deadline) {
        return new HistoryDoor(StoreSettings.of(setup), epochMs, deadline);
    }

    /**
     * Whether there is to be a history at all; if so it may still be away.
     *
     * @throws HistoryException if the file that says so cannot be read
     */
    public boolean isConfigured() throws HistoryException {
        return !configured().equals(StoreSettings.NONE);
    }

    /**
     * Whether it is a drain that hosts the history, so that there is none where none runs.
     *
     * @throws HistoryException if the file that says so cannot be read
     */
    public boolean isHostedByDrain() throws HistoryException {
        return configured().equals(StoreSettings.EMBEDDED);
    }

    @Override
    public List<HistoryInstrument> instruments() throws HistoryException {
        return ask(History::instruments);
    }

    @Override
    public Page<HistoryWindow> bars(String instrument, Timeframe timeframe, PageRequest request)
            throws HistoryException {
        return ask(history -> history.bars(instrument, timeframe, request));
    }

    @Override
    public Page<HistoryWindow> windows(String instrument, Timeframe timeframe,
            PageRequest request) throws HistoryException {
        return ask(history -> history.windows(instrument, timeframe, request));
    }

    @Override
    public Page<HistoryTrade> trades(String instrument, PageRequest request)
            throws HistoryException {
        return ask(history -> history.trades(instrument, request));
    }

    @Override
    public Page<HistorySignal> signals(String instrument, PageRequest request)
            throws HistoryException {
        return ask(history -> history.signals(instrument, request));
    }

    @Override
    public Optional<CoverageLedger> coverage(String instrument) throws HistoryException {
        return ask(history -> history.coverage(instrument));
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        letGo();
    }

    private <T> T ask(Question<T> question) throws HistoryException {
        History history = current();
        try {
            return question.ask(history);
        } catch (HistoryException e) {
            if (e.kind() == Kind.UNAVAILABLE) {
                suspect();
            }
            throw e;
        }
    }

    private synchronized void suspect() {
        isSuspect = true;
    }

    /** The history at the address that holds now. */
    private synchronized History current() throws HistoryException {
        if (isClosed) {
            throw unavailable("the history was closed", null);
        }
        String configured = configured();
        if (configured.equals(StoreSettings.NONE)) {
            letGo();
            throw new HistoryException(Kind.NOT_KEPT,
                    "no history is kept beyond the snapshot's: mongo.uri is none");
        }
        boolean isHosted = configured.equals(StoreSettings.EMBEDDED);
        String uri = isHosted ? hosted() : configured;
        Opened known = opened;
        boolean isKnown = known != null && known.uri.equals(uri);
        if (isHosted && (!isKnown || isSuspect)) {
            // The driver would look for it until the deadline.
            knock(uri);
        }
        isSuspect = false;
        if (known != null && isKnown) {
            return known.history;
        }
        letGo();
        return connect(uri);
    }

    private History connect(String uri) throws HistoryException {
        try {
            MongoSettings settings = stores.mongo(uri);
            MongoHistory history = new MongoHistory(settings.within(deadline), epochMs);
            opened = new Opened(uri, history);
            return history;
        } catch (IllegalArgumentException unusable) {
            throw unavailable("the history: " + unusable.getMessage(), unusable);
        }
    }

    private void letGo() {
        Opened known = opened;
        opened = null;
        if (known != null) {
            known.history.close();
        }
    }

    private String configured() throws HistoryException {
        try {
            return stores.mongoUri();
        } catch (IOException e) {
            throw unavailable("the address of the history: " + e, e);
        }
    }

    private String hosted() throws HistoryException {
        try {
            return EmbeddedMongo.addressIn(stores.directory());
        } catch (NoSuchFileException absent) {
            letGo();
            throw unavailable("no drain hosts a history in " + stores.directory()
                    + ": `waickoff drain` does, beside the engine", absent);
        } catch (AccessDeniedException denied) {
            throw unavailable(denied.getFile() + " cannot be read: it is for the user alone who"
                    + " runs the drain", denied);
        } catch (IOException e) {
            throw unavailable("the address of the history: " + e, e);
        }
    }

    private void knock(String uri) throws HistoryException {
        try {
            EmbeddedMongo.knock(uri, KNOCK);
        } catch (IOException e) {
            letGo();
            throw unavailable("the drain that hosted the history in " + stores.directory()
                    + " has ended without saying so: `waickoff drain` hosts it again", e);
        }
    }

    private static HistoryException unavailable(String why, @Nullable Exception cause) {
        return cause == null ? new HistoryException(Kind.UNAVAILABLE, why)
                : new HistoryException(Kind.UNAVAILABLE, why, cause);
    }
}
