package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.parquet.ParquetColumn;
import com.waickoff.marketdata.parquet.ParquetFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table being written, in every format that is wanted.
 *
 * <pre>
 *   directory/windows.csv       header line, then a line for each row
 *   directory/windows.parquet   the same rows; metadata: waickoff.table, waickoff.version, …
 * </pre>
 *
 * <p>Threads: one.
 */
final class TableFile implements TableRow, AutoCloseable {
    private final List<Sheet> sheets = new ArrayList<>();
    private long rows;

    /** The table in one format. */
    private interface Sheet extends AutoCloseable {
        TableRow row();

        void endRow() throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * Begins the files of a table, replacing older ones.
     *
     * @param metadata kept where the format has a place for it
     */
    TableFile(ExportTable table, ExportSettings settings, Map<String, String> metadata)
            throws IOException {
        Files.createDirectories(settings.directory());
        for (ExportFormat format : ExportFormat.values()) {
            if (settings.formats().contains(format)) {
                Path path = settings.directory().resolve(table.label() + '.' + format.label());
                sheets.add(switch (format) {
                    case CSV -> new CsvSheet(table, Files.newBufferedWriter(path,
                            StandardCharsets.UTF_8));
                    case PARQUET -> new ParquetSheet(table, path, metadata);
                });
            }
        }
    }

    @Override
    public TableRow text(String value) {
        sheets.forEach(sheet -> sheet.row().text(value));
        return this;
    }

    @Override
    public TableRow integer(long value) {
        sheets.forEach(sheet -> sheet.row().integer(value));
        return this;
    }

    @Override
    public TableRow decimal(long unscaled, int scale) {
        sheets.forEach(sheet -> sheet.row().decimal(unscaled, scale));
        return this;
    }

    @Override
    public TableRow flag(boolean value) {
        sheets.forEach(sheet -> sheet.row().flag(value));
        return this;
    }

    @Override
    public TableRow empty() {
        sheets.forEach(sheet -> sheet.row().empty());
        return this;
    }

    /** The row is complete. */
    void endRow() {
        try {
            for (Sheet sheet : sheets) {
                sheet.endRow();
            }
            rows++;
        } catch (IOException e) {
            // Rows are handed on by parts that know nothing of files; whoever began these sees it.
            throw new UncheckedIOException(e);
        }
    }

    /** Rows that are complete. */
    long rows() {
        return rows;
    }

    @Override
    public void close() throws IOException {
        for (Sheet sheet : sheets) {
            sheet.close();
        }
    }

    private static final class CsvSheet implements Sheet {
        private final BufferedWriter out;
        private final CsvRow row = new CsvRow();

        CsvSheet(ExportTable table, BufferedWriter out) throws IOException {
            this.out = out;
            out.write(table.header());
            out.write('\n');
        }

        @Override
        public TableRow row() {
            return row;
        }

        @Override
        public void endRow() throws IOException {
            out.write(row.take());
            out.write('\n');
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    private static final class ParquetSheet implements Sheet, TableRow {
        private final ParquetFile file;

        ParquetSheet(ExportTable table, Path path, Map<String, String> metadata)
                throws IOException {
            Map<String, String> all = new TreeMap<>(metadata);
            all.put("waickoff.table", table.label());
            all.put("waickoff.version", Integer.toString(table.version()));
            file = ParquetFile.create(path,
                    table.all().stream().map(ParquetSheet::column).toList(), all);
        }

        private static ParquetColumn column(ExportTable.Column column) {
            ParquetColumn.Kind kind = switch (column.type()) {
                case TEXT -> ParquetColumn.Kind.TEXT;
                case INTEGER -> ParquetColumn.Kind.INTEGER;
                case DECIMAL -> ParquetColumn.Kind.DECIMAL;
                case FLAG -> ParquetColumn.Kind.BOOLEAN;
            };
            return new ParquetColumn(column.name(), kind, column.optional());
        }

        @Override
        public TableRow row() {
            return this;
        }

        @Override
        public TableRow text(String value) {
            file.text(value);
            return this;
        }

        @Override
        public TableRow integer(long value) {
            file.integer(value);
            return this;
        }

        @Override
        public TableRow decimal(long unscaled, int scale) {
            file.decimal(unscaled, scale);
            return this;
        }

        @Override
        public TableRow flag(boolean value) {
            file.flag(value);
            return this;
        }

        @Override
        public TableRow empty() {
            file.empty();
            return this;
        }

        @Override
        public void endRow() throws IOException {
            file.endRow();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
