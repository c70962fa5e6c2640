package com.waickoff.marketdata.memory;

import com.waickoff.marketdata.memory.UnusableFileException.Problem;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.function.Consumer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A file of fixed size in memory. One process creates it and writes, others map it read-only.
 *
 * <p>A file is never resized or truncated while it is mapped: touching a page beyond the end would
 * kill the process that maps it. A new content is a new file that takes over the name in one step,
 * so nobody ever opens a half-initialised one; who has the old file mapped keeps it, and notices by
 * {@link #isReplaced()}.
 *
 * <p>Threads: opening, {@link #isReplaced()} and {@link #close()} are one thread's. After closing,
 * {@link #buffer()} has no bytes: an access fails with an exception, not with a crash, provided it
 * did not run at the same time.
 */
public final class MappedFile implements AutoCloseable {
    private static final String MODE = "rw-r-----";
    private static final int BLOCK_LENGTH = 1 << 16;
    private static final int OPEN_ATTEMPTS = 100;

    private final Path path;
    private final @Nullable Object identity;
    private final Arena arena;
    private final UnsafeBuffer buffer;

    private MappedFile(Path path, @Nullable Object identity, Arena arena, MemorySegment segment) {
        this.path = path;
        this.identity = identity;
        this.arena = arena;
        buffer = new UnsafeBuffer(segment.address(), (int) segment.byteSize());
    }

    /**
     * Makes a new file, lets {@code initialiser} fill its zeroed memory, and only then gives it its
     * name, replacing whatever had it. Its blocks are allocated here, so a full disk is an
     * exception now and not a lost store later.
     *
     * @param path in an existing directory; readable by owner and group, writable by the owner
     * @param length in bytes, 1 to 2^31 - 1
     * @throws IOException if it cannot be created whole; nothing is left behind then
     */
    public static MappedFile create(Path path, long length, Consumer<AtomicBuffer> initialiser)
            throws IOException {
        checkLength(path, length);
        // A fixed name: what a killed process left behind is reused, not collected.
        Path nascent = path.resolveSibling('.' + path.getFileName().toString() + ".new");
        Arena arena = Arena.ofShared();
        try {
            Files.deleteIfExists(nascent);
            MemorySegment segment;
            try (FileChannel channel = FileChannel.open(nascent, StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                restrictAccess(nascent);
                if (!DiskBlocks.reserve(nascent, 0, length)) {
                    writeZeroes(channel, length);
                }
                segment = channel.map(MapMode.READ_WRITE, 0, length, arena);
            }
            MappedFile file = new MappedFile(path, identityOf(nascent), arena, segment);
            initialiser.accept(file.buffer);
            Files.move(nascent, path, StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException | RuntimeException | Error e) {
            arena.close();
            Files.deleteIfExists(nascent);
            throw e;
        }
    }

    /**
     * Memory like that of a new file, for somebody who wants to write what nobody is to read: it has
     * no name, is gone with the process, and takes room on the disk only where it was written to. A
     * store that finds the disk full is an error at that store.
     *
     * @param directory exists
     * @param length in bytes, 1 to 2^31 - 1
     */
    public static MappedFile createUnnamed(Path directory, long length) throws IOException {
        Path path = directory.resolve(".unnamed-" + ProcessHandle.current().pid());
        checkLength(path, length);
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            restrictAccess(path);
            return new MappedFile(path, null, arena,
                    channel.map(MapMode.READ_WRITE, 0, length, arena));
        } catch (IOException | RuntimeException | Error e) {
            arena.close();
            throw e;
        } finally {
            Files.deleteIfExists(path);
        }
    }

    /**
     * Maps an existing file for reading. A store to its buffer is a fault that ends the process.
     *
     * @throws UnusableFileException if there is none
     * @throws IOException if it is empty, too large or cannot be read
     */
    public static MappedFile openReadOnly(Path path) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            for (int attempt = 0; attempt < OPEN_ATTEMPTS; attempt++) {
                Object before = identityOf(path);
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                    // The name may pass to another file between the two calls.
                    if (Objects.equals(before, identityOf(path))) {
                        checkLength(path, channel.size());
                        return new MappedFile(path, before, arena,
                                channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
                    }
                }
            }
            throw new IOException(path + ": replaced each time it was opened");
        } catch (NoSuchFileException absent) {
            arena.close();
            throw new UnusableFileException(path, Problem.ABSENT,
                    "no such file; is the engine configured to write it, and was it started?");
        } catch (IOException | RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    /** The content; the same object until {@link #close()}, which leaves it without bytes. */
    public AtomicBuffer buffer() {
        return buffer;
    }

    /** Where the file was created or opened. */
    public Path path() {
        return path;
    }

    /**
     * Whether the name now belongs to another file. False if it belongs to none: then there is
     * nothing to reopen.
     *
     * @throws IOException if the directory cannot be read
     */
    public boolean isReplaced() throws IOException {
        try {
            // The number of a file that is still mapped here cannot be given to a new one.
            return !Objects.equals(identity, identityOf(path));
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    /** Unmaps the file; calling it again does nothing. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            buffer.wrap(0, 0);
            arena.close();
        }
    }

    /** The slow way to blocks: the file system answers with an error where there is no room. */
    private static void writeZeroes(FileChannel channel, long length) throws IOException {
        ByteBuffer zeroes = ByteBuffer.allocateDirect(BLOCK_LENGTH);
        for (long written = 0; written < length;) {
            zeroes.clear().limit((int) Math.min(BLOCK_LENGTH, length - written));
            written += channel.write(zeroes);
        }
    }

    private static void restrictAccess(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file,
                PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString(MODE));
        }
    }

    private static void checkLength(Path path, long length) throws IOException {
        if (length < 1 || length > Integer.MAX_VALUE) {
            throw new IOException(path + ": length is " + length + ", allowed is 1 to "
                    + Integer.MAX_VALUE);
        }
    }

    private static @Nullable Object identityOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
