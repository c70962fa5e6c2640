package com.waickoff.marketdata.storage.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectIdTest {
    @Test
    void shouldReadWhatItWrites() {
        EffectId id = new EffectId(Long.MAX_VALUE, Integer.MAX_VALUE);

        assertThat(EffectId.parse(id.toString())).isEqualTo(id);
        assertThat(new EffectId(4711, 2)).hasToString("4711-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "-1-2", "1-", "1-2-3", " 1-2", "1-9999999999",
            "9999999999999999999-0"})
    void shouldRefuseWhatItDidNotWrite(String text) {
        assertThatThrownBy(() -> EffectId.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldComeInTheOrderOfArising() {
        EffectId first = new EffectId(1, 9);

        assertThat(EffectId.NONE.isBefore(first)).isTrue();
        assertThat(first.isBefore(new EffectId(2, 0))).isTrue();
        assertThat(first.isBefore(new EffectId(1, 10))).isTrue();
        assertThat(first.isBefore(first)).isFalse();
        assertThat(EffectId.lastOf(1).isBefore(first)).isFalse();
    }
}
