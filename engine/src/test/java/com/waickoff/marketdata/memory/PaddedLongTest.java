package com.waickoff.marketdata.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

class PaddedLongTest {
    private static final int PADDING = 120;

    @Test
    void shouldKeepTheValueAwayFromEveryOtherField() throws ReflectiveOperationException {
        Class<?> middle = PaddedLong.class.getSuperclass();
        long valueAt = UnsafeApi.objectFieldOffset(middle.getDeclaredField("value"));
        long firstAt = offsets(middle.getSuperclass()).min().orElseThrow();
        long lastAt = offsets(PaddedLong.class).max().orElseThrow();

        assertThat(valueAt - firstAt).isGreaterThanOrEqualTo(PADDING);
        assertThat(lastAt - valueAt).isGreaterThanOrEqualTo(PADDING);
    }

    @Test
    void shouldHoldWhatWasReleased() {
        PaddedLong padded = new PaddedLong();
        padded.setRelease(42);

        assertThat(padded.getAcquire()).isEqualTo(42);
        assertThat(padded.getPlain()).isEqualTo(42);
    }

    private static LongStream offsets(Class<?> padding) {
        return Arrays.stream(padding.getDeclaredFields())
                .mapToLong(UnsafeApi::objectFieldOffset);
    }
}
