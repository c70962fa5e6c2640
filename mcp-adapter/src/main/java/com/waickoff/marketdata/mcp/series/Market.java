package com.waickoff.marketdata.mcp.series;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.MustWaitException;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.history.StoredPast;
import com.waickoff.marketdata.mcp.live.EngineDoor;
import com.waickoff.marketdata.mcp.live.InstrumentNames;
import com.waickoff.marketdata.mcp.live.LiveReading;
import com.waickoff.marketdata.mcp.live.Liveness;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.FlowView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.storage.history.HistoryInstrument;
import com.waickoff.marketdata.storage.history.HistorySignal;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of instruments, whether it is in the snapshot or in the store; either may be
 * away.
 *
 * <pre>
 *   store      ├──────────────────────────────┤
 *   snapshot                       ├───────────────┤ closed ├─┤ open
 *   answer     ├───── store ───────┤──────── snapshot ────────┤
 * </pre>
 *
 * <p>Where both have a window they give the same numbers; the snapshot's is taken, being nearer.
 *
 * <p>Threads: any.
 */
public final class Market {
    private final EngineDoor engine;
    private final StoredPast snapshot;
    private final StoredPast past;

    /**
     * The market as these know it.
     *
     * @param snapshot the history that the engine's snapshot holds
     * @param past the store; {@link StoredPast#NONE} if there is none
     */
    public Market(EngineDoor engine, StoredPast snapshot, StoredPast past) {
        this.engine = engine;
        this.snapshot = snapshot;
        this.past = past;
    }

    /**
     * The same market for threads that must not wait: what needs the store ends with a {@link
     * MustWaitException}.
     */
    public Market atOnce() {
        return new Market(engine, snapshot, past.shut());
    }

    /** The engine's files. */
    public EngineDoor engine() {
        return engine;
    }

    /** The store. */
    public StoredPast past() {
        return past;
    }

    /** The closed windows and signals of the snapshot. */
    StoredPast snapshot() {
        return snapshot;
    }

    /**
     * A number that is another one when the newest windows of a length have changed.
     *
     * @param name {@code venue:SYMBOL}
     * @param length such as {@code 5m}; what is no timeframe means the day
     * @throws ToolFailure if the engine is away, or knows no such instrument
     */
    public long version(String name, String length) throws ToolFailure {
        Timeframe timeframe = Timeframe.ofLabel(length);
        return look(name, (reader, entry, nowMs) -> {
            FlowView flow = new FlowView();
            LiveReading.copy(() -> reader.read(entry,
                    timeframe == null ? Timeframe.D1 : timeframe, flow));
            return versionOf(reader, flow.sequence(), nowMs);
        });
    }

    /**
     * A number that is another one when the book has changed.
     *
     * @param name {@code venue:SYMBOL}
     * @throws ToolFailure if the engine is away, or knows no such instrument
     */
    public long bookVersion(String name) throws ToolFailure {
        return look(name, (reader, entry, nowMs) -> {
            DepthView depth = new DepthView();
            LiveReading.copy(() -> reader.read(entry, depth));
            return versionOf(reader, depth.sequence(), nowMs);
        });
    }

    /** Another one too when the engine was started anew, or has stopped. */
    private static long versionOf(SnapshotReader reader, long sequence, long nowMs) {
        return 31 * (31 * sequence + reader.run().epoch())
                + Liveness.of(reader, nowMs).ordinal();
    }

    /**
     * The instruments that the engine knows, by name.
     *
     * @throws ToolFailure if the engine is away
     */
    public Map<String, Instrument> liveInstruments() throws ToolFailure {
        return engine.look((reader, nowMs) -> {
            Map<String, Instrument> found = new LinkedHashMap<>();
            for (SnapshotEntry entry : reader.instruments()) {
                found.put(entry.instrument().name(), Instrument.of(entry.instrument()));
            }
            return found;
        });
    }

    /**
     * The instrument that is meant: one the engine knows, or else one that was ever stored.
     *
     * @param given {@code venue:SYMBOL}, or a symbol that only one venue has
     * @throws ToolFailure if there is none or several, naming those that may have been meant
     */
    public Instrument find(String given) throws ToolFailure {
        Map<String, Instrument> known = new LinkedHashMap<>();
        @Nullable
        ToolFailure away = null;
        try {
            Optional<Instrument> exact = engine.look((reader, nowMs) -> Optional
                    .ofNullable(reader.find(given))
                    .map(entry -> Instrument.of(entry.instrument())));
            if (exact.isPresent()) {
                return exact.get();
            }
            known.putAll(liveInstruments());
        } catch (ToolFailure failure) {
            away = failure;
        }
        boolean isKnown = known.containsKey(given)
                || known.values().stream().anyMatch(one -> one.symbol().equals(given));
        if (!isKnown && past.isKept()) {
            // The name is looked up in a list: what a client wrote is never part of a query.
            for (Map.Entry<String, Instrument> stored : storedInstruments().entrySet()) {
                known.putIfAbsent(stored.getKey(), stored.getValue());
            }
        }
        if (known.isEmpty() && away != null) {
            throw away;
        }
        Instrument found = known.get(InstrumentNames.find(given, known.keySet()));
        if (found == null) {
            throw new IllegalStateException(given + " is among the names, but not among those");
        }
        return found;
    }

    /** Instruments that were ever stored, by name; none if the store is away. */
    public Map<String, Instrument> storedInstruments() {
        Map<String, Instrument> stored = new LinkedHashMap<>();
        if (past.isKept()) {
            try {
                for (HistoryInstrument instrument : past.instruments()) {
                    stored.put(instrument.name(), Instrument.of(instrument));
                }
            } catch (ToolFailure away) {
                return Map.of();
            }
        }
        return stored;
    }

    /**
     * What the engine shows now of the instrument that is meant.
     *
     * @param given {@code venue:SYMBOL}, or a symbol that only one venue has
     * @throws ToolFailure if the engine is away, or does not know such an instrument
     */
    public LiveReading live(String given, Timeframe timeframe) throws ToolFailure {
        return look(given, (reader, entry, nowMs) -> LiveReading.of(reader, entry, timeframe,
                nowMs, engine.views()));
    }

    /** What is done with an instrument of the snapshot. */
    @FunctionalInterface
    public interface Look<T> {
        /** Copies what is needed. */
        T at(SnapshotReader reader, SnapshotEntry entry, long nowMs)
                throws ToolFailure, IOException;
    }

    /**
     * Looks at the instrument that is meant, once.
     *
     * @param given {@code venue:SYMBOL}, or a symbol that only one venue has
     * @throws ToolFailure if the engine is away, or does not know such an instrument
     */
    public <T> T look(String given, Look<T> look) throws ToolFailure {
        return engine.look((reader, nowMs) -> {
            SnapshotEntry exact = reader.find(given);
            return look.at(reader, exact == null ? meant(given, reader) : exact, nowMs);
        });
    }

    private static SnapshotEntry meant(String given, SnapshotReader reader)
            throws ToolFailure, IOException {
        List<String> names = reader.instruments().stream().map(entry -> entry.instrument().name())
                .toList();
        SnapshotEntry entry = reader.find(InstrumentNames.find(given, names));
        if (entry == null) {
            throw new IllegalStateException(given + " is among the names, but has no entry");
        }
        return entry;
    }

    /**
     * What the engine shows now.
     *
     * @throws ToolFailure if the engine is away, or does not know the instrument
     */
    public LiveReading live(Instrument instrument, Timeframe timeframe) throws ToolFailure {
        return engine.look((reader, nowMs) -> {
            SnapshotEntry entry = reader.find(instrument.name());
            if (entry == null) {
                throw new ToolFailure(ErrorCode.NO_DATA, instrument.name() + " is not followed by"
                        + " the engine now. Its past can be asked: get_candles, get_order_flow,"
                        + " get_trades, get_volume_profile with window=custom.");
            }
            return LiveReading.of(reader, entry, timeframe, nowMs, engine.views());
        });
    }

    /**
     * Windows that start within a range.
     *
     * @param fromMs included; {@code toMs} excluded, in ms since the epoch
     * @param limit most windows, from the oldest on
     * @param withRows whether their rows are wanted
     * @throws ToolFailure if nothing can be told
     */
    public Series series(Instrument instrument, Timeframe timeframe, long fromMs, long toMs,
            int limit, boolean withRows) throws ToolFailure {
        return new SeriesReading(this, instrument, timeframe).read(fromMs, toMs, limit, withRows);
    }

    /**
     * One window over all of a range: the coarsest windows that fit, down to minutes.
     *
     * @param fromMs included, rounded down to a minute; {@code toMs} excluded, rounded up to one
     * @throws ToolFailure if nothing can be told
     */
    public Stretch stretch(Instrument instrument, long fromMs, long toMs) throws ToolFailure {
        return new StretchReading(this, instrument).read(fromMs, toMs);
    }

    /**
     * The signals of a range that count, oldest first: without those of windows that showed other
     * ones when they were revised. Of a side that is away there are none.
     *
     * @param fromMs included, as match times; {@code toMs} excluded
     */
    public List<HistorySignal> signals(Instrument instrument, long fromMs, long toMs) {
        return new SignalReading(this, instrument).read(fromMs, toMs);
    }

    /**
     * What the engine still shows of former definitions of the instrument, oldest first: none but
     * where a tick, lot or scale changed.
     *
     * @throws ToolFailure if the engine is away
     */
    List<LiveReading> former(Instrument instrument, Timeframe timeframe) throws ToolFailure {
        return engine.look((reader, nowMs) -> {
            List<SnapshotEntry> all = reader.definitions(instrument.name());
            List<LiveReading> former = new ArrayList<>();
            for (SnapshotEntry entry : all.subList(0, Math.max(0, all.size() - 1))) {
                former.add(LiveReading.of(reader, entry, timeframe, nowMs, engine.views()));
            }
            return former;
        });
    }
}
