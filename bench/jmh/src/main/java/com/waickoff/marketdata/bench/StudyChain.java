package com.waickoff.marketdata.bench;

import com.waickoff.marketdata.coverage.CoverageConfig;
import com.waickoff.marketdata.coverage.CoverageStudy;
import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.depth.DepthStudy;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.flow.FlowConfig;
import com.waickoff.marketdata.flow.FlowStudy;
import com.waickoff.marketdata.flow.SignalListener;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.profile.ProfileStudy;
import com.waickoff.marketdata.ring.HandlerChain;
import com.waickoff.marketdata.snapshot.HistoryConfig;
import com.waickoff.marketdata.snapshot.SnapshotConfig;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.InstrumentWindows;
import com.waickoff.marketdata.window.MarketWindows;
import com.waickoff.marketdata.window.WindowConfig;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/**
 * The studies of the engine over a snapshot file, without a ring and a journal: profile, flow, depth
 * and coverage, in this order on one thread, of instruments that are defined when it is made.
 */
public final class StudyChain implements MarketEventHandler, AutoCloseable {
    private static final int INSTRUMENTS = 16;
    private static final int SHOWN_LEVELS = 50;

    /** How many of the studies there are. */
    public enum Extent {
        /** Profile alone. */
        PROFILE,
        /** Profile, then flow. */
        FLOW,
        /** Profile, flow, depth, coverage. */
        ALL
    }

    private final MarketWindows windows;
    private final SnapshotWriter snapshot;
    private final HandlerChain chain;

    /**
     * Studies without events, that keep the engine's default history.
     *
     * @param catalogue has the instruments, and no more room than there should be in the file
     * @throws IOException if the snapshot file cannot be created
     */
    public StudyChain(Path snapshotFile, InstrumentCatalogue catalogue) throws IOException {
        this(snapshotFile, catalogue, Extent.ALL);
    }

    private StudyChain(Path snapshotFile, InstrumentCatalogue catalogue, Extent extent)
            throws IOException {
        CoverageConfig coverage = CoverageConfig.DEFAULT;
        windows = new MarketWindows(catalogue.capacity(), WindowConfig.DEFAULT,
                WindowListener.NONE);
        snapshot = SnapshotWriter.create(snapshotFile,
                new SnapshotConfig(catalogue.capacity(), WindowConfig.DEFAULT.rowCapacity(),
                        SHOWN_LEVELS, coverage.intervals() + 1, HistoryConfig.DEFAULT),
                new Run(1, 1, 1));
        CounterBlock counters = CounterBlock.onHeap("studies");
        MarketEventHandler profile = new ProfileStudy(catalogue, windows, snapshot, counters);
        MarketEventHandler flow = new FlowStudy(catalogue, windows, snapshot, FlowConfig.DEFAULT,
                SignalListener.NONE, counters);
        chain = switch (extent) {
            case PROFILE -> new HandlerChain(profile);
            case FLOW -> new HandlerChain(profile, flow);
            case ALL -> new HandlerChain(profile, flow,
                    new DepthStudy(catalogue, snapshot, DepthConfig.defaults(),
                            WindowConfig.DEFAULT.latenessMs(), counters),
                    new CoverageStudy(catalogue, windows, snapshot, coverage, counters));
        };
        define(catalogue.all());
    }

    /** Studies of one instrument, the BTCUSDT of {@link TradeTape}. */
    static StudyChain ofTradeTape(Path snapshotFile, Extent extent) throws IOException {
        InstrumentCatalogue catalogue = new InstrumentCatalogue(INSTRUMENTS);
        catalogue.define(InstrumentSource.of(Venue.BYBIT_LINEAR, "BTCUSDT", new BigDecimal("0.1"),
                new BigDecimal("0.001"), "BTC", "USDT"));
        return new StudyChain(snapshotFile, catalogue, extent);
    }

    private void define(List<Instrument> instruments) {
        MarketEvent definition = new MarketEvent();
        for (Instrument instrument : instruments) {
            windows.define(instrument.id(), instrument.tick());
            snapshot.define(new SnapshotInstrument(instrument.id(), instrument.venue(),
                    instrument.symbol(), instrument.priceScale(), instrument.tick(),
                    instrument.quantityScale(), instrument.lot(), instrument.contractSize(),
                    instrument.contractUnit(), instrument.quantityUnit(), instrument.priceUnit(),
                    instrument.tick()));
            definition.instrument(instrument.id(), 0);
            chain.onEvent(definition, 1, true);
        }
    }

    @Override
    public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
        chain.onEvent(event, sequence, endOfBatch);
    }

    /** The windows of an instrument. */
    public InstrumentWindows windows(int instrumentId) {
        return windows.get(instrumentId);
    }

    @Override
    public void close() {
        snapshot.close();
    }
}
