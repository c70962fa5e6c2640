package com.waickoff.marketdata.feed.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitBreakerTest {
    private static final long MS = 1_000_000;
    private static final long FIRST_MS = 1_000;
    private static final long MAX_MS = 60_000;

    private final CounterBlock counters = CounterBlock.onHeap("feed");
    private final CircuitBreaker breaker = new CircuitBreaker(FIRST_MS, MAX_MS,
            new SplittableRandom(1), counters);

    @Test
    void shouldLetANetworkFail() {
        for (int i = 0; i < 100; i++) {
            breaker.failed(FailureClass.NETWORK, 0, i);
            assertThat(breaker.admits(i)).isTrue();
        }
        assertThat(counters.get(Counter.BREAKER_OPENED)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"LIMITED, 1", "TLS, 1", "FORBIDDEN, 10"})
    void shouldPauseByClass(FailureClass kind, int pauses) {
        breaker.failed(kind, 0, 0);
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.cause()).isEqualTo(kind);
        assertThat(breaker.untilNs()).isBetween(pauses * FIRST_MS * MS,
                pauses * FIRST_MS * MS * 6 / 5);
        assertThat(breaker.admits(breaker.untilNs() - 1)).isFalse();
        assertThat(counters.get(Counter.BREAKER_OPENED)).isEqualTo(1);
    }

    @Test
    void shouldKeepToWhatTheVenueAsksFor() {
        breaker.failed(FailureClass.LIMITED, 7_200_000, 5);
        assertThat(breaker.untilNs()).isEqualTo(7_200_000 * MS + 5);
    }

    @Test
    void shouldLetOneTryWhenThePauseIsOver() {
        breaker.failed(FailureClass.TLS, 0, 0);
        long then = breaker.untilNs();
        assertThat(breaker.admits(then)).isTrue();
        assertThat(breaker.admits(then)).isFalse();
        assertThat(breaker.isClosed()).isFalse();
        breaker.succeeded();
        assertThat(breaker.isClosed()).isTrue();
        assertThat(breaker.admits(then)).isTrue();
        assertThat(breaker.admits(then)).isTrue();
    }

    @Test
    void shouldDoubleThePauseUpToACap() {
        long now = 0;
        long last = 0;
        for (int i = 0; i < 20; i++) {
            breaker.failed(FailureClass.LIMITED, 0, now);
            long pauseMs = (breaker.untilNs() - now) / MS;
            assertThat(pauseMs).isBetween(Math.min(MAX_MS, FIRST_MS << i),
                    Math.min(MAX_MS, FIRST_MS << i) * 6 / 5);
            assertThat(pauseMs).isGreaterThanOrEqualTo(Math.min(last, MAX_MS));
            last = pauseMs;
            now = breaker.untilNs();
            assertThat(breaker.admits(now)).isTrue();
        }
        assertThat(counters.get(Counter.BREAKER_OPENED)).isEqualTo(20);
    }

    @Test
    void shouldCountOneOpeningForManyWhoAreRefusedAtOnce() {
        for (int i = 0; i < 15; i++) {
            breaker.failed(FailureClass.LIMITED, 0, 0);
        }
        assertThat(counters.get(Counter.BREAKER_OPENED)).isEqualTo(1);
        assertThat(breaker.untilNs()).isLessThanOrEqualTo(2 * FIRST_MS * MS * 6 / 5);
    }

    @Test
    void shouldGiveTheOneAttemptToTheNextIfItWasNotMade() {
        breaker.failed(FailureClass.TLS, 0, 0);
        long then = breaker.untilNs();
        assertThat(breaker.admits(then)).isTrue();
        breaker.withdrawn();
        assertThat(breaker.admits(then)).isTrue();
    }

    @Test
    void shouldTellClassesByStatus() {
        assertThat(FailureClass.of(429)).isEqualTo(FailureClass.LIMITED);
        assertThat(FailureClass.of(418)).isEqualTo(FailureClass.LIMITED);
        assertThat(FailureClass.of(403)).isEqualTo(FailureClass.FORBIDDEN);
        assertThat(FailureClass.of(451)).isEqualTo(FailureClass.FORBIDDEN);
        assertThat(FailureClass.of(503)).isEqualTo(FailureClass.NETWORK);
    }
}
