package com.waickoff.marketdata.feed.socket;

import static com.waickoff.marketdata.feed.socket.RawServer.close;
import static com.waickoff.marketdata.feed.socket.RawServer.frame;
import static com.waickoff.marketdata.feed.socket.RawServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.decimal.Ascii;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules of RFC 6455, in the order in which test suites ask for them. Everything is received at
 * once and byte by byte; between messages there is always one that must be heard, and behind what
 * ends a connection one that must not.
 */
class FramingRulesTest {
    private static final int MAX = 70_000;
    private static final String UMLAUTS = "κόσμε-äöüàá-UTF-8!!-\uD83D\uDE00";

    private final List<String> heard = new ArrayList<>();
    private FrameParser parser;

    @BeforeEach
    void open() {
        parser = new FrameParser(new FrameListener() {
            @Override
            public void onText(long address, int length) {
                heard.add("text " + Ascii.text(address, length));
            }

            @Override
            public void onBinary(long address, int length) {
                heard.add("binary " + length);
            }

            @Override
            public void onPing(long address, int length) {
                heard.add("ping " + Ascii.text(address, length));
            }

            @Override
            public void onPong(long address, int length) {
                heard.add("pong " + Ascii.text(address, length));
            }

            @Override
            public void onClose(int code, long reason, int length) {
                heard.add("close " + code + ' ' + Ascii.text(reason, length));
            }

            @Override
            public void onViolation(int code, String what) {
                heard.add("violation " + code);
            }
        }, MAX);
    }

    private List<String> hear(int mostBytes, byte[]... frames) {
        heard.clear();
        parser.reset();
        receive(mostBytes, frames);
        return heard;
    }

    private void receive(int mostBytes, byte[]... frames) {
        byte[] stream = join(frames);
        int from = 0;
        while (from < stream.length) {
            parser.makeRoom();
            int count = Math.min(mostBytes, Math.min(parser.room(), stream.length - from));
            Ascii.copy(stream, from, count, parser.writeAddress());
            parser.received(count);
            from += count;
        }
    }

    private static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    private void assertHeard(List<String> expected, byte[]... frames) {
        assertThat(hear(Integer.MAX_VALUE, frames)).isEqualTo(expected);
        assertThat(hear(1, frames)).isEqualTo(expected);
    }

    private void assertViolation(int code, byte[]... frames) {
        assertHeard(List.of("text before", "violation " + code),
                join(text("before"), join(frames), text("never heard")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 124, 125, 126, 127, 128, 65_535, 65_536, MAX})
    void shouldTakeMessagesOfEveryLength(int length) {
        assertHeard(List.of("text " + "*".repeat(length), "binary " + length, "text z"),
                frame(0x81, "*".repeat(length)), frame(0x82, new byte[length]), text("z"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 124, 125})
    void shouldHearPingsAndPongsOfEveryLength(int length) {
        String payload = "p".repeat(length);
        assertHeard(List.of("ping " + payload, "pong " + payload, "ping " + payload, "text z"),
                frame(0x89, payload), frame(0x8a, payload), frame(0x89, payload), text("z"));
    }

    static IntStream reservedBits() {
        return IntStream.rangeClosed(1, 7);
    }

    @ParameterizedTest
    @MethodSource("reservedBits")
    void shouldRefuseReservedBits(int bits) {
        for (int opcode : new int[]{0x1, 0x2, 0x8, 0x9, 0xa}) {
            assertViolation(1002, frame(0x80 | bits << 4 | opcode, ""));
            assertViolation(1002, frame(0x80 | bits << 4 | opcode, "payload"));
            assertViolation(1002, frame(0x01, "a"), frame(0x80 | bits << 4, "b"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void shouldRefuseReservedTypes(int opcode) {
        assertViolation(1002, frame(0x80 | opcode, ""));
        assertViolation(1002, frame(0x80 | opcode, "payload"));
        assertViolation(1002, frame(opcode, "payload"));
        assertHeard(List.of("violation 1002"), frame(0x01, "a"), frame(0x80 | opcode, "b"),
                frame(0x80, "c"));
    }

    @Test
    void shouldRefuseMaskedFramesBeforeTheirEnd() {
        for (int opcode : new int[]{0x1, 0x2, 0x8, 0x9, 0xa}) {
            byte[] header = {(byte) (0x80 | opcode), (byte) 0x85};
            assertHeard(List.of("text a", "violation 1002"), text("a"), header);
        }
        assertHeard(List.of("violation 1002"), frame(0x01, "a"), new byte[]{0, (byte) 0x81});
    }

    @Test
    void shouldPutFragmentsTogether() {
        assertHeard(List.of("text fragments", "binary 3", "text ", "text z"),
                frame(0x01, "frag"), frame(0x00, ""), frame(0x00, "ment"), frame(0x80, "s"),
                frame(0x02, "a"), frame(0x00, "b"), frame(0x80, "c"),
                frame(0x01, ""), frame(0x00, ""), frame(0x80, ""), text("z"));
    }

    @Test
    void shouldHearControlFramesBetweenFragments() {
        assertHeard(List.of("ping 1", "pong 2", "ping 3", "text abc", "text z"),
                frame(0x01, "a"), frame(0x89, "1"), frame(0x8a, "2"), frame(0x00, "b"),
                frame(0x89, "3"), frame(0x80, "c"), text("z"));
        assertHeard(List.of("ping 1", "close 1000 bye"), frame(0x01, "a"), frame(0x89, "1"),
                close(1000, "bye"), frame(0x80, "never heard"));
    }

    @Test
    void shouldRefuseFragmentsOutOfOrder() {
        assertViolation(1002, frame(0x80, "of nothing"));
        assertViolation(1002, frame(0x00, "of nothing"), frame(0x80, "."));
        assertViolation(1002, frame(0x01, "a"), text("a new one"));
        assertViolation(1002, frame(0x01, "a"), frame(0x01, "a new one"), frame(0x80, "b"));
        assertViolation(1002, frame(0x02, "a"), frame(0x82, "a new one"));
        assertHeard(List.of("text ab", "violation 1002"), frame(0x01, "a"), frame(0x80, "b"),
                frame(0x80, "and more"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x8, 0x9, 0xa})
    void shouldRefuseControlFramesThatAreLongOrInPieces(int opcode) {
        assertViolation(1002, frame(opcode, "a piece"), frame(0x80, "of it"));
        assertViolation(1002, frame(0x80 | opcode, "x".repeat(126)));
        assertViolation(1002, frame(0x80 | opcode, "x".repeat(70_000)));
    }

    @Test
    void shouldTakeTextInUtf8HoweverItIsCut() {
        byte[] bytes = UMLAUTS.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            byte[] first = Arrays.copyOf(bytes, cut);
            byte[] second = Arrays.copyOfRange(bytes, cut, bytes.length);
            assertHeard(List.of("ping p", "text " + UMLAUTS, "text " + UMLAUTS),
                    frame(0x01, first), frame(0x89, "p"), frame(0x80, second),
                    frame(0x81, bytes));
        }
        byte[][] single = new byte[bytes.length][];
        for (int i = 0; i < bytes.length; i++) {
            int first = (i == bytes.length - 1 ? 0x80 : 0) | (i == 0 ? 1 : 0);
            single[i] = frame(first, new byte[]{bytes[i]});
        }
        assertHeard(List.of("text " + UMLAUTS), single);
    }

    static Stream<String> impossibleTexts() {
        // Lone and missing continuations, longer forms, surrogates, beyond the last character.
        return Stream.of("80", "bf", "80 bf 80", "c2", "c2 20", "e0 a0", "f0 90 80", "c0 af",
                "c1 bf", "e0 80 af", "e0 9f bf", "f0 80 80 af", "f0 8f bf bf", "ed a0 80",
                "ed ad bf", "ed bf bf", "ed a0 80 ed b0 80", "f4 90 80 80", "f5 80 80 80",
                "f8 88 80 80 80", "fc 84 80 80 80 80", "fe", "ff");
    }

    @ParameterizedTest
    @MethodSource("impossibleTexts")
    void shouldRefuseTextThatIsNotUtf8(String hex) {
        byte[] bad = bytes(hex);
        byte[] inside = join("κόσμε and more ".getBytes(StandardCharsets.UTF_8), bad);
        for (byte[] payload : List.of(bad, inside)) {
            assertViolation(1007, frame(0x81, payload));
            assertViolation(1007, frame(0x01, payload), frame(0x80, ""));
            assertViolation(1007, frame(0x01, ""), frame(0x80, payload));
        }
        assertViolation(1007, frame(0x88, join(bytes("03 e8"), inside)));
    }

    private static byte[] bytes(String hex) {
        String[] parts = hex.split(" ", -1);
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        return bytes;
    }

    /** The text breaks off after its first half, and nothing can make it right again. */
    @Test
    void shouldRefuseTextAsSoonAsItCannotBecomeUtf8() {
        byte[] bad = join("κόσμε".getBytes(StandardCharsets.UTF_8), bytes("f4 90"));
        byte[] unfinished = Arrays.copyOf(frame(0x81, join(bad, new byte[40])), 2 + bad.length);
        assertHeard(List.of("violation 1007"), unfinished);

        byte[] lastPart = Arrays.copyOf(frame(0x80, join(bytes("90"), new byte[40])), 3);
        assertHeard(List.of("ping p", "violation 1007"),
                frame(0x01, join("κόσμε".getBytes(StandardCharsets.UTF_8), bytes("f4"))),
                frame(0x89, "p"), lastPart);
        assertHeard(List.of("violation 1007"), frame(0x01, bad));
    }

    @Test
    void shouldBeginEachTextAnew() {
        byte[] half = Arrays.copyOf(frame(0x81, "κόσμε"), 5); // ends within a character
        hear(Integer.MAX_VALUE, half);
        assertThat(hear(Integer.MAX_VALUE, text("the next connection")))
                .containsExactly("text the next connection");
        assertHeard(List.of("text κ", "binary 1", "text a"), frame(0x01, bytes("ce")),
                frame(0x80, bytes("ba")), frame(0x82, bytes("ba")), text("a"));
    }

    @Test
    void shouldTakeACloseFrameWithoutCode() {
        assertHeard(List.of("close 1005 "), frame(0x88, ""), text("never heard"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014,
            3000, 3999, 4000, 4999})
    void shouldTakeCodesThatAServerMaySend(int code) {
        String longest = "r".repeat(123);
        assertHeard(List.of("close " + code + ' '), close(code, ""), text("never heard"));
        assertHeard(List.of("close " + code + " grüße"), close(code, "grüße"));
        assertHeard(List.of("close " + code + ' ' + longest), close(code, longest));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535})
    void shouldRefuseCodesThatNobodyMaySend(int code) {
        assertViolation(1002, close(code, ""));
        assertViolation(1002, close(code, "reason"));
    }

    @Test
    void shouldRefuseCloseFramesThatAreWrong() {
        assertViolation(1002, frame(0x88, "x"));
        assertViolation(1002, close(1000, "r".repeat(124)));
        assertViolation(1007, frame(0x88, join(bytes("03 e8"), bytes("ce ba e1 bd"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"81 7f 00 00 00 00 00 01 11 71", "82 7f 00 00 00 00 7f ff ff ff",
            "81 7f 00 00 00 01 00 00 00 00", "82 7f 7f ff ff ff ff ff ff ff"})
    void shouldRefuseAMessageThatIsTooLongByItsHeader(String header) {
        byte[] bytes = bytes(header);
        int capacity = parser.memory().capacity();
        assertHeard(List.of("text a", "violation 1009"), text("a"), bytes);
        assertThat(parser.memory().capacity()).isEqualTo(capacity);
    }

    @Test
    void shouldRefuseFragmentsThatAreTooLongByTheHeaderOfTheLast() {
        byte[] lastHeader = Arrays.copyOf(frame(0x80, new byte[MAX / 2 + 1]), 4);
        assertHeard(List.of("ping p", "violation 1009"), frame(0x01, new byte[MAX / 2]),
                frame(0x89, "p"), lastHeader);
        assertHeard(List.of("binary " + MAX), frame(0x02, new byte[MAX / 2]),
                frame(0x80, new byte[MAX / 2]));
    }

    @Test
    void shouldTakeThousandsOfTinyFragments() {
        byte[][] frames = new byte[20_002][];
        Arrays.fill(frames, frame(0x00, "x"));
        frames[0] = frame(0x02, "");
        frames[frames.length - 1] = frame(0x80, "");
        assertHeard(List.of("binary 20000"), frames);
    }
}
