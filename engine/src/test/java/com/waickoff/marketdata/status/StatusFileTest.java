package com.waickoff.marketdata.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.memory.UnusableFileException;
import com.waickoff.marketdata.status.StatusReader.OwnedLatency;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusFileTest {
    @TempDir
    private Path folder;
    private Path path;
    private long nowNs = 1_000;

    @BeforeEach
    void choosePath() {
        path = folder.resolve("status.dat");
    }

    @Test
    void shouldShowTheCountersOfEachOwner() throws IOException {
        try (StatusWriter writer = create(1); StatusReader reader = StatusReader.open(path)) {
            assertThat(reader.counters()).isEmpty();
            CounterBlock feed = writer.counters("bybit-linear");
            CounterBlock journal = writer.counters("journal");
            feed.add(Counter.FRAMES_RECEIVED, 3);
            feed.add(Counter.FRAMES_DECODED, 2);
            feed.increment(Counter.SNAPSHOT_PUBLISHED);
            journal.add(Counter.EVENTS_JOURNALED, 7);

            assertThat(writer.counters("journal")).isSameAs(journal);
            assertThat(reader.counters()).extracting(CounterReading::owner)
                    .containsExactly("bybit-linear", "journal");
            CounterReading shown = reader.counters().get(0);
            assertThat(shown.get(Counter.FRAMES_RECEIVED)).isEqualTo(3);
            assertThat(shown.get(Counter.SNAPSHOT_PUBLISHED)).isEqualTo(1);
            assertThat(shown.get(Counter.EVENTS_JOURNALED)).isZero();
            assertThat(reader.conservation()).isEqualTo(new Conservation(3, 2, 0, 7, 0));
        }
    }

    @Test
    void shouldShowErrorsOnceWithTheirTimes() throws IOException {
        try (StatusWriter writer = create(1); StatusReader reader = StatusReader.open(path)) {
            writer.errors().record("bybit-linear", "malformed_frame", "trade");
            nowNs = 2_000;
            writer.errors().record("journal", "slow_append", "");
            writer.errors().record("bybit-linear", "malformed_frame", "trade");

            assertThat(reader.errors()).containsExactly(
                    new ErrorReading("bybit-linear", "malformed_frame", "trade", 2, 1_000, 2_000,
                            ""),
                    new ErrorReading("journal", "slow_append", "", 1, 2_000, 2_000, ""));
        }
    }

    @Test
    void shouldShowLatenciesByOwner() throws IOException {
        try (StatusWriter writer = create(1); StatusReader reader = StatusReader.open(path)) {
            writer.latency("journal", Latency.JOURNAL_APPEND).record(50);
            writer.latency("journal", Latency.HICCUP).record(60);
            writer.latency("journal", Latency.JOURNAL_APPEND).record(30);

            assertThat(reader.latencies()).extracting(OwnedLatency::latency)
                    .containsExactly(Latency.JOURNAL_APPEND, Latency.HICCUP);
            LatencyReading appends = reader.latencies().get(0).reading();
            assertThat(appends.count()).isEqualTo(2);
            assertThat(appends.maxNs()).isEqualTo(50);
            assertThat(appends.sumNs()).isEqualTo(80);
        }
    }

    @Test
    void shouldShowFeeds() throws IOException {
        try (StatusWriter writer = create(1); StatusReader reader = StatusReader.open(path)) {
            FeedStatus feed = writer.feed("binance-spot");
            feed.state(FeedState.BACKING_OFF, 5, 2, "HTTP 429, Retry-After 30 s");
            feed.frame(77);
            assertThat(reader.feeds()).containsExactly(new FeedReading("binance-spot",
                    FeedState.BACKING_OFF, 5, 2, "HTTP 429, Retry-After 30 s", 77));

            feed.state(FeedState.LIVE, 6, 3, "");
            assertThat(reader.feeds()).containsExactly(feed.read()).containsExactly(
                    new FeedReading("binance-spot", FeedState.LIVE, 6, 3, "", 77));
            assertThat(writer.feed("binance-spot")).isSameAs(feed);
        }
    }

    @Test
    void shouldRefuseMoreThanItHasRoomFor() throws IOException {
        try (StatusWriter writer = create(1)) {
            for (int i = 0; i < 64; i++) {
                writer.counters("owner " + i);
            }
            assertThatThrownBy(() -> writer.counters("one more"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("room for 64 counters").hasMessageContaining("one more");
            assertThatThrownBy(() -> writer.feed("f".repeat(61)))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("61 bytes");
            assertThatThrownBy(() -> writer.feed("")).isInstanceOf(IllegalArgumentException.class);
        }
        try (StatusReader reader = StatusReader.open(path)) {
            assertThat(reader.counters()).hasSize(64);
            assertThat(reader.feeds()).isEmpty();
        }
    }

    @Test
    void shouldReopenAFileThatWasReplaced() throws IOException {
        create(1).close();
        try (StatusReader reader = StatusReader.open(path)) {
            assertThat(reader.refresh()).isFalse();
            try (StatusWriter second = create(2)) {
                second.counters("new");
                second.heartbeat(9_000_000_000L);
                assertThat(reader.run().epoch()).isEqualTo(1);
                assertThat(reader.refresh()).isTrue();
                assertThat(reader.run()).isEqualTo(new Run(2, 20, 30));
                assertThat(reader.counters()).hasSize(1);
                reader.checkRunning(9_500_000_000L, 1_000_000_000L);
                assertThatThrownBy(() -> reader.checkRunning(11_000_000_000L, 1_000_000_000L))
                        .isInstanceOf(UnusableFileException.class)
                        .hasMessageContaining("process 30 last wrote 2000 ms ago");
            }
        }
    }

    @Test
    void shouldNameBothVersionsOfAFileItCannotRead() throws IOException {
        create(1).close();
        byte[] bytes = Files.readAllBytes(path);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 3);
        Files.write(path, bytes);

        assertThatThrownBy(() -> StatusReader.open(path))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("status file of version 3.2")
                .hasMessageContaining("reads version 1.x");
    }

    @Test
    void shouldShowInstrumentsAndClocks() throws IOException {
        try (StatusWriter writer = create(1); StatusReader reader = StatusReader.open(path)) {
            InstrumentNotes notes = writer.instruments();
            assertThat(notes.show("bybit-linear:BTCUSDT", InstrumentState.TRADING, 5, "")).isTrue();
            assertThat(reader.instruments()).isEmpty();
            assertThat(reader.clocks()).isEmpty();

            notes.show("bybit-linear:BTCUSTD", InstrumentState.UNLISTED, 6, "nearest: BTCUSDT");
            notes.show("bybit-linear:ETHUSDT", InstrumentState.HALTED, 7, "");
            notes.show("bybit-linear:ETHUSDT", InstrumentState.TRADING, 8, "");
            writer.clock("bybit-linear");
            writer.clock("binance-spot").measured(-1_300_000_000L, 20_000_000L, 9);

            assertThat(reader.instruments()).containsExactly(
                    new InstrumentReading("bybit-linear:BTCUSTD", InstrumentState.UNLISTED, 6,
                            "nearest: BTCUSDT"),
                    new InstrumentReading("bybit-linear:ETHUSDT", InstrumentState.TRADING, 8, ""));
            assertThat(reader.clocks()).containsExactly(new ClockReading("bybit-linear", 0, 0, 0),
                    new ClockReading("binance-spot", -1_300_000_000L, 20_000_000L, 9));
            assertThat(reader.clocks()).extracting(ClockReading::isMeasured).containsExactly(false,
                    true);
        }
    }

    @Test
    void shouldShowTheRoomOnTheDisk() throws IOException {
        try (StatusWriter writer = create(1); StatusReader reader = StatusReader.open(path)) {
            assertThat(reader.disk().isKnown()).isFalse();
            DiskReading seen = new DiskReading(DiskLevel.NO_BOOKS, 900, 1_000, 1_500, 100, 7);
            writer.disk().marks(1_000, 1_500, 100);
            writer.disk().show(DiskLevel.NO_BOOKS, 900, 7);

            assertThat(reader.disk()).isEqualTo(seen);
            assertThat(reader.disk().isKnown()).isTrue();
            assertThat(reader.disk().level().label()).isEqualTo("no books");
        }
    }

    @Test
    void shouldSayWhenThereIsNoRoomForAnotherInstrument() {
        InstrumentNotes notes = InstrumentNotes.onHeap();
        for (int i = 0; i < 512; i++) {
            assertThat(notes.show("venue:" + i, InstrumentState.HALTED, 1, "")).isTrue();
        }
        assertThat(notes.show("venue:512", InstrumentState.HALTED, 1, "")).isFalse();
        assertThat(notes.show("venue:7", InstrumentState.TRADING, 2, "")).isTrue();
        assertThat(notes.read()).hasSize(512);
    }

    @Test
    void shouldHaveTheBytesOfTheSpecification() throws IOException {
        try (StatusWriter writer = create(1)) {
            writer.counters("owner").add(Counter.LATE_TRADES, 42);
        }
        byte[] bytes = Files.readAllBytes(path);
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(new String(bytes, 0, 8, StandardCharsets.US_ASCII)).isEqualTo("WAICKSTA");
        int[] entryLengths = {1664, 512, 18_048, 384, 384, 256, 256};
        int[] entries = {64, 128, 32, 64, 512, 64, 1};
        long offset = 384;
        for (int i = 0; i < entries.length; i++) {
            int at = 64 + 32 * i;
            assertThat(file.getInt(at)).isEqualTo(i + 1);
            assertThat(file.getInt(at + 4)).isEqualTo(entries[i]);
            assertThat(file.getLong(at + 8)).isEqualTo(offset);
            assertThat(file.getLong(at + 16)).isEqualTo(entryLengths[i]);
            offset += (long) entries[i] * entryLengths[i];
        }
        assertThat(bytes).hasSize((int) offset);
        assertThat(file.getInt(384)).isEqualTo(5);
        assertThat(file.getLong(384 + 128 + 96 * 8)).isEqualTo(42);
    }

    private StatusWriter create(long epoch) throws IOException {
        return StatusWriter.create(path, new Run(epoch, 20, 30), () -> nowNs);
    }
}
