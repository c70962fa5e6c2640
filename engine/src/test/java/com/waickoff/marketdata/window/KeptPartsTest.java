package com.waickoff.marketdata.window;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.window.KeptParts.Part;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeptPartsTest {
    private static final long HOUR = 3_600_000;
    private static final long MINUTE = 60_000;

    /** Windows that are kept, each timeframe's since a moment. */
    private static final class Listed implements KeptParts.Kept {
        private final Set<Part> windows = new HashSet<>();
        private final long[] sinceMs = new long[Timeframe.COUNT];

        Listed() {
            Arrays.fill(sinceMs, Long.MAX_VALUE);
        }

        Listed with(Timeframe timeframe, long since, long... starts) {
            sinceMs[timeframe.ordinal()] = since;
            for (long start : starts) {
                windows.add(new Part(timeframe, start));
            }
            return this;
        }

        @Override
        public boolean has(Timeframe timeframe, long startMs) {
            return windows.contains(new Part(timeframe, startMs));
        }

        @Override
        public long sinceMs(Timeframe timeframe) {
            return sinceMs[timeframe.ordinal()];
        }
    }

    @Test
    void shouldTakeTheLongestWindowsThatFit() {
        Listed kept = new Listed().with(Timeframe.H4, 0, 0, 4 * HOUR)
                .with(Timeframe.H1, 0, 0, HOUR, 4 * HOUR, 5 * HOUR);

        KeptParts parts = KeptParts.of(0, 6 * HOUR, 24 * HOUR, kept);

        assertThat(parts.parts()).containsExactly(new Part(Timeframe.H4, 0),
                new Part(Timeframe.H1, 4 * HOUR), new Part(Timeframe.H1, 5 * HOUR));
        assertThat(parts.keptMs()).isEqualTo(6 * HOUR);
    }

    @Test
    void shouldTakeShorterWindowsWhereALongOneIsNotKept() {
        Listed kept = new Listed().with(Timeframe.H1, 2 * HOUR, 2 * HOUR, 3 * HOUR)
                .with(Timeframe.M1, 119 * MINUTE, 119 * MINUTE);

        KeptParts parts = KeptParts.of(0, 4 * HOUR, 24 * HOUR, kept);

        assertThat(parts.parts()).containsExactly(new Part(Timeframe.M1, 119 * MINUTE),
                new Part(Timeframe.H1, 2 * HOUR), new Part(Timeframe.H1, 3 * HOUR));
        assertThat(parts.keptMs()).isEqualTo(2 * HOUR + MINUTE);
    }

    @Test
    void shouldKnowOfTimeWithoutTradesThatThereWereNone() {
        Listed kept = new Listed().with(Timeframe.H1, 0, 0, 3 * HOUR);

        KeptParts parts = KeptParts.of(0, 4 * HOUR, 24 * HOUR, kept);

        assertThat(parts.parts()).hasSize(2);
        assertThat(parts.keptMs()).isEqualTo(4 * HOUR);
    }

    @Test
    void shouldCountAnOpenWindowAsFarAsTheTapeHasCome() {
        Listed kept = new Listed().with(Timeframe.H1, 0, 0, HOUR);

        KeptParts parts = KeptParts.of(0, 4 * HOUR, HOUR + 90_000, kept);

        assertThat(parts.parts()).hasSize(2);
        assertThat(parts.keptMs()).isEqualTo(HOUR + 90_000);
    }

    /** Minute by minute: whether some window that fits is known to hold it, and none holds it twice. */
    @Test
    void shouldCoverEachMinuteOnce() {
        SplittableRandom random = new SplittableRandom(20_261_121);
        for (int run = 0; run < 2_000; run++) {
            Listed kept = new Listed();
            for (Timeframe timeframe : Timeframe.ALL) {
                long length = timeframe.lengthMs();
                kept.with(timeframe, random.nextLong(2 * 1_440) * MINUTE / length * length);
                for (int i = random.nextInt(6); i > 0; i--) {
                    kept.with(timeframe, kept.sinceMs(timeframe),
                            random.nextLong(2 * 1_440) * MINUTE / length * length);
                }
            }
            long from = random.nextLong(1_440) * MINUTE;
            long to = from + (1 + random.nextLong(1_440)) * MINUTE;

            KeptParts parts = KeptParts.of(from, to, 2 * 1_440 * MINUTE, kept);

            long end = from;
            for (Part part : parts.parts()) {
                assertThat(part.startMs()).isGreaterThanOrEqualTo(end);
                assertThat(kept.has(part.timeframe(), part.startMs())).isTrue();
                end = part.startMs() + part.timeframe().lengthMs();
            }
            assertThat(end).isLessThanOrEqualTo(to);
            assertThat(parts.keptMs()).isEqualTo(knownMs(from, to, kept));
        }
    }

    private static long knownMs(long from, long to, Listed kept) {
        long known = 0;
        for (long minute = from; minute < to; minute += MINUTE) {
            boolean found = false;
            for (Timeframe timeframe : Timeframe.ALL) {
                long start = minute / timeframe.lengthMs() * timeframe.lengthMs();
                boolean fits = start >= from && start + timeframe.lengthMs() <= to;
                found |= fits && (kept.has(timeframe, start)
                        || start >= kept.sinceMs(timeframe));
            }
            known += found ? MINUTE : 0;
        }
        return known;
    }
}
