package com.waickoff.marketdata.depth;

import com.waickoff.marketdata.event.Checkpointed;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.status.CounterBlock;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the book of every instrument and shows readers those that changed, at the end of a batch
 * and never in the middle of an update.
 *
 * <p>{@code DEPTH_PAUSED} makes books stale until they are joined again: a replay will not have the
 * levels that follow, and shows the same.
 *
 * <p>Memory of a book is taken when its instrument is defined, or at its first event where the
 * definition was before the journal's beginning; after its first snapshot nothing is allocated
 * unless the price doubles.
 */
public final class DepthStudy implements MarketEventHandler, Checkpointed {
    private static final int PART_VERSION = 1;

    private final DepthConfig config;
    private final InstrumentCatalogue catalogue;
    private final CounterBlock counters;
    private final DepthPublisher publisher;
    private final @Nullable Book[] books;
    private final boolean[] dirty;
    private final int[] dirtyIds;
    private int dirtyCount;

    /**
     * A study without books.
     *
     * @param catalogue definitions of all instruments whose events will come
     * @param counters of the thread that will handle the events
     * @param publisher shows books to readers
     */
    DepthStudy(DepthConfig config, InstrumentCatalogue catalogue, CounterBlock counters,
            DepthPublisher publisher) {
        this.config = config;
        this.catalogue = catalogue;
        this.counters = counters;
        this.publisher = publisher;
        books = new Book[catalogue.capacity()];
        dirty = new boolean[books.length];
        dirtyIds = new int[books.length];
    }

    @Override
    public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
        if (event.kind() == EventKind.BOOK_LEVEL) {
            if (book(event.instrumentId()).onLevel(event)) {
                markDirty(event.instrumentId());
            }
        } else {
            onControl(event);
        }
        if (endOfBatch && dirtyCount != 0) {
            publishDirty(sequence);
        }
    }

    /** The book of an instrument, or null if none of its events was handled. */
    public @Nullable Book find(int instrumentId) {
        return instrumentId >= 0 && instrumentId < books.length ? books[instrumentId] : null;
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
        book(instrumentId).writeTo(out);
    }

    @Override
    public void readInstrument(int instrumentId, DataInput in) throws IOException {
        book(instrumentId).readFrom(in);
        markDirty(instrumentId);
    }

    private void onControl(MarketEvent event) {
        switch (event.kind()) {
            case EventKind.BOOK_RESET -> {
                book(event.instrumentId()).onReset(event.reason());
                markDirty(event.instrumentId());
            }
            case EventKind.BOOK_READY -> {
                book(event.instrumentId()).onReady(event);
                markDirty(event.instrumentId());
            }
            case EventKind.INSTRUMENT -> book(event.instrumentId());
            case EventKind.DEPTH_PAUSED -> pause(event.instrumentId());
            default -> {
                // Of no concern to books.
            }
        }
    }

    private Book book(int instrumentId) {
        Book book = books[instrumentId];
        return book != null ? book : defineSlowPath(instrumentId);
    }

    private Book defineSlowPath(int instrumentId) {
        Book book = new Book(catalogue.get(instrumentId), config, counters);
        books[instrumentId] = book;
        publisher.define(book.instrument());
        return book;
    }

    private void pause(int instrumentId) {
        for (int id = 0; id < books.length; id++) {
            Book book = books[id];
            if (book != null
                    && (id == instrumentId || instrumentId == MarketEvent.ALL_INSTRUMENTS)) {
                book.onReset(Reason.UNSPECIFIED);
                markDirty(id);
            }
        }
    }

    private void markDirty(int instrumentId) {
        if (!dirty[instrumentId]) {
            dirty[instrumentId] = true;
            dirtyIds[dirtyCount++] = instrumentId;
        }
    }

    /** Publishes what is complete; a book in the middle of an update stays for a later batch. */
    private void publishDirty(long sequence) {
        int left = 0;
        for (int i = 0; i < dirtyCount; i++) {
            int id = dirtyIds[i];
            Book book = book(id);
            if (book.isComplete()) {
                publisher.publish(book, sequence);
                dirty[id] = false;
            } else {
                dirtyIds[left++] = id;
            }
        }
        dirtyCount = left;
    }
}
