package com.waickoff.marketdata.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.report.PriceLadder.Mark;
import com.waickoff.marketdata.report.PriceLadder.Step;
import com.waickoff.marketdata.report.ReportFixtures.PlainRows;
import com.waickoff.marketdata.window.ValueArea;
import com.waickoff.marketdata.window.ValueAreaRule;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceLadderTest {
    @ParameterizedTest
    @CsvSource({"10, 10, 1", "11, 10, 2", "21, 10, 4", "45, 10, 5", "100, 11, 10", "437, 12, 40",
            "437, 5, 100", "100000, 10, 10000"})
    void shouldGroupByRoundMultiples(int rows, int most, long grouping) {
        PlainRows profile = ReportFixtures.twoBells(1_180_000, rows);

        PriceLadder ladder = PriceLadder.of(profile, most, ValueAreaRule.DEFAULT);

        assertThat(ladder.grouping()).isEqualTo(grouping);
        assertThat(ladder.stepSize()).isEqualTo(grouping);
        assertThat(ladder.steps()).hasSizeLessThanOrEqualTo(most);
    }

    @Test
    void shouldKeepEveryVolumeAndMarkTheValueArea() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 500; i++) {
            long[][] volumes = new long[1 + random.nextInt(300)][2];
            for (long[] volume : volumes) {
                volume[0] = random.nextInt(3) * random.nextLong(1_000);
                volume[1] = random.nextInt(3) * random.nextLong(1_000);
            }
            volumes[0][0]++;
            PlainRows rows = new PlainRows(random.nextLong(-200, 200), 1 + random.nextInt(9),
                    volumes);
            ValueArea area = ValueArea.of(rows);
            int most = 2 + random.nextInt(40);

            PriceLadder ladder = PriceLadder.of(rows, most, ValueAreaRule.DEFAULT);

            List<Step> steps = ladder.steps();
            assertThat(steps).hasSizeBetween(1, most);
            assertThat(steps.stream().mapToLong(Step::volume).sum()).isEqualTo(area.total());
            assertThat(steps).isSortedAccordingTo((a, b) -> Long.compare(b.price(), a.price()));
            assertThat(steps).filteredOn(step -> step.mark() == Mark.POINT_OF_CONTROL)
                    .singleElement()
                    .satisfies(poc -> assertThat(steps)
                            .allMatch(step -> step.volume() <= poc.volume()));
            assertThat(steps.stream().filter(Step::isInValueArea).mapToLong(Step::volume).sum())
                    .isGreaterThanOrEqualTo(area.total() * 7 / 10);
            if (ladder.grouping() == 1) {
                assertThat(steps).filteredOn(step -> step.mark() == Mark.POINT_OF_CONTROL)
                        .extracting(Step::price).containsExactly(area.poc() * rows.rowSize());
            }
            assertThat(steps).allMatch(step -> step.price() % ladder.stepSize() == 0);
        }
    }
}
