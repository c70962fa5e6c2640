package com.waickoff.marketdata.flow;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.snapshot.FlowMeasures;
import com.waickoff.marketdata.snapshot.InstrumentSections;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.snapshot.SignalsSection;
import com.waickoff.marketdata.window.InstrumentWindows;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;

/**
 * The order flow of one instrument: what goes on along its tape, and what its windows show when they
 * close.
 *
 * <p>Along the tape trades count as they arrive, repaired and late ones too, each at its match time,
 * but not later than the watermark. Windows are looked at by the event that closes them, and again by
 * the first clock after they were revised: if they show other signals then, that is told.
 *
 * <p>Threads: one study thread.
 */
final class InstrumentFlow {
    /** A clock's tick: an order whose last fill came before the last one is complete. */
    private static final long TICK_NS = 100_000_000L;

    private final FlowConfig config;
    private final Instrument instrument;
    private final InstrumentWindows windows;
    private final SignalsSection section;
    private final SignalListener listener;
    private final WindowSignals windowSignals;
    private final SignalBuffer found;
    private final Signal signal;

    private final Notional notional;
    private final TakerOrder order;
    private final OrderSizes sizes;
    private final TapeSpeed speed;
    private final Vpin vpin;
    private final WindowMeasures[] measures = new WindowMeasures[Timeframe.COUNT];
    private final ToldWindows[] told = new ToldWindows[Timeframe.COUNT];
    private long closedCount;
    private long revisedCount;
    private long lastSequence;
    private int nextOrdinal;
    private boolean olderChanged;

    /**
     * The flow of an instrument without trades.
     *
     * @param found shared by the instruments of a thread, as are {@code signal} and
     *     {@code windowSignals}
     */
    InstrumentFlow(FlowConfig config, Instrument instrument, InstrumentWindows windows,
            InstrumentSections sections, SignalListener listener, WindowSignals windowSignals,
            SignalBuffer found, Signal signal) {
        this.config = config;
        this.instrument = instrument;
        this.windows = windows;
        this.listener = listener;
        this.windowSignals = windowSignals;
        this.found = found;
        this.signal = signal;
        section = sections.signals();
        notional = new Notional(instrument.priceScale(), instrument.quantityScale(),
                instrument.contractSize(),
                instrument.contractUnit().equals(instrument.priceUnit()));
        order = new TakerOrder(sections.instrument().rowBase());
        sizes = new OrderSizes(config.orders().largePerMillion());
        speed = new TapeSpeed(config.speed());
        vpin = new Vpin(config.vpin(), notional);
        for (Timeframe timeframe : Timeframe.ALL) {
            measures[timeframe.ordinal()] = new WindowMeasures(timeframe);
            told[timeframe.ordinal()] = new ToldWindows(timeframe,
                    windows.keptWindows(timeframe));
        }
    }

    /** Takes in a trade of the book that the windows hold by now. */
    void onTrade(MarketEvent event, long sequence) {
        long receivedNs = event.receiveTimeNs();
        long timeNs = Math.min(event.matchTimeNs(), windows.watermarkNs(receivedNs));
        Window newest = windows.newest(Timeframe.M1);
        if (newest != null && newest.startNs() != measures[0].newestNs()) {
            turnSlowPath();
        }
        if (windows.closedCount() != closedCount) {
            lookSlowPath(false, sequence);
        }
        boolean buys = event.has(EventFlags.BUY);
        long fills = event.has(EventFlags.AGGREGATE) ? event.aux() : 1;
        long key = instrument.idsChain() || event.aux() == 0 ? event.matchTimeNs() : event.aux();
        if (!order.holds(key, buys)) {
            endOrder(sequence);
            order.begin(key, buys, timeNs, event.price());
        }
        order.add(event.price(), event.quantity(), fills, receivedNs);
        if (speed.add(timeNs, fills)) {
            raiseSpeedSlowPath(event, timeNs, sequence);
        }
        if (vpin.add(event.price(), event.quantity(), buys)) {
            raiseVpinSlowPath(event, timeNs, sequence);
        }
    }

    /** Time passes. @return whether anything that is shown may have changed */
    boolean onClock(long receiveTimeNs, long sequence) {
        boolean changed = order.isOpen() && receiveTimeNs - order.lastReceivedNs() >= TICK_NS;
        if (changed) {
            endOrder(sequence);
        }
        if (windows.closedCount() != closedCount || windows.revisedCount() != revisedCount) {
            lookSlowPath(true, sequence);
            changed = true;
        }
        return changed;
    }

    /** What passed meanwhile is not known. */
    void onFeedUp() {
        speed.restart();
    }

    /** The measures of windows as they are now. */
    FlowMeasures measures(Window window) {
        WindowMeasures ofTimeframe = measures[window.timeframe().ordinal()];
        if (window.startNs() == ofTimeframe.newestNs()) {
            takeIn(ofTimeframe.newest());
        }
        return ofTimeframe.shown(window);
    }

    /** Whether measures of a window that is not the newest changed since this was last asked. */
    boolean takeOlderChanged() {
        boolean changed = olderChanged;
        olderChanged = false;
        return changed;
    }

    private void takeIn(FlowMeasures now) {
        now.vpin(vpin.ppm(), vpin.bucketVolume());
        now.speed(speed.lately(), speed.before());
    }

    /** A newer window has begun, with the trade that is about to be taken in. */
    private void turnSlowPath() {
        for (int i = 0; i < Timeframe.COUNT; i++) {
            Window newest = Objects.requireNonNull(windows.newest(Timeframe.at(i)));
            if (newest.startNs() != measures[i].newestNs()) {
                takeIn(measures[i].newest());
                measures[i].open(newest.startNs());
            }
        }
    }

    private void endOrder(long sequence) {
        if (!order.isOpen()) {
            return;
        }
        order.end();
        long quantity = order.quantity();
        long amount = config.orders().largeNotional();
        long threshold = amount == 0 ? sizes.threshold()
                : notional.quantity(amount, order.lastPrice());
        if (quantity >= threshold) {
            raiseLargeSlowPath(threshold, sequence);
        }
        if (order.rows() >= config.orders().sweepRows()) {
            raiseSweepSlowPath(sequence);
        }
        sizes.add(order.timeNs(), quantity);
    }

    private void raiseLargeSlowPath(long threshold, long sequence) {
        long amount = config.orders().largeNotional();
        signal.ofTape(SignalKind.LARGE_TRADE, order.timeNs(), order.lastPrice(), sideOfOrder())
                .inputs(order.quantity(), order.fills(), threshold, sizes.total())
                .parameters(amount == 0 ? config.orders().largePerMillion() : 0, amount, 0, 0, 0);
        raise(signal, sequence);
    }

    private void raiseSweepSlowPath(long sequence) {
        signal.ofTape(SignalKind.SWEEP, order.timeNs(), order.lastPrice(), sideOfOrder())
                .inputs(order.rows(), order.quantity(), order.firstPrice(), order.fills())
                .parameters(config.orders().sweepRows(), order.rowSize(), 0, 0, 0);
        raise(signal, sequence);
    }

    private int sideOfOrder() {
        return order.isBuy() ? Signal.BUY : Signal.SELL;
    }

    private void raiseSpeedSlowPath(MarketEvent event, long timeNs, long sequence) {
        FlowConfig.Speed rule = config.speed();
        signal.ofTape(SignalKind.SPEED_OF_TAPE, timeNs, event.price(), Signal.NEITHER)
                .inputs(speed.lately(), speed.before(), 0, 0)
                .parameters(rule.seconds(), rule.stretches(), rule.factor(), rule.minTrades(), 0);
        raise(signal, sequence);
    }

    private void raiseVpinSlowPath(MarketEvent event, long timeNs, long sequence) {
        FlowConfig.Vpin rule = config.vpin();
        signal.ofTape(SignalKind.VPIN, timeNs, event.price(), Signal.NEITHER)
                .inputs(vpin.ppm(), vpin.bucketVolume(), 0, 0)
                .parameters(rule.buckets(), rule.bucketNotional(), rule.thresholdPpm(), 0, 0);
        raise(signal, sequence);
    }

    /** Looks at windows that closed, and with {@code revised} at those that changed after it. */
    private void lookSlowPath(boolean revised, long sequence) {
        closedCount = windows.closedCount();
        if (revised) {
            revisedCount = windows.revisedCount();
        }
        for (int i = 0; i < Timeframe.COUNT; i++) {
            for (Window window = windows.oldest(Timeframe.at(i)); window != null; window = windows
                    .after(window)) {
                if (window.has(Window.CLOSED) && told[i].isDue(window, revised)) {
                    look(window, sequence);
                }
            }
        }
    }

    private void look(Window window, long sequence) {
        ToldWindows before = told[window.timeframe().ordinal()];
        long digestBefore = before.digest(window);
        RowVolumes rows = window.rows();
        if (window.has(Window.ROWS_EVICTED) || rows.isEmpty()) {
            before.told(window, digestBefore);
            return;
        }
        windowSignals.find(windows, window, notional, found);
        long digest = found.digest();
        before.told(window, digest);
        if (digest == digestBefore) {
            return;
        }
        if (digestBefore != 0) {
            takeBack(window, sequence);
        }
        for (int i = 0; i < found.count(); i++) {
            raise(found.get(i), sequence);
        }
    }

    private void takeBack(Window window, long sequence) {
        FlowMeasures shown = measures[window.timeframe().ordinal()].at(window.startNs());
        for (int i = 0; shown != null && i < SignalKind.COUNT; i++) {
            if (SignalKind.at(i).isOfWindow()) {
                shown.signals(SignalKind.at(i), 0);
            }
        }
        WindowSignals.begin(signal, SignalKind.REVISED, window, window.bar().close(),
                Signal.NEITHER).inputs(found.count(), 0, 0, 0);
        raise(signal, sequence);
    }

    private void raise(Signal raised, long sequence) {
        nextOrdinal = sequence == lastSequence ? nextOrdinal : 0;
        lastSequence = sequence;
        raised.number(sequence, nextOrdinal++);
        Timeframe of = raised.timeframe();
        for (int i = 0; i < Timeframe.COUNT; i++) {
            Timeframe timeframe = Timeframe.at(i);
            if (of == null || of == timeframe) {
                long startNs = of == null ? timeframe.startOf(raised.matchTimeNs())
                        : raised.windowStartMs() * 1_000_000L;
                count(raised.kind(), measures[i], startNs);
            }
        }
        section.append(raised);
        listener.onSignal(instrument.id(), raised);
    }

    private void count(SignalKind kind, WindowMeasures ofTimeframe, long startNs) {
        FlowMeasures shown = ofTimeframe.at(startNs);
        if (shown != null) {
            shown.count(kind);
            olderChanged |= startNs != ofTimeframe.newestNs();
        }
    }

    void writeTo(DataOutput out) throws IOException {
        for (long parameter : config.fingerprint()) {
            out.writeLong(parameter);
        }
        out.writeLong(closedCount);
        out.writeLong(revisedCount);
        order.writeTo(out);
        sizes.writeTo(out);
        speed.writeTo(out);
        vpin.writeTo(out);
        for (int i = 0; i < Timeframe.COUNT; i++) {
            if (windows.newest(Timeframe.at(i)) != null) {
                takeIn(measures[i].newest());
            }
            measures[i].writeTo(out);
            told[i].writeTo(out);
        }
        section.writeTo(out);
    }

    void readFrom(DataInput in) throws IOException {
        for (long parameter : config.fingerprint()) {
            if (in.readLong() != parameter) {
                throw new IOException("signals by other parameters than flow.* says now");
            }
        }
        closedCount = in.readLong();
        revisedCount = in.readLong();
        order.readFrom(in);
        sizes.readFrom(in);
        speed.readFrom(in);
        vpin.readFrom(in);
        for (int i = 0; i < Timeframe.COUNT; i++) {
            measures[i].readFrom(in);
            told[i].readFrom(in);
        }
        section.readFrom(in);
    }
}
