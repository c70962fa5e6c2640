package com.waickoff.marketdata.feed.recording;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes blocks to their files, packed. What was written a second ago can be read, whatever becomes
 * of this process: such a file lacks its end, and no line before it.
 *
 * <p>Threads: its own, which ends with {@link #stop} after everything is written, or with the first
 * failure of the disk.
 */
final class RecordingFiles implements Runnable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long FLUSH_MS = 1_000;
    private static final long FLUSH_NS = 1_000_000_000L;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final String SUFFIX = ".frames.tsv.gz";
    private static final DateTimeFormatter NAME_TIME = DateTimeFormatter
            .ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final BlockPool pool;
    private final Path directory;
    private final RecorderTotals totals;
    private final Consumer<RecordingFile> onEnd;
    private final Consumer<Throwable> onFailure;
    private final Map<RecordingFile, PackedFile> open = new HashMap<>();
    private final RecordingFile nothing;
    private final Thread thread;
    private long flushedNs;
    private volatile @Nullable IOException failure;

    RecordingFiles(BlockPool pool, Path directory, RecorderTotals totals,
            Consumer<RecordingFile> onEnd, Consumer<Throwable> onFailure) {
        this.pool = pool;
        this.directory = directory;
        this.totals = totals;
        this.onEnd = onEnd;
        this.onFailure = onFailure;
        this.nothing = new RecordingFile("", 0, directory);
        this.thread = Thread.ofPlatform().name("recording").daemon().unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Waits until what was handed over is written; nothing may be handed over any more. */
    void stop() {
        pool.hand(Block.end(nothing, 0));
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true; // what is not on the disk yet would be lost
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What ended the writing, if anything did. */
    @Nullable
    IOException failure() {
        return failure;
    }

    @Override
    public void run() {
        try {
            writeAll();
        } catch (IOException e) {
            failure = e;
            open.values().forEach(PackedFile::abandon);
            onFailure.accept(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does that
        }
    }

    private void writeAll() throws IOException, InterruptedException {
        while (true) {
            Block block = pool.next(FLUSH_MS);
            if (block == null) {
                flush();
            } else if (block.file == nothing) {
                break;
            } else {
                write(block);
                long timeNs = block.timeNs;
                pool.giveBack(block);
                if (timeNs - flushedNs >= FLUSH_NS) {
                    flushedNs = timeNs;
                    flush();
                }
            }
        }
        for (PackedFile file : open.values()) {
            end(file);
        }
    }

    private void write(Block block) throws IOException {
        PackedFile file = open.get(block.file);
        if (file == null) {
            file = make(block.file);
            open.put(block.file, file);
        }
        file.out.write(block.bytes, 0, block.length);
        file.isDirty = true;
        if (block.isLast) {
            open.remove(block.file);
            end(file);
        }
    }

    private void flush() throws IOException {
        for (PackedFile file : open.values()) {
            if (file.isDirty) {
                file.isDirty = false;
                file.out.flush();
            }
            count(file);
        }
    }

    private void end(PackedFile file) throws IOException {
        file.out.close();
        count(file);
        totals.fileEnded();
        onEnd.accept(file.file);
    }

    private void count(PackedFile file) {
        totals.packed(file.written.bytes - file.file.packedBytes());
        file.file.packedBytes(file.written.bytes);
    }

    /** A new file; never one that is there already. */
    private PackedFile make(RecordingFile file) throws IOException {
        String name = file.series() + '_'
                + NAME_TIME.format(Instant.ofEpochSecond(file.beganNs() / NS_PER_SECOND));
        for (int copy = 1;; copy++) {
            Path path = directory.resolve(name + (copy == 1 ? "" : "-" + copy) + SUFFIX);
            try {
                OutputStream raw = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
                file.madeAt(path);
                return new PackedFile(file, new CountedStream(raw));
            } catch (FileAlreadyExistsException e) {
                // The next number may be free.
            }
        }
    }

    /** A file that is being written. */
    private static final class PackedFile {
        final RecordingFile file;
        final CountedStream written;
        final OutputStream out;
        boolean isDirty;

        PackedFile(RecordingFile file, CountedStream written) throws IOException {
            this.file = file;
            this.written = written;
            this.out = new GZIPOutputStream(written, BUFFER_BYTES, true);
        }

        void abandon() {
            try {
                written.close();
            } catch (IOException e) {
                // It is told already what the disk's trouble is.
            }
        }
    }

    /** Counts what is written. */
    private static final class CountedStream extends FilterOutputStream {
        long bytes;

        CountedStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            bytes++;
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            out.write(source, offset, length);
            bytes += length;
        }
    }
}
