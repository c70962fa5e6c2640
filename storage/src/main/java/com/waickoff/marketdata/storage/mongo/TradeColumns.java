package com.waickoff.marketdata.storage.mongo;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Trades by columns: each column's numbers next to each other, as differences where that makes them
 * small, as varints, and all of it deflated.
 *
 * <pre>
 *   column     number in the file
 *   sequence   difference to the one before
 *   ordinal    as it is
 *   match ns   its unit (1,000,000, 1,000 or 1), then differences in that unit, signed
 *   receive    difference, signed
 *   price      difference, signed, in the largest power of ten that divides all of them
 *   quantity   as it is, in such a unit
 *   trade id   difference, signed
 *   aux        difference, signed
 *   flags      as they are
 * </pre>
 *
 * <p>Threads: one.
 */
final class TradeColumns {
    /** Most trades of a bucket. */
    static final int CAPACITY = 1_024;

    private static final int COLUMNS = 9;
    private static final int SEQUENCE = 0;
    private static final int ORDINAL = 1;
    private static final int MATCH = 2;
    private static final int RECEIVE = 3;
    private static final int PRICE = 4;
    private static final int QUANTITY = 5;
    private static final int TRADE_ID = 6;
    private static final int AUX = 7;
    private static final int FLAGS = 8;
    private static final long MOST_UNIT = 1_000_000_000L;
    private static final int MOST_BYTES = CAPACITY * COLUMNS * 10 + 1_024;

    private final long[][] columns = new long[COLUMNS][16];
    private int count;

    void add(long sequence, int ordinal, long matchNs, long receiveNs, long price, long quantity,
            long tradeId, long aux, int flags) {
        if (count == CAPACITY) {
            throw new IllegalStateException("a bucket is full with " + CAPACITY + " trades");
        }
        if (count == columns[0].length) {
            for (int i = 0; i < COLUMNS; i++) {
                columns[i] = Arrays.copyOf(columns[i], 2 * count);
            }
        }
        columns[SEQUENCE][count] = sequence;
        columns[ORDINAL][count] = ordinal;
        columns[MATCH][count] = matchNs;
        columns[RECEIVE][count] = receiveNs;
        columns[PRICE][count] = price;
        columns[QUANTITY][count] = quantity;
        columns[TRADE_ID][count] = tradeId;
        columns[AUX][count] = aux;
        columns[FLAGS][count] = flags;
        count++;
    }

    int count() {
        return count;
    }

    long sequence(int trade) {
        return columns[SEQUENCE][trade];
    }

    int ordinal(int trade) {
        return (int) columns[ORDINAL][trade];
    }

    long matchNs(int trade) {
        return columns[MATCH][trade];
    }

    long receiveNs(int trade) {
        return columns[RECEIVE][trade];
    }

    long price(int trade) {
        return columns[PRICE][trade];
    }

    long quantity(int trade) {
        return columns[QUANTITY][trade];
    }

    long tradeId(int trade) {
        return columns[TRADE_ID][trade];
    }

    long aux(int trade) {
        return columns[AUX][trade];
    }

    int flags(int trade) {
        return (int) columns[FLAGS][trade];
    }

    /** All columns, and the CRC of what was deflated. */
    static final class Packed {
        private final byte[] bytes;
        private final int crc;

        private Packed(byte[] bytes, int crc) {
            this.bytes = bytes;
            this.crc = crc;
        }

        /** Not a copy. */
        byte[] bytes() {
            return bytes;
        }

        int crc() {
            return crc;
        }
    }

    Packed pack() {
        Varints out = Varints.empty();
        for (int column = 0; column < COLUMNS; column++) {
            write(out, column);
        }
        byte[] plain = out.toBytes();
        return new Packed(deflate(plain), crc(plain));
    }

    private void write(Varints out, int column) {
        long[] values = columns[column];
        long unit = hasUnit(column) ? unit(values) : 1;
        if (hasUnit(column)) {
            out.unsigned(unit);
        }
        long before = 0;
        for (int i = 0; i < count; i++) {
            long value = unit == 1 ? values[i] : values[i] / unit;
            if (isPlain(column)) {
                out.unsigned(value);
            } else {
                out.signed(value - before);
                before = value;
            }
        }
    }

    private static boolean hasUnit(int column) {
        return column == MATCH || column == PRICE || column == QUANTITY;
    }

    private static boolean isPlain(int column) {
        return column == ORDINAL || column == QUANTITY || column == FLAGS;
    }

    private long unit(long[] values) {
        long unit = MOST_UNIT;
        for (int i = 0; i < count; i++) {
            while (values[i] % unit != 0) {
                unit /= 10;
            }
        }
        return unit;
    }

    static TradeColumns unpack(byte[] bytes, int count, int crc) {
        if (count < 0 || count > CAPACITY) {
            throw new UnreadableDocumentException("a bucket of " + count + " trades");
        }
        byte[] plain = inflate(bytes);
        if (crc(plain) != crc) {
            throw new UnreadableDocumentException("a bucket that does not have its checksum");
        }
        TradeColumns read = new TradeColumns();
        Varints in = Varints.of(plain);
        for (int column = 0; column < COLUMNS; column++) {
            read.columns[column] = new long[Math.max(1, count)];
            read(in, column, read.columns[column], count);
        }
        read.count = count;
        return read;
    }

    private static void read(Varints in, int column, long[] values, int count) {
        long unit = hasUnit(column) ? in.unsigned() : 1;
        long before = 0;
        for (int i = 0; i < count; i++) {
            before = isPlain(column) ? in.unsigned() : before + in.signed();
            values[i] = before * unit;
        }
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static byte[] deflate(byte[] plain) {
        try (Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setInput(plain);
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length / 2 + 16);
            byte[] chunk = new byte[8 << 10];
            while (!deflater.finished()) {
                packed.write(chunk, 0, deflater.deflate(chunk));
            }
            return packed.toByteArray();
        }
    }

    private static byte[] inflate(byte[] packed) {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(packed);
            byte[] plain = new byte[MOST_BYTES];
            int length = inflater.inflate(plain);
            if (!inflater.finished()) {
                throw new UnreadableDocumentException("a bucket that does not end");
            }
            return Arrays.copyOf(plain, length);
        } catch (DataFormatException e) {
            throw new UnreadableDocumentException("a bucket that cannot be inflated", e);
        }
    }
}
