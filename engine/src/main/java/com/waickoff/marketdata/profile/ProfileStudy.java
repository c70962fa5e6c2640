package com.waickoff.marketdata.profile;

import com.waickoff.marketdata.event.Checkpointed;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.snapshot.ChangedInstruments;
import com.waickoff.marketdata.snapshot.InstrumentSections;
import com.waickoff.marketdata.snapshot.ProfileSection;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.InstrumentWindows;
import com.waickoff.marketdata.window.MarketWindows;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.TradeOutcome;
import com.waickoff.marketdata.window.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts trades into windows, closes windows as time passes, and publishes both at the end of a
 * batch.
 *
 * <p>Threads: one study thread.
 */
public final class ProfileStudy implements MarketEventHandler, Checkpointed {
    private static final int VERSION = 3;

    private final InstrumentCatalogue catalogue;
    private final MarketWindows windows;
    private final SnapshotWriter snapshot;
    private final CounterBlock counters;
    private final ChangedInstruments changed;
    private final WindowHistory history;
    private final boolean[] idsChain;
    private final int[] publishedOlderVersion;
    private final long[] countedClosed;
    private final long[] countedRevised;
    private final @Nullable InstrumentSections[] sections;

    /** A study without instruments; each is defined by its {@code INSTRUMENT} event. */
    public ProfileStudy(InstrumentCatalogue catalogue, MarketWindows windows,
            SnapshotWriter snapshot, CounterBlock counters) {
        this.catalogue = catalogue;
        this.windows = windows;
        this.snapshot = snapshot;
        this.counters = counters;
        int capacity = windows.instrumentCapacity();
        changed = new ChangedInstruments(capacity);
        history = new WindowHistory(windows, snapshot.config().rowCapacity());
        idsChain = new boolean[capacity];
        publishedOlderVersion = new int[capacity];
        countedClosed = new long[capacity];
        countedRevised = new long[capacity];
        sections = new InstrumentSections[capacity];
    }

    @Override
    public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
        history.at(sequence);
        switch (event.kind()) {
            case EventKind.TRADE -> onTrade(event);
            case EventKind.CLOCK -> onClock(event.receiveTimeNs());
            case EventKind.FEED_UP -> onFeedUp(event.instrumentId());
            case EventKind.TRADE_GAP -> onGap(event);
            case EventKind.INSTRUMENT -> define(event.instrumentId());
            default -> {
                // Book events do not change windows.
            }
        }
        if (endOfBatch && changed.count() > 0) {
            publish(sequence);
        }
    }

    private void onTrade(MarketEvent event) {
        if (event.has(EventFlags.OFF_BOOK)) {
            return;
        }
        int id = event.instrumentId();
        InstrumentWindows instrument = windows.get(id);
        int outcome = instrument.onTrade(event.matchTimeNs(), event.receiveTimeNs(), event.price(),
                event.quantity(), event.tradeTraits(), event.tapeKey(idsChain[id]),
                event.fills());
        if (outcome != TradeOutcome.ORDINARY) {
            countSlowPath(outcome);
        }
        changed.add(id);
    }

    private void onFeedUp(int id) {
        windows.get(id).onFeedUp();
        if (!idsChain[id]) {
            windows.get(id).onGap(); // what was missed meanwhile no id tells
        }
    }

    private void onGap(MarketEvent event) {
        if (!event.has(EventFlags.REPAIRED)) {
            windows.get(event.instrumentId()).onGap();
        }
    }

    private void countSlowPath(int outcome) {
        count(outcome, TradeOutcome.REVISED, Counter.LATE_TRADES);
        count(outcome, TradeOutcome.OUT_OF_ORDER, Counter.OUT_OF_ORDER_TRADES);
        count(outcome, TradeOutcome.SUSPECT_TIME, Counter.SUSPECT_TIME_TRADES);
        count(outcome, TradeOutcome.TOO_LATE, Counter.TOO_LATE_TRADES);
        count(outcome, TradeOutcome.MERGED, Counter.ROWS_MERGED);
        count(outcome, TradeOutcome.EVICTED, Counter.ROWS_EVICTED);
        count(outcome, TradeOutcome.OVERFLOW, Counter.VOLUME_OVERFLOWS);
    }

    private void count(int outcome, int bit, Counter counter) {
        if ((outcome & bit) != 0) {
            counters.increment(counter);
        }
    }

    private void onClock(long receiveTimeNs) {
        for (int i = 0; i < windows.definedCount(); i++) {
            int id = windows.definedId(i);
            InstrumentWindows instrument = windows.get(id);
            instrument.onClock(receiveTimeNs);
            if (instrument.olderVersion() != publishedOlderVersion[id]) {
                changed.add(id);
            }
            history.onClock(id, receiveTimeNs);
        }
    }

    private void define(int id) {
        if (sections[id] != null) {
            return;
        }
        idsChain[id] = catalogue.get(id).idsChain();
        sections[id] = snapshot.find(id);
        history.define(id, sections[id]);
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
        if (olderToo) {
            countSlowPath(id, instrument);
        }
        for (int i = 0; i < Timeframe.COUNT; i++) {
            Timeframe timeframe = Timeframe.at(i);
            Window newest = instrument.newest(timeframe);
            if (newest == null) {
                return;
            }
            ProfileSection section = shown.profile(timeframe);
            Window beside = olderToo ? instrument.shownBeside(newest) : null;
            if (beside != null && beside.isDirty()) {
                section.write(beside, sequence);
                counters.increment(Counter.SNAPSHOT_PUBLISHED);
            }
            if (newest.isDirty()) {
                section.write(newest, sequence);
                counters.increment(Counter.SNAPSHOT_PUBLISHED);
            }
        }
    }

    private void countSlowPath(int id, InstrumentWindows instrument) {
        counters.add(Counter.WINDOWS_CLOSED, instrument.closedCount() - countedClosed[id]);
        counters.add(Counter.WINDOWS_REVISED, instrument.revisedCount() - countedRevised[id]);
        countedClosed[id] = instrument.closedCount();
        countedRevised[id] = instrument.revisedCount();
    }

    @Override
    public String partName() {
        return "profile";
    }

    @Override
    public int partVersion() {
        return VERSION;
    }

    @Override
    public void writeInstrument(int instrumentId, DataOutput out) throws IOException {
        windows.get(instrumentId).writeTo(out);
        history.writeTo(instrumentId, out);
    }

    @Override
    public void readInstrument(int instrumentId, DataInput in) throws IOException {
        InstrumentWindows instrument = windows.get(instrumentId);
        instrument.readFrom(in);
        history.readFrom(instrumentId, in);
        countedClosed[instrumentId] = instrument.closedCount();
        countedRevised[instrumentId] = instrument.revisedCount();
        changed.add(instrumentId);
    }
}
