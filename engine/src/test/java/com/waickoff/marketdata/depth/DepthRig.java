package com.waickoff.marketdata.depth;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.snapshot.DepthBarsView;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.InstrumentSections;
import com.waickoff.marketdata.snapshot.SnapshotConfig;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.snapshot.WallsView;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/** A depth study over a real snapshot file, fed event by event and read as readers do. */
final class DepthRig implements AutoCloseable {
    static final int LEVELS = 50;
    static final long LATENESS_MS = 2_000;

    final CounterBlock counters = CounterBlock.onHeap("depth");
    final DepthStudy study;
    private final InstrumentCatalogue catalogue = new InstrumentCatalogue(8);
    private final SnapshotWriter writer;
    private final SnapshotReader reader;
    private final MarketEvent event = new MarketEvent();
    private long sequence;

    DepthRig(Path file, DepthConfig config) throws IOException {
        writer = SnapshotWriter.create(file, new SnapshotConfig(8, 64, LEVELS, 4),
                new Run(1, 1, 1));
        reader = SnapshotReader.open(file);
        study = new DepthStudy(catalogue, writer, config, LATENESS_MS, counters);
    }

    /** Defines an instrument and returns its id. */
    int define(String venue, String symbol, String tick) {
        Instrument instrument = catalogue.define(Instrument.of(0, venue, symbol,
                new BigDecimal(tick), new BigDecimal("0.001"), BigDecimal.ONE, "BTC", "BTC",
                "USDT", true));
        writer.define(new SnapshotInstrument(instrument.id(), venue, symbol,
                instrument.priceScale(), instrument.tick(), instrument.quantityScale(),
                instrument.lot(), instrument.contractSize(), "BTC", "BTC", "USDT",
                instrument.tick()));
        event.instrument(instrument.id(), 1);
        handle(true);
        return instrument.id();
    }

    /** Handles a level; flags as in {@link EventFlags}. */
    void level(int id, long price, long quantity, long updateId, int flags, boolean endOfBatch) {
        event.bookLevel(id, updateId * 10, updateId * 10 + 3, price, quantity, updateId, flags);
        handle(endOfBatch);
    }

    /** An update of one batch: bids and asks as price, quantity pairs. */
    void update(int id, long updateId, int flags, long[] bids, long[] asks) {
        int count = (bids.length + asks.length) / 2;
        for (int i = 0; i < count; i++) {
            boolean bid = 2 * i < bids.length;
            long[] side = bid ? bids : asks;
            int at = bid ? 2 * i : 2 * i - bids.length;
            level(id, side[at], side[at + 1], updateId, flags | (bid ? EventFlags.BID : 0)
                    | (i == 0 ? EventFlags.FIRST : 0) | (i == count - 1 ? EventFlags.LAST : 0),
                    i == count - 1);
        }
    }

    void ready(int id, long updateId, boolean endOfBatch) {
        event.bookReady(id, updateId * 10, updateId * 10 + 3, updateId);
        handle(endOfBatch);
    }

    void reset(int id, Reason reason, boolean endOfBatch) {
        event.bookReset(id, 1, 2, 0, reason);
        handle(endOfBatch);
    }

    void control(byte kind, int id) {
        event.header(kind, EventFlags.LAST, id, 1, 1);
        event.words(1, 1, 1, 1);
        handle(true);
    }

    /** An event that concerns no book, at the end of a batch. */
    void endBatch() {
        control(EventKind.NONE, MarketEvent.ALL_INSTRUMENTS);
    }

    Book book(int id) {
        return Objects.requireNonNull(study.find(id));
    }

    long sequence() {
        return sequence;
    }

    /** What readers see. */
    DepthView view(int id) throws IOException {
        DepthView view = new DepthView();
        if (!reader.read(entry(id), view)) {
            throw new AssertionError("no whole copy of the section");
        }
        return view;
    }

    /** Handles whatever event this makes of the slot. */
    void handle(Consumer<MarketEvent> maker) {
        maker.accept(event);
        handle(true);
    }

    /** The windows that readers see. */
    DepthBarsView windows(int id, Timeframe timeframe) throws IOException {
        DepthBarsView view = new DepthBarsView();
        if (!reader.read(entry(id), timeframe, view)) {
            throw new AssertionError("no whole copy of the section");
        }
        return view;
    }

    /** The walls that readers see. */
    WallsView walls(int id) throws IOException {
        WallsView view = new WallsView();
        if (!reader.read(entry(id), view)) {
            throw new AssertionError("no whole copy of the section");
        }
        return view;
    }

    InstrumentSections sections(int id) {
        return Objects.requireNonNull(writer.find(id));
    }

    private SnapshotEntry entry(int id) throws IOException {
        return Objects.requireNonNull(reader.find(catalogue.get(id).name()));
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }

    private void handle(boolean endOfBatch) {
        study.onEvent(event, ++sequence, endOfBatch);
    }
}
