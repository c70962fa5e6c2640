package com.waickoff.venue.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ReferenceProfileTest {
    private static final int[] A = {2, 5, 9, 14, 20, 31, 31, 26, 12, 18, 6, 4, 1};
    private static final int[] B = {1, 0, 3, 0, 0, 10, 12, 12, 10, 0, 0, 9, 2, 0, 1};

    @Test
    void shouldTakeTwoRowsAtATime() {
        assertThat(profile(A).valueArea()).isEqualTo(new ReferenceProfile.ValueArea(4, 10));
        assertThat(profile(B).valueArea()).isEqualTo(new ReferenceProfile.ValueArea(5, 9));
    }

    @Test
    void shouldTakeSingleRowsOnRequest() {
        assertThat(profile(B).valueAreaBySingleRows(ReferenceProfile.DEFAULT_SHARE))
                .isEqualTo(new ReferenceProfile.ValueArea(5, 8));
    }

    @Test
    void shouldPutThePointOfControlNearestToTheMeanRow() {
        assertThat(profile(7, 0, 0, 7, 1).pointOfControl()).isEqualTo(3);
        assertThat(profile(1, 7, 0, 0, 7).pointOfControl()).isEqualTo(1);
    }

    @Test
    void shouldPutThePointOfControlLowerWhenEquallyNearToTheMeanRow() {
        assertThat(profile(7, 1, 7).pointOfControl()).isZero();
        // A's two rows of 31 are 5 and 6; its mean row is 5.50 and a bit.
        assertThat(profile(A).pointOfControl()).isEqualTo(6);
    }

    @Test
    void shouldGoUpWhenBothPairsWeighTheSame() {
        assertThat(profile(2, 2, 10, 2, 2).valueArea())
                .isEqualTo(new ReferenceProfile.ValueArea(2, 4));
    }

    @Test
    void shouldTakeAsManyRowsAsThereAre() {
        assertThat(profile(1, 1, 1, 5, 2).valueArea())
                .isEqualTo(new ReferenceProfile.ValueArea(3, 4));
        assertThat(profile(3, 5, 1, 1, 1).valueArea(new BigDecimal("0.9")))
                .isEqualTo(new ReferenceProfile.ValueArea(0, 3));
        assertThat(profile(5).valueArea()).isEqualTo(new ReferenceProfile.ValueArea(0, 0));
    }

    @Test
    void shouldStopAsSoonAsTheShareIsReachedExactly() {
        assertThat(profile(3, 7).valueArea()).isEqualTo(new ReferenceProfile.ValueArea(1, 1));
    }

    @Test
    void shouldNameRowsAfterTheirLowEdge() {
        ReferenceProfile profile = new ReferenceProfile(new BigDecimal("0.50"));
        profile.add(new BigDecimal("100.49"), BigDecimal.ONE, true);
        profile.add(new BigDecimal("100.50"), BigDecimal.TWO, false);

        assertThat(profile.rows().keySet()).containsExactly(200L, 201L);
        assertThat(profile.lowEdge(201)).isEqualByComparingTo("100.5");
        assertThat(profile.rows().get(200L).buyVolume()).isEqualByComparingTo("1");
        assertThat(profile.rows().get(201L).sellVolume()).isEqualByComparingTo("2");
    }

    @Test
    void shouldRefuseToNameAPointOfControlOfNothing() {
        assertThatThrownBy(() -> new ReferenceProfile(BigDecimal.ONE).pointOfControl())
                .isInstanceOf(IllegalStateException.class);
    }

    private static ReferenceProfile profile(int... volumes) {
        ReferenceProfile profile = new ReferenceProfile(BigDecimal.ONE);
        for (int row = 0; row < volumes.length; row++) {
            if (volumes[row] > 0) {
                profile.add(BigDecimal.valueOf(row), BigDecimal.valueOf(volumes[row]),
                        row % 2 == 0);
            }
        }
        return profile;
    }
}
