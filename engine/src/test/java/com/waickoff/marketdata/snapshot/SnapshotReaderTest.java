package com.waickoff.marketdata.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.memory.UnusableFileException;
import com.waickoff.marketdata.memory.UnusableFileException.Problem;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotReaderTest {
    private static final SnapshotConfig CONFIG = new SnapshotConfig(3, RandomTape.ROW_CAPACITY, 50,
            8);
    private static final int WRITES = 30_000;

    @TempDir
    private Path folder;
    private Path path;

    @BeforeEach
    void choosePath() {
        path = folder.resolve("snapshot.dat");
    }

    @Test
    void shouldListInstrumentsByTheirNewestDefinition() throws IOException {
        SnapshotInstrument other = new SnapshotInstrument(4, "binance-spot", "ETHUSDT", 2, 1, 6,
                100,
                new BigDecimal("0.001"), "ETH", "ETH", "USDT", 10);
        SnapshotInstrument redefined = new SnapshotInstrument(5, "bybit-linear", "BTCUSDT", 2, 5, 5,
                100, new BigDecimal("1"), "BTC", "BTC", "USDT", 5);
        try (SnapshotWriter writer = create(1); SnapshotReader reader = SnapshotReader.open(path)) {
            assertThat(reader.instruments()).isEmpty();
            assertThat(reader.find("bybit-linear:BTCUSDT")).isNull();

            writer.define(RandomTape.INSTRUMENT);
            writer.define(other);
            writer.define(redefined);

            assertThat(reader.instruments().stream().map(SnapshotEntry::instrument))
                    .containsExactly(redefined, other);
            assertThat(reader.find("bybit-linear:BTCUSDT").place()).isEqualTo(2);
            assertThat(reader.find("binance-spot:ETHUSDT").instrument()).isEqualTo(other);
            assertThat(reader.find("binance-spot:NONE")).isNull();
            assertThat(reader.definitions("bybit-linear:BTCUSDT").stream()
                    .map(SnapshotEntry::instrument))
                    .containsExactly(RandomTape.INSTRUMENT, redefined);
            assertThat(reader.definitions("binance-spot:NONE")).isEmpty();
            assertThatThrownBy(() -> writer.define(new SnapshotInstrument(6, "v", "S", 0, 1, 2, 100,
                    BigDecimal.ONE, "S", "S", "S", 1))).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("room for 3").hasMessageContaining("v:S");
        }
    }

    @Test
    void shouldRefuseADefinitionThatDoesNotFit() throws IOException {
        try (SnapshotWriter writer = create(1)) {
            assertThatThrownBy(() -> writer.define(new SnapshotInstrument(6, "v", "S".repeat(69), 0,
                    1, 2, 100, BigDecimal.ONE, "S", "S", "S", 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("symbol").hasMessageContaining("69");
            assertThat(writer.find(6)).isNull();
        }
    }

    @Test
    void shouldReopenAFileThatWasReplaced() throws IOException {
        SnapshotWriter first = create(1);
        first.define(RandomTape.INSTRUMENT);
        try (SnapshotReader reader = SnapshotReader.open(path)) {
            SnapshotEntry stale = reader.find("bybit-linear:BTCUSDT");
            assertThat(reader.refresh()).isFalse();

            try (SnapshotWriter second = create(2)) {
                second.define(RandomTape.INSTRUMENT);
                assertThat(reader.run().epoch()).isEqualTo(1);
                assertThat(reader.read(stale, new DepthView())).isTrue();

                assertThat(reader.refresh()).isTrue();
                assertThat(reader.run().epoch()).isEqualTo(2);
                assertThatThrownBy(() -> reader.read(stale, new DepthView()))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("find it again");
                assertThat(reader.read(reader.find("bybit-linear:BTCUSDT"), new DepthView()))
                        .isTrue();
                assertThat(reader.refresh()).isFalse();
            }
        } finally {
            first.close();
        }
    }

    @Test
    void shouldKeepTheOldFileWhenTheNewOneIsUnusable() throws IOException {
        create(1).close();
        try (SnapshotReader reader = SnapshotReader.open(path)) {
            Path foreign = Files.writeString(folder.resolve("foreign"), "something else entirely");
            Files.move(foreign, path, StandardCopyOption.REPLACE_EXISTING);

            assertThatThrownBy(reader::refresh).isInstanceOf(UnusableFileException.class);
            assertThat(reader.run().epoch()).isEqualTo(1);
        }
    }

    @Test
    void shouldSayThatTheEngineIsNotRunning() throws IOException {
        try (SnapshotWriter writer = create(1); SnapshotReader reader = SnapshotReader.open(path)) {
            writer.heartbeat(5_000_000_000L);
            reader.checkRunning(6_000_000_000L, 1_000_000_000L);

            assertThat(reader.heartbeatNs()).isEqualTo(5_000_000_000L);
            assertThatThrownBy(() -> reader.checkRunning(7_500_000_000L, 1_000_000_000L))
                    .isInstanceOf(UnusableFileException.class)
                    .hasMessageContaining("engine is not running")
                    .hasMessageContaining("process 30").hasMessageContaining("2500 ms");
        }
    }

    @Test
    void shouldSayThatThereIsNoFile() {
        assertProblem(Problem.ABSENT, "snapshot.dat", "no such file");
    }

    @Test
    void shouldRefuseAForeignFile() throws IOException {
        Files.writeString(path, "PK\u0003\u0004 this is no snapshot");
        assertProblem(Problem.FOREIGN, "no snapshot file", "WAICKSNP");

        Files.writeString(path, "WAIC");
        assertProblem(Problem.FOREIGN, "no snapshot file");
    }

    @Test
    void shouldNameBothVersionsOfAFileItCannotRead() throws IOException {
        create(1).close();
        patch(8, 3);

        assertProblem(Problem.OTHER_VERSION, "version 3.0", "reads version 2.x");
    }

    @Test
    void shouldReadAFileOfANewerMinorVersion() throws IOException {
        try (SnapshotWriter writer = create(1)) {
            writer.define(RandomTape.INSTRUMENT);
        }
        patch(12, 7);

        try (SnapshotReader reader = SnapshotReader.open(path)) {
            assertThat(reader.instruments()).hasSize(1);
        }
    }

    @Test
    void shouldRefuseATruncatedFile() throws IOException {
        create(1).close();
        byte[] whole = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(whole, whole.length - 1));
        assertProblem(Problem.TRUNCATED, Integer.toString(whole.length - 1),
                Integer.toString(whole.length));

        Files.write(path, Arrays.copyOf(whole, 20));
        assertProblem(Problem.TRUNCATED, "20 bytes");
    }

    @Test
    void shouldRefuseAFileWithADamagedDescription() throws IOException {
        create(1).close();
        byte[] whole = Files.readAllBytes(path);
        for (int at = 64; at < 1216; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 4;
            Files.write(path, damaged);
            assertProblem(Problem.DAMAGED, "checksum");
        }
    }

    @Test
    void shouldRefuseAnInstrumentThatCannotBeRead() throws IOException {
        create(1).close();
        patch(1216, 1);

        try (SnapshotReader reader = SnapshotReader.open(path)) {
            assertThatThrownBy(reader::instruments).isInstanceOf(UnusableFileException.class)
                    .hasMessageContaining("instrument 0");
        }
    }

    /** The writer publishes a seeded tape; each copy must be one window at one moment. */
    @Test
    void shouldNeverShowATornSectionUnderAConcurrentWriter() throws Exception {
        try (SnapshotWriter writer = create(1); SnapshotReader reader = SnapshotReader.open(path)) {
            InstrumentSections sections = writer.define(RandomTape.INSTRUMENT);
            SnapshotEntry entry = reader.find("bybit-linear:BTCUSDT");
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread writing = Thread.ofPlatform().unstarted(() -> {
                RandomTape tape = new RandomTape(21);
                for (int i = 0; i < WRITES; i++) {
                    tape.trade();
                    tape.publish(sections);
                    writeBook(sections.depth(), i + 1);
                }
            });
            writing.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
            writing.start();

            ProfileView profile = new ProfileView();
            DepthView depth = new DepthView();
            long last = 0;
            while (last < WRITES && failure.get() == null) {
                if (reader.read(entry, Timeframe.H1, profile) && profile.newest().isPresent()) {
                    assertWhole(profile.newest());
                    assertThat(profile.newest().startMs()).isGreaterThan(
                            profile.older().isPresent() ? profile.older().startMs() : 0);
                }
                if (reader.read(entry, depth)) {
                    assertWhole(depth);
                    assertThat(depth.sequence()).isGreaterThanOrEqualTo(last);
                    last = depth.sequence();
                }
            }
            writing.join();

            assertThat(failure).hasValue(null);
            assertThat(last).isEqualTo(WRITES);
        }
    }

    private static void assertWhole(WindowView window) {
        long buy = 0;
        long sell = 0;
        for (long row = window.lowRow(); row <= window.highRow(); row++) {
            buy += window.buyVolume(row);
            sell += window.sellVolume(row);
        }
        assertThat(buy).isEqualTo(window.buyVolume());
        assertThat(sell).isEqualTo(window.sellVolume());
        assertThat(window.lowRow()).isEqualTo(Math.floorDiv(window.low(), window.rowSize()));
        assertThat(window.highRow()).isEqualTo(Math.floorDiv(window.high(), window.rowSize()));
    }

    private static void writeBook(DepthSection depth, int number) {
        depth.begin();
        depth.book(BookState.SYNCED, number, number, number, number, number);
        for (int i = 0; i < number % 50; i++) {
            depth.addBid(number, number);
            depth.addAsk(number, number);
        }
        depth.end(number);
    }

    private static void assertWhole(DepthView depth) {
        long number = depth.sequence();
        assertThat(depth.updateId()).isEqualTo(number);
        assertThat(depth.bidCount()).isEqualTo((int) number % 50);
        assertThat(depth.askCount()).isEqualTo((int) number % 50);
        for (int i = 0; i < depth.bidCount(); i++) {
            assertThat(depth.bidPrice(i)).isEqualTo(number);
            assertThat(depth.askQuantity(i)).isEqualTo(number);
        }
    }

    private SnapshotWriter create(long epoch) throws IOException {
        return SnapshotWriter.create(path, CONFIG, new Run(epoch, 20, 30));
    }

    private void patch(int at, int value) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        Files.write(path, bytes);
    }

    private void assertProblem(Problem problem, String... said) {
        UnusableFileException refusal = catchThrowableOfType(UnusableFileException.class,
                () -> SnapshotReader.open(path).close());
        assertThat(refusal.problem()).isEqualTo(problem);
        assertThat(refusal.getMessage()).contains(said).contains(path.toString());
    }
}
