package com.waickoff.marketdata.storage.redis;

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
import com.waickoff.marketdata.window.Window;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Effects of markets that never were: the same for the same seed. */
final class SampleEffects {
    static final long JOURNAL = 1_700_000_000_000_000_000L;

    private static final long START_NS = 1_750_000_000_000_000_000L;

    private SampleEffects() {}

    static Instrument instrument(int index) {
        return Instrument.of(index, "bybit-linear", "SAMPLE" + index + "USDT",
                new BigDecimal("0.10"), new BigDecimal("0.001"), BigDecimal.ONE, "SAMPLE" + index,
                "SAMPLE" + index, "USDT", false);
    }

    /** Effects of all kinds, nine trades in ten, of so many instruments by turns at random. */
    static List<Effect> of(long seed, int count, int instruments) {
        RandomGenerator random = new Random(seed);
        List<Effect> effects = new ArrayList<>(count);
        long sequence = 0;
        int ordinal = 0;
        while (effects.size() < count) {
            if (sequence == 0 || random.nextInt(4) > 0) {
                // Levels and clocks have sequences too, and no effects.
                sequence += 1 + random.nextInt(20);
                ordinal = 0;
            } else {
                ordinal++;
            }
            Instrument instrument = instrument(random.nextInt(instruments));
            int kind = random.nextInt(10) > 0 ? 0 : random.nextInt(8);
            effects.add(effect(kind, new EffectId(sequence, ordinal), instrument, random));
        }
        return effects;
    }

    /** One of each kind, and of each kind of signal. */
    static List<Effect> ofEachKind(long seed) {
        RandomGenerator random = new Random(seed);
        List<Effect> effects = new ArrayList<>();
        for (int kind = 0; kind < 8; kind++) {
            effects.add(effect(kind, new EffectId(effects.size() + 1L, 0), instrument(0), random));
        }
        for (SignalKind kind : SignalKind.values()) {
            effects.add(signal(kind, new EffectId(effects.size() + 1L, 0), instrument(0),
                    timeNs(effects.size()), random));
        }
        EffectId last = new EffectId(effects.size() + 1L, 0);
        effects.add(new WindowRevised(last, instrument(0), timeNs(last.sequence()),
                window(random, WindowRows.NONE, Window.CLOSED | Window.ROWS_EVICTED
                        | Window.UNORDERED | Window.OUTDATED)));
        return effects;
    }

    private static long timeNs(long sequence) {
        return START_NS + sequence * 1_000_000L;
    }

    private static Effect effect(int kind, EffectId id, Instrument instrument,
            RandomGenerator random) {
        long timeNs = timeNs(id.sequence());
        return switch (kind) {
            case 1 -> new WindowClosed(id, instrument, timeNs, window(random, rows(random), 1));
            case 2 -> new WindowRevised(id, instrument, timeNs, window(random, rows(random), 1));
            case 3 -> signal(SignalKind.at(random.nextInt(SignalKind.COUNT)), id, instrument,
                    timeNs, random);
            case 4 -> new BookStateChanged(id, instrument, timeNs, timeNs + 1,
                    BookState.values()[random.nextInt(3)], Reason.of(random.nextInt(13)),
                    random.nextLong(1L << 40));
            case 5 -> new FeedStateChanged(id, instrument, 0, timeNs, random.nextBoolean(),
                    1 + random.nextInt(100), Reason.of(random.nextInt(13)));
            case 6 -> new InstrumentChanged(id, instrument, timeNs);
            case 7 -> new CoverageChanged(id, instrument, timeNs, timeNs, 3, 2, 17,
                    List.of(new CoverageChanged.Interval(0, timeNs / 1_000_000 - 5000),
                            new CoverageChanged.Interval(timeNs / 1_000_000, Long.MAX_VALUE)));
            default ->
                new TradeProcessed(id, instrument, timeNs, timeNs + random.nextInt(50_000_000),
                        600_000 + random.nextInt(10_000), 1 + random.nextInt(500_000),
                        random.nextLong(), random.nextLong(1L << 40),
                        (random.nextBoolean() ? EventFlags.BUY : 0)
                                | (random.nextInt(50) == 0 ? EventFlags.BLOCK | EventFlags.RPI : 0)
                                | (random.nextInt(50) == 0 ? EventFlags.REPAIRED : 0));
        };
    }

    private static SignalRaised signal(SignalKind kind, EffectId id, Instrument instrument,
            long timeNs, RandomGenerator random) {
        return new SignalRaised(id, instrument, timeNs, timeNs + 7, kind,
                kind.isOfWindow() ? Timeframe.M5 : null, kind.isOfWindow() ? 1_750_000_200_000L : 0,
                600_000 + random.nextInt(1000), random.nextInt(3) - 1, random.nextInt(3),
                kind.inputs().stream().map(field -> (long) random.nextInt(100_000)).toList(),
                kind.parameters().stream().map(field -> (long) random.nextInt(100_000)).toList());
    }

    private static WindowRows rows(RandomGenerator random) {
        int count = 1 + random.nextInt(60);
        return new WindowRows(10, 60_000, random.longs(count, 1, 1_000_000).toArray(),
                random.longs(count, 1, 1_000_000).toArray());
    }

    private static WindowState window(RandomGenerator random, WindowRows rows, int flags) {
        long volume = 1L + random.nextInt(1_000_000);
        long buyVolume = random.nextLong(volume + 1);
        long price = 600_000L + random.nextInt(1000);
        Timeframe timeframe = Timeframe.at(random.nextInt(Timeframe.COUNT));
        long startMs = timeframe.startOf(START_NS) / 1_000_000;
        return new WindowState(timeframe, startMs, flags, random.nextInt(4),
                1 + random.nextInt(500), price, price + 50, price - 50, price + 10, volume,
                buyVolume, -volume / 3, volume / 4, random.nextInt(1000) - 500, volume / 10,
                volume / 20, BigInteger.valueOf(volume).multiply(BigInteger.valueOf(price)),
                BigInteger.valueOf(volume).multiply(BigInteger.valueOf(price).pow(2)), 1, 2,
                new CoverageStamp(startMs, startMs + timeframe.lengthMs(),
                        random.nextInt(CoverageStamp.WHOLE_PPM + 1), random.nextInt(3), 1),
                rows);
    }
}
