package com.waickoff.marketdata.memory;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where free space is learned from. */
@FunctionalInterface
public interface FreeSpace {
    /**
     * Bytes that this user may still write.
     *
     * @throws IOException if that cannot be told
     */
    long freeBytes() throws IOException;

    /** That of the disk a directory is on. Any thread may ask; allocates nothing. */
    static FreeSpace of(Path directory) throws IOException {
        FileStore store = Files.getFileStore(directory);
        File asked = directory.toFile();
        return () -> {
            // Says 0 where it fails, too; the store allocates, but says why.
            long free = asked.getUsableSpace();
            return free > 0 ? free : store.getUsableSpace();
        };
    }
}
