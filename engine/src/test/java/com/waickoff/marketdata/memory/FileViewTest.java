package com.waickoff.marketdata.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileViewTest {
    @TempDir
    private Path directory;

    @Test
    void shouldSeeWhatTheFileGains() throws IOException {
        Path path = directory.resolve("growing");
        Files.write(path, new byte[]{1, 2, 3, 4});
        try (FileView view = FileView.open(path)) {
            assertThat(view.length()).isEqualTo(4);
            assertThat(NativeMemory.intAcquire(view.address())).isEqualTo(0x04030201);
            assertThat(view.grow()).isFalse();

            Files.write(path, new byte[]{5, 6, 7, 8}, StandardOpenOption.APPEND);

            assertThat(view.grow()).isTrue();
            assertThat(view.length()).isEqualTo(8);
            assertThat(NativeMemory.longAt(view.address())).isEqualTo(0x0807060504030201L);
        }
    }

    @Test
    void shouldKeepAFileThatIsDeleted() throws IOException {
        Path path = directory.resolve("deleted");
        Files.write(path, new byte[]{1, 2, 3, 4});
        try (FileView view = FileView.open(path)) {
            Files.delete(path);

            assertThat(NativeMemory.byteAt(view.address() + 3)).isEqualTo((byte) 4);
            assertThat(view.grow()).isFalse();
        }
    }

    @Test
    void shouldStartWithAnEmptyFile() throws IOException {
        Path path = Files.createFile(directory.resolve("empty"));
        try (FileView view = FileView.open(path)) {
            assertThat(view.length()).isZero();

            Files.write(path, new byte[]{9});

            assertThat(view.grow()).isTrue();
            assertThat(NativeMemory.byteAt(view.address())).isEqualTo((byte) 9);
        }
    }

    @Test
    void shouldFailForAFileThatIsAbsent() {
        assertThatThrownBy(() -> FileView.open(directory.resolve("absent")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
