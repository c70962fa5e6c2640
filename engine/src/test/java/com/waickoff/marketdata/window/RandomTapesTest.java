package com.waickoff.marketdata.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.window.RandomTape.Arrival;
import com.waickoff.marketdata.window.RandomTape.Trade;
import com.waickoff.marketdata.window.SlowWindows.SlowWindow;
import com.waickoff.marketdata.window.ValueAreaRule.Method;
import com.waickoff.marketdata.window.ValueAreaRule.PocTie;
import com.waickoff.marketdata.window.ValueAreaRule.Side;
import com.waickoff.marketdata.window.ValueAreaTrace.Step;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Everything that is computed of trades, against a slow reference in exact numbers, over random
 * tapes. Each tape follows from its seed: one that fails is named, and can be run alone.
 */
class RandomTapesTest {
    private static final int TAPES = 100_000;
    private static final long FIRST_SEED = 20_261_121;
    /** Few rows, so that prices outrun them; ten minutes of windows that can be revised. */
    private static final WindowConfig CONFIG = new WindowConfig(2, 64, 2_000, 600_000);
    private static final long TICK = 5;
    private static final int MOST_ROWS = 512;

    @Test
    void shouldComputeAsTheSlowReferenceDoes() {
        System.out.println("random tapes from seed " + FIRST_SEED + " on, " + TAPES + " of them");
        AtomicLong windows = new AtomicLong();
        IntStream.range(0, TAPES).parallel().forEach(i -> windows.addAndGet(check(FIRST_SEED + i)));
        System.out.println("compared " + windows + " windows");
    }

    /** Checks one tape; how many windows it had. */
    private static int check(long seed) {
        try {
            return new Comparison(seed).run();
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError("the tape of seed " + seed + ": " + failed.getMessage(),
                    failed);
        }
    }

    /** One tape, taken in by both. */
    private static final class Comparison {
        private final RandomTape tape;
        private final SplittableRandom random;
        private final InstrumentWindows windows = new InstrumentWindows(0, TICK, CONFIG,
                (instrumentId, window, cumulativeDelta) -> {
                });
        private final SlowWindows slow = new SlowWindows(CONFIG, TICK);
        private final List<Window> kept = new ArrayList<>();
        private final List<SlowWindow> expected = new ArrayList<>();

        Comparison(long seed) {
            tape = new RandomTape(seed);
            random = tape.random();
        }

        int run() {
            for (Arrival arrival : tape.arrivals()) {
                switch (arrival) {
                    case Arrival.Gap gap -> windows.onGap();
                    case Trade trade -> {
                        windows.onTrade(trade.matchNs(), trade.receiveNs(), trade.price(),
                                trade.quantity(), trade.buy() ? Bar.BUY : 0, trade.key(), 1);
                        slow.add(trade);
                    }
                }
            }
            Timeframe.ALL.forEach(this::compareWindows);
            int chosen = random.nextInt(kept.size());
            if (!expected.get(chosen).isEmpty()) {
                compareProfiles(kept.get(chosen).rows(), expected.get(chosen).rows());
            }
            compareComposite();
            compareAverages();
            return kept.size();
        }

        private void compareWindows(Timeframe timeframe) {
            Map<Long, SlowWindow> all = slow.of(timeframe);
            int seen = 0;
            for (Window window = windows.oldest(timeframe); window != null; window = windows
                    .after(window)) {
                SlowWindow reference = all.get(timeframe.indexOf(window.startNs()));
                assertThat(reference).as("%s of %d", timeframe, window.startNs()).isNotNull();
                compareBars(window, reference);
                if (!reference.isEmpty()) {
                    compareRows(window.rows(), reference.rows());
                }
                kept.add(window);
                expected.add(reference);
                seen++;
            }
            assertThat(seen).isEqualTo(all.size());
        }

        private void compareBars(Window window, SlowWindow reference) {
            Bar bar = window.bar();
            assertThat(window.has(Window.OVERFLOW)).isEqualTo(reference.leftSomethingOut());
            assertThat(big(bar.volume())).isEqualTo(reference.volume());
            assertThat(big(bar.buyVolume())).isEqualTo(reference.buyVolume());
            assertThat(big(bar.delta())).isEqualTo(reference.buyVolume().shiftLeft(1)
                    .subtract(reference.volume()));
            if (reference.isEmpty()) {
                return;
            }
            List<Trade> ordered = reference.inTapeOrder();
            assertThat(bar.trades()).isEqualTo(ordered.size());
            assertThat(bar.open()).as("open").isEqualTo(ordered.getFirst().price());
            assertThat(bar.close()).as("close").isEqualTo(ordered.getLast().price());
            assertThat(bar.moments().notional()).isEqualTo(reference.notional());
            assertThat(bar.moments().squares()).isEqualTo(reference.squares());
            assertThat(bar.high()).isEqualTo(reference.high());
            assertThat(bar.low()).isEqualTo(reference.low());
            if (reference.cameInOrder()) {
                assertThat(window.has(Window.UNORDERED)).as("unordered").isFalse();
            }
            if (!window.has(Window.UNORDERED) && reference.hasOneOrder()) {
                assertThat(big(bar.minDelta())).as("min delta")
                        .isEqualTo(reference.extremeDelta(-1));
                assertThat(big(bar.maxDelta())).as("max delta")
                        .isEqualTo(reference.extremeDelta(1));
            }
            if (!slow.of(window.timeframe()).values().stream()
                    .anyMatch(SlowWindow::leftSomethingOut)) {
                assertThat(windows.cumulativeDelta(window)).as("CVD")
                        .isEqualTo(slow.cumulativeDelta(window.endNs()).longValue());
            }
        }

        private void compareProfiles(RowVolumes rows, SlowProfile reference) {
            compareValueAreas(rows, reference, ValueAreaRule.DEFAULT);
            compareValueAreas(rows, reference, randomRule());
            int percent = 1 + random.nextInt(30);
            assertThat(VolumeNode.of(rows, percent)).as("nodes of %d %%", percent)
                    .isEqualTo(reference.nodes(percent));
            long factor = 1 + random.nextInt(7);
            SlowProfile coarser = reference.coarser(factor);
            compareRows(SummedRows.coarser(rows, factor), coarser);
            compareValueAreas(SummedRows.coarser(rows, factor), coarser, ValueAreaRule.DEFAULT);
        }

        private ValueAreaRule randomRule() {
            int percent = random.nextInt(4) == 0 ? 70 : 1 + random.nextInt(100);
            Method method = Method.values()[random.nextInt(Method.values().length)];
            ValueAreaRule rule = method == Method.STEP_N
                    ? ValueAreaRule.stepN(percent, 1 + random.nextInt(6))
                    : ValueAreaRule.of(percent, method);
            return rule.withPocTie(PocTie.values()[random.nextInt(PocTie.values().length)])
                    .withTieSide(random.nextBoolean() ? Side.UP : Side.DOWN);
        }

        private static void compareValueAreas(RowVolumes rows, SlowProfile reference,
                ValueAreaRule rule) {
            ValueAreaTrace trace = ValueAreaTrace.of(rows, rule, Integer.MAX_VALUE);
            ValueArea area = trace.area();
            SlowProfile.Area wanted = reference.area(rule);
            assertThat(area).as("%s", rule).isEqualTo(new ValueArea(wanted.poc(), wanted.high(),
                    wanted.low(), wanted.covered().longValueExact(),
                    wanted.total().longValueExact()));
            assertThat(ValueArea.of(rows, rule)).isEqualTo(area);
            long covered = rows.volume(area.poc());
            for (Step step : trace.steps()) {
                for (long row = step.lowTaken(); row <= step.highTaken(); row++) {
                    covered += rows.volume(row);
                }
                assertThat(step.covered()).isEqualTo(covered);
            }
            assertThat(covered).isEqualTo(area.covered());
            assertThat(trace.stepsTaken()).isEqualTo(trace.steps().size());
        }

        /** Windows of all timeframes together, so that heights of rows differ. */
        private void compareComposite() {
            List<RowVolumes> parts = new ArrayList<>();
            List<SlowProfile> slowParts = new ArrayList<>();
            BigDecimal total = BigDecimal.ZERO;
            for (int i = 0; i < kept.size(); i++) {
                boolean chosen = random.nextInt(3) == 0 && !expected.get(i).isEmpty();
                BigDecimal volume = new BigDecimal(expected.get(i).volume());
                if (chosen && total.add(volume).compareTo(
                        BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                    total = total.add(volume);
                    parts.add(kept.get(i).rows());
                    slowParts.add(expected.get(i).rows());
                }
            }
            if (parts.isEmpty()) {
                return;
            }
            SummedRows composite = SummedRows.composite(parts, MOST_ROWS);
            SlowProfile reference = new SlowProfile(height(slowParts));
            slowParts.forEach(reference::addRowsOf);
            compareRows(composite, reference);
            compareValueAreas(composite, reference, ValueAreaRule.DEFAULT);
        }

        /** Of windows together, as of one over all of them. */
        private void compareAverages() {
            Vwap together = Vwap.NONE;
            BigDecimal notional = BigDecimal.ZERO;
            BigDecimal squares = BigDecimal.ZERO;
            BigDecimal volume = BigDecimal.ZERO;
            for (int i = 0; i < kept.size(); i++) {
                Bar bar = kept.get(i).bar();
                together = together.plus(Vwap.of(bar.moments(), bar.volume()));
                notional = notional.add(new BigDecimal(expected.get(i).notional()));
                squares = squares.add(new BigDecimal(expected.get(i).squares()));
                volume = volume.add(new BigDecimal(expected.get(i).volume()));
            }
            BigDecimal mean = notional.divide(volume, MathContext.DECIMAL128);
            BigDecimal variance = squares.divide(volume, 40, RoundingMode.HALF_EVEN)
                    .subtract(notional.divide(volume, 40, RoundingMode.HALF_EVEN).pow(2));
            assertThat(together.mean(3)).isEqualTo(mean.setScale(3, RoundingMode.HALF_EVEN));
            assertThat(together.deviation(3).subtract(
                    variance.max(BigDecimal.ZERO).sqrt(MathContext.DECIMAL128)).abs())
                    .as("deviation").isLessThanOrEqualTo(new BigDecimal("0.001"));
        }

        /** The coarsest height of all, doubled until the range fits. */
        private static long height(List<SlowProfile> parts) {
            long size = parts.stream().mapToLong(SlowProfile::rowSize).max().orElseThrow();
            while (true) {
                SlowProfile tried = new SlowProfile(size);
                parts.forEach(tried::addRowsOf);
                if (tried.highest() - tried.lowest() < MOST_ROWS) {
                    return size;
                }
                size *= 2;
            }
        }

        private static void compareRows(RowVolumes rows, SlowProfile reference) {
            assertThat(rows.rowSize()).as("height of rows").isEqualTo(reference.rowSize());
            assertThat(rows.lowRow()).as("lowest row").isEqualTo(reference.lowest());
            assertThat(rows.highRow()).as("highest row").isEqualTo(reference.highest());
            for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
                boolean same = rows.buyVolume(row) == reference.buy(row).longValueExact()
                        && rows.sellVolume(row) == reference.sell(row).longValueExact();
                assertThat(same).as("row %d", row).isTrue();
            }
        }

        private static BigInteger big(long value) {
            return BigInteger.valueOf(value);
        }
    }
}
