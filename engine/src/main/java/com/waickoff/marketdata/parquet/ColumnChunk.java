package com.waickoff.marketdata.parquet;

import io.airlift.compress.zstd.ZstdCompressor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The values of a column in a group of rows: kept until the group is full, then written as one page,
 * behind a page of its dictionary where few values come often.
 *
 * <p>Threads: one.
 */
final class ColumnChunk {
    private static final int DATA_PAGE_V2 = 3;
    private static final int DICTIONARY_PAGE = 2;
    private static final int ZSTD = 6;
    /** More different values than this are written as they are. */
    private static final int MOST_ENTRIES = 1 << 14;
    private static final int FEW_ROWS = 1 << 10;

    private final ParquetColumn column;
    private long[] values = new long[FEW_ROWS];
    private long[] highs; // upper halves of decimals
    private @Nullable String[] texts;
    private long[] present; // of each row 1 or 0, where it may be empty
    private int rows;
    private int count;

    private record Wide(long high, long low) {}

    /** What of a chunk goes to the footer. */
    record Written(ParquetColumn column, long offset, long dataOffset, int rows, long plainBytes,
            long packedBytes, int encoding, boolean hasDictionary, boolean isBounded, long least,
            long most, int nulls) {
        /**
         * Writes the {@code ColumnChunk}.
         *
         * <pre>
         *   2 file offset  3 meta data: 1 type  2 encodings  3 path  4 codec  5 values
         *                  6 bytes unpacked  7 bytes packed  9 data page  11 dictionary page
         *                  12 statistics: 3 nulls  5 most  6 least
         * </pre>
         */
        void writeTo(CompactThrift out) {
            out.beginStruct();
            out.i64(2, offset);
            out.beginStruct(3);
            out.i32(1, column.kind().physicalType());
            if (hasDictionary) {
                out.numbers(2, Encoding.PLAIN, Encoding.RLE, encoding);
            } else {
                out.numbers(2, Encoding.RLE, encoding);
            }
            out.texts(3, column.name());
            out.i32(4, ZSTD);
            out.i64(5, rows);
            out.i64(6, plainBytes);
            out.i64(7, packedBytes);
            out.i64(9, dataOffset);
            if (hasDictionary) {
                out.i64(11, offset);
            }
            out.beginStruct(12);
            out.i64(3, nulls);
            if (isBounded) {
                out.binary(5, plain(most));
                out.binary(6, plain(least));
            }
            out.endStruct().endStruct().endStruct();
        }

        private static byte[] plain(long bound) {
            Bytes plain = new Bytes();
            plain.littleEndian(bound, Long.BYTES);
            return plain.toByteArray();
        }
    }

    ColumnChunk(ParquetColumn column) {
        this.column = column;
        highs = new long[column.kind() == ParquetColumn.Kind.DECIMAL ? FEW_ROWS : 0];
        texts = new String[column.kind() == ParquetColumn.Kind.TEXT ? FEW_ROWS : 0];
        present = new long[column.optional() ? FEW_ROWS : 0];
    }

    void integer(long value) {
        require(ParquetColumn.Kind.INTEGER);
        int at = take();
        values[at] = value;
    }

    void flag(boolean value) {
        require(ParquetColumn.Kind.BOOLEAN);
        int at = take();
        values[at] = value ? 1 : 0;
    }

    void text(String value) {
        require(ParquetColumn.Kind.TEXT);
        int at = take();
        texts[at] = value;
    }

    void decimal(long high, long low) {
        require(ParquetColumn.Kind.DECIMAL);
        int at = take();
        highs[at] = high;
        values[at] = low;
    }

    void empty() {
        if (!column.optional()) {
            throw new IllegalStateException(column.name() + " must not be empty");
        }
        row(0);
    }

    private void require(ParquetColumn.Kind kind) {
        if (column.kind() != kind) {
            throw new IllegalStateException(
                    column.name() + " holds " + column.kind() + ", not " + kind);
        }
    }

    private int take() {
        row(1);
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
            highs = highs.length == 0 ? highs : Arrays.copyOf(highs, 2 * count);
            texts = texts.length == 0 ? texts : Arrays.copyOf(texts, 2 * count);
        }
        return count++;
    }

    private void row(int isPresent) {
        if (column.optional()) {
            if (rows == present.length) {
                present = Arrays.copyOf(present, 2 * rows);
            }
            present[rows] = isPresent;
        }
        rows++;
    }

    /** Writes the chunk and forgets its values. */
    Written writeTo(OutputStream target, long offset, ZstdCompressor compressor)
            throws IOException {
        Bytes chunk = new Bytes();
        Bytes levels = new Bytes();
        if (column.optional()) {
            Encoding.hybrid(present, rows, 1, levels);
        }
        Bytes body = new Bytes();
        Bytes dictionary = new Bytes();
        int entries = encodeByDictionary(body, dictionary);
        int encoding = entries > 0 ? Encoding.RLE_DICTIONARY : encode(body);
        long plainBytes = 0;
        if (entries > 0) {
            plainBytes = dictionaryPage(chunk, dictionary, entries, compressor);
        }
        long dataOffset = offset + chunk.size();
        plainBytes += dataPage(chunk, levels, body, encoding, compressor);
        chunk.sendTo(target);
        boolean isBounded = column.kind() == ParquetColumn.Kind.INTEGER && count > 0;
        Written written = new Written(column, offset, dataOffset, rows, plainBytes, chunk.size(),
                encoding, entries > 0, isBounded, isBounded ? bound(Math::min) : 0,
                isBounded ? bound(Math::max) : 0, rows - count);
        rows = 0;
        count = 0;
        return written;
    }

    private long bound(LongBinaryOperator choice) {
        return Arrays.stream(values, 0, count).reduce(values[0], choice);
    }

    private int encode(Bytes body) {
        switch (column.kind()) {
            case INTEGER -> {
                Encoding.delta(values, count, body);
                return Encoding.DELTA_BINARY_PACKED;
            }
            case BOOLEAN -> body.packed(values, 0, count, 1);
            case TEXT -> {
                for (int i = 0; i < count; i++) {
                    plain(String.valueOf(texts[i]), body);
                }
            }
            case DECIMAL -> {
                for (int i = 0; i < count; i++) {
                    body.bigEndian(highs[i]);
                    body.bigEndian(values[i]);
                }
            }
        }
        return Encoding.PLAIN;
    }

    private static void plain(String text, Bytes to) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        to.littleEndian(utf8.length, Integer.BYTES);
        to.write(utf8, 0, utf8.length);
    }

    /** The number of entries; 0 where a dictionary would not pay. */
    private int encodeByDictionary(Bytes body, Bytes dictionary) {
        boolean isText = column.kind() == ParquetColumn.Kind.TEXT;
        if (count == 0 || !(isText || column.kind() == ParquetColumn.Kind.DECIMAL)) {
            return 0;
        }
        Map<Object, Integer> entries = new HashMap<>();
        long[] indices = new long[count];
        for (int i = 0; i < count; i++) {
            Object value = isText ? String.valueOf(texts[i]) : new Wide(highs[i], values[i]);
            Integer known = entries.get(value);
            if (known == null) {
                known = entries.size();
                if (known == MOST_ENTRIES || known > count / 2) {
                    dictionary.reset();
                    return 0;
                }
                entries.put(value, known);
                if (value instanceof Wide wide) {
                    dictionary.bigEndian(wide.high);
                    dictionary.bigEndian(wide.low);
                } else {
                    plain((String) value, dictionary);
                }
            }
            indices[i] = known;
        }
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(entries.size() - 1);
        body.write(width);
        Encoding.hybrid(indices, count, width, body);
        return entries.size();
    }

    /** Page header: 1 type, 2 bytes unpacked, 3 bytes packed, 7 entries and their encoding. */
    private static long dictionaryPage(Bytes chunk, Bytes dictionary, int entries,
            ZstdCompressor compressor) {
        byte[] packed = packed(dictionary, compressor);
        int before = chunk.size();
        CompactThrift header = new CompactThrift(chunk).beginStruct();
        header.i32(1, DICTIONARY_PAGE);
        header.i32(2, dictionary.size());
        header.i32(3, packed.length);
        header.beginStruct(7);
        header.i32(1, entries);
        header.i32(2, Encoding.PLAIN);
        header.endStruct().endStruct();
        int headerBytes = chunk.size() - before;
        chunk.write(packed, 0, packed.length);
        return (long) headerBytes + dictionary.size();
    }

    /**
     * Page header: 1 type, 2 bytes unpacked, 3 bytes packed, 8 values, nulls, rows, encoding, bytes
     * of both levels, whether packed. The levels precede the values and are never packed.
     */
    private long dataPage(Bytes chunk, Bytes levels, Bytes body, int encoding,
            ZstdCompressor compressor) throws IOException {
        byte[] packed = packed(body, compressor);
        int before = chunk.size();
        CompactThrift header = new CompactThrift(chunk).beginStruct();
        header.i32(1, DATA_PAGE_V2);
        header.i32(2, levels.size() + body.size());
        header.i32(3, levels.size() + packed.length);
        header.beginStruct(8);
        header.i32(1, rows);
        header.i32(2, rows - count);
        header.i32(3, rows);
        header.i32(4, encoding);
        header.i32(5, levels.size());
        header.i32(6, 0);
        header.flag(7, true);
        header.endStruct().endStruct();
        int headerBytes = chunk.size() - before;
        levels.sendTo(chunk);
        chunk.write(packed, 0, packed.length);
        return (long) headerBytes + levels.size() + body.size();
    }

    private static byte[] packed(Bytes plain, ZstdCompressor compressor) {
        byte[] room = new byte[compressor.maxCompressedLength(plain.size())];
        int length = compressor.compress(plain.array(), 0, plain.size(), room, 0, room.length);
        return Arrays.copyOf(room, length);
    }
}
