package com.waickoff.marketdata.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFileTest {
    private static final long LENGTH = 100_000;
    private static final int LAST_LONG = (int) LENGTH - Long.BYTES;

    @TempDir
    private Path folder;

    @Test
    void shouldShowItsContentToAnotherMapping() throws IOException {
        try (MappedFile written = MappedFile.create(path(), LENGTH, buffer -> {});
                MappedFile read = MappedFile.openReadOnly(path())) {
            written.buffer().putLong(LAST_LONG, 42);

            assertThat(read.buffer().getLong(LAST_LONG)).isEqualTo(42);
            assertThat(read.buffer().capacity()).isEqualTo((int) LENGTH);
        }
    }

    @Test
    void shouldHaveItsNameOnlyWhenItIsInitialised() throws IOException {
        MappedFile.create(path(), LENGTH, buffer -> {
            assertThat(path()).doesNotExist();
            buffer.putLong(0, 7);
        }).close();

        assertThat(Files.readAllBytes(path())[0]).isEqualTo((byte) 7);
        assertThat(filesInFolder()).containsExactly(path());
    }

    @Test
    void shouldBeReadableByOwnerAndGroupOnly() throws IOException {
        MappedFile.create(path(), LENGTH, buffer -> {}).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                .isEqualTo("rw-r-----");
    }

    @Test
    void shouldBeAllZeroesToBeginWith() throws IOException {
        MappedFile.create(path(), LENGTH, buffer -> {}).close();

        assertThat(Files.readAllBytes(path())).hasSize((int) LENGTH).containsOnly(0);
    }

    @Test
    void shouldLeaveNothingBehindWhenInitialisingFails() throws IOException {
        assertThatThrownBy(() -> MappedFile.create(path(), LENGTH, buffer -> {
            throw new IllegalStateException("on purpose");
        })).isInstanceOf(IllegalStateException.class);

        assertThat(filesInFolder()).isEmpty();
    }

    @Test
    void shouldReuseWhatAKilledProcessLeftBehind() throws IOException {
        Files.writeString(folder.resolve(".some.dat.new"), "left behind");

        MappedFile.create(path(), LENGTH, buffer -> {}).close();

        assertThat(filesInFolder()).containsExactly(path());
    }

    @Test
    void shouldNoticeThatItWasReplacedAndKeepTheOldContent() throws IOException {
        try (MappedFile first = MappedFile.create(path(), LENGTH, buffer -> buffer.putLong(0, 1));
                MappedFile reader = MappedFile.openReadOnly(path())) {
            assertThat(reader.isReplaced()).isFalse();

            MappedFile.create(path(), LENGTH, buffer -> buffer.putLong(0, 2)).close();

            assertThat(reader.isReplaced()).isTrue();
            assertThat(first.isReplaced()).isTrue();
            assertThat(reader.buffer().getLong(0)).isEqualTo(1);
        }
        try (MappedFile reopened = MappedFile.openReadOnly(path())) {
            assertThat(reopened.buffer().getLong(0)).isEqualTo(2);
        }
    }

    @Test
    void shouldNotCallARemovedFileReplaced() throws IOException {
        try (MappedFile file = MappedFile.create(path(), LENGTH, buffer -> {})) {
            Files.delete(path());

            assertThat(file.isReplaced()).isFalse();
        }
    }

    @Test
    void shouldAnswerAnAccessAfterCloseWithAnException() throws IOException {
        MappedFile file = MappedFile.create(path(), LENGTH, buffer -> {});
        file.close();
        file.close();

        assertThatThrownBy(() -> file.buffer().getLong(0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldRefuseWhatCannotBeMapped() throws IOException {
        Files.createFile(path());

        assertThatThrownBy(() -> MappedFile.openReadOnly(path())).isInstanceOf(IOException.class)
                .hasMessageContaining("length is 0");
        assertThatThrownBy(() -> MappedFile.openReadOnly(folder.resolve("none.dat")))
                .isInstanceOf(UnusableFileException.class).hasMessageContaining("no such file");
        assertThatThrownBy(() -> MappedFile.create(path(), 1L << 31, buffer -> {}))
                .isInstanceOf(IOException.class).hasMessageContaining("2147483648");
    }

    private Path path() {
        return folder.resolve("some.dat");
    }

    private List<Path> filesInFolder() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
