package com.waickoff.marketdata.feed.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.feed.socket.RawServer.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what a server reads, masked by masks that differ. */
class FrameWriterTest {
    private final SplittableRandom random = new SplittableRandom(7);
    private final FrameWriter writer = new FrameWriter(UnpooledByteBufAllocator.DEFAULT, random);

    private static Frame read(ByteBuf frame) throws IOException {
        byte[] bytes = ByteBufUtil.getBytes(frame);
        frame.release();
        return RawServer.frameOf(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 125, 126, 127, 128, 65_535, 65_536,
            65_541, 1 << 20})
    void shouldWriteMessagesOfEveryLength(int length) throws IOException {
        byte[] payload = new byte[length];
        random.nextBytes(payload);
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(length + Ascii.OVERRUN_BYTES).address();
            Ascii.copy(payload, 0, length, address);
            for (boolean isText : new boolean[]{true, false}) {
                Frame frame = read(writer.message(isText, address, length));
                assertThat(frame.opcode()).isEqualTo(isText ? 0x81 : 0x82);
                assertThat(frame.payload()).isEqualTo(payload);
            }
            if (length <= FrameWriter.MOST_CONTROL) {
                Frame pong = read(writer.pong(address, length));
                assertThat(pong.opcode()).isEqualTo(0x8a);
                assertThat(pong.payload()).isEqualTo(payload);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 62, 63, 64, 40_000})
    void shouldWriteTexts(int length) throws IOException {
        String text = "\u00fc".repeat(length);
        Frame frame = read(writer.text(text));
        assertThat(frame.opcode()).isEqualTo(0x81);
        assertThat(frame.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {CloseCode.NORMAL, CloseCode.GOING_AWAY, CloseCode.TOO_BIG, 4999})
    void shouldWriteCloseFrames(int code) throws IOException {
        Frame frame = read(writer.close(code));
        assertThat(frame.opcode()).isEqualTo(0x88);
        assertThat(frame.code()).isEqualTo(code);
        assertThat(read(writer.close(CloseCode.NONE)).payload()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldMaskEachFrameAnew(long seed) {
        FrameWriter other = new FrameWriter(UnpooledByteBufAllocator.DEFAULT,
                new SplittableRandom(seed));
        byte[][] masks = new byte[8][];
        for (int i = 0; i < masks.length; i++) {
            ByteBuf frame = other.text("the same");
            masks[i] = Arrays.copyOfRange(ByteBufUtil.getBytes(frame), 2, 6);
            frame.release();
        }
        assertThat(Arrays.stream(masks).map(mask -> new String(mask, StandardCharsets.ISO_8859_1))
                .distinct()).hasSize(masks.length);
    }
}
