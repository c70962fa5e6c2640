package com.waickoff.venue.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.venue.ProjectFiles;
import com.waickoff.venue.Venue;
import com.waickoff.venue.VenueSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingWriterTest {
    @TempDir
    Path folder;

    @Test
    void shouldWriteALineAnItem() throws IOException {
        List<String> lines = ProjectFiles.lines(write("plain.tsv"));

        assertThat(lines).hasSizeGreaterThanOrEqualTo(2_000)
                .allMatch(line -> line.matches("\\d{19}\t[CSRH]\t[^\t]+(\t[^\t]+)?"));
        assertThat(lines.getFirst()).endsWith("\tC\twss://fstream.binance.com/public/stream");
        assertThat(lines.get(1)).contains("\tS\t{\"method\":\"SUBSCRIBE\"");
        assertThat(lines).filteredOn(line -> line.contains("\tH\t")).hasSize(2).allMatch(
                line -> line.matches(".*\tH\thttps://\\S+symbol=\\w+\t\\{\"lastUpdateId\".*"));
    }

    @Test
    void shouldPackWhereTheNameSaysSo() throws IOException {
        assertThat(ProjectFiles.bytes(write("packed.tsv.gz")))
                .isEqualTo(ProjectFiles.bytes(write("plain.tsv")));
        assertThat(folder.resolve("packed.tsv.gz").toFile().length())
                .isLessThan(folder.resolve("plain.tsv").toFile().length() / 3);
    }

    private Path write(String name) throws IOException {
        Path file = folder.resolve(name);
        try (RecordingWriter writer = new RecordingWriter(file)) {
            VenueSession.builder(Venue.BINANCE_USDM, 3).frames(writer).open().runFrames(2_000);
        }
        return file;
    }
}
