package com.waickoff.marketdata.parquet;

import java.util.Arrays;

/** How values are laid down in pages. The codes are those of the format's {@code Encoding}. */
final class Encoding {
    static final int PLAIN = 0;
    static final int RLE = 3;
    static final int DELTA_BINARY_PACKED = 5;
    static final int RLE_DICTIONARY = 8;

    private static final int BLOCK_VALUES = 128;
    private static final int MINIBLOCKS = 4;
    private static final int MINIBLOCK_VALUES = BLOCK_VALUES / MINIBLOCKS;

    private Encoding() {}

    /**
     * {@code DELTA_BINARY_PACKED}: steps from number to number, each block of them above its
     * smallest.
     *
     * <pre>
     *   block size  miniblocks a block  count  first value
     *   smallest step  width of each miniblock (bytes)  miniblocks …          a block
     * </pre>
     */
    static void delta(long[] values, int count, Bytes out) {
        out.varint(BLOCK_VALUES);
        out.varint(MINIBLOCKS);
        out.varint(count);
        out.varint(Bytes.zigzag(count == 0 ? 0 : values[0]));
        long[] steps = new long[BLOCK_VALUES];
        for (int at = 1; at < count; at += BLOCK_VALUES) {
            int inBlock = Math.min(BLOCK_VALUES, count - at);
            long smallest = Long.MAX_VALUE;
            for (int i = 0; i < inBlock; i++) {
                steps[i] = values[at + i] - values[at + i - 1];
                smallest = Math.min(smallest, steps[i]);
            }
            block(steps, inBlock, smallest, out);
        }
    }

    private static void block(long[] steps, int count, long smallest, Bytes out) {
        for (int i = 0; i < count; i++) {
            steps[i] -= smallest;
        }
        Arrays.fill(steps, count, BLOCK_VALUES, 0);
        out.varint(Bytes.zigzag(smallest));
        int[] widths = new int[MINIBLOCKS];
        for (int i = 0; i < BLOCK_VALUES; i++) {
            int width = Long.SIZE - Long.numberOfLeadingZeros(steps[i]);
            int miniblock = i / MINIBLOCK_VALUES;
            widths[miniblock] = Math.max(widths[miniblock], width);
        }
        for (int width : widths) {
            out.write(width);
        }
        for (int i = 0; i * MINIBLOCK_VALUES < count; i++) {
            out.packed(steps, i * MINIBLOCK_VALUES, (i + 1) * MINIBLOCK_VALUES, widths[i]);
        }
    }

    /**
     * The hybrid of runs and packed numbers: one run where all are the same, else all packed.
     *
     * @param width bits of each, 0 to 32
     */
    static void hybrid(long[] values, int count, int width, Bytes out) {
        for (int i = 1; i < count; i++) {
            if (values[i] != values[0]) {
                out.varint((((count + 7L) / 8) << 1) | 1);
                out.packed(values, 0, count, width);
                return;
            }
        }
        if (count > 0) {
            out.varint((long) count << 1);
            out.littleEndian(values[0], (width + 7) / 8);
        }
    }
}
