package com.waickoff.marketdata.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LinePlanTest {
    @Test
    void shouldBeginWithOneLine() {
        assertThat(new LinePlan(10, 100).lines()).isEqualTo(1);
    }

    @Test
    void shouldFillALineBeforeTheNextBegins() {
        LinePlan plan = new LinePlan(10, 1_000);
        for (int i = 0; i < 12; i++) {
            assertThat(plan.place(0, 2, 50)).isEqualTo(i / 5);
        }
        assertThat(plan.lines()).isEqualTo(3);
        assertThat(plan.streams(2)).isEqualTo(4);
    }

    @Test
    void shouldKeepKindsApart() {
        LinePlan plan = new LinePlan(10, 1_000);
        assertThat(plan.place(1, 1, 10)).isZero();
        assertThat(plan.place(0, 1, 10)).isEqualTo(1);
        assertThat(plan.place(1, 1, 10)).isZero();
        assertThat(plan.kind(0)).isEqualTo(1);
        assertThat(plan.kind(1)).isZero();
    }

    @Test
    void shouldNeverBreakALimit() {
        long seed = 5;
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        LinePlan plan = new LinePlan(400, 20_000);
        int[] streams = new int[VenueProtocol.MOST_LINES];
        int[] characters = new int[VenueProtocol.MOST_LINES];
        for (int i = 0; i < 5_000; i++) {
            int wanted = 1 + random.nextInt(3);
            int length = wanted * (20 + random.nextInt(30));
            int line = plan.place(random.nextInt(2), wanted, length);
            streams[line] += wanted;
            characters[line] += length;
            assertThat(streams[line]).isLessThanOrEqualTo(400);
            assertThat(characters[line]).isLessThanOrEqualTo(20_000);
        }
    }

    @Test
    void shouldOverfillTheLastLineRatherThanLeaveAStreamOut() {
        LinePlan plan = new LinePlan(1, 100);
        for (int i = 0; i < VenueProtocol.MOST_LINES + 5; i++) {
            plan.place(0, 1, 10);
        }
        assertThat(plan.lines()).isEqualTo(VenueProtocol.MOST_LINES);
        assertThat(plan.streams(VenueProtocol.MOST_LINES - 1)).isEqualTo(6);
    }
}
