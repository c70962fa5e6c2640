package com.waickoff.marketdata.depth;

import com.waickoff.marketdata.event.Checkpointed;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.event.Reason;
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
 * and never in the middle of an update; and what each was like in windows of time, and its walls, as
 * of the last clock.
 *
 * <p>{@code DEPTH_PAUSED} makes books stale until they are joined again after {@code DEPTH_RESUMED}:
 * a replay will not have the levels between, and shows the same.
 *
 * <p>Memory of a book is taken when its instrument is defined, and at snapshots whose price asks for
 * a wider window; nothing is allocated otherwise.
 */
public final class DepthStudy implements MarketEventHandler, Checkpointed {
    private static final int PART_VERSION = 3;
    /** A feed thread that lives tells the time every 100 ms. */
    private static final long LONGEST_SILENCE_NS = 10_000_000_000L;

    private final DepthConfig config;
    private final long latenessMs;
    private final InstrumentCatalogue catalogue;
    private final CounterBlock counters;
    private final SnapshotWriter snapshot;
    private final WallSearch search;
    private final @Nullable StudiedBook[] byId;
    private final StudiedBook[] defined;
    private int definedCount;
    private final StudiedBook[] dirty;
    private int dirtyCount;
    private final StudiedBook[] awaited;
    private int awaitedCount;
    private long clockNs;
    private boolean isPaused;

    /**
     * A study without books; each begins with its {@code INSTRUMENT} event, before which the
     * instrument has its sections in the snapshot file.
     *
     * @param latenessMs how long after its end a window is closed by the clock
     * @param counters of the thread that will handle the events
     */
    public DepthStudy(InstrumentCatalogue catalogue, SnapshotWriter snapshot, DepthConfig config,
            long latenessMs, CounterBlock counters) {
        this.catalogue = catalogue;
        this.snapshot = snapshot;
        this.config = config;
        this.latenessMs = latenessMs;
        this.counters = counters;
        search = new WallSearch(config.wallMultiple(), config.wallLevels());
        byId = new StudiedBook[catalogue.capacity()];
        defined = new StudiedBook[catalogue.capacity()];
        dirty = new StudiedBook[catalogue.capacity()];
        awaited = new StudiedBook[catalogue.capacity()];
    }

    @Override
    public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
        if (event.kind() == EventKind.BOOK_LEVEL) {
            StudiedBook studied = studied(event.instrumentId());
            if (studied.book().onLevel(event)) {
                studied.onUpdate(event, sequence);
                markDirty(studied);
            }
        } else {
            onControl(event, sequence);
        }
        if (endOfBatch && (dirtyCount | awaitedCount) != 0) {
            publishDirty(sequence);
            publishAwaited();
        }
    }

    /** The book of an instrument, or null if it was not defined. */
    public @Nullable Book find(int instrumentId) {
        StudiedBook studied = instrumentId >= 0 && instrumentId < byId.length ? byId[instrumentId]
                : null;
        return studied == null ? null : studied.book();
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
        out.writeLong(clockNs);
        out.writeBoolean(isPaused);
        studied(instrumentId).writeTo(out);
    }

    @Override
    public void readInstrument(int instrumentId, DataInput in) throws IOException {
        clockNs = in.readLong();
        isPaused = in.readBoolean();
        StudiedBook studied = studied(instrumentId);
        studied.readFrom(in);
        markDirty(studied);
    }

    private void onControl(MarketEvent event, long sequence) {
        switch (event.kind()) {
            case EventKind.BOOK_RESET -> {
                StudiedBook studied = studied(event.instrumentId());
                studied.onReset(event, event.reason(), sequence);
                markDirty(studied);
            }
            case EventKind.BOOK_READY -> {
                if (!isPaused) {
                    StudiedBook studied = studied(event.instrumentId());
                    studied.onReady(event, sequence);
                    markDirty(studied);
                }
            }
            case EventKind.CLOCK -> onClock(event.receiveTimeNs(), sequence);
            case EventKind.FEED_UP -> studied(event.instrumentId()).onFeedUp();
            case EventKind.INSTRUMENT -> define(event.instrumentId());
            case EventKind.DEPTH_PAUSED -> pause(event, sequence);
            case EventKind.DEPTH_RESUMED -> isPaused = false;
            default -> {
                // Of no concern to books.
            }
        }
    }

    private void onClock(long receiveTimeNs, long sequence) {
        boolean awayBefore = clockNs != 0 && receiveTimeNs - clockNs > LONGEST_SILENCE_NS;
        clockNs = receiveTimeNs;
        for (int i = 0; i < definedCount; i++) {
            StudiedBook studied = defined[i];
            if (studied.onClock(receiveTimeNs, awayBefore, search, sequence)
                    && !studied.isAwaited) {
                studied.isAwaited = true;
                awaited[awaitedCount++] = studied;
            }
        }
    }

    private void pause(MarketEvent event, long sequence) {
        isPaused |= event.instrumentId() == MarketEvent.ALL_INSTRUMENTS;
        for (int i = 0; i < definedCount; i++) {
            StudiedBook studied = defined[i];
            if (studied.id() == event.instrumentId()
                    || event.instrumentId() == MarketEvent.ALL_INSTRUMENTS) {
                studied.onReset(event, Reason.UNSPECIFIED, sequence);
                markDirty(studied);
            }
        }
    }

    private StudiedBook studied(int instrumentId) {
        StudiedBook studied = byId[instrumentId];
        if (studied == null) {
            throw new IllegalStateException(
                    "instrument id " + instrumentId + " had an event before its definition");
        }
        return studied;
    }

    private void define(int instrumentId) {
        if (byId[instrumentId] == null) {
            Book book = new Book(catalogue.get(instrumentId), config, counters);
            StudiedBook studied = new StudiedBook(book,
                    Objects.requireNonNull(snapshot.find(instrumentId)), latenessMs);
            byId[instrumentId] = studied;
            defined[definedCount++] = studied;
        }
    }

    private void markDirty(StudiedBook studied) {
        if (!studied.isDirty) {
            studied.isDirty = true;
            dirty[dirtyCount++] = studied;
        }
    }

    /** Publishes what is complete; a book in the middle of an update stays for a later batch. */
    private void publishDirty(long sequence) {
        int left = 0;
        for (int i = 0; i < dirtyCount; i++) {
            StudiedBook studied = dirty[i];
            if (studied.book().isComplete()) {
                studied.show(sequence);
                counters.increment(Counter.SNAPSHOT_PUBLISHED);
                studied.isDirty = false;
            } else {
                dirty[left++] = studied;
            }
        }
        dirtyCount = left;
    }

    /** Publishes what there was at the last clock, in the middle of an update or not. */
    private void publishAwaited() {
        for (int i = 0; i < awaitedCount; i++) {
            awaited[i].showClock();
            awaited[i].isAwaited = false;
        }
        awaitedCount = 0;
    }
}
