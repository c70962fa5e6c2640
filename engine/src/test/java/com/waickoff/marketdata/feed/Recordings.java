package com.waickoff.marketdata.feed;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.waickoff.marketdata.event.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Recorded frames of real venues, which lie beside the project and not in it. */
public final class Recordings {
    /**
     * One line of a recording.
     *
     * @param timeNs receive time
     * @param kind C, S, R or H
     * @param text payload
     */
    public record Line(long timeNs, char kind, String text) {}

    private Recordings() {}

    /** The folder of recordings; the test is skipped, visibly, where there is none. */
    public static Path folder() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        assumeTrue(folder != null, "no project root above the working directory");
        Path recordings = folder.resolveSibling("shared").resolve("recordings");
        assumeTrue(Files.isDirectory(recordings), "no recordings at " + recordings);
        return recordings;
    }

    /** All lines of a recording. */
    public static List<Line> read(String name) {
        Path file = folder().resolve(name + ".tsv.gz");
        assumeTrue(Files.exists(file), "no recording " + file);
        List<Line> lines = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int first = line.indexOf('\t');
                int second = line.indexOf('\t', first + 1);
                lines.add(new Line(Long.parseLong(line.substring(0, first)),
                        line.charAt(first + 1), line.substring(second + 1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    /** Drives a feed through a recording. */
    public static void drive(VenueProtocol feed, List<Line> lines) {
        drive(feed, lines, line -> {});
    }

    /** Drives a feed through a recording; {@code after} sees each line after the feed did. */
    public static void drive(VenueProtocol feed, List<Line> lines,
            java.util.function.Consumer<Line> after) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(16 << 20);
            feed.onConnect(0, 1, lines.getFirst().timeNs());
            for (Line line : lines) {
                String text = line.text();
                int tab = line.kind() == 'H' ? text.indexOf('\t') : -1;
                byte[] bytes = text.substring(tab + 1).getBytes(StandardCharsets.UTF_8);
                MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
                if (line.kind() == 'R') {
                    feed.onFrame(0, memory.address(), bytes.length, line.timeNs());
                } else if (line.kind() == 'H') {
                    feed.onHttp(text.substring(0, tab), memory.address(), bytes.length,
                            line.timeNs());
                }
                after.accept(line);
            }
            feed.onDisconnect(0, Reason.DISCONNECTED, lines.getLast().timeNs());
        }
    }
}
