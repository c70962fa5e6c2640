package com.waickoff.marketdata.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Bytes that grow, and the numbers of the format in them. Threads: one. */
final class Bytes extends ByteArrayOutputStream {
    private static final int SEVEN_BITS = 0x7f;
    private static final int MORE = 0x80;

    /** The same number with its sign in the lowest bit. */
    static long zigzag(long value) {
        return (value << 1) ^ (value >> (Long.SIZE - 1));
    }

    /** An unsigned number, 7 bits a byte, the lowest first. */
    void varint(long value) {
        long rest = value;
        while ((rest & ~SEVEN_BITS) != 0) {
            write((int) ((rest & SEVEN_BITS) | MORE));
            rest >>>= 7;
        }
        write((int) rest);
    }

    void littleEndian(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            write((int) (value >>> (i << 3)));
        }
    }

    void bigEndian(long value) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            write((int) (value >>> shift));
        }
    }

    /**
     * Numbers of the same width, the lowest bit first, padded to a multiple of eight numbers.
     *
     * @param width bits of each, 0 to 64
     */
    void packed(long[] values, int from, int to, int width) {
        int padded = from + (to - from + 7) / 8 * 8;
        int used = 0;
        int current = 0;
        for (int i = from; i < padded; i++) {
            long value = i < to ? values[i] : 0;
            for (int bits = 0; bits < width;) {
                int taken = Math.min(width - bits, Byte.SIZE - used);
                current |= (int) ((value >>> bits) & ((1 << taken) - 1)) << used;
                used += taken;
                bits += taken;
                if (used == Byte.SIZE) {
                    write(current);
                    current = 0;
                    used = 0;
                }
            }
        }
    }

    byte[] array() {
        return buf;
    }

    /** Writes everything to {@code target}. */
    void sendTo(OutputStream target) throws IOException {
        target.write(buf, 0, count);
    }
}
