package com.waickoff.marketdata.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.waickoff.marketdata.window.ValueAreaFinder.Choice;
import com.waickoff.marketdata.window.ValueAreaRule.Method;
import com.waickoff.marketdata.window.ValueAreaRule.PocTie;
import com.waickoff.marketdata.window.ValueAreaRule.Side;
import com.waickoff.marketdata.window.ValueAreaTrace.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueAreaTest {
    private static final long[] FAT = {2, 5, 9, 14, 20, 31, 31, 26, 12, 18, 6, 4, 1};
    private static final long[] SPARSE = {1, 0, 3, 0, 0, 10, 12, 12, 10, 0, 0, 9, 2, 0, 1};

    @Test
    void shouldTakeRowsFourToTenOfAFatProfile() {
        ValueArea area = ValueArea.of(profile(0, FAT));

        assertEquals(4, area.low());
        assertEquals(10, area.high());
        assertEquals(144, area.covered());
        assertEquals(179, area.total());
    }

    @Test
    void shouldTreatEmptyRowsAsRowsWithoutVolume() {
        ValueArea area = ValueArea.of(profile(100, SPARSE));

        assertEquals(105, area.low());
        assertEquals(109, area.high());
    }

    @Test
    void shouldGrowRowByRowWhereThatIsAskedFor() {
        ValueArea ofFat = ValueArea.of(profile(0, FAT),
                ValueAreaRule.of(70, Method.SINGLE_ROW));
        ValueArea ofSparse = ValueArea.of(profile(0, SPARSE),
                ValueAreaRule.of(70, Method.SINGLE_ROW));

        assertEquals(3, ofFat.low());
        assertEquals(8, ofFat.high());
        assertEquals(134, ofFat.covered());
        assertEquals(5, ofSparse.low());
        assertEquals(8, ofSparse.high());
    }

    @Test
    void shouldTakeTheLowerRowWhenSingleRowsWeighTheSame() {
        ValueArea area = ValueArea.of(profile(0, 4, 10, 4),
                ValueAreaRule.of(60, Method.SINGLE_ROW));

        assertEquals(0, area.low());
        assertEquals(1, area.high());
    }

    @Test
    void shouldGrowToTheSideThatIsLeft() {
        ValueArea area = ValueArea.of(profile(0, 10, 1, 9),
                ValueAreaRule.of(100, Method.SINGLE_ROW));

        assertEquals(0, area.low());
        assertEquals(2, area.high());
        assertEquals(20, area.covered());
    }

    @Test
    void shouldGiveATiedPointOfControlToTheRowNearestToTheMean() {
        // Mean row 3.0: row 4 is nearer than rows 0 and 7.
        assertEquals(4, ValueArea.of(profile(0, 9, 3, 3, 3, 9, 0, 0, 9)).poc());
    }

    @Test
    void shouldGiveAPointOfControlTiedAroundTheMeanToTheLowerRow() {
        assertEquals(-1, ValueArea.of(profile(-2, 1, 5, 0, 5, 1)).poc());
    }

    @Test
    void shouldTakeTheUpperPairWhenBothWeighTheSame() {
        ValueArea area = ValueArea.of(profile(0, 4, 4, 10, 4, 4),
                ValueAreaRule.of(60, Method.TWO_ROW));

        assertEquals(2, area.low());
        assertEquals(4, area.high());
    }

    @Test
    void shouldStopAsSoonAsTheShareIsReachedExactly() {
        ValueArea area = ValueArea.of(profile(0, 3, 7));

        assertEquals(1, area.low());
        assertEquals(1, area.high());
    }

    @Test
    void shouldCompareExactlyWhereTheProductsLeaveALong() {
        long huge = Long.MAX_VALUE / 10;

        ValueArea area = ValueArea.of(profile(0, 3 * huge, 7 * huge));

        assertEquals(1, area.low());
        assertEquals(1, area.high());
    }

    @Test
    void shouldWeighAndTakeAsManyRowsAsTheStepSays() {
        ValueArea ofFat = ValueArea.of(profile(0, FAT), ValueAreaRule.stepN(70, 3));
        ValueArea ofSparse = ValueArea.of(profile(0, SPARSE), ValueAreaRule.stepN(70, 3));

        // From row 6: 31+20+14 below against 26+12+18 above, then these against 9+5+2 below.
        assertEquals(new ValueArea(6, 9, 3, 152, 179), ofFat);
        // From row 7: 12+10+0 below against 10+0+0 above, then these against 0+3+0 below.
        assertEquals(new ValueArea(7, 10, 4, 44, 60), ofSparse);
    }

    @Test
    void shouldAnswerAsTheNamedMethodsWhereAStepIsTheirs() {
        for (long[] volumes : List.of(FAT, SPARSE)) {
            RowVolumes rows = profile(0, volumes);

            assertEquals(ValueArea.of(rows), ValueArea.of(rows, ValueAreaRule.stepN(70, 2)));
            assertEquals(ValueArea.of(rows, ValueAreaRule.of(70, Method.SINGLE_ROW)),
                    ValueArea.of(rows, ValueAreaRule.stepN(70, 1).withTieSide(Side.DOWN)));
        }
    }

    @Test
    void shouldGiveATiedPointOfControlToTheEndThatIsAskedFor() {
        RowVolumes rows = profile(0, 9, 3, 3, 3, 9, 0, 0, 9);

        assertEquals(7, ValueArea.of(rows, ValueAreaRule.DEFAULT.withPocTie(PocTie.HIGH)).poc());
        assertEquals(0, ValueArea.of(rows, ValueAreaRule.DEFAULT.withPocTie(PocTie.LOW)).poc());
    }

    @Test
    void shouldGrowToTheSideThatIsAskedForWhenBothWeighTheSame() {
        RowVolumes rows = profile(0, 4, 4, 10, 4, 4);
        ValueAreaRule rule = ValueAreaRule.of(60, Method.TWO_ROW);

        assertEquals(0, ValueArea.of(rows, rule.withTieSide(Side.DOWN)).low());
        assertEquals(2, ValueArea.of(rows, rule.withTieSide(Side.DOWN)).high());
    }

    @Test
    void shouldTellEachStepAndWhyItWentThere() {
        ValueAreaTrace trace = ValueAreaTrace.of(profile(0, FAT), ValueAreaRule.DEFAULT, 100);

        assertEquals(new ValueArea(6, 10, 4, 144, 179), trace.area());
        assertEquals(List.of(new Step(38, 51, Side.DOWN, Choice.HEAVIER, 4, 5, 82),
                new Step(38, 23, Side.UP, Choice.HEAVIER, 7, 8, 120),
                new Step(24, 23, Side.UP, Choice.HEAVIER, 9, 10, 144)), trace.steps());
    }

    @Test
    void shouldTellNoMoreStepsThanAreAskedFor() {
        ValueAreaTrace trace = ValueAreaTrace.of(profile(0, 1, 0, 0, 0, 5),
                ValueAreaRule.of(100, Method.SINGLE_ROW), 3);

        assertEquals(4, trace.stepsTaken());
        assertEquals(List.of(new Step(0, 0, Side.DOWN, Choice.ONLY_SIDE_LEFT, 3, 3, 5),
                new Step(0, 0, Side.DOWN, Choice.ONLY_SIDE_LEFT, 2, 2, 5),
                new Step(0, 0, Side.DOWN, Choice.ONLY_SIDE_LEFT, 1, 1, 5)), trace.steps());
    }

    @Test
    void shouldRefuseARuleThatIsNone() {
        assertThrows(IllegalArgumentException.class, () -> ValueAreaRule.of(0, Method.TWO_ROW));
        assertThrows(IllegalArgumentException.class, () -> ValueAreaRule.of(101, Method.TWO_ROW));
        assertThrows(IllegalArgumentException.class, () -> ValueAreaRule.stepN(70, 0));
        assertThrows(IllegalArgumentException.class,
                () -> new ValueAreaRule(70, Method.TWO_ROW, 3, PocTie.VWMEAN, Side.UP));
    }

    @Test
    void shouldRefuseAProfileWithoutVolume() {
        assertThrows(IllegalArgumentException.class, () -> ValueArea.of(profile(0)));
    }

    private static RowVolumes profile(long lowRow, long... volumes) {
        return ListedRows.bought(lowRow, volumes);
    }
}
