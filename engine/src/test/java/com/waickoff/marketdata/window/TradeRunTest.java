package com.waickoff.marketdata.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Windows that take trades in by runs, against windows that get them one by one: over tapes in order,
 * dense enough for runs. Each follows from its seed, which a failure names.
 */
class TradeRunTest {
    private static final int TAPES = 40;
    private static final int TRADES = 600;
    private static final long MS = 1_000_000L;
    private static final long DAY_NS = 20_000L * 86_400_000 * MS;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1_000, 1_000_000})
    void shouldMakeTheSameWindowsAsTradesOneByOne(int rowTicks) throws IOException {
        for (int seed = 0; seed < TAPES; seed++) {
            new Comparison(seed, new WindowConfig(rowTicks, seed % 2 == 0 ? 64 : 512, 2_000,
                    600_000)).run();
        }
    }

    /** One tape, taken in by all. */
    private static final class Comparison {
        private final String name;
        private final SplittableRandom random;
        private final WindowConfig config;
        private final InstrumentWindows byRuns;
        /** Is looked at after each trade, so that it has runs of one. */
        private final InstrumentWindows looked;
        private final WindowBuilder[] oneByOne = new WindowBuilder[Timeframe.COUNT];
        private final long[] starts = new long[Timeframe.COUNT];
        private final long step;
        private final int quantityKind;
        private long timeNs = DAY_NS - 40_000 * MS;
        private long price;
        private long key;

        Comparison(int seed, WindowConfig config) {
            name = "seed " + seed + ", " + config;
            random = new SplittableRandom(seed);
            this.config = config;
            byRuns = new InstrumentWindows(0, 1, config, WindowListener.NONE);
            looked = new InstrumentWindows(0, 1, config, WindowListener.NONE);
            step = config.rowTicks() * switch (random.nextInt(3)) {
                case 0 -> 1L;
                case 1 -> 5L;
                default -> 40L;
            };
            quantityKind = random.nextInt(4);
            price = random.nextInt(3) == 0 ? 0 : random.nextLong(1L << 40);
        }

        void run() throws IOException {
            for (int i = 0; i < TRADES; i++) {
                trade();
                if (random.nextInt(60) == 0) {
                    compare();
                }
            }
            compare();
        }

        private void trade() {
            timeNs += random.nextLong(300) * MS;
            price += random.nextLong(-step, step + 1);
            price += random.nextInt(200) == 0 ? random.nextLong(-300, 301) * step : 0;
            key += random.nextInt(3);
            long quantity = quantity();
            int traits = random.nextInt(10) == 0 ? random.nextInt(8) : random.nextInt(2);
            long fills = 1 + random.nextInt(3);
            int outcome = byRuns.onTrade(timeNs, timeNs, price, quantity, traits, key, fills);
            assertThat(looked.onTrade(timeNs, timeNs, price, quantity, traits, key, fills)).as(name)
                    .isEqualTo(outcome);
            for (Timeframe timeframe : Timeframe.ALL) {
                looked.newest(timeframe).bar();
                builder(timeframe).add(price, quantity, traits, key, fills);
            }
        }

        private WindowBuilder builder(Timeframe timeframe) {
            int i = timeframe.ordinal();
            long startNs = timeframe.startOf(timeNs);
            if (starts[i] != startNs) {
                starts[i] = startNs;
                oneByOne[i] = new WindowBuilder(timeframe, startNs, 1, config);
            }
            return oneByOne[i];
        }

        private long quantity() {
            return switch (quantityKind) {
                case 0 -> 100;
                case 1 -> random.nextLong(10_000_000);
                case 2 -> random.nextLong(Long.MAX_VALUE / (2 * TRADES));
                default -> random.nextLong(Long.MAX_VALUE / 10);
            };
        }

        private void compare() throws IOException {
            assertThat(byRuns.cumulativeDelta()).as(name).isEqualTo(looked.cumulativeDelta());
            for (Timeframe timeframe : Timeframe.ALL) {
                Window window = Objects.requireNonNull(byRuns.newest(timeframe));
                Window other = Objects.requireNonNull(looked.newest(timeframe));
                String which = name + ", " + timeframe;
                assertThat(bytes(window)).as(which).isEqualTo(bytes(other));
                assertThat(window.rows().dirtyLow()).as(which).isEqualTo(other.rows().dirtyLow());
                assertThat(window.rows().dirtyHigh()).as(which)
                        .isEqualTo(other.rows().dirtyHigh());
                assertThat(barAndRows(window)).as(which)
                        .isEqualTo(barAndRows(builder(timeframe).window()));
                window.clearDirty();
                other.clearDirty();
            }
        }

        private static byte[] bytes(Window window) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            window.writeTo(new DataOutputStream(bytes));
            return bytes.toByteArray();
        }

        private static byte[] barAndRows(Window window) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            window.bar().writeTo(new DataOutputStream(bytes));
            window.rows().writeTo(new DataOutputStream(bytes));
            return bytes.toByteArray();
        }
    }
}
