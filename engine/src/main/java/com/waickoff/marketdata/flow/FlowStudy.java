package com.waickoff.marketdata.flow;

import com.waickoff.marketdata.event.Checkpointed;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.snapshot.ChangedInstruments;
import com.waickoff.marketdata.snapshot.FlowSection;
import com.waickoff.marketdata.snapshot.InstrumentSections;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.InstrumentWindows;
import com.waickoff.marketdata.window.MarketWindows;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows the order flow of each instrument, raises its signals, and publishes what the windows show
 * of it at the end of a batch.
 *
 * <p>Threads: the thread of the profile study, after it.
 */
public final class FlowStudy implements MarketEventHandler, Checkpointed {
    private static final int VERSION = 1;

    private final InstrumentCatalogue catalogue;
    private final FlowConfig config;
    private final SignalListener listener;
    private final WindowSignals windowSignals;
    private final SignalBuffer found = new SignalBuffer(WindowSignals.MOST);
    private final Signal signal = new Signal();
    private final @Nullable InstrumentFlow[] flows;
    private final MarketWindows windows;
    private final SnapshotWriter snapshot;
    private final CounterBlock counters;
    private final ChangedInstruments changed;
    private final int[] publishedOlderVersion;
    private final @Nullable InstrumentSections[] sections;

    /**
     * A study without instruments; each is defined by its {@code INSTRUMENT} event.
     *
     * @param windows written by the study before this one
     * @param listener hears of every signal
     */
    public FlowStudy(InstrumentCatalogue catalogue, MarketWindows windows, SnapshotWriter snapshot,
            FlowConfig config, SignalListener listener, CounterBlock counters) {
        this.catalogue = catalogue;
        this.config = config;
        this.listener = listener;
        windowSignals = new WindowSignals(config);
        this.windows = windows;
        this.snapshot = snapshot;
        this.counters = counters;
        int capacity = windows.instrumentCapacity();
        changed = new ChangedInstruments(capacity);
        publishedOlderVersion = new int[capacity];
        sections = new InstrumentSections[capacity];
        flows = new InstrumentFlow[capacity];
    }

    @Override
    public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
        switch (event.kind()) {
            case EventKind.TRADE -> onTrade(event, sequence);
            case EventKind.CLOCK -> onClock(event.receiveTimeNs(), sequence);
            case EventKind.FEED_UP -> flow(event.instrumentId()).onFeedUp();
            case EventKind.INSTRUMENT -> define(event.instrumentId());
            default -> {
                // Book events and gaps do not change the flow.
            }
        }
        if (endOfBatch && changed.count() > 0) {
            publish(sequence);
        }
    }

    private void onTrade(MarketEvent event, long sequence) {
        if (!event.has(EventFlags.OFF_BOOK)) {
            flow(event.instrumentId()).onTrade(event, sequence);
            changed.add(event.instrumentId());
        }
    }

    /** The profile study has closed by now what the clock made due. */
    private void onClock(long receiveTimeNs, long sequence) {
        for (int i = 0; i < windows.definedCount(); i++) {
            int id = windows.definedId(i);
            if (flow(id).onClock(receiveTimeNs, sequence)
                    || windows.get(id).olderVersion() != publishedOlderVersion[id]) {
                changed.add(id);
            }
        }
    }

    private void define(int id) {
        if (sections[id] == null) {
            InstrumentSections shown = Objects.requireNonNull(snapshot.find(id));
            sections[id] = shown;
            flows[id] = new InstrumentFlow(config, catalogue.get(id), windows.get(id), shown,
                    listener, windowSignals, found, signal);
            changed.add(id);
        }
    }

    private InstrumentFlow flow(int id) {
        return Objects.requireNonNull(flows[id]);
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
        InstrumentFlow flow = flow(id);
        boolean olderToo = flow.takeOlderChanged()
                || instrument.olderVersion() != publishedOlderVersion[id];
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
                section.write(beside, instrument.cumulativeDelta(beside),
                        flow.measures(beside), sequence);
            }
            section.write(newest, instrument.cumulativeDelta(), flow.measures(newest), sequence);
            counters.increment(Counter.SNAPSHOT_PUBLISHED);
        }
    }

    @Override
    public String partName() {
        return "flow";
    }

    @Override
    public int partVersion() {
        return VERSION;
    }

    @Override
    public void writeInstrument(int instrumentId, DataOutput out) throws IOException {
        flow(instrumentId).writeTo(out);
    }

    @Override
    public void readInstrument(int instrumentId, DataInput in) throws IOException {
        flow(instrumentId).readFrom(in);
        changed.add(instrumentId);
    }
}
