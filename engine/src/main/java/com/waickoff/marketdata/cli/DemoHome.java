package com.waickoff.marketdata.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a demo keeps its files: a directory that was asked for and stays, or a temporary one that
 * is gone with the demo.
 *
 * <p>A demo that was killed cannot clean up. Each one therefore holds a lock in its directory, which
 * the system gives up when its process dies, and the next demo removes the directories whose lock
 * nobody holds.
 *
 * <p>Threads: one.
 */
final class DemoHome implements AutoCloseable {
    private static final String PREFIX = "waickoff-demo-";
    private static final String LOCK = "lock";
    /**
     * Locks of this process. Asked first: closing a second channel of a locked file would give up
     * the lock of the first one, as POSIX has it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final Path data;
    private final @Nullable FileChannel lock;

    private DemoHome(Path path, Path data, @Nullable FileChannel lock) {
        this.path = path;
        this.data = data;
        this.lock = lock;
    }

    /** A directory that stays; it is created if it is not there. */
    static DemoHome kept(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new DemoHome(directory, directory, null);
    }

    /**
     * A directory that is gone when this is closed. Those that others left behind go now.
     *
     * @param base where this machine keeps temporary files
     */
    static DemoHome temporary(Path base) throws IOException {
        sweep(base);
        Path path = Files.createTempDirectory(base, PREFIX);
        // Locked before it has its name: nobody may find it, and find it free, in between.
        Path unnamed = path.resolve(LOCK + ".new");
        FileChannel lock = FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
        lock.lock();
        HELD.add(path);
        Files.move(unnamed, path.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
        return new DemoHome(path, path.resolve("data"), lock);
    }

    private static void sweep(Path base) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(base, PREFIX + '*')) {
            for (Path directory : left) {
                if (!HELD.contains(directory) && isAbandoned(directory.resolve(LOCK))) {
                    remove(directory);
                }
            }
        }
    }

    private static boolean isAbandoned(Path lock) {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free != null;
        } catch (IOException notOurs) {
            // Somebody else's, or gone meanwhile: not ours to remove.
            return false;
        }
    }

    private static void remove(Path directory) throws IOException {
        try {
            TemporaryDirectory.delete(directory);
        } catch (NoSuchFileException another) {
            // Two demos sweep at the same time.
            return;
        }
    }

    /** What belongs to the demo itself: logs, the engine's configuration. */
    Path file(String name) {
        return path.resolve(name);
    }

    /** The engine's directory. */
    Path data() {
        return data;
    }

    /** Whether it is still there afterwards. */
    boolean isKept() {
        return lock == null;
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            TemporaryDirectory.delete(path);
            lock.close();
            HELD.remove(path);
        }
    }
}
