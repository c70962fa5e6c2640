package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.Derivation;
import com.waickoff.marketdata.DerivationListener;
import com.waickoff.marketdata.coverage.InstrumentCoverage;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.journal.SequenceRange;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.storage.effect.BookStateChanged;
import com.waickoff.marketdata.storage.effect.CoverageChanged;
import com.waickoff.marketdata.storage.effect.CoverageChanged.Interval;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import com.waickoff.marketdata.storage.effect.FeedStateChanged;
import com.waickoff.marketdata.storage.effect.InstrumentChanged;
import com.waickoff.marketdata.storage.effect.SignalRaised;
import com.waickoff.marketdata.storage.effect.TradeProcessed;
import com.waickoff.marketdata.storage.effect.WindowClosed;
import com.waickoff.marketdata.storage.effect.WindowRevised;
import com.waickoff.marketdata.storage.effect.WindowState;
import com.waickoff.marketdata.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Makes effects of what a derivation tells, and numbers them in the order of telling.
 *
 * <p>Threads: that of the derivation.
 */
final class EffectMaker implements DerivationListener {
    private static final long NS_PER_MS = 1_000_000L;

    private final Derivation derivation;
    private final Consumer<Effect> target;
    private final BiConsumer<SequenceRange, String> missing;
    private final List<Effect> ofEvent = new ArrayList<>();
    private long sequence;
    private long receiveTimeNs;

    /**
     * Effects of a derivation.
     *
     * @param target is given each, in order of their ids
     * @param missing is told of events that are gone, and where that shows
     */
    EffectMaker(Derivation derivation, Consumer<Effect> target,
            BiConsumer<SequenceRange, String> missing) {
        this.derivation = derivation;
        this.target = target;
        this.missing = missing;
    }

    @Override
    public void onEvent(MarketEvent event, long newSequence) {
        sequence = newSequence;
        receiveTimeNs = event.receiveTimeNs();
        switch (event.kind()) {
            case EventKind.TRADE -> add(trade(event));
            case EventKind.FEED_UP -> add(feedState(event, true));
            case EventKind.FEED_DOWN -> add(feedState(event, false));
            case EventKind.INSTRUMENT -> add(new InstrumentChanged(nextId(),
                    instrument(event.instrumentId()), receiveTimeNs));
            default -> {
                // Only what is derived from it counts.
            }
        }
    }

    private TradeProcessed trade(MarketEvent event) {
        return new TradeProcessed(nextId(), instrument(event.instrumentId()),
                event.matchTimeNs(), receiveTimeNs, event.price(), event.quantity(), event.id64(),
                event.aux(), event.flags());
    }

    private FeedStateChanged feedState(MarketEvent event, boolean isUp) {
        return new FeedStateChanged(nextId(), instrument(event.instrumentId()),
                event.matchTimeNs(), receiveTimeNs, isUp, event.epoch(), event.reason());
    }

    @Override
    public void onWindowClosed(int instrumentId, Window window, long cumulativeDelta) {
        add(new WindowClosed(nextId(), instrument(instrumentId), receiveTimeNs,
                state(instrumentId, window, cumulativeDelta)));
    }

    @Override
    public void onWindowRevised(int instrumentId, Window window, long cumulativeDelta) {
        add(new WindowRevised(nextId(), instrument(instrumentId), receiveTimeNs,
                state(instrumentId, window, cumulativeDelta)));
    }

    @Override
    public void onSignal(int instrumentId, Signal signal) {
        SignalKind kind = signal.kind();
        add(new SignalRaised(nextId(), instrument(instrumentId), signal.matchTimeNs(),
                receiveTimeNs, kind, signal.timeframe(), signal.windowStartMs(), signal.price(),
                signal.side(), signal.revision(), first(kind.inputs().size(), signal::input),
                first(kind.parameters().size(), signal::parameter)));
    }

    private static List<Long> first(int count, IntToLongFunction values) {
        return IntStream.range(0, count).mapToLong(values).boxed().toList();
    }

    @Override
    public void onBookState(int instrumentId, BookState state, MarketEvent cause) {
        boolean isDoubt = state == BookState.STALE && cause.kind() == EventKind.BOOK_LEVEL;
        add(new BookStateChanged(nextId(), instrument(instrumentId), cause.matchTimeNs(),
                receiveTimeNs, state, isDoubt ? Reason.BOOK_MISMATCH : reasonOf(cause),
                cause.updateId()));
    }

    /** Other kinds have no reason where resets have theirs. */
    private static Reason reasonOf(MarketEvent cause) {
        return cause.kind() == EventKind.BOOK_RESET || cause.kind() == EventKind.DEPTH_PAUSED
                ? cause.reason() : Reason.UNSPECIFIED;
    }

    @Override
    public void onCoverage(int instrumentId) {
        InstrumentCoverage coverage = derivation.coverage(instrumentId);
        List<Interval> uncovered = IntStream.range(0, coverage.count())
                .mapToObj(i -> new Interval(coverage.fromMs(i), coverage.toMs(i))).toList();
        add(new CoverageChanged(nextId(), instrument(instrumentId),
                Math.max(0, coverage.lastTradeMs()) * NS_PER_MS, receiveTimeNs, coverage.gaps(),
                coverage.repairedGaps(), coverage.repairedTrades(), uncovered));
    }

    @Override
    public void onMissing(SequenceRange events, String place) {
        missing.accept(events, place);
    }

    @Override
    public void onHandled(MarketEvent event, long newSequence) {
        for (Effect effect : ofEvent) {
            target.accept(effect instanceof WindowClosed closed ? restamped(closed) : effect);
        }
        ofEvent.clear();
    }

    /** The event that closed a window may also tell that nothing of it is missing. */
    private WindowClosed restamped(WindowClosed closed) {
        WindowState window = closed.window();
        return new WindowClosed(closed.id(), closed.instrument(), closed.receiveTimeNs(),
                window.withCoverage(stamp(closed.instrument().id(), window.startMs(),
                        window.endMs(), window.has(Window.UNORDERED))));
    }

    private WindowState state(int instrumentId, Window window, long cumulativeDelta) {
        return WindowState.of(window, cumulativeDelta,
                stamp(instrumentId, window.startNs() / NS_PER_MS, window.endNs() / NS_PER_MS,
                        window.has(Window.UNORDERED)));
    }

    /** Of a window that has closed: the watermark is beyond its end. */
    private CoverageStamp stamp(int instrumentId, long startMs, long endMs, boolean isUnordered) {
        InstrumentCoverage coverage = derivation.coverage(instrumentId);
        return CoverageStamp.of(startMs, endMs, endMs * NS_PER_MS, isUnordered, coverage,
                coverage.repairedGaps());
    }

    private void add(Effect effect) {
        ofEvent.add(effect);
    }

    private EffectId nextId() {
        return new EffectId(sequence, ofEvent.size());
    }

    private Instrument instrument(int id) {
        return derivation.catalogue().get(id);
    }
}
