package com.waickoff.marketdata.memory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that another process may still be growing, mapped read-only as far as it reaches. Neither
 * the file nor its writer notices.
 *
 * <p>The file must not be truncated meanwhile; it may be deleted or renamed.
 *
 * <p>Threads: one.
 */
public final class FileView implements AutoCloseable {
    private final FileChannel channel;
    private @Nullable Arena arena;
    private long address;
    private long length;

    private FileView(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Maps {@code path}; an empty file has no bytes yet.
     *
     * @throws IOException if it does not exist or cannot be read
     */
    public static FileView open(Path path) throws IOException {
        FileView view = new FileView(FileChannel.open(path, StandardOpenOption.READ));
        try {
            view.grow();
        } catch (IOException | RuntimeException | Error e) {
            view.close();
            throw e;
        }
        return view;
    }

    /** Address of the first byte: valid until {@link #grow()} is true or the view is closed. */
    public long address() {
        return address;
    }

    /** Bytes mapped from there. */
    public long length() {
        return length;
    }

    /**
     * Maps what the file has gained.
     *
     * @return whether it has grown; {@link #address()} has changed then
     * @throws IOException if it cannot be read
     */
    public boolean grow() throws IOException {
        long size = channel.size();
        if (size <= length) {
            return false;
        }
        Arena grown = Arena.ofShared();
        MemorySegment segment;
        try {
            segment = channel.map(MapMode.READ_ONLY, 0, size, grown);
        } catch (IOException | RuntimeException | Error e) {
            grown.close();
            throw e;
        }
        unmap();
        arena = grown;
        address = segment.address();
        length = size;
        return true;
    }

    /** Unmaps and closes the file; calling it again does nothing. */
    @Override
    public void close() throws IOException {
        unmap();
        channel.close();
    }

    private void unmap() {
        Arena mapped = arena;
        if (mapped != null) {
            arena = null;
            address = 0;
            length = 0;
            mapped.close();
        }
    }
}
