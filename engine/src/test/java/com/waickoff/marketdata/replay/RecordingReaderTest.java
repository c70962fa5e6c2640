package com.waickoff.marketdata.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.decimal.Ascii;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingReaderTest {
    private static final String RECORDING = """
            10\tC\twss://example/stream
            11\tS\t{"op":"subscribe"}
            12\tR\t{"topic":"a"}
            13\tH\thttps://example/depth?limit=5\t{"lastUpdateId":1}
            """;

    @TempDir
    private Path directory;

    private final List<String> faults = new ArrayList<>();

    @Test
    void shouldReadEveryKindOfLine() throws IOException {
        assertEquals(List.of("10 C wss://example/stream", "11 S {\"op\":\"subscribe\"}",
                "12 R {\"topic\":\"a\"}",
                "13 H https://example/depth?limit=5 {\"lastUpdateId\":1}"), read(plain(RECORDING)));
        assertEquals(List.of(), faults);
    }

    @Test
    void shouldReadCompressedRecordings() throws IOException {
        assertEquals(read(plain(RECORDING)), read(compressed(RECORDING)));
    }

    @Test
    void shouldReadALastLineWithoutItsEndAndLinesThatEndInTwoBytes() throws IOException {
        assertEquals(List.of("1 R a", "2 R b"), read(plain("1\tR\ta\r\n2\tR\tb")));
    }

    @Test
    void shouldReadAFrameLongerThanItsBuffer() throws IOException {
        String frame = "x".repeat(5_079_379);

        assertEquals(List.of("1 R " + frame, "2 R y"),
                read(plain("1\tR\t" + frame + "\n2\tR\ty\n")));
    }

    @Test
    void shouldSkipAndReportBrokenLinesAndLoseNothingElse() throws IOException {
        List<String> lines = read(plain("""
                1\tR\ta
                nonsense
                2\tX\tb
                two\tR\tc
                3\tRR\td
                99999999999999999999\tR\te
                4\tH\thttps://example/no-body

                5\tR\tf
                """));

        assertEquals(List.of("1 R a", "5 R f"), lines);
        assertEquals(List.of("2: not of the form: receive time, TAB, kind, TAB, payload",
                "3: its kind is 'X', known are C, S, R and H",
                "4: its receive time is not a number of nanoseconds",
                "5: not of the form: receive time, TAB, kind, TAB, payload",
                "6: its receive time is not a number of nanoseconds",
                "7: an HTTP answer without a TAB between URL and body"), faults);
    }

    @Test
    void shouldReadACutOffFileAsFarAsItGoes() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200_000; i++) {
            text.append(i).append("\tR\t{\"n\":").append(i * 7919 % 1_000_003).append("}\n");
        }
        Path whole = compressed(text.toString());
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = directory.resolve("cut.tsv.gz");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));

        List<String> lines = read(cut);

        assertTrue(lines.size() > 50_000, "lines read: " + lines.size());
        assertEquals("0 R {\"n\":0}", lines.getFirst());
        assertTrue(faults.getFirst().endsWith("the file is cut off or damaged here"),
                faults.toString());
    }

    @Test
    void shouldReadNothingFromAnEmptyFile() throws IOException {
        assertEquals(List.of(), read(plain("")));
    }

    @Test
    void shouldTellHowFarItHasCome() throws IOException {
        Path file = plain(RECORDING);
        try (RecordingReader reader = RecordingReader.open(file, (line, what) -> {})) {
            while (reader.next()) {
                assertTrue(reader.bytesRead() <= reader.fileBytes());
            }
            assertEquals(Files.size(file), reader.bytesRead());
            assertFalse(reader.next());
        }
    }

    private List<String> read(Path file) throws IOException {
        faults.clear();
        List<String> lines = new ArrayList<>();
        try (RecordingReader reader = RecordingReader.open(file,
                (line, what) -> faults.add(line + ": " + what))) {
            while (reader.next()) {
                String url = reader.kind() == 'H' ? reader.url() + ' ' : "";
                lines.add(reader.receiveTimeNs() + " " + (char) reader.kind() + ' ' + url
                        + Ascii.text(reader.payloadAddress(), reader.payloadLength()));
            }
        }
        return lines;
    }

    private Path plain(String text) throws IOException {
        return Files.writeString(directory.resolve("recording.tsv"), text);
    }

    private Path compressed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Files.write(directory.resolve("recording.tsv.gz"), bytes.toByteArray());
    }
}
