package com.waickoff.marketdata.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.report.PriceLadder;
import com.waickoff.marketdata.report.PriceLadder.Step;
import com.waickoff.marketdata.report.ReportFixtures.PlainRows;
import com.waickoff.marketdata.window.ValueAreaRule;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SteadyPricesTest {
    private static final int LINES = 12;

    private final SteadyPrices prices = new SteadyPrices();

    @Test
    void shouldLeaveEachPriceOnItsLineWhileTheProfileGrowsInsideThePicture() {
        List<Long> before = drawn(100, 104, 0);

        assertThat(before).hasSize(LINES);
        assertThat(drawn(99, 106, 0)).isEqualTo(before);
    }

    @Test
    void shouldMakeRoomOnBothSidesWhenTheProfileLeavesThePicture() {
        List<Long> before = drawn(100, 104, 0);

        List<Long> after = drawn(100, 111, 0);

        assertThat(after).isNotEqualTo(before).hasSize(LINES);
        assertThat(after.getFirst()).isGreaterThan(111);
        assertThat(after.getLast()).isLessThan(100);
    }

    @Test
    void shouldBeginAnewWithEachWindow() {
        drawn(0, 1000, 0);

        assertThat(drawn(500, 501, 60_000)).contains(499L, 500L, 501L, 502L);
    }

    @Test
    void shouldNeverLeaveOutVolumeNorGetFinerWithinAWindow() {
        SplittableRandom random = new SplittableRandom(20_260_105);
        for (int run = 0; run < 50; run++) {
            long low = random.nextLong(-1000, 1000);
            long high = low;
            long stepSize = 1;
            for (int i = 0; i < 100; i++) {
                low -= random.nextInt(4) == 0 ? random.nextInt(40) : 0;
                high += random.nextInt(4) == 0 ? random.nextInt(40) : 0;
                PlainRows rows = rows(low, high);
                PriceLadder ladder = prices.ladder(rows, run, LINES,
                        ValueAreaRule.DEFAULT);
                assertThat(ladder.steps().stream().mapToLong(Step::volume).sum())
                        .isEqualTo(3 * (high - low + 1));
                assertThat(ladder.steps()).hasSize(LINES);
                assertThat(ladder.stepSize()).isGreaterThanOrEqualTo(stepSize);
                stepSize = ladder.stepSize();
            }
        }
    }

    private List<Long> drawn(long low, long high, long startMs) {
        return prices.ladder(rows(low, high), startMs, LINES, ValueAreaRule.DEFAULT).steps()
                .stream().map(Step::price)
                .toList();
    }

    private static PlainRows rows(long low, long high) {
        long[][] volumes = new long[(int) (high - low + 1)][];
        for (int i = 0; i < volumes.length; i++) {
            volumes[i] = new long[]{1, 2};
        }
        return new PlainRows(low, 1, volumes);
    }
}
