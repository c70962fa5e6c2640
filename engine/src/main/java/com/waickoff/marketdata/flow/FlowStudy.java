package com.waickoff.marketdata.flow;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.snapshot.ChangedInstruments;
import com.waickoff.marketdata.snapshot.FlowSection;
import com.waickoff.marketdata.snapshot.InstrumentSections;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.InstrumentWindows;
import com.waickoff.marketdata.window.MarketWindows;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the order flow of the windows at the end of a batch. Its state is the windows'.
 *
 * <p>Threads: the thread of the profile study, after it.
 */
public final class FlowStudy implements MarketEventHandler {
    private final MarketWindows windows;
    private final SnapshotWriter snapshot;
    private final CounterBlock counters;
    private final ChangedInstruments changed;
    private final int[] publishedOlderVersion;
    private final @Nullable InstrumentSections[] sections;

    /** A study without instruments; each is defined by its {@code INSTRUMENT} event. */
    public FlowStudy(MarketWindows windows, SnapshotWriter snapshot, CounterBlock counters) {
        this.windows = windows;
        this.snapshot = snapshot;
        this.counters = counters;
        int capacity = windows.instrumentCapacity();
        changed = new ChangedInstruments(capacity);
        publishedOlderVersion = new int[capacity];
        sections = new InstrumentSections[capacity];
    }

    @Override
    public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
        switch (event.kind()) {
            case EventKind.TRADE -> onTrade(event);
            case EventKind.CLOCK -> onClock();
            case EventKind.INSTRUMENT -> define(event.instrumentId());
            default -> {
                // Book events and gaps do not change the flow.
            }
        }
        if (endOfBatch && changed.count() > 0) {
            publish(sequence);
        }
    }

    private void onTrade(MarketEvent event) {
        if (!event.has(EventFlags.OFF_BOOK)) {
            changed.add(event.instrumentId());
        }
    }

    /** The profile study has closed by now what the clock made due. */
    private void onClock() {
        for (int i = 0; i < windows.definedCount(); i++) {
            int id = windows.definedId(i);
            if (windows.get(id).olderVersion() != publishedOlderVersion[id]) {
                changed.add(id);
            }
        }
    }

    private void define(int id) {
        if (sections[id] == null) {
            sections[id] = snapshot.find(id);
            changed.add(id);
        }
    }

    private void publish(long sequence) {
        for (int i = 0; i < changed.count(); i++) {
            publish(changed.id(i), sequence);
        }
        changed.clear();
    }

    private void publish(int id, long sequence) {
        InstrumentWindows instrument = windows.get(id);
        InstrumentSections shown = Objects.requireNonNull(sections[id]);
        boolean olderToo = instrument.olderVersion() != publishedOlderVersion[id];
        publishedOlderVersion[id] = instrument.olderVersion();
        for (int i = 0; i < Timeframe.COUNT; i++) {
            Timeframe timeframe = Timeframe.at(i);
            Window newest = instrument.newest(timeframe);
            if (newest == null) {
                return;
            }
            FlowSection section = shown.flow(timeframe);
            Window beside = olderToo ? instrument.shownBeside(newest) : null;
            if (beside != null) {
                section.write(beside, instrument.cumulativeDelta(beside), sequence);
            }
            section.write(newest, instrument.cumulativeDelta(), sequence);
            counters.increment(Counter.SNAPSHOT_PUBLISHED);
        }
    }
}
