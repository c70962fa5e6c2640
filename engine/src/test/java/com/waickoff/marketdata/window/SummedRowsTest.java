package com.waickoff.marketdata.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummedRowsTest {
    @Test
    void shouldPutFineRowsIntoTheCoarseRowTheyLieIn() {
        RowVolumes fine = new ListedRows(-3, 5, new long[]{1, 2, 3, 4, 5, 6},
                new long[]{10, 0, 0, 0, 0, 20});

        SummedRows coarse = SummedRows.coarser(fine, 4);

        assertThat(coarse.rowSize()).isEqualTo(20);
        // Rows -3 to -1, and rows 0 to 2.
        assertThat(coarse.lowRow()).isEqualTo(-1);
        assertThat(coarse.highRow()).isEqualTo(0);
        assertThat(coarse.buyVolume(-1)).isEqualTo(6);
        assertThat(coarse.sellVolume(-1)).isEqualTo(10);
        assertThat(coarse.buyVolume(0)).isEqualTo(15);
        assertThat(coarse.sellVolume(0)).isEqualTo(20);
        assertThat(coarse.volume(1)).isZero();
        assertThat(coarse.volume(-2)).isZero();
    }

    @Test
    void shouldRaiseAHeightToTheNextMultiple() {
        assertThat(SummedRows.raised(4, 1)).isEqualTo(4);
        assertThat(SummedRows.raised(4, 4)).isEqualTo(4);
        assertThat(SummedRows.raised(4, 10)).isEqualTo(12);
    }

    @Test
    void shouldAddUpWindowsOnTheCoarsestOfTheirGrids() {
        RowVolumes fine = new ListedRows(7, 1, new long[]{1, 2, 3}, new long[]{0, 0, 4});
        RowVolumes coarse = new ListedRows(1, 4, new long[]{10, 20}, new long[]{0, 0});

        SummedRows sum = SummedRows.composite(List.of(fine, coarse), 100);

        assertThat(sum.rowSize()).isEqualTo(4);
        assertThat(sum.lowRow()).isEqualTo(1);
        assertThat(sum.highRow()).isEqualTo(2);
        assertThat(sum.buyVolume(1)).isEqualTo(11);
        assertThat(sum.buyVolume(2)).isEqualTo(25);
        assertThat(sum.sellVolume(2)).isEqualTo(4);
    }

    @Test
    void shouldFindAHeightThatBothGridsDivideWhereNoneIsAMultipleOfTheOther() {
        RowVolumes fours = new ListedRows(3, 4, new long[]{1}, new long[]{0});
        RowVolumes sixes = new ListedRows(3, 6, new long[]{2}, new long[]{0});

        SummedRows sum = SummedRows.composite(List.of(fours, sixes), 100);

        assertThat(SummedRows.commonRowSize(List.of(fours, sixes))).isEqualTo(12);
        assertThat(sum.rowSize()).isEqualTo(12);
        assertThat(sum.buyVolume(1)).isEqualTo(3);
    }

    @Test
    void shouldDoubleRowsUntilTheRangeFits() {
        RowVolumes low = ListedRows.bought(0, 1);
        RowVolumes high = ListedRows.bought(1_000, 2);

        SummedRows sum = SummedRows.composite(List.of(low, high), 64);

        assertThat(sum.rowSize()).isEqualTo(16);
        assertThat(sum.volume(0)).isEqualTo(1);
        assertThat(sum.volume(62)).isEqualTo(2);
    }

    @Test
    void shouldLeaveOutWindowsWithoutVolume() {
        RowVolumes none = ListedRows.bought(500);

        assertThat(SummedRows.composite(List.of(none), 64).isEmpty()).isTrue();
        assertThat(SummedRows.composite(List.of(none, ListedRows.bought(3, 9)), 64).lowRow())
                .isEqualTo(3);
    }

    @Test
    void shouldRefuseASumThatIsNoLongAnyMore() {
        RowVolumes half = ListedRows.bought(0, Long.MAX_VALUE / 2 + 1);
        RowVolumes other = ListedRows.bought(1, Long.MAX_VALUE / 2 + 1);

        assertThatThrownBy(() -> SummedRows.composite(List.of(half, other), 64))
                .isInstanceOf(ArithmeticException.class);
    }
}
