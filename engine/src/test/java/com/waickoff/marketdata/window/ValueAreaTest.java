package com.waickoff.marketdata.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ValueAreaTest {
    @Test
    void shouldTakeRowsFourToTenOfAFatProfile() {
        long[] volumes = {2, 5, 9, 14, 20, 31, 31, 26, 12, 18, 6, 4, 1};

        ValueArea area = ValueArea.of(profile(0, volumes), 70);

        assertEquals(4, area.low());
        assertEquals(10, area.high());
        assertEquals(144, area.covered());
        assertEquals(179, area.total());
    }

    @Test
    void shouldTreatEmptyRowsAsRowsWithoutVolume() {
        long[] volumes = {1, 0, 3, 0, 0, 10, 12, 12, 10, 0, 0, 9, 2, 0, 1};

        ValueArea area = ValueArea.of(profile(100, volumes), 70);

        assertEquals(105, area.low());
        assertEquals(109, area.high());
    }

    @Test
    void shouldGrowRowByRowWhereThatIsAskedFor() {
        long[] fat = {2, 5, 9, 14, 20, 31, 31, 26, 12, 18, 6, 4, 1};
        long[] sparse = {1, 0, 3, 0, 0, 10, 12, 12, 10, 0, 0, 9, 2, 0, 1};

        ValueArea ofFat = ValueArea.of(profile(0, fat), 70, ValueArea.Method.SINGLE_ROW);
        ValueArea ofSparse = ValueArea.of(profile(0, sparse), 70, ValueArea.Method.SINGLE_ROW);

        assertEquals(3, ofFat.low());
        assertEquals(8, ofFat.high());
        assertEquals(134, ofFat.covered());
        assertEquals(5, ofSparse.low());
        assertEquals(8, ofSparse.high());
    }

    @Test
    void shouldTakeTheLowerRowWhenSingleRowsWeighTheSame() {
        ValueArea area = ValueArea.of(profile(0, 4, 10, 4), 60, ValueArea.Method.SINGLE_ROW);

        assertEquals(0, area.low());
        assertEquals(1, area.high());
    }

    @Test
    void shouldGrowToTheSideThatIsLeft() {
        ValueArea area = ValueArea.of(profile(0, 10, 1, 9), 100, ValueArea.Method.SINGLE_ROW);

        assertEquals(0, area.low());
        assertEquals(2, area.high());
        assertEquals(20, area.covered());
    }

    @Test
    void shouldGiveATiedPointOfControlToTheRowNearestToTheMean() {
        // Mean row 3.0: row 4 is nearer than rows 0 and 7.
        assertEquals(4, ValueArea.of(profile(0, 9, 3, 3, 3, 9, 0, 0, 9), 70).poc());
    }

    @Test
    void shouldGiveAPointOfControlTiedAroundTheMeanToTheLowerRow() {
        assertEquals(-1, ValueArea.of(profile(-2, 1, 5, 0, 5, 1), 70).poc());
    }

    @Test
    void shouldTakeTheUpperPairWhenBothWeighTheSame() {
        ValueArea area = ValueArea.of(profile(0, 4, 4, 10, 4, 4), 60);

        assertEquals(2, area.low());
        assertEquals(4, area.high());
    }

    @Test
    void shouldStopAsSoonAsTheShareIsReachedExactly() {
        ValueArea area = ValueArea.of(profile(0, 3, 7), 70);

        assertEquals(1, area.low());
        assertEquals(1, area.high());
    }

    @Test
    void shouldCompareExactlyWhereTheProductsLeaveALong() {
        long huge = Long.MAX_VALUE / 10;

        ValueArea area = ValueArea.of(profile(0, 3 * huge, 7 * huge), 70);

        assertEquals(1, area.low());
        assertEquals(1, area.high());
    }

    @Test
    void shouldRefuseAProfileWithoutVolume() {
        assertThrows(IllegalArgumentException.class, () -> ValueArea.of(profile(0), 70));
    }

    private static RowVolumes profile(long lowRow, long... volumes) {
        return new RowVolumes() {
            @Override
            public long lowRow() {
                return lowRow;
            }

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
                return row < lowRow || row > highRow() ? 0 : volumes[(int) (row - lowRow)];
            }

            @Override
            public long sellVolume(long row) {
                return 0;
            }
        };
    }
}
