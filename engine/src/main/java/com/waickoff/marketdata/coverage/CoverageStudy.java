package com.waickoff.marketdata.coverage;

import com.waickoff.marketdata.event.Checkpointed;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.snapshot.ChangedInstruments;
import com.waickoff.marketdata.snapshot.CoverageSection;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.snapshot.TapeState;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.MarketWindows;
import com.waickoff.marketdata.window.Watermark;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows which stretches of match time may have lost trades, and publishes them with the
 * watermark.
 *
 * <p>Threads: the thread of the profile study, after it.
 */
public final class CoverageStudy implements MarketEventHandler, Checkpointed {
    private static final int VERSION = 2;
    private static final long NS_PER_MS = 1_000_000L;

    private final InstrumentCatalogue catalogue;
    private final MarketWindows windows;
    private final SnapshotWriter snapshot;
    private final CounterBlock counters;
    private final CoverageConfig config;
    private final ChangedInstruments changed;
    private final long[] receivedNs;
    /** As of each instrument's own events, not as of the end of whatever batch they came in. */
    private final long[] watermarkNs;
    private final int[] publishedVersion;
    private final @Nullable InstrumentCoverage[] states;
    private final @Nullable CoverageSection[] sections;

    /** A study without instruments; each is defined by its {@code INSTRUMENT} event. */
    public CoverageStudy(InstrumentCatalogue catalogue, MarketWindows windows,
            SnapshotWriter snapshot, CoverageConfig config, CounterBlock counters) {
        this.catalogue = catalogue;
        this.windows = windows;
        this.snapshot = snapshot;
        this.counters = counters;
        this.config = config;
        int capacity = windows.instrumentCapacity();
        changed = new ChangedInstruments(capacity);
        receivedNs = new long[capacity];
        watermarkNs = new long[capacity];
        publishedVersion = new int[capacity];
        states = new InstrumentCoverage[capacity];
        sections = new CoverageSection[capacity];
    }

    @Override
    public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
        switch (event.kind()) {
            case EventKind.TRADE -> onTrade(event);
            case EventKind.CLOCK -> onClock(event.receiveTimeNs());
            case EventKind.TRADE_GAP, EventKind.FEED_UP, EventKind.FEED_DOWN -> onFeed(event);
            case EventKind.INSTRUMENT -> define(event.instrumentId());
            default -> {
                // Books have their own state.
            }
        }
        if (endOfBatch && changed.count() > 0) {
            publish(sequence);
        }
    }

    private void onTrade(MarketEvent event) {
        int id = event.instrumentId();
        InstrumentCoverage state = state(id);
        if (event.has(EventFlags.REPAIRED)) {
            state.onRepairedTrades(event.id64(), event.has(EventFlags.SPAN) ? event.aux() : 1);
        } else {
            state.onTrade(believedMatchMs(event), event.id64());
        }
        heard(id, event.receiveTimeNs());
    }

    /** A match time ahead of the watermark, which this trade did not move, is not believed. */
    private long believedMatchMs(MarketEvent event) {
        long watermarkNs = windows.get(event.instrumentId()).watermarkNs(event.receiveTimeNs());
        boolean believed = watermarkNs == Watermark.NONE || event.matchTimeNs() <= watermarkNs;
        return (believed ? event.matchTimeNs() : watermarkNs) / NS_PER_MS;
    }

    private void onFeed(MarketEvent event) {
        int id = event.instrumentId();
        InstrumentCoverage state = state(id);
        switch (event.kind()) {
            case EventKind.FEED_UP ->
                state.onFeedUp(event.matchTimeNs() / NS_PER_MS, event.epoch());
            case EventKind.FEED_DOWN -> state.onFeedDown();
            default -> onGap(state, event);
        }
        heard(id, event.receiveTimeNs());
    }

    private static void onGap(InstrumentCoverage state, MarketEvent event) {
        if (event.has(EventFlags.REPAIRED)) {
            state.onGapFilled(event.firstMissing() / NS_PER_MS, event.lastMissing() / NS_PER_MS);
        } else if (event.has(EventFlags.BY_TIME)) {
            state.onGap();
        } else {
            state.onGap(event.firstMissing(), event.lastMissing());
        }
    }

    private void onClock(long receiveTimeNs) {
        for (int i = 0; i < windows.definedCount(); i++) {
            advance(windows.definedId(i), receiveTimeNs);
        }
    }

    private void heard(int id, long receiveTimeNs) {
        receivedNs[id] = receiveTimeNs;
        advance(id, receiveTimeNs);
    }

    private void advance(int id, long receiveTimeNs) {
        watermarkNs[id] = windows.get(id).watermarkNs(receiveTimeNs);
        changed.add(id);
    }

    private void define(int id) {
        if (states[id] == null) {
            states[id] = new InstrumentCoverage(catalogue.get(id).idsChain(), config);
            sections[id] = Objects.requireNonNull(snapshot.find(id)).coverage();
            publishedVersion[id] = -1;
            watermarkNs[id] = Watermark.NONE;
            changed.add(id);
        }
    }

    private void publish(long sequence) {
        for (int i = 0; i < changed.count(); i++) {
            publish(changed.id(i), sequence);
        }
        counters.add(Counter.SNAPSHOT_PUBLISHED, changed.count());
        changed.clear();
    }

    private void publish(int id, long sequence) {
        InstrumentCoverage state = state(id);
        CoverageSection section = Objects.requireNonNull(sections[id]);
        if (state.version() == publishedVersion[id]) {
            section.writeTape(tapeState(state), watermarkNs[id], receivedNs[id], sequence);
            return;
        }
        publishedVersion[id] = state.version();
        section.begin();
        section.tape(tapeState(state), watermarkNs[id], receivedNs[id]);
        section.gaps(state.gaps(), state.repairedGaps());
        for (int i = 0; i < state.count(); i++) {
            section.addUncovered(state.fromMs(i), state.toMs(i));
        }
        section.end(sequence);
    }

    private static TapeState tapeState(InstrumentCoverage state) {
        if (state.isUp()) {
            return TapeState.LIVE;
        }
        return state.feedEpoch() == 0 ? TapeState.NEVER : TapeState.INTERRUPTED;
    }

    private InstrumentCoverage state(int id) {
        InstrumentCoverage state = states[id];
        if (state == null) {
            throw new IllegalStateException(
                    "instrument id " + id + " had an event before its definition");
        }
        return state;
    }

    /** The coverage of an instrument that was defined. Threads: this study's, or after it ended. */
    public InstrumentCoverage coverage(int instrumentId) {
        return state(instrumentId);
    }

    /**
     * When an event of any instrument was last received, in ns since the epoch; 0 for never. Threads:
     * as for {@link #coverage}.
     */
    public long lastReceiveTimeNs() {
        long last = 0;
        for (int i = 0; i < windows.definedCount(); i++) {
            last = Math.max(last, receivedNs[windows.definedId(i)]);
        }
        return last;
    }

    @Override
    public String partName() {
        return "coverage";
    }

    @Override
    public int partVersion() {
        return VERSION;
    }

    @Override
    public void writeInstrument(int instrumentId, DataOutput out) throws IOException {
        out.writeLong(receivedNs[instrumentId]);
        out.writeLong(watermarkNs[instrumentId]);
        state(instrumentId).writeTo(out);
    }

    @Override
    public void readInstrument(int instrumentId, DataInput in) throws IOException {
        receivedNs[instrumentId] = in.readLong();
        watermarkNs[instrumentId] = in.readLong();
        state(instrumentId).readFrom(in);
        changed.add(instrumentId);
    }
}
