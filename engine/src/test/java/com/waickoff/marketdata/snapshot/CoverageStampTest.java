package com.waickoff.marketdata.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.window.Watermark;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoverageStampTest {
    private static final long LATER_NS = Long.MAX_VALUE;
    private static final CoverageStamp.Intervals NONE = intervals();

    @Test
    void shouldBeWholeWithoutHoles() {
        assertThat(stamp(0, 60_000, LATER_NS, false, NONE))
                .isEqualTo(new CoverageStamp(0, 60_000, 1_000_000, 0, 5));
    }

    @Test
    void shouldNeverBeWholeWithAHoleHoweverSmall() {
        CoverageStamp.Intervals oneMs = intervals(1_000, 1_001);

        assertThat(stamp(0, 86_400_000L, LATER_NS, false, oneMs).ppm()).isEqualTo(999_999);
        assertThat(stamp(0, 4_000_000_000L, LATER_NS, false, oneMs).ppm()).isEqualTo(999_999);
    }

    @Test
    void shouldNeverBeWholeOutOfOrder() {
        assertThat(stamp(0, 60_000, LATER_NS, true, NONE).ppm()).isEqualTo(999_999);
    }

    @Test
    void shouldJudgeAnOpenWindowUpToTheWatermark() {
        CoverageStamp stamp = stamp(60_000, 120_000, 90_000_999_999L, false,
                intervals(0, 75_000, 100_000, 110_000));

        assertThat(stamp).isEqualTo(new CoverageStamp(60_000, 90_000, 500_000, 1, 5));
    }

    @Test
    void shouldCountTheTimeOfOverlappingHolesOnce() {
        assertThat(stamp(0, 100, LATER_NS, false, intervals(50, 60, 10, 30, 20, 40, 55, 60)).ppm())
                .isEqualTo(600_000);
    }

    @Test
    void shouldTreatIntervalsAsHalfOpen() {
        assertThat(stamp(100, 200, LATER_NS, false, intervals(0, 100, 200, 300)))
                .isEqualTo(new CoverageStamp(100, 200, 1_000_000, 0, 5));
    }

    @Test
    void shouldJudgeAStretchTheWatermarkHasNotReachedByItsStart() {
        CoverageStamp.Intervals sinceStart = intervals(0, Long.MAX_VALUE);

        assertThat(stamp(60_000, 120_000, 60_000_000_000L, false, NONE).ppm())
                .isEqualTo(1_000_000);
        assertThat(stamp(60_000, 120_000, Watermark.NONE, false, sinceStart))
                .isEqualTo(new CoverageStamp(60_000, 60_000, 0, 1, 5));
    }

    /** The formula against counting covered milliseconds one by one. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void shouldAgreeWithCountingMilliseconds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            long[] bounds = new long[2 * random.nextInt(6)];
            for (int i = 0; i < bounds.length; i += 2) {
                bounds[i] = random.nextLong(-20, 220);
                bounds[i + 1] = bounds[i] + random.nextLong(60);
            }
            long endMs = random.nextLong(1, 200);
            long watermarkMs = random.nextLong(1, 250);

            long toMs = Math.min(endMs, watermarkMs);
            long covered = 0;
            for (long ms = 0; ms < toMs; ms++) {
                covered += isIn(bounds, ms) ? 0 : 1;
            }
            assertThat(stamp(0, endMs, watermarkMs * 1_000_000, false, intervals(bounds)).ppm())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo((int) (1_000_000 * covered / toMs));
        }
    }

    private static boolean isIn(long[] bounds, long ms) {
        for (int i = 0; i < bounds.length; i += 2) {
            if (ms >= bounds[i] && ms < bounds[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private static CoverageStamp stamp(long startMs, long endMs, long watermarkNs,
            boolean unordered, CoverageStamp.Intervals uncovered) {
        return CoverageStamp.of(startMs, endMs, watermarkNs, unordered, uncovered, 5);
    }

    private static CoverageStamp.Intervals intervals(long... bounds) {
        return new CoverageStamp.Intervals() {
            @Override
            public int count() {
                return bounds.length / 2;
            }

            @Override
            public long fromMs(int index) {
                return bounds[2 * index];
            }

            @Override
            public long toMs(int index) {
                return bounds[2 * index + 1];
            }
        };
    }
}
