package com.waickoff.marketdata.parquet;

import io.airlift.compress.zstd.ZstdCompressor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a file of Apache Parquet, row by row, column by column.
 *
 * <pre>
 *   PAR1
 *   group of rows:  chunk of column 1 | chunk of column 2 | …       up to 131,072 rows
 *   …
 *   footer: schema, groups, key-value metadata | its length (4) | PAR1
 * </pre>
 *
 * <p>A file without {@link #close} has no footer, and no reader takes it for whole.
 *
 * <p>Source: Apache Parquet format 2.11, parquet.thrift and Encodings.md. Threads: one.
 */
public final class ParquetFile implements AutoCloseable {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int ROWS_PER_GROUP = 1 << 17;
    private static final int FORMAT_VERSION = 2;
    private static final String CREATED_BY = "waickoff version 0.1.0 (build 1)";
    private static final long[] POWERS_OF_TEN = powersOfTen();

    private final OutputStream out;
    private final List<ParquetColumn> columns;
    private final Map<String, String> metadata;
    private final ColumnChunk[] chunks;
    private final ZstdCompressor compressor = new ZstdCompressor();
    private final List<Group> groups = new ArrayList<>();
    private long position;
    private long totalRows;
    private int rows; // of the group
    private int column;

    private record Group(List<ColumnChunk.Written> chunks, int rows) {}

    private ParquetFile(OutputStream out, List<ParquetColumn> columns,
            Map<String, String> metadata) {
        this.out = out;
        this.columns = List.copyOf(columns);
        this.metadata = new TreeMap<>(metadata);
        chunks = columns.stream().map(ColumnChunk::new).toArray(ColumnChunk[]::new);
    }

    /**
     * Begins a file, replacing an older one.
     *
     * @param metadata kept in the footer
     */
    public static ParquetFile create(Path path, List<ParquetColumn> columns,
            Map<String, String> metadata) throws IOException {
        ParquetFile file = new ParquetFile(new BufferedOutputStream(Files.newOutputStream(path)),
                columns, metadata);
        file.write(MAGIC);
        return file;
    }

    /** The next column of the row is this text. */
    public void text(String value) {
        next().text(value);
    }

    /** The next column of the row is this number. */
    public void integer(long value) {
        next().integer(value);
    }

    /** The next column of the row is true or false. */
    public void flag(boolean value) {
        next().flag(value);
    }

    /**
     * The next column of the row is {@code unscaled / 10^scale}, exactly.
     *
     * @param scale 0 to {@link ParquetColumn#DECIMAL_SCALE}
     */
    public void decimal(long unscaled, int scale) {
        long factor = POWERS_OF_TEN[ParquetColumn.DECIMAL_SCALE - scale];
        next().decimal(Math.multiplyHigh(unscaled, factor), unscaled * factor);
    }

    /** The next column of the row is empty. */
    public void empty() {
        next().empty();
    }

    private ColumnChunk next() {
        if (column == chunks.length) {
            throw new IllegalStateException("a row has " + chunks.length + " columns");
        }
        return chunks[column++];
    }

    /** The row is complete. */
    public void endRow() throws IOException {
        if (column != chunks.length) {
            throw new IllegalStateException(
                    "a row has " + chunks.length + " columns, not " + column);
        }
        column = 0;
        rows++;
        if (rows == ROWS_PER_GROUP) {
            writeGroup();
        }
    }

    private void writeGroup() throws IOException {
        List<ColumnChunk.Written> written = new ArrayList<>();
        for (ColumnChunk chunk : chunks) {
            ColumnChunk.Written each = chunk.writeTo(out, position, compressor);
            position += each.packedBytes();
            written.add(each);
        }
        groups.add(new Group(written, rows));
        totalRows += rows;
        rows = 0;
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }

    /** Completes the file. */
    @Override
    public void close() throws IOException {
        try (out) {
            if (rows > 0) {
                writeGroup();
            }
            Bytes footer = new Bytes();
            writeFooter(new CompactThrift(footer));
            int length = footer.size();
            footer.littleEndian(length, Integer.BYTES);
            footer.sendTo(out);
            write(MAGIC);
        }
    }

    /**
     * Writes the {@code FileMetaData}.
     *
     * <pre>
     *   1 version  2 schema  3 rows  4 groups: 1 chunks  2 bytes  3 rows  6 bytes packed  7 ordinal
     *   5 key-value metadata  6 created by  7 orders of columns
     * </pre>
     */
    private void writeFooter(CompactThrift footer) {
        footer.beginStruct();
        footer.i32(1, FORMAT_VERSION);
        footer.structs(2, columns.size() + 1);
        footer.beginStruct();
        footer.text(4, "schema");
        footer.i32(5, columns.size());
        footer.endStruct();
        columns.forEach(each -> each.writeTo(footer));
        footer.i64(3, totalRows);
        footer.structs(4, groups.size());
        for (int i = 0; i < groups.size(); i++) {
            writeGroup(footer, groups.get(i), i);
        }
        footer.structs(5, metadata.size());
        metadata.forEach((key, value) -> {
            footer.beginStruct();
            footer.text(1, key);
            footer.text(2, value);
            footer.endStruct();
        });
        footer.text(6, CREATED_BY);
        footer.structs(7, columns.size());
        for (int i = 0; i < columns.size(); i++) {
            footer.beginStruct().beginStruct(1).endStruct().endStruct();
        }
        footer.endStruct();
    }

    private static void writeGroup(CompactThrift footer, Group group, int ordinal) {
        footer.beginStruct();
        footer.structs(1, group.chunks.size());
        group.chunks.forEach(chunk -> chunk.writeTo(footer));
        footer.i64(2, group.chunks.stream().mapToLong(ColumnChunk.Written::plainBytes).sum());
        footer.i64(3, group.rows);
        footer.i64(6, group.chunks.stream().mapToLong(ColumnChunk.Written::packedBytes).sum());
        footer.i16(7, ordinal);
        footer.endStruct();
    }

    private static long[] powersOfTen() {
        long[] powers = new long[ParquetColumn.DECIMAL_SCALE + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
