package com.waickoff.marketdata.flow;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.flow.RandomFlowTape.Trade;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.WindowConfig;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * When signals are told: the windows of a tape, what closes and changes them, and the taker orders,
 * the slow way. Each window keeps all its trades, and is looked at as a whole.
 */
final class SlowFlow {
    private static final long MS = 1_000_000L;
    private static final long ORDER_NS = 100 * MS;

    /** A signal as numbers that can be compared. */
    record Told(long sequence, int ordinal, SignalKind kind, @Nullable Timeframe timeframe,
            long startMs, long timeNs, long price, int side, int revision, List<Long> inputs,
            List<Long> parameters) {
        static Told of(Signal signal) {
            List<Long> inputs = new ArrayList<>();
            for (int i = 0; i < Signal.INPUTS; i++) {
                inputs.add(signal.input(i));
            }
            List<Long> parameters = new ArrayList<>();
            for (int i = 0; i < Signal.PARAMETERS; i++) {
                parameters.add(signal.parameter(i));
            }
            return new Told(signal.sequence(), signal.ordinal(), signal.kind(), signal.timeframe(),
                    signal.windowStartMs(), signal.matchTimeNs(), signal.price(), signal.side(),
                    signal.revision(), inputs, parameters);
        }
    }

    /** What a window shows, before it is told. */
    record Shown(SignalKind kind, long price, int side, List<Long> inputs, List<Long> parameters) {}

    private final FlowConfig config;
    private final WindowConfig windowConfig;
    private final Instrument instrument;
    private final ToIntFunction<Timeframe> kept;
    private final SlowWindowSignals shows;
    private final SlowOrders orders;
    private final Map<Timeframe, TreeMap<Long, SlowFlowWindow>> windows = new EnumMap<>(
            Timeframe.class);
    private final List<Told> told = new ArrayList<>();
    private long markNs = Long.MIN_VALUE;
    private long largestNs = Long.MIN_VALUE;
    private long largestReceivedNs;
    private long sequence;
    private int ordinal;

    SlowFlow(FlowConfig config, WindowConfig windowConfig, Instrument instrument,
            ToIntFunction<Timeframe> kept) {
        this.config = config;
        this.windowConfig = windowConfig;
        this.instrument = instrument;
        this.kept = kept;
        shows = new SlowWindowSignals(config, this::quantityWorth);
        orders = new SlowOrders(config.orders(), instrument.tick() * windowConfig.rowTicks(),
                this::quantityWorth);
        Timeframe.ALL.forEach(timeframe -> windows.put(timeframe, new TreeMap<>()));
    }

    /** Everything that was told, in order. */
    List<Told> told() {
        return told;
    }

    /** Time passes: an order may be complete, windows close, and those that changed are seen again. */
    void clock(long atSequence, long receiveNs) {
        begin(atSequence);
        mark(receiveNs);
        close();
        if (orders.isOpen() && receiveNs - orders.lastReceivedNs() >= ORDER_NS) {
            endOrder();
        }
        look(true);
    }

    /** A trade closes what its time ends, counts in its windows, and continues or begins an order. */
    void trade(long atSequence, Trade trade) {
        begin(atSequence);
        mark(trade.receiveNs());
        if (trade.matchNs() > largestNs) {
            largestNs = trade.matchNs();
            largestReceivedNs = trade.receiveNs();
        }
        mark(trade.receiveNs());
        boolean closed = close();
        Timeframe.ALL.forEach(timeframe -> add(timeframe, trade));
        if (closed) {
            look(false);
        }
        if (!orders.holds(trade, instrument.idsChain())) {
            endOrder();
        }
        orders.add(trade);
    }

    private void begin(long atSequence) {
        sequence = atSequence;
        ordinal = 0;
    }

    /** The largest match time plus the time since it was received; it does not run backwards. */
    private void mark(long receiveNs) {
        if (largestNs != Long.MIN_VALUE) {
            markNs = Math.max(markNs, largestNs + receiveNs - largestReceivedNs);
        }
    }

    private boolean isDue(SlowFlowWindow window) {
        return window.endNs() + windowConfig.latenessMs() * MS <= markNs;
    }

    private boolean close() {
        boolean any = false;
        for (TreeMap<Long, SlowFlowWindow> all : windows.values()) {
            for (SlowFlowWindow window : all.values()) {
                if (!window.isClosed() && isDue(window)) {
                    window.close();
                    any = true;
                }
            }
        }
        return any;
    }

    private void add(Timeframe timeframe, Trade trade) {
        TreeMap<Long, SlowFlowWindow> all = of(timeframe);
        long index = Math.floorDiv(trade.matchNs(), timeframe.lengthMs() * MS);
        int most = kept.applyAsInt(timeframe);
        if (!all.isEmpty() && index <= all.lastKey() - most) {
            return;
        }
        SlowFlowWindow window = all.get(index);
        if (window == null) {
            window = new SlowFlowWindow(timeframe, index, windowConfig,
                    instrument.tick() * windowConfig.rowTicks(), instrument.idsChain());
            if (isDue(window)) {
                window.close();
            }
            all.put(index, window);
            all.headMap(all.lastKey() - most, true).clear();
        }
        window.add(trade);
    }

    private TreeMap<Long, SlowFlowWindow> of(Timeframe timeframe) {
        return windows.getOrDefault(timeframe, new TreeMap<>());
    }

    /** Looks at closed windows for the first time, and at those that changed since. */
    private void look(boolean again) {
        for (Timeframe timeframe : Timeframe.ALL) {
            for (SlowFlowWindow window : of(timeframe).values()) {
                boolean first = window.seenRevision() < 0;
                boolean changed = window.revision() != window.seenRevision();
                if (window.isClosed() && (first || (again && changed))) {
                    List<SlowFlowWindow> before = new ArrayList<>(
                            of(timeframe).headMap(window.index(), false).descendingMap().values());
                    tell(window, shows.of(window, before));
                }
            }
        }
    }

    private void tell(SlowFlowWindow window, List<Shown> now) {
        List<Shown> earlier = window.seen();
        window.see(now);
        if (now.equals(earlier)) {
            return;
        }
        if (!earlier.isEmpty()) {
            tell(window, new Shown(SignalKind.REVISED, window.lastTrade().price(), 0,
                    List.of((long) now.size(), 0L, 0L, 0L), List.of(0L, 0L, 0L, 0L, 0L)));
        }
        now.forEach(shown -> tell(window, shown));
    }

    private void tell(SlowFlowWindow window, Shown shown) {
        told.add(new Told(sequence, ordinal++, shown.kind(), window.timeframe(),
                window.startNs() / MS, window.endNs(), shown.price(), shown.side(),
                window.revision(), shown.inputs(), shown.parameters()));
    }

    private void endOrder() {
        for (SlowOrders.Found found : orders.end()) {
            told.add(new Told(sequence, ordinal++, found.shown().kind(), null, 0, found.timeNs(),
                    found.shown().price(), found.shown().side(), 0, found.shown().inputs(),
                    found.shown().parameters()));
        }
    }

    /** The smallest quantity that is worth an amount of the price's currency. */
    private BigInteger quantityWorth(long amount, long price) {
        BigDecimal worth = BigDecimal.valueOf(price, instrument.priceScale())
                .multiply(instrument.contractSize());
        if (instrument.contractUnit().equals(instrument.priceUnit())) {
            worth = instrument.contractSize();
        }
        return BigDecimal.valueOf(amount).scaleByPowerOfTen(instrument.quantityScale())
                .divide(worth, 0, RoundingMode.CEILING).toBigIntegerExact();
    }
}
