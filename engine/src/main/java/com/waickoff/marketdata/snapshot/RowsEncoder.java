package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.window.Rows;
import com.waickoff.marketdata.window.Window;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts the rows of a window together as {@link RowsSection} keeps them.
 *
 * <p>Threads: one study thread; its sections share one.
 */
public final class RowsEncoder {
    static final long NS_PER_MS = 1_000_000L;

    static final int LENGTH_OFFSET_32 = 0;
    static final int FLAGS_OFFSET_32 = LENGTH_OFFSET_32 + Integer.BYTES;
    static final int START_MS_OFFSET_64 = FLAGS_OFFSET_32 + Integer.BYTES;
    static final int REVISION_OFFSET_32 = START_MS_OFFSET_64 + Long.BYTES;
    static final int ROW_COUNT_OFFSET_32 = REVISION_OFFSET_32 + Integer.BYTES;
    static final int ROW_SIZE_OFFSET_64 = ROW_COUNT_OFFSET_32 + Integer.BYTES;
    static final int LOW_ROW_OFFSET_64 = ROW_SIZE_OFFSET_64 + Long.BYTES;
    static final int UNIT_OFFSET_64 = LOW_ROW_OFFSET_64 + Long.BYTES;
    static final int ROWS_OFFSET = UNIT_OFFSET_64 + Long.BYTES;

    private static final int MOST_BYTES_OF_A_ROW = 3 * Varint.MAX_LENGTH;

    private final UnsafeBuffer buffer;

    /** Room for a window of that many rows. */
    public RowsEncoder(int rowCapacity) {
        buffer = new UnsafeBuffer(new byte[ROWS_OFFSET
                + BitUtil.align(rowCapacity * MOST_BYTES_OF_A_ROW, Long.BYTES)]);
    }

    /**
     * Puts a window together.
     *
     * @param lot smallest step of a quantity; where all volumes are multiples of it, they are
     *     counted in it
     * @param enough it may stop where it has more bytes than these
     * @return the number of bytes
     */
    int encode(Window window, long lot, int enough) {
        Rows rows = window.rows();
        long unit = areMultiples(rows, lot) ? lot : 1;
        int at = ROWS_OFFSET;
        int count = 0;
        long next = rows.lowRow();
        for (long row = rows.lowRow(); row <= rows.highRow() && at <= enough; row++) {
            long buy = rows.buyVolume(row);
            long sell = rows.sellVolume(row);
            if ((buy | sell) != 0) {
                at = Varint.put(buffer, at, row - next);
                at = Varint.put(buffer, at, unit == 1 ? buy : buy / unit);
                at = Varint.put(buffer, at, unit == 1 ? sell : sell / unit);
                next = row + 1;
                count++;
            }
        }
        int length = BitUtil.align(at, Long.BYTES);
        buffer.setMemory(at, length - at, (byte) 0);
        buffer.putInt(LENGTH_OFFSET_32, length);
        buffer.putInt(FLAGS_OFFSET_32, window.flags());
        buffer.putLong(START_MS_OFFSET_64, window.startNs() / NS_PER_MS);
        buffer.putInt(REVISION_OFFSET_32, window.revision());
        buffer.putInt(ROW_COUNT_OFFSET_32, count);
        buffer.putLong(ROW_SIZE_OFFSET_64, rows.rowSize());
        buffer.putLong(LOW_ROW_OFFSET_64, rows.lowRow());
        buffer.putLong(UNIT_OFFSET_64, unit);
        return length;
    }

    private static boolean areMultiples(Rows rows, long lot) {
        if (lot <= 1) {
            return false;
        }
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            if (rows.buyVolume(row) % lot != 0 || rows.sellVolume(row) % lot != 0) {
                return false;
            }
        }
        return true;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }
}
