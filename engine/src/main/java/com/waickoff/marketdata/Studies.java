package com.waickoff.marketdata;

import com.waickoff.marketdata.coverage.CoverageStudy;
import com.waickoff.marketdata.coverage.InstrumentCoverage;
import com.waickoff.marketdata.depth.Book;
import com.waickoff.marketdata.depth.DepthStudy;
import com.waickoff.marketdata.event.Checkpointed;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.flow.FlowStudy;
import com.waickoff.marketdata.flow.SignalListener;
import com.waickoff.marketdata.profile.ProfileStudy;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.InstrumentWindows;
import com.waickoff.marketdata.window.MarketWindows;
import com.waickoff.marketdata.window.WindowCloseListener;
import com.waickoff.marketdata.window.WindowListener;
import java.util.List;
import java.util.Objects;

/**
 * The studies of one shard: definitions, then profile, flow, depth, coverage, in this order on one
 * thread. Live events, recovery and replay go through the same object.
 */
final class Studies implements MarketEventHandler {
    private final MarketWindows windows;
    private final Definitions definitions;
    private final ProfileStudy profile;
    private final FlowStudy flow;
    private final DepthStudy depth;
    private final CoverageStudy coverage;
    private final List<Checkpointed> parts;

    Studies(EngineConfig config, InstrumentCatalogue catalogue, SnapshotWriter snapshot,
            WindowListener retired, SignalListener signals, CounterBlock counters) {
        windows = new MarketWindows(catalogue.capacity(), config.windows(), retired);
        definitions = new Definitions(config, catalogue, snapshot, windows);
        profile = new ProfileStudy(catalogue, windows, snapshot, counters);
        flow = new FlowStudy(catalogue, windows, snapshot, config.flow(), signals,
                counters);
        depth = new DepthStudy(catalogue, snapshot, config.depth(),
                config.windows().latenessMs(), counters);
        coverage = new CoverageStudy(catalogue, windows, snapshot, config.coverage(), counters);
        parts = List.of(profile, flow, depth, coverage);
    }

    @Override
    public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
        if (event.kind() == EventKind.BOOK_LEVEL && !endOfBatch) {
            // Nine events of ten, of no concern to the others. Each is called by its own class, not
            // as one of a list, so that nothing stands between the event and the book.
            depth.onEvent(event, sequence, false);
            return;
        }
        definitions.onEvent(event, sequence, endOfBatch);
        profile.onEvent(event, sequence, endOfBatch);
        flow.onEvent(event, sequence, endOfBatch);
        depth.onEvent(event, sequence, endOfBatch);
        coverage.onEvent(event, sequence, endOfBatch);
    }

    /** The parts that have state to keep across a restart. */
    List<Checkpointed> parts() {
        return parts;
    }

    /** What is known of the tape of an instrument. */
    InstrumentCoverage coverage(int instrumentId) {
        return coverage.coverage(instrumentId);
    }

    /** Whether an instrument's book is shown as one that follows its venue. */
    boolean isBookSynced(int instrumentId) {
        Book book = depth.find(instrumentId);
        return book != null && book.state() == BookState.SYNCED;
    }

    /** What an instrument's book is worth now. */
    BookState bookState(int instrumentId) {
        return Objects.requireNonNull(depth.find(instrumentId)).state();
    }

    /** The windows of an instrument. */
    InstrumentWindows windows(int instrumentId) {
        return windows.get(instrumentId);
    }

    /** Has {@code listener} told what happens to closed windows. */
    void addListener(WindowCloseListener listener) {
        windows.addListener(listener);
    }

    /** When an event was last received, in ns since the epoch; 0 for never. */
    long lastReceiveTimeNs() {
        return coverage.lastReceiveTimeNs();
    }

    /** An instrument as readers of this engine's numbers need it. */
    static SnapshotInstrument described(Instrument instrument, EngineConfig config) {
        return new SnapshotInstrument(instrument.id(), instrument.venue(), instrument.symbol(),
                instrument.priceScale(), instrument.tick(), instrument.quantityScale(),
                instrument.lot(), instrument.contractSize(), instrument.contractUnit(),
                instrument.quantityUnit(), instrument.priceUnit(),
                instrument.tick() * config.windows().rowTicks());
    }

    /** Retires every kept window: the end of a replay. */
    void retireAll() {
        windows.retireAll();
    }

    /**
     * Gives an instrument its windows and its place in the snapshot before any study meets it.
     * Places are taken in the order of ids, whichever shard comes first.
     */
    private record Definitions(EngineConfig config, InstrumentCatalogue catalogue,
            SnapshotWriter snapshot, MarketWindows windows) implements MarketEventHandler {
        @Override
        public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
            if (event.kind() == EventKind.INSTRUMENT) {
                int id = event.instrumentId();
                windows.define(id, catalogue.get(id).tick());
                for (int earlier = 0; earlier <= id; earlier++) {
                    if (snapshot.find(earlier) == null) {
                        snapshot.define(described(catalogue.get(earlier), config));
                    }
                }
            }
        }
    }
}
