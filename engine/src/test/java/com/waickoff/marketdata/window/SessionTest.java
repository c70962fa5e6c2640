package com.waickoff.marketdata.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
    @Test
    void shouldCutTheDayInFourUnlessToldOtherwise() {
        assertThat(Session.parse(Session.DEFAULTS)).extracting(Session::name)
                .containsExactly("asia", "london", "new-york", "evening");
        assertThat(Session.parse(Session.DEFAULTS).stream().mapToLong(Session::lengthMs).sum())
                .isEqualTo(86_400_000);
    }

    @Test
    void shouldFindTheSessionThatBeganLast() {
        Session london = Session.parse("london=06:00-12:00").getFirst();

        assertThat(london.startMs(ms("2026-03-02T06:00:00Z")))
                .isEqualTo(ms("2026-03-02T06:00:00Z"));
        assertThat(london.startMs(ms("2026-03-02T23:59:00Z")))
                .isEqualTo(ms("2026-03-02T06:00:00Z"));
        assertThat(london.startMs(ms("2026-03-02T05:59:59Z")))
                .isEqualTo(ms("2026-03-01T06:00:00Z"));
    }

    @Test
    void shouldGoOnAfterMidnight() {
        Session night = Session.parse("night=22:00-02:30").getFirst();

        assertThat(night.lengthMs()).isEqualTo(4 * 3_600_000 + 1_800_000);
        assertThat(night.startMs(ms("2026-03-02T01:00:00Z"))).isEqualTo(ms("2026-03-01T22:00:00Z"));
        assertThat(night.hours()).isEqualTo("22:00-02:30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "asia", "asia=0:00-8:00", "Asia=00:00-08:00", "a=00:00-00:00",
            "a=00:00-24:01", "a=24:00-01:00", "a=00:60-01:00", "a=00:00-01:00,a=02:00-03:00",
            "a=00:00-01:00,"})
    void shouldRefuseWhatIsNoSession(String text) {
        assertThatThrownBy(() -> Session.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("session");
    }

    private static long ms(String moment) {
        return Instant.parse(moment).toEpochMilli();
    }
}
