package com.waickoff.marketdata.status;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a drain is doing, as it tells other processes: lines {@code key=value} of UTF-8 in a file that is
 * replaced as a whole, about once a second.
 *
 * <pre>
 *   format=1
 *   pid=…  epoch=…  started_ms=…  written_ms=…      times in ms since the epoch
 *   lane.mongo.state=following                      a lane for each sink
 *   lane.mongo.lag_events=…                         journaled, and not handed to the sink yet
 *   lane.mongo.lag_ms=…                             how old the newest event is that the sink has
 *   lane.mongo.effects=…
 *   lane.mongo.written.trade.processed=…            of them, by type
 *   retention.last_ms=…                             what retention did
 * </pre>
 *
 * <p>Fields are added, never changed; a reader passes over what it does not know.
 *
 * <p>Threads: immutable.
 */
public final class DrainStatus {
    /** Version of what this program reads and writes. */
    public static final int FORMAT = 1;

    private static final String FILE = "status.properties";
    private static final String FORMAT_KEY = "format";
    private static final String LANE = "lane.";
    private static final long TOO_OLD_MS = 10_000;

    private final SortedMap<String, String> values;

    private DrainStatus(SortedMap<String, String> values) {
        this.values = values;
    }

    /** The file of the drain that works in this directory. */
    public static Path in(Path directory) {
        return directory.resolve(FILE);
    }

    /** What a key of a lane begins with. */
    public static String prefix(String lane) {
        return LANE + lane + '.';
    }

    /**
     * Reads the file.
     *
     * @param directory of the drain
     * @throws java.nio.file.NoSuchFileException if no drain has run there
     * @throws IOException if it cannot be read or is of another version
     */
    public static DrainStatus read(Path directory) throws IOException {
        Path file = in(directory);
        SortedMap<String, String> values = new TreeMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        String format = values.getOrDefault(FORMAT_KEY, "");
        if (!format.equals(Integer.toString(FORMAT))) {
            throw new IOException(file + ": says format '" + format + "', this program reads "
                    + FORMAT);
        }
        return new DrainStatus(values);
    }

    /**
     * Replaces the file.
     *
     * @param directory of the drain
     * @param values without the format; line breaks in them become blanks
     */
    public static void write(Path directory, Map<String, String> values) throws IOException {
        StringBuilder text = new StringBuilder().append(FORMAT_KEY).append('=').append(FORMAT)
                .append('\n');
        values.forEach((key, value) -> text.append(key).append('=')
                .append(value.replaceAll("\\p{Cntrl}+", " ")).append('\n'));
        Path file = in(directory);
        Path aside = file.resolveSibling(FILE + ".new");
        Files.writeString(aside, text, StandardCharsets.UTF_8);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether the drain that wrote it lives. */
    public boolean isRunning(long nowMs) {
        return nowMs - number("written_ms") < TOO_OLD_MS
                && ProcessHandle.of(number("pid")).isPresent();
    }

    /** Names of the lanes, each that of its sink. */
    public SortedSet<String> lanes() {
        SortedSet<String> lanes = new TreeSet<>();
        for (String key : values.keySet()) {
            if (key.startsWith(LANE)) {
                lanes.add(key.substring(LANE.length(), key.indexOf('.', LANE.length())));
            }
        }
        return lanes;
    }

    /** All of a lane, by field. */
    public SortedMap<String, String> lane(String lane) {
        SortedMap<String, String> fields = new TreeMap<>();
        values.tailMap(prefix(lane)).forEach((key, value) -> {
            if (key.startsWith(prefix(lane))) {
                fields.put(key.substring(prefix(lane).length()), value);
            }
        });
        return fields;
    }

    /** What the drain as a whole says, by key. */
    public SortedMap<String, String> process() {
        SortedMap<String, String> process = new TreeMap<>(values);
        process.keySet().removeIf(key -> key.startsWith(LANE));
        return process;
    }

    /** A field of a lane; empty where it is not there. */
    public String text(String lane, String field) {
        return values.getOrDefault(prefix(lane) + field, "");
    }

    /** A field of a lane; 0 where it is not there, or none. */
    public long number(String lane, String field) {
        return number(prefix(lane) + field);
    }

    /** How far a sink is behind, in ms; -1 where nobody knows. */
    public long lagMs(String lane) {
        return lag(lane, "lag_ms");
    }

    /** How far a sink is behind, in events; -1 where nobody knows. */
    public long lagEvents(String lane) {
        return lag(lane, "lag_events");
    }

    private long lag(String lane, String field) {
        return text(lane, field).isEmpty() ? -1 : number(lane, field);
    }

    /** A value of the drain as a whole; 0 where it is not there, or none. */
    public long number(String key) {
        try {
            return Long.parseLong(values.getOrDefault(key, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
