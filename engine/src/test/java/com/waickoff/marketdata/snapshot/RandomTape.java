package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.window.Bar;
import com.waickoff.marketdata.window.InstrumentWindows;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import com.waickoff.marketdata.window.WindowConfig;
import com.waickoff.marketdata.window.WindowListener;
import java.math.BigDecimal;
import java.util.SplittableRandom;

/**
 * A seeded tape that drives real windows and publishes them as the studies do: prices wander, jump
 * far enough to merge rows, and some trades are late.
 */
final class RandomTape {
    private final FlowMeasures measures = new FlowMeasures();
    static final int ROW_CAPACITY = 64;
    static final SnapshotInstrument INSTRUMENT = new SnapshotInstrument(3, "bybit-linear",
            "BTCUSDT", 1, 1, 5, 100, new BigDecimal("1"), "BTC", "BTC", "USDT", 1);

    private static final Timeframe[] TIMEFRAMES = Timeframe.values();
    private static final long START_NS = 1_700_000_000_000L * 1_000_000L;
    private static final long MAX_STEP_NS = 3_000_000_000L;
    private static final long LATE_NS = 90_000_000_000L;

    private final SplittableRandom random;
    private final InstrumentWindows windows = new InstrumentWindows(3, 1,
            new WindowConfig(1, ROW_CAPACITY, 2_000, 3_600_000), WindowListener.NONE);
    private long timeNs = START_NS;
    private long price = 600_000;
    private long sequence;

    RandomTape(long seed) {
        random = new SplittableRandom(seed);
    }

    void trade() {
        timeNs += random.nextLong(MAX_STEP_NS);
        boolean far = random.nextInt(200) == 0;
        price += far ? random.nextInt(-100, 101) : random.nextInt(-2, 3);
        long late = random.nextInt(50) == 0 ? random.nextLong(LATE_NS) : 0;
        long quantity = random.nextLong(1, 1_000);
        sequence++;
        windows.onTrade(timeNs - late, timeNs, price, quantity, random.nextBoolean() ? Bar.BUY : 0,
                timeNs - late, 1);
    }

    void publish(InstrumentSections sections) {
        for (Timeframe timeframe : TIMEFRAMES) {
            ProfileSection profile = sections.profile(timeframe);
            for (Window window = windows.oldest(timeframe); window != null; window = windows
                    .after(window)) {
                if (window.isDirty()) {
                    profile.write(window, sequence);
                }
            }
            // A late trade moves the cumulative delta of later windows too, which stay clean.
            FlowSection flow = sections.flow(timeframe);
            Window newest = newest(timeframe);
            Window before = windows.before(newest);
            if (before != null) {
                flow.write(before, windows.cumulativeDelta(before), measures, sequence);
            }
            flow.write(newest, windows.cumulativeDelta(newest), measures, sequence);
        }
    }

    InstrumentWindows windows() {
        return windows;
    }

    long sequence() {
        return sequence;
    }

    Window newest(Timeframe timeframe) {
        Window newest = windows.newest(timeframe);
        if (newest == null) {
            throw new IllegalStateException("no trade yet");
        }
        return newest;
    }
}
