package com.waickoff.marketdata.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.flow.Imbalances.Rule;
import com.waickoff.marketdata.window.RowVolumes;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImbalancesTest {
    private static final int PROFILES = 100_000;

    /** Buy and sell volume by row, from the lowest. */
    record PlainRows(long lowRow, long[][] volumes) implements RowVolumes {
        @Override
        public long highRow() {
            return lowRow + volumes.length - 1;
        }

        @Override
        public long rowSize() {
            return 1;
        }

        @Override
        public long buyVolume(long row) {
            return row < lowRow || row > highRow() ? 0 : volumes[(int) (row - lowRow)][0];
        }

        @Override
        public long sellVolume(long row) {
            return row < lowRow || row > highRow() ? 0 : volumes[(int) (row - lowRow)][1];
        }
    }

    @ParameterizedTest
    @CsvSource({"30, 10, 3000, 0, 0, true", "29, 10, 3000, 0, 0, false",
            "30, 10, 3000, 20, 0, true", "30, 10, 3000, 21, 0, false",
            "5, 0, 3000, 0, 5, true", "4, 0, 3000, 0, 5, false", "0, 0, 3000, 0, 0, false",
            "25, 10, 2500, 0, 0, true", "24, 10, 2500, 0, 0, false"})
    void shouldCompareWithARatioADifferenceAndAVolumeAgainstNothing(long own, long opposite,
            long ratio, long difference, long volume, boolean outweighs) {
        assertThat(Imbalances.outweighs(own, opposite, ratio, difference, volume))
                .isEqualTo(outweighs);
    }

    /**
     * <pre>
     *   row  buy  sell
     *    3     1    40    sell: no row above
     *    2    30     2    buy: 30 against 9 below
     *    1    60     9    buy: 60 against 20 below
     *    0     5    20    buy: no row below; sell: 20 against 60 above
     * </pre>
     */
    @Test
    void shouldFindTheImbalancesOfAnExampleByHand() {
        RowVolumes rows = new PlainRows(0, new long[][]{{5, 20}, {60, 9}, {30, 2}, {1, 40}});
        Rule rule = new Rule(3_000, 10, 10);

        assertThat(Imbalances.at(rows, 0, rule)).isZero();
        assertThat(Imbalances.at(rows, 1, rule)).isEqualTo(Imbalances.BUY);
        assertThat(Imbalances.at(rows, 2, rule)).isEqualTo(Imbalances.BUY);
        assertThat(Imbalances.at(rows, 3, rule)).isZero();
    }

    @Test
    void shouldFindThemInSumsNearTheRangeOfALong() {
        long huge = Long.MAX_VALUE / 4;
        RowVolumes rows = new PlainRows(0, new long[][]{{0, huge}, {3 * huge, 0}, {0, 1}});

        assertThat(Imbalances.at(rows, 1, new Rule(3_000, 0, 0))).isEqualTo(Imbalances.BUY);
        assertThat(Imbalances.at(rows, 1, new Rule(3_001, 0, 0))).isZero();
    }

    @Test
    void shouldFindWhatASlowExactReferenceFinds() {
        long seed = 20_261_121;
        System.out.println("imbalances: seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < PROFILES; i++) {
            long low = random.nextLong(-5, 5);
            long[][] volumes = new long[1 + random.nextInt(12)][2];
            TreeMap<Long, BigDecimal> buys = new TreeMap<>();
            TreeMap<Long, BigDecimal> sells = new TreeMap<>();
            long most = random.nextBoolean() ? 12 : Long.MAX_VALUE / 8;
            for (int row = 0; row < volumes.length; row++) {
                volumes[row][0] = random.nextInt(3) == 0 ? 0 : random.nextLong(most);
                volumes[row][1] = random.nextInt(3) == 0 ? 0 : random.nextLong(most);
                buys.put(low + row, BigDecimal.valueOf(volumes[row][0]));
                sells.put(low + row, BigDecimal.valueOf(volumes[row][1]));
            }
            Rule rule = new Rule(1_000 + random.nextInt(3) * 1_000 + random.nextInt(2) * 500,
                    random.nextLong(4), random.nextLong(4));
            RowVolumes rows = new PlainRows(low, volumes);
            for (long row = low - 1; row <= low + volumes.length; row++) {
                int expected = (outweighs(buys.get(row), sells.get(row - 1), rule)
                        ? Imbalances.BUY : 0)
                        | (outweighs(sells.get(row), buys.get(row + 1), rule)
                                ? Imbalances.SELL : 0);
                assertThat(Imbalances.at(rows, row, rule)).as("profile %d row %d", i, row)
                        .isEqualTo(expected);
            }
        }
    }

    private static boolean outweighs(BigDecimal own, BigDecimal opposite, Rule rule) {
        if (own == null || opposite == null || own.signum() == 0) {
            return false;
        }
        BigDecimal ratio = BigDecimal.valueOf(rule.ratio(), 3);
        return own.compareTo(opposite.multiply(ratio)) >= 0
                && own.subtract(opposite).compareTo(BigDecimal.valueOf(rule.minDifference())) >= 0
                && (opposite.signum() > 0
                        || own.compareTo(BigDecimal.valueOf(rule.minVolume())) >= 0);
    }
}
