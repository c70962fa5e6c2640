package com.waickoff.marketdata.storage.mongo;

import com.waickoff.marketdata.storage.effect.WindowRows;

/**
 * The rows of a window in about six bytes each.
 *
 * <pre>
 *   row size | lowest row (signed) | unit | number of rows with volume |
 *       for each: rows left out before it | buy / unit | sell / unit      all varints
 * </pre>
 *
 * <p>The unit is the lot where all volumes are multiples of it, else 1.
 */
final class RowsBinary {
    /** No window has more, however it was configured. */
    private static final int MOST_ROWS = 1 << 20;

    private RowsBinary() {}

    static byte[] encode(WindowRows rows, long lot) {
        long unit = unit(rows, lot);
        int count = 0;
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            count += rows.volume(row) == 0 ? 0 : 1;
        }
        Varints out = Varints.empty().unsigned(rows.rowSize()).signed(rows.lowRow())
                .unsigned(unit).unsigned(count);
        long next = rows.lowRow();
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            if (rows.volume(row) != 0) {
                out.unsigned(row - next).unsigned(rows.buyVolume(row) / unit)
                        .unsigned(rows.sellVolume(row) / unit);
                next = row + 1;
            }
        }
        return out.toBytes();
    }

    private static long unit(WindowRows rows, long lot) {
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            if (rows.buyVolume(row) % lot != 0 || rows.sellVolume(row) % lot != 0) {
                return 1;
            }
        }
        return lot;
    }

    static WindowRows decode(byte[] bytes) {
        Varints in = Varints.of(bytes);
        long rowSize = in.unsigned();
        long lowRow = in.signed();
        long unit = in.unsigned();
        int count = bounded(in.unsigned(), bytes.length);
        long[] gaps = new long[count];
        long[] buys = new long[count];
        long[] sells = new long[count];
        long span = 0;
        for (int i = 0; i < count; i++) {
            gaps[i] = in.unsigned();
            buys[i] = in.unsigned() * unit;
            sells[i] = in.unsigned() * unit;
            span += gaps[i] + 1;
        }
        int rows = bounded(span, MOST_ROWS);
        long[] buy = new long[rows];
        long[] sell = new long[rows];
        int at = -1;
        for (int i = 0; i < count; i++) {
            at += (int) gaps[i] + 1;
            buy[at] = buys[i];
            sell[at] = sells[i];
        }
        return new WindowRows(rowSize, lowRow, buy, sell);
    }

    private static int bounded(long count, int most) {
        if (count < 0 || count > most) {
            throw new UnreadableDocumentException(count + " rows where " + most + " can be");
        }
        return (int) count;
    }
}
