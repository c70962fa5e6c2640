package com.waickoff.marketdata.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.memory.FileHeader;
import com.waickoff.marketdata.memory.HeadedFile;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.snapshot.SnapshotLayout.Kind;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotLayoutTest {
    private static final SnapshotConfig CONFIG = new SnapshotConfig(3, 64, 50, 16);
    private static final Run RUN = new Run(11, 12, 13);

    @TempDir
    private Path folder;

    @Test
    void shouldPlaceSectionsOnPairsOfCacheLinesWithoutOverlap() {
        SnapshotLayout layout = SnapshotLayout.of(CONFIG);
        long end = SnapshotFormat.INSTRUMENT_TABLE_OFFSET + 3 * 320;
        for (int place = 0; place < 3; place++) {
            for (Kind kind : Kind.values()) {
                for (int index = 0; index < kind.count(); index++) {
                    int offset = layout.sectionOffset(place, kind, index);
                    assertThat(offset % SnapshotFormat.ALIGNMENT).isZero();
                    assertThat((long) offset).isGreaterThanOrEqualTo(end);
                    end = offset + length(kind);
                }
            }
        }
        assertThat(layout.fileLength()).isGreaterThanOrEqualTo(end);
    }

    private static long length(Kind kind) {
        return switch (kind) {
            case PROFILE -> 64 + 2 * (192 + 64 * 16);
            case FLOW -> 64 + 2 * 64;
            case DEPTH -> 192 + 2 * 50 * 16;
            case COVERAGE -> 128 + 16 * 16;
            case BARS -> 64 + 8 * 256;
            case ROWS -> 64 + 4096;
            case SIGNALS -> 64 + 16 * 128;
            case DEPTH_BARS -> 64 + 9 * 384;
            case WALLS -> 128 + 32 * 32;
        };
    }

    @Test
    void shouldDescribeItselfInTheBytesOfTheSpecification() throws IOException {
        Path path = folder.resolve("snapshot.dat");
        try (SnapshotWriter writer = SnapshotWriter.create(path, CONFIG, RUN)) {
            writer.define(RandomTape.INSTRUMENT);
        }
        byte[] bytes = Files.readAllBytes(path);
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(new String(bytes, 0, 8, StandardCharsets.US_ASCII))
                .isEqualTo("WAICKSNP");
        assertThat(file.getInt(8)).isEqualTo(2);
        assertThat(file.getInt(12)).isZero();
        assertThat(file.getLong(16)).isEqualTo(11);
        assertThat(file.getLong(24)).isEqualTo(13);
        assertThat(file.getLong(32)).isEqualTo(12);
        assertThat(file.getLong(48)).isEqualTo(bytes.length);
        assertThat(new int[]{file.getInt(64), file.getInt(68), file.getInt(72), file.getInt(76),
                file.getInt(80), file.getInt(84), file.getInt(88)})
                .containsExactly(3, 64, 50, 16, 6, 19, 320);
        assertThat(file.getLong(96) + 3 * file.getLong(104)).isEqualTo(bytes.length);
        assertThat(new int[]{file.getInt(112), file.getInt(132), file.getInt(136),
                file.getInt(140)}).containsExactly(8, 8, 4096, 16);
        assertThat(new int[]{file.getInt(192), file.getInt(224), file.getInt(256),
                file.getInt(288), file.getInt(320)}).containsExactly(1, 2, 3, 4, 5);
        assertThat(new int[]{file.getInt(352), file.getInt(352 + 24)}).containsExactly(5, 1);
        assertThat(file.getInt(1216)).isEqualTo(1);
        assertThat(file.getInt(1280)).isEqualTo(3);
        assertThat(text(bytes, 1280 + 64)).isEqualTo("bybit-linear");
        assertThat(text(bytes, 1280 + 104)).isEqualTo("BTCUSDT");
        assertThat(text(bytes, 1280 + 176)).isEqualTo("1");
        assertThat(text(bytes, 1280 + 272)).isEqualTo("USDT");
    }

    @Test
    void shouldReadTheLayoutItWrote() throws IOException {
        Path path = folder.resolve("snapshot.dat");
        SnapshotWriter.create(path, CONFIG, RUN).close();
        SnapshotLayout written = SnapshotLayout.of(CONFIG);
        try (HeadedFile file = HeadedFile.open(path, SnapshotFormat.FORMAT)) {
            SnapshotLayout read = SnapshotLayout.read(file);

            assertThat(read.config()).isEqualTo(CONFIG);
            assertThat(read.fileLength()).isEqualTo(written.fileLength());
            for (int place = 0; place < 3; place++) {
                assertThat(read.lockOffsets(place)).isEqualTo(written.lockOffsets(place))
                        .hasSize(5 * Timeframe.COUNT + 4);
            }
        }
    }

    /** The file shows a window's flags as they are: their bits are part of the specification. */
    @Test
    void shouldKeepTheBitsOfTheSpecification() {
        assertThat(new int[]{Window.CLOSED, Window.UNORDERED, Window.SUSPECT_TIME, Window.OVERFLOW,
                Window.ROWS_EVICTED}).containsExactly(1, 2, 4, 8, 16);
        assertThat(Arrays.stream(BookState.values()).map(BookState::label))
                .containsExactly("rebuilding", "synced", "stale");
        assertThat(Arrays.stream(TapeState.values()).map(TapeState::label))
                .containsExactly("never", "live", "interrupted");
        assertThat(FileHeader.LENGTH).isEqualTo(64);
    }

    private static String text(byte[] bytes, int at) {
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
        return new String(bytes, at + 4, length, StandardCharsets.UTF_8);
    }
}
