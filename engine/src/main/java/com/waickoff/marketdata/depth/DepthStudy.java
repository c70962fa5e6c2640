package com.waickoff.marketdata.depth;

import com.waickoff.marketdata.event.Checkpointed;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.snapshot.DepthSection;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the book of every instrument and shows readers those that changed, at the end of a batch
 * and never in the middle of an update.
 *
 * <p>{@code DEPTH_PAUSED} makes books stale until they are joined again: a replay will not have the
 * levels that follow, and shows the same.
 *
 * <p>Memory of a book is taken when its instrument is defined, and at snapshots whose price asks for
 * a wider window; nothing is allocated otherwise.
 */
public final class DepthStudy implements MarketEventHandler, Checkpointed {
    private static final int PART_VERSION = 1;

    private final DepthConfig config;
    private final InstrumentCatalogue catalogue;
    private final CounterBlock counters;
    private final SnapshotWriter snapshot;
    private final @Nullable Shown[] byId;
    private final Shown[] dirty;
    private int dirtyCount;
    private final long[] prices;
    private final long[] quantities;

    /** A book and where readers see it. */
    private static final class Shown {
        private final int id;
        private final Book book;
        private final DepthSection section;
        private boolean isDirty;

        Shown(int id, Book book, DepthSection section) {
            this.id = id;
            this.book = book;
            this.section = section;
        }
    }

    /**
     * A study without books; each begins with its {@code INSTRUMENT} event, before which the
     * instrument has its sections in the snapshot file.
     *
     * @param counters of the thread that will handle the events
     */
    public DepthStudy(InstrumentCatalogue catalogue, SnapshotWriter snapshot, DepthConfig config,
            CounterBlock counters) {
        this.catalogue = catalogue;
        this.snapshot = snapshot;
        this.config = config;
        this.counters = counters;
        byId = new Shown[catalogue.capacity()];
        dirty = new Shown[catalogue.capacity()];
        prices = new long[snapshot.config().depthLevels()];
        quantities = new long[snapshot.config().depthLevels()];
    }

    @Override
    public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
        if (event.kind() == EventKind.BOOK_LEVEL) {
            Shown shown = shown(event.instrumentId());
            if (shown.book.onLevel(event)) {
                markDirty(shown);
            }
        } else {
            onControl(event);
        }
        if (endOfBatch && dirtyCount != 0) {
            publishDirty(sequence);
        }
    }

    /** The book of an instrument, or null if it was not defined. */
    public @Nullable Book find(int instrumentId) {
        Shown shown = instrumentId >= 0 && instrumentId < byId.length ? byId[instrumentId] : null;
        return shown == null ? null : shown.book;
    }

    @Override
    public String partName() {
        return "depth";
    }

    @Override
    public int partVersion() {
        return PART_VERSION;
    }

    @Override
    public void writeInstrument(int instrumentId, DataOutput out) throws IOException {
        shown(instrumentId).book.writeTo(out);
    }

    @Override
    public void readInstrument(int instrumentId, DataInput in) throws IOException {
        Shown shown = shown(instrumentId);
        shown.book.readFrom(in);
        markDirty(shown);
    }

    private void onControl(MarketEvent event) {
        switch (event.kind()) {
            case EventKind.BOOK_RESET -> {
                Shown shown = shown(event.instrumentId());
                shown.book.onReset(event.reason());
                markDirty(shown);
            }
            case EventKind.BOOK_READY -> {
                Shown shown = shown(event.instrumentId());
                shown.book.onReady(event);
                markDirty(shown);
            }
            case EventKind.INSTRUMENT -> define(event.instrumentId());
            case EventKind.DEPTH_PAUSED -> pause(event.instrumentId());
            default -> {
                // Of no concern to books.
            }
        }
    }

    private void pause(int instrumentId) {
        for (Shown shown : byId) {
            if (shown != null
                    && (shown.id == instrumentId || instrumentId == MarketEvent.ALL_INSTRUMENTS)) {
                shown.book.onReset(Reason.UNSPECIFIED);
                markDirty(shown);
            }
        }
    }

    private Shown shown(int instrumentId) {
        Shown shown = byId[instrumentId];
        if (shown == null) {
            throw new IllegalStateException(
                    "instrument id " + instrumentId + " had an event before its definition");
        }
        return shown;
    }

    private void define(int instrumentId) {
        if (byId[instrumentId] == null) {
            DepthSection section = Objects.requireNonNull(snapshot.find(instrumentId)).depth();
            Book book = new Book(catalogue.get(instrumentId), config, counters);
            byId[instrumentId] = new Shown(instrumentId, book, section);
        }
    }

    private void markDirty(Shown shown) {
        if (!shown.isDirty) {
            shown.isDirty = true;
            dirty[dirtyCount++] = shown;
        }
    }

    /** Publishes what is complete; a book in the middle of an update stays for a later batch. */
    private void publishDirty(long sequence) {
        int left = 0;
        for (int i = 0; i < dirtyCount; i++) {
            Shown shown = dirty[i];
            if (shown.book.isComplete()) {
                publish(shown.book, shown.section, sequence);
                shown.isDirty = false;
            } else {
                dirty[left++] = shown;
            }
        }
        dirtyCount = left;
    }

    private void publish(Book book, DepthSection section, long sequence) {
        BookSide bids = book.bids();
        BookSide asks = book.asks();
        section.begin();
        section.book(book.state(), book.updateId(), book.matchTimeNs(), book.receiveTimeNs(),
                bids.levelCount(), asks.levelCount());
        section.bids(prices, quantities, bids.copyBest(prices, quantities, prices.length));
        section.asks(prices, quantities, asks.copyBest(prices, quantities, prices.length));
        for (int band = 0; band < DepthSection.bandCount(); band++) {
            int bps = DepthSection.bandBps(band);
            section.within(band, book.bidQuantityWithin(bps), book.bidsReach(bps),
                    book.askQuantityWithin(bps), book.asksReach(bps));
        }
        section.end(sequence);
        counters.increment(Counter.SNAPSHOT_PUBLISHED);
    }
}
