package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.decimal.Ascii;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.random.RandomGenerator;

/**
 * Writes the frames of a client: whole, and masked with a mask that nobody can know before.
 *
 * <pre>
 *   81 | 80 + length                      mask (4)  payload ^ mask       up to 125 bytes
 *   81 | fe | length (2)                  mask (4)  payload ^ mask       up to 65,535
 *   81 | ff | length (8)                  mask (4)  payload ^ mask
 * </pre>
 */
final class FrameWriter {
    /** Most bytes of a control frame's payload. */
    static final int MOST_CONTROL = 125;

    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final int MASKED = 0x80;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int MOST_16 = 0xffff;
    private static final int MOST_HEADER = 14;

    private final ByteBufAllocator allocator;
    private final RandomGenerator random;

    FrameWriter(ByteBufAllocator allocator, RandomGenerator random) {
        this.allocator = allocator;
        this.random = random;
    }

    ByteBuf text(String text) {
        int length = ByteBufUtil.utf8Bytes(text);
        ByteBuf frame = allocator.directBuffer(length + MOST_HEADER);
        int mask = begin(frame, TEXT, length);
        int payload = frame.writerIndex();
        ByteBufUtil.writeUtf8(frame, text);
        mask(frame, payload, mask);
        return frame;
    }

    /** A text that is UTF-8 already, or a binary message. */
    ByteBuf message(boolean isText, long address, int length) {
        return frame(isText ? TEXT : BINARY, address, length);
    }

    ByteBuf ping() {
        ByteBuf frame = allocator.directBuffer(MOST_HEADER);
        begin(frame, PING, 0);
        return frame;
    }

    /** The answer to a ping: the same payload. */
    ByteBuf pong(long address, int length) {
        return frame(PONG, address, length);
    }

    /**
     * A close frame.
     *
     * @param code to send, or {@link CloseCode#NONE} for a frame without
     */
    ByteBuf close(int code) {
        ByteBuf frame = allocator.directBuffer(MOST_HEADER);
        int mask = begin(frame, CLOSE, code == CloseCode.NONE ? 0 : Short.BYTES);
        int payload = frame.writerIndex();
        if (code != CloseCode.NONE) {
            frame.writeShort(code);
        }
        mask(frame, payload, mask);
        return frame;
    }

    private ByteBuf frame(int first, long address, int length) {
        ByteBuf frame = allocator.directBuffer(length + MOST_HEADER);
        int mask = begin(frame, first, length);
        int payload = frame.writerIndex();
        int words = length & -Long.BYTES;
        for (int i = 0; i < words; i += Long.BYTES) {
            frame.writeLongLE(Ascii.longAt(address + i));
        }
        for (int i = words; i < length; i++) {
            frame.writeByte(Ascii.byteAt(address + i));
        }
        mask(frame, payload, mask);
        return frame;
    }

    private int begin(ByteBuf frame, int first, int length) {
        frame.writeByte(first);
        if (length < LENGTH_16) {
            frame.writeByte(MASKED | length);
        } else if (length <= MOST_16) {
            frame.writeByte(MASKED | LENGTH_16).writeShort(length);
        } else {
            frame.writeByte(MASKED | LENGTH_64).writeLong(length);
        }
        int mask = random.nextInt();
        frame.writeInt(mask);
        return mask;
    }

    private static void mask(ByteBuf frame, int payload, int mask) {
        int end = frame.writerIndex();
        long word = (mask & 0xffff_ffffL) << Integer.SIZE | (mask & 0xffff_ffffL);
        int at = payload;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            frame.setLong(at, frame.getLong(at) ^ word);
        }
        for (int shift = Integer.SIZE - Byte.SIZE; at < end; at++) {
            frame.setByte(at, frame.getByte(at) ^ (mask >>> shift));
            shift = (shift - Byte.SIZE) & (Integer.SIZE - 1);
        }
    }
}
