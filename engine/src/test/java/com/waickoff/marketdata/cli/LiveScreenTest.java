package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveScreenTest {
    private static final String ENTER = "\033[?1049h\033[?25l\033[?7l";
    private static final String LEAVE = "\033[?7h\033[?25h\033[?1049l";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void shouldDrawInPlaceAndGiveTheScreenBack() {
        try (LiveScreen screen = LiveScreen.on(shell(true, 80, 24, Map.of(), printed))) {
            assertThat(screen.redraws()).isTrue();
            screen.show(List.of("one", "two"));
            screen.show(List.of("three"));
        }

        assertThat(text()).isEqualTo(ENTER
                + "\033[?2026h\033[Hone\033[K\r\ntwo\033[K\033[J\033[?2026l"
                + "\033[?2026h\033[Hthree\033[K\033[J\033[?2026l" + LEAVE + "three\n");
    }

    @Test
    void shouldGiveTheScreenBackOnce() {
        LiveScreen screen = LiveScreen.on(shell(true, 80, 24, Map.of(), printed));
        screen.close();
        screen.close();

        assertThat(text()).isEqualTo(ENTER + LEAVE);
    }

    @Test
    void shouldShowNoMoreLinesThanThereAre() {
        try (LiveScreen screen = LiveScreen.on(shell(true, 80, 2, Map.of(), printed))) {
            screen.show(List.of("one", "two", "three"));

            assertThat(text()).contains("two").doesNotContain("three").doesNotContain("\n\033[J");
        }
    }

    @Test
    void shouldPrintOneAfterTheOtherWhereThereIsNoTerminal() {
        try (LiveScreen screen = LiveScreen.on(shell(false, 80, 24, Map.of(), printed))) {
            assertThat(screen.redraws()).isFalse();
            screen.show(List.of("one", "two"));
            screen.show(List.of("three"));
        }

        assertThat(text()).isEqualTo("one\ntwo\n\nthree\n");
    }

    @Test
    void shouldNotSteerADumbTerminal() {
        try (LiveScreen screen = LiveScreen.on(
                shell(true, 80, 24, Map.of("TERM", "dumb"), printed))) {
            screen.show(List.of("one"));
        }

        assertThat(text()).isEqualTo("one\n");
    }

    @Test
    void shouldEndWhenAskedToAndWhenNobodyReads() throws InterruptedException {
        Shell asked = shell(false, 80, 24, Map.of(), printed);
        asked.interruption().request();
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        };

        try (LiveScreen first = LiveScreen.on(asked);
                LiveScreen second = LiveScreen.on(shell(false, 80, 24, Map.of(), closed))) {
            assertThat(asked.interruption().isHeeded()).isTrue();
            assertThat(first.await(3_600_000)).isTrue();
            second.show(List.of("one"));
            assertThat(second.await(3_600_000)).isTrue();
        }
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static Shell shell(boolean interactive, int columns, int lines,
            Map<String, String> env, OutputStream out) {
        PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
        Terminal terminal = Terminal.of(interactive, columns, lines, env, StandardCharsets.UTF_8);
        return new Shell(stream, stream, terminal, terminal, env, Path.of(""), null, () -> 0,
                () -> 0, new Interruption());
    }
}
