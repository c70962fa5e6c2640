package com.waickoff.marketdata.feed.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.decimal.Ascii;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same messages, however they are fragmented and however the network cuts them. */
class FrameParserTest {
    private static final int MAX = 300_000;

    private final List<String> heard = new ArrayList<>();
    private final FrameParser parser = new FrameParser(new FrameListener() {
        @Override
        public void onText(long address, int length) {
            note("text", address, length);
        }

        @Override
        public void onBinary(long address, int length) {
            note("binary", address, length);
        }

        @Override
        public void onPing(long address, int length) {
            note("ping", address, length);
        }

        @Override
        public void onPong(long address, int length) {
            note("pong", address, length);
        }

        @Override
        public void onClose(int code, long reason, int length) {
            note("close " + code, reason, length);
        }

        @Override
        public void onViolation(int code, String what) {
            heard.add("violation " + code);
        }

        private void note(String kind, long address, int length) {
            long _ = Ascii.longAt(address + length);
            heard.add(kind + ' ' + Ascii.text(address, length));
        }
    }, MAX);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldHearTheSameHoweverItIsCut(long seed) {
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20; round++) {
            List<String> said = new ArrayList<>();
            byte[] stream = speak(random, said);
            heard.clear();
            parser.reset();

            receive(stream, random);

            assertThat(heard).isEqualTo(said);
        }
    }

    /** Messages of all lengths, some in fragments with control frames between. */
    private static byte[] speak(SplittableRandom random, List<String> said) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 40; i++) {
            boolean isText = random.nextInt(8) != 0;
            String message = randomText(random, length(random));
            byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
            int fragments = random.nextInt(4) == 0 ? random.nextInt(2, 7) : 1;
            int from = 0;
            for (int fragment = 0; fragment < fragments; fragment++) {
                boolean isLast = fragment == fragments - 1;
                int to = isLast ? bytes.length : random.nextInt(from, bytes.length + 1);
                int opcode = fragment == 0 ? isText ? 1 : 2 : 0;
                stream.writeBytes(RawServer.frame((isLast ? 0x80 : 0) | opcode,
                        Arrays.copyOfRange(bytes, from, to)));
                from = to;
                if (!isLast && random.nextInt(3) == 0) {
                    control(random, stream, said);
                }
            }
            said.add((isText ? "text " : "binary ") + message);
            if (random.nextInt(6) == 0) {
                control(random, stream, said);
            }
        }
        stream.writeBytes(RawServer.close(1000, "grüße"));
        said.add("close 1000 grüße");
        stream.writeBytes(RawServer.text("after the end"));
        return stream.toByteArray();
    }

    private static void control(SplittableRandom random, ByteArrayOutputStream stream,
            List<String> said) {
        boolean isPing = random.nextBoolean();
        String payload = "c".repeat(random.nextInt(126));
        stream.writeBytes(RawServer.frame(isPing ? 0x89 : 0x8a, payload));
        said.add((isPing ? "ping " : "pong ") + payload);
    }

    private static int length(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(3);
            case 1 -> random.nextInt(120, 132);
            case 2 -> random.nextInt(65_530, 65_545);
            case 3 -> random.nextInt(100_000);
            default -> random.nextInt(2_000);
        };
    }

    private static String randomText(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder(length);
        boolean isAscii = random.nextInt(4) != 0;
        while (text.length() < length) {
            int point = isAscii ? random.nextInt(0x80) : random.nextInt(0x11_0000);
            if (point < 0xd800 || point > 0xdfff) {
                text.appendCodePoint(point);
            }
        }
        return text.toString();
    }

    private void receive(byte[] stream, SplittableRandom random) {
        int most = switch (random.nextInt(4)) {
            case 0 -> 3;
            case 1 -> 100;
            case 2 -> 5_000;
            default -> 1 << 20;
        };
        int from = 0;
        while (from < stream.length) {
            parser.makeRoom();
            int room = parser.room();
            assertThat(room).isGreaterThanOrEqualTo(FrameParser.LEAST_ROOM);
            int count = Math.min(stream.length - from, Math.min(room, random.nextInt(most) + 1));
            Ascii.copy(stream, from, count, parser.writeAddress());
            parser.received(count);
            from += count;
        }
    }

    @Test
    void shouldClaimNoMemoryForALengthThatIsOnlySaid() {
        byte[] header = {(byte) 0x81, 127, 0, 0, 0, 0, 0, 4, (byte) 0x93, (byte) 0xdf}; // MAX - 1
        parser.makeRoom();
        int capacity = parser.memory().capacity();
        Ascii.copy(header, 0, header.length, parser.writeAddress());
        parser.received(header.length);
        parser.makeRoom();

        assertThat(parser.memory().capacity()).isEqualTo(capacity);
        assertThat(heard).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void shouldNeverBeHurtByAnyBytes(long seed) {
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            byte[] noise = new byte[random.nextInt(1, 600)];
            random.nextBytes(noise);
            if (random.nextBoolean()) {
                noise[0] = (byte) 0x81;
            }
            heard.clear();
            parser.reset();
            receive(noise, random);

            long ends = heard.stream().filter(
                    note -> note.startsWith("violation") || note.startsWith("close")).count();
            assertThat(ends).isLessThanOrEqualTo(1);
        }
        assertThat(parser.memory().capacity()).isLessThanOrEqualTo(MAX + (1 << 14));
    }

    @Test
    void shouldJudgeUtf8AsTheJdkDoes() {
        SplittableRandom random = new SplittableRandom(21);
        ByteBuffer memory = ByteBuffer.allocateDirect(256);
        long address = MemorySegment.ofBuffer(memory).address();
        int valid = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = round % 2 == 0 ? new byte[random.nextInt(6)]
                    : randomText(random, random.nextInt(60)).getBytes(StandardCharsets.UTF_8);
            if (round % 2 == 0) {
                random.nextBytes(bytes);
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] |= (byte) (random.nextInt(3) == 0 ? 0 : 0x80);
                }
            } else if (bytes.length > 0 && random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Ascii.copy(bytes, 0, bytes.length, address);
            boolean expected = isUtf8(bytes);
            valid += expected ? 1 : 0;
            assertThat(Utf8.isValid(address, bytes.length)).isEqualTo(expected);
            int cut = random.nextInt(bytes.length + 1);
            assertThat(Utf8.after(Utf8.after(Utf8.WHOLE, address, cut), address + cut,
                    bytes.length - cut) == Utf8.WHOLE).isEqualTo(expected);
        }
        assertThat(valid).isBetween(20_000, 180_000);
        Reference.reachabilityFence(memory); // only its address was in use
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
