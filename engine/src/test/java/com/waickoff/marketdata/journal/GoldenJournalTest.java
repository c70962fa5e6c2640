package com.waickoff.marketdata.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal as format version 1 wrote it, kept in the sources: every later version must read it,
 * and go on in it. A new version of the format adds a file of its own.
 *
 * <p>It was made by {@link #main}: every kind of event, two cycles, the second one after a restart.
 */
class GoldenJournalTest {
    private static final String VERSION_1 = "journal-v1.zip";
    private static final long T = Tape.MIDNIGHT_NS;

    @TempDir
    private Path directory;

    /** Writes a golden journal to the path it is given. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("golden");
        write(directory);
        try (ZipOutputStream zip = new ZipOutputStream(
                Files.newOutputStream(Path.of(arguments[0])));
                Stream<Path> files = Files.walk(directory)) {
            List<Path> kept = files.filter(Files::isRegularFile).sorted().toList();
            for (Path file : kept) {
                zip.putNextEntry(new ZipEntry(directory.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
    }

    @Test
    void shouldReadVersionOne() throws IOException {
        List<MarketEvent> written = write(directory.resolve("now"));
        Path golden = unpack(VERSION_1);
        InstrumentCatalogue catalogue = new InstrumentCatalogue(8);
        Tape.Notes notes = new Tape.Notes();
        try (JournalTail tail = JournalTail.open(golden, catalogue)) {
            tail.poll(notes);
        }

        assertThat(Tape.texts(notes.events)).isEqualTo(Tape.texts(written));
        assertThat(notes.sequences.getLast()).isEqualTo(28);
        assertThat(catalogue.all()).containsExactly(Tape.instrument(0, "BTCUSDT"),
                Tape.instrument(1, "ETHUSDT"));
        JournalReport report = JournalVerifier.verify(golden);
        assertThat(report.problems()).isEmpty();
        assertThat(report.leftOut()).isEqualTo(2);
        assertThat(JournalDirectory.open(golden).journalId()).isEqualTo(T);
    }

    @Test
    void shouldGoOnInVersionOne() throws IOException {
        Path golden = unpack(VERSION_1);
        try (Tape.Writer writer = new Tape.Writer(KilledEngine.open(golden))) {
            assertThat(writer.handler.nextSequence()).isEqualTo(29);
            writer.define(Tape.instrument(0, "SOLUSDT"), T + Tape.DAY_NS);
            writer.levels(2, T + Tape.DAY_NS, 3);
        }

        assertThat(JournalVerifier.verify(golden).problems()).isEmpty();
        assertThat(Tape.read(golden).sequences.getLast()).isEqualTo(32);
    }

    /** The events of the golden journal; those that are left out are not returned. */
    private static List<MarketEvent> write(Path directory) {
        List<MarketEvent> written = new ArrayList<>();
        try (Tape.Writer writer = new Tape.Writer(KilledEngine.open(directory))) {
            writer.define(Tape.instrument(0, "BTCUSDT"), T);
            writer.write(true, event -> event.feedUp(0, T - 7, T, 3));
            writer.trades(0, T + 1, 3);
            writer.levels(0, T + 2, 5);
            writer.write(true,
                    event -> event.bookReset(0, T - 1, T + 3, 99, Reason.SEQUENCE_GAP));
            writer.write(true, event -> event.bookReady(0, 0, T + 4, 100));
            writer.write(true, event -> event.tradeGapByIds(0, 0, T + 5, 10, 12,
                    Reason.MALFORMED_FRAME));
            writer.write(true,
                    event -> event.tradeGapByTime(0, 0, T + 6, Reason.DISCONNECTED));
            writer.clock(T + 7);
            writer.write(true, event -> event.feedDown(0, T + 8, 3, Reason.ENGINE_STOPPED));
            written.addAll(writer.written);
        }
        long later = T + TimeUnit.HOURS.toNanos(1);
        try (Tape.Writer writer = new Tape.Writer(KilledEngine.open(directory))) {
            writer.define(Tape.instrument(1, "ETHUSDT"), later);
            writer.levels(1, later, 2);
            writer.write(true, event -> Tape.control(event, EventKind.DEPTH_PAUSED, later));
            written.addAll(writer.written);
            writer.levels(1, later, 2);
            writer.written.clear();
            writer.trades(1, later, 2);
            writer.write(true, event -> Tape.control(event, EventKind.DEPTH_RESUMED, later));
            writer.levels(1, later, 3);
            written.addAll(writer.written);
        }
        return written;
    }

    private Path unpack(String name) throws IOException {
        Path golden = directory.resolve("golden");
        try (InputStream resource = GoldenJournalTest.class.getResourceAsStream(name);
                ZipInputStream zip = new ZipInputStream(resource)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = golden.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
        return golden;
    }
}
