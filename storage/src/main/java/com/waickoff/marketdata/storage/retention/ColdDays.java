package com.waickoff.marketdata.storage.retention;

import com.waickoff.marketdata.DayExport;
import com.waickoff.marketdata.replay.ExportFormat;
import com.waickoff.marketdata.replay.ExportSettings;
import com.waickoff.marketdata.replay.ExportTable;
import com.waickoff.marketdata.window.ValueAreaRule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Days of a journal as Parquet, and what says of them what they are.
 *
 * <pre>
 *  DATA/cold
 *  +-- trades/date=2026-11-21/JOURNAL.parquet     a table of a UTC day, of all instruments
 *  +-- windows/date=2026-11-21/JOURNAL.parquet    JOURNAL is the journal's id: a day may have been
 *  +-- profile/…  signals/…  levels/…             written by two
 *  +-- days/2026-11-21.JOURNAL.day                manifest, written last: the day is complete
 *  +-- new/                                       being written; whoever comes next removes it
 *
 *  manifest: lines KEY=VALUE of UTF-8, sorted, the last of them the SHA-256 of all before
 *    date, journal, first_sequence, last_sequence, version
 *    TABLE.rows, TABLE.bytes, TABLE.sha256        of each table
 *    zz_sha256
 * </pre>
 *
 * <p>Threads: one.
 */
final class ColdDays {
    static final int VERSION = 1;

    private static final String DAYS = "days";
    private static final String NEW = "new";
    private static final String MANIFEST_SUFFIX = ".day";
    private static final String PARQUET_SUFFIX = ".parquet";
    private static final String DATE = "date=";
    private static final String CHECK = "zz_sha256=";
    private static final int BUFFER_LENGTH = 1 << 16;

    private final Path directory;

    /**
     * How far days go.
     *
     * @param sequence last one that is in a complete day; 0 for none
     * @param epochDay that day
     */
    record End(long sequence, long epochDay) {
        static final End NONE = new End(0, Long.MIN_VALUE);
    }

    /** In this directory, which need not exist yet. */
    ColdDays(Path directory) {
        this.directory = directory;
    }

    /** Where a day of some tables is to be written, empty; what was there was never completed. */
    ExportSettings begin(Set<ExportTable> tables) throws IOException {
        tidy();
        return new ExportSettings(directory.resolve(NEW), EnumSet.of(ExportFormat.PARQUET),
                tables, ValueAreaRule.DEFAULT);
    }

    /** Removes what was never completed. */
    void tidy() throws IOException {
        Path aside = directory.resolve(NEW);
        if (Files.exists(aside)) {
            try (Stream<Path> files = Files.walk(aside)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Path days = directory.resolve(DAYS);
        if (Files.isDirectory(days)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(days, "*" + NEW)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Gives the tables of a day their names, and says at last that they are there. */
    void complete(DayExport.Day day) throws IOException {
        String date = LocalDate.ofEpochDay(day.epochDay()).toString();
        Map<String, String> manifest = new TreeMap<>();
        manifest.put("date", date);
        manifest.put("version", Integer.toString(VERSION));
        manifest.put("journal", Long.toString(day.journalId()));
        manifest.put("first_sequence", Long.toString(day.firstSequence()));
        manifest.put("last_sequence", Long.toString(day.lastSequence()));
        for (Map.Entry<ExportTable, Long> table : day.rows().entrySet()) {
            String label = table.getKey().label();
            Path written = directory.resolve(NEW).resolve(label + PARQUET_SUFFIX);
            Path target = Files.createDirectories(directory.resolve(label).resolve(DATE + date))
                    .resolve(day.journalId() + PARQUET_SUFFIX);
            force(written);
            manifest.put(label + ".rows", Long.toString(table.getValue()));
            manifest.put(label + ".bytes", Long.toString(Files.size(written)));
            manifest.put(label + ".sha256", sha256(written));
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        StringBuilder text = new StringBuilder();
        manifest.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        String check = sha256(text.toString());
        text.append(CHECK).append(check).append('\n');
        Path file = Files.createDirectories(directory.resolve(DAYS))
                .resolve(date + '.' + day.journalId() + MANIFEST_SUFFIX);
        Path aside = file.resolveSibling(file.getFileName() + "." + NEW);
        Files.writeString(aside, text, StandardCharsets.UTF_8);
        force(aside);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        tidy();
    }

    /** How far the days of a journal go. */
    End end(long journalId) throws IOException {
        End end = End.NONE;
        for (Path file : list(directory.resolve(DAYS), "*." + journalId + MANIFEST_SUFFIX)) {
            Map<String, String> manifest = manifest(file);
            if (manifest != null) {
                long last = Long.parseLong(manifest.getOrDefault("last_sequence", "0"));
                end = last <= end.sequence ? end : new End(last,
                        LocalDate.parse(manifest.getOrDefault("date", "")).toEpochDay());
            }
        }
        return end;
    }

    /** The tables of days, in no order. */
    List<ColdFile> files() throws IOException {
        List<ColdFile> files = new ArrayList<>();
        for (ExportTable table : ExportTable.values()) {
            for (Path day : list(directory.resolve(table.label()), DATE + "*")) {
                for (Path file : list(day, "*" + PARQUET_SUFFIX)) {
                    files.add(new ColdFile(file, table, epochDay(day), Files.size(file)));
                }
            }
        }
        return files;
    }

    /** Removes a table of a day; one that is gone already is no fault. */
    void remove(ColdFile file) throws IOException {
        Files.deleteIfExists(file.path());
        Path day = file.path().getParent();
        if (day != null && list(day, "*").isEmpty()) {
            Files.deleteIfExists(day);
        }
    }

    /** Null if it is damaged: then the day is exported again. */
    private static @Nullable Map<String, String> manifest(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int check = text.lastIndexOf(CHECK);
        if (check < 0 || !text.substring(check)
                .equals(CHECK + sha256(text.substring(0, check)) + '\n')) {
            return null;
        }
        Map<String, String> manifest = new TreeMap<>();
        text.lines().forEach(line -> manifest.put(line.substring(0, line.indexOf('=')),
                line.substring(line.indexOf('=') + 1)));
        return manifest;
    }

    private static long epochDay(Path day) throws IOException {
        try {
            return LocalDate.parse(day.getFileName().toString().substring(DATE.length()))
                    .toEpochDay();
        } catch (DateTimeException e) {
            throw new IOException(day + ": is no day of the form " + DATE + "2026-11-21", e);
        }
    }

    private static List<Path> list(Path folder, String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
            files.forEach(found::add);
        } catch (NoSuchFileException nothingYet) {
            return List.of();
        }
        return found;
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER_LENGTH];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(
                digest().digest(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
