package com.waickoff.venue.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.venue.market.SeededRandom;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class WireTextTest {
    private final WireText text = new WireText();

    @Test
    void shouldWriteAllDecimals() {
        assertThat(text.appendDecimal(5, 2).toString()).isEqualTo("0.05");
        assertThat(text.clear().appendDecimal(0, 3).toString()).isEqualTo("0.000");
        assertThat(text.clear().appendDecimal(6_511_420, 2).toString()).isEqualTo("65114.20");
        assertThat(text.clear().appendDecimal(0, 0).toString()).isEqualTo("0");
        assertThat(text.clear().append(Long.MAX_VALUE).toString())
                .isEqualTo("9223372036854775807");
    }

    @Test
    void shouldWriteWhatBigDecimalWrites() {
        SeededRandom random = new SeededRandom(11);
        System.out.println("seed 11");
        for (int i = 0; i < 20_000; i++) {
            long units = random.nextLong() >>> (1 + random.below(63));
            int decimals = random.below(19);

            assertThat(text.clear().appendDecimal(units, decimals).toString())
                    .isEqualTo(BigDecimal.valueOf(units, decimals).toPlainString());
        }
    }

    @Test
    void shouldGrow() {
        for (int i = 0; i < 5_000; i++) {
            text.append("12345").append('6').append(7).appendHex(0xabcdL << 48, 0, 4);
        }

        assertThat(text.length()).isEqualTo(5_000 * 11);
        assertThat(text.toString()).endsWith("1234567abcd");
    }
}
