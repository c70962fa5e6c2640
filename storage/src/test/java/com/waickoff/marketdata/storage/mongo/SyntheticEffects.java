package com.waickoff.marketdata.storage.mongo;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.storage.effect.BookStateChanged;
import com.waickoff.marketdata.storage.effect.CoverageChanged;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import com.waickoff.marketdata.storage.effect.FeedStateChanged;
import com.waickoff.marketdata.storage.effect.InstrumentChanged;
import com.waickoff.marketdata.storage.effect.SignalRaised;
import com.waickoff.marketdata.storage.effect.TradeProcessed;
import com.waickoff.marketdata.storage.effect.WindowClosed;
import com.waickoff.marketdata.storage.effect.WindowRevised;
import com.waickoff.marketdata.storage.effect.WindowRows;
import com.waickoff.marketdata.storage.effect.WindowState;
import com.waickoff.marketdata.window.Timeframe;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * A market of made-up trades, and what a drain would make of them: the same for the same seed.
 * Trades come in bursts, in lots and round numbers, around a price that walks; windows are summed
 * from them.
 */
final class SyntheticEffects {
    static final long START_MS = 1_785_542_400_000L; // 2026-08-01T00:00:00Z
    private static final long NS_PER_MS = 1_000_000L;
    private static final long RECEIVE_DELAY_NS = 4_000_000L;
    private static final int ROW_TICKS = 10;

    private final Random random;
    private final Instrument instrument;
    private final double tradesPerMs;
    private final TreeMap<Timeframe, Summing> open = new TreeMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private long sequence;
    private int ordinal;
    private long timeNs = START_MS * NS_PER_MS;
    private long price = 6_500_000;
    private long tradeId = 4_000_000_000L;
    private long cumulativeDelta;

    private static final class Summing {
        private long startMs;
        private final TreeMap<Long, long[]> rows = new TreeMap<>();
        private long open;
        private long high = Long.MIN_VALUE;
        private long low = Long.MAX_VALUE;
        private long close;
        private long volume;
        private long buyVolume;
        private long minDelta;
        private long maxDelta;
        private long trades;
        private long firstKey;
        private long lastKey;
        private BigInteger notional = BigInteger.ZERO;
        private BigInteger squares = BigInteger.ZERO;
    }

    SyntheticEffects(long seed, String symbol, int id, double tradesPerDay) {
        random = new Random(seed);
        instrument = Instrument.of(id, "binance-spot", symbol, new BigDecimal("0.01"),
                new BigDecimal("0.00001"), BigDecimal.ONE, "BTC", "BTC", "USDT", true);
        tradesPerMs = tradesPerDay / 86_400_000.0;
    }

    Instrument instrument() {
        return instrument;
    }

    /** The definition, a feed that comes up, and its coverage from then on. */
    SyntheticEffects begin() {
        sequence = 1;
        effects.add(new InstrumentChanged(next(), instrument, receiveNs()));
        sequence++;
        effects.add(new FeedStateChanged(next(), instrument, timeNs, receiveNs(), true, 1,
                Reason.UNSPECIFIED));
        effects.add(new CoverageChanged(next(), instrument, timeNs, receiveNs(), 0, 0, 0,
                List.of(new CoverageChanged.Interval(0, START_MS))));
        effects.add(new BookStateChanged(next(), instrument, timeNs, receiveNs(),
                BookState.SYNCED, Reason.UNSPECIFIED, 1));
        return this;
    }

    /** Goes on until a number of trades has come. */
    SyntheticEffects trades(int count) {
        for (int i = 0; i < count; i++) {
            // Bursts: most trades share a frame, and its times, with the one before.
            if (random.nextInt(100) >= 65) {
                timeNs += (long) (-Math.log(1 - random.nextDouble()) / (tradesPerMs * 0.35))
                        * NS_PER_MS;
                price = Math.max(1_000, price + random.nextInt(41) - 20);
            } else if (random.nextInt(4) == 0) {
                price += random.nextInt(3) - 1;
            }
            closeWindows();
            sequence += 1 + random.nextInt(20);
            ordinal = 0;
            trade();
        }
        return this;
    }

    private void trade() {
        long lots = random.nextInt(3) == 0 ? 100L * (1 + random.nextInt(50))
                : 1 + (long) Math.exp(random.nextDouble() * 10);
        long quantity = lots * instrument.lot();
        boolean buy = random.nextBoolean();
        tradeId++;
        effects.add(new TradeProcessed(next(), instrument, timeNs, receiveNs(), price, quantity,
                tradeId, 1, buy ? EventFlags.BUY : 0));
        cumulativeDelta += buy ? quantity : -quantity;
        for (Timeframe timeframe : Timeframe.ALL) {
            Summing window = open.computeIfAbsent(timeframe, key -> new Summing());
            add(window, timeframe, quantity, buy);
        }
        if (random.nextInt(500) == 0) {
            effects.add(new SignalRaised(next(), instrument, timeNs, receiveNs(),
                    SignalKind.LARGE_TRADE, null, 0, price, buy ? 1 : -1, 0,
                    List.of(quantity, 3L, 900L, 4_000L), List.of(999_000L, 100_000L)));
        }
    }

    private void add(Summing window, Timeframe timeframe, long quantity, boolean buy) {
        if (window.trades == 0) {
            window.startMs = timeframe.startOf(timeNs) / NS_PER_MS;
            window.open = price;
            window.firstKey = tradeId;
        }
        window.trades++;
        window.close = price;
        window.lastKey = tradeId;
        window.high = Math.max(window.high, price);
        window.low = Math.min(window.low, price);
        window.volume += quantity;
        window.buyVolume += buy ? quantity : 0;
        long delta = 2 * window.buyVolume - window.volume;
        window.minDelta = Math.min(window.minDelta, delta);
        window.maxDelta = Math.max(window.maxDelta, delta);
        BigInteger amount = BigInteger.valueOf(price).multiply(BigInteger.valueOf(quantity));
        window.notional = window.notional.add(amount);
        window.squares = window.squares.add(amount.multiply(BigInteger.valueOf(price)));
        window.rows.computeIfAbsent(Math.floorDiv(price, rowSize(timeframe)),
                row -> new long[2])[buy ? 0 : 1] += quantity;
    }

    private static long rowSize(Timeframe timeframe) {
        return (long) ROW_TICKS << timeframe.ordinal();
    }

    private void closeWindows() {
        for (Timeframe timeframe : Timeframe.ALL) {
            Summing window = open.get(timeframe);
            if (window != null && window.startMs + timeframe.lengthMs() <= timeNs / NS_PER_MS) {
                open.remove(timeframe);
                sequence++;
                ordinal = 0;
                effects.add(new WindowClosed(next(), instrument, receiveNs(),
                        state(window, timeframe, 0)));
                signal(window, timeframe);
                if (timeframe == Timeframe.M1 && random.nextInt(4) == 0) {
                    sequence++;
                    ordinal = 0;
                    effects.add(new WindowRevised(next(), instrument, receiveNs(),
                            state(window, timeframe, 1)));
                }
            }
        }
    }

    private void signal(Summing window, Timeframe timeframe) {
        if (random.nextInt(3) == 0) {
            effects.add(new SignalRaised(next(), instrument,
                    (window.startMs + timeframe.lengthMs()) * NS_PER_MS, receiveNs(),
                    SignalKind.UNFINISHED_AUCTION, timeframe, window.startMs, window.high, 1, 0,
                    List.of(5L, 7L), List.of(1L, rowSize(timeframe))));
        }
    }

    private WindowState state(Summing window, Timeframe timeframe, int revision) {
        long low = window.rows.firstKey();
        int count = (int) (window.rows.lastKey() - low + 1);
        long[] buy = new long[count];
        long[] sell = new long[count];
        window.rows.forEach((row, cell) -> {
            buy[(int) (row - low)] = cell[0];
            sell[(int) (row - low)] = cell[1];
        });
        long endMs = window.startMs + timeframe.lengthMs();
        return new WindowState(timeframe, window.startMs, 1, revision, window.trades, window.open,
                window.high, window.low, window.close, window.volume, window.buyVolume,
                window.minDelta, window.maxDelta, cumulativeDelta, 0, 0, window.notional,
                window.squares, window.firstKey, window.lastKey,
                new CoverageStamp(window.startMs, endMs, 1_000_000, 0, 0),
                new WindowRows(rowSize(timeframe), low, buy, sell));
    }

    /** What came since it was last asked. */
    List<Effect> take() {
        List<Effect> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }

    private long receiveNs() {
        return timeNs + RECEIVE_DELAY_NS + timeNs / 7 % 1_000_000;
    }

    private EffectId next() {
        return new EffectId(sequence, ordinal++);
    }
}
