package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PauseKeyTest {
    @Test
    void shouldPauseAndGoOnWithTheSpaceKeyAlone() {
        assertThat(paused("")).isFalse();
        assertThat(paused(" ")).isTrue();
        assertThat(paused("  ")).isFalse();
        assertThat(paused("q\n \033[A")).isTrue();
    }

    @Test
    void shouldKeepWhatWasPressedLast() {
        try (PauseKey key = PauseKey.in(keys(" "))) {
            assertThat(key.isPaused()).isTrue();
            assertThat(key.isPaused()).isTrue();
        }
    }

    @Test
    void shouldGoOnWhenTheTerminalIsGone() {
        InputStream gone = new InputStream() {
            private boolean isPressed;

            @Override
            public int read() {
                isPressed = true;
                return ' ';
            }

            @Override
            public int available() throws IOException {
                if (isPressed) {
                    throw new IOException("hung up");
                }
                return 1;
            }
        };
        try (PauseKey key = PauseKey.in(gone)) {
            assertThat(key.isPaused()).isFalse();
        }
    }

    private static boolean paused(String pressed) {
        try (PauseKey key = PauseKey.in(keys(pressed))) {
            return key.isPaused();
        }
    }

    private static InputStream keys(String pressed) {
        return new ByteArrayInputStream(pressed.getBytes(StandardCharsets.US_ASCII));
    }
}
