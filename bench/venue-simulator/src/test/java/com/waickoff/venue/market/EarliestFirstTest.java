package com.waickoff.venue.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarliestFirstTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 100})
    void shouldFindTheEarliestAndOfEqualsTheLowest(int count) {
        SeededRandom random = new SeededRandom(count);
        EarliestFirst due = new EarliestFirst(count);
        long[] times = new long[count];
        Arrays.fill(times, EarliestFirst.NEVER);
        assertThat(due.firstTime()).isEqualTo(EarliestFirst.NEVER);
        for (int i = 0; i < 2_000; i++) {
            int number = random.below(count);
            times[number] = random.below(10) == 0 ? EarliestFirst.NEVER : random.below(20);
            due.set(number, times[number]);
            int first = 0;
            for (int other = 1; other < count; other++) {
                first = times[other] < times[first] ? other : first;
            }
            assertThat(due.first()).isEqualTo(first);
            assertThat(due.firstTime()).isEqualTo(times[first]);
        }
    }
}
