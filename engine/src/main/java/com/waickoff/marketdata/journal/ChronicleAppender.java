package com.waickoff.marketdata.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.onoes.NullExceptionHandler;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.TailerDirection;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.queue.impl.table.Metadata;
import net.openhft.chronicle.queue.impl.table.SingleTableBuilder;
import net.openhft.chronicle.threads.BusyTimedPauser;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.chronicle.wire.Wires;
import org.jspecify.annotations.Nullable;

/**
 * One queue as Chronicle Queue appends to it. The only class that names Chronicle.
 *
 * <p>Whoever opens it must be known to be the only writer: leftovers of a dead one are cleared away
 * without asking.
 *
 * <p>Threads: one at a time.
 */
final class ChronicleAppender implements AutoCloseable {
    private static final long NS_PER_MS = 1_000_000;
    private static final String METADATA_FILE = SingleChronicleQueue.QUEUE_METADATA_FILE;
    private static final String DISCARDED_SUFFIX = SingleChronicleQueue.DISCARD_FILE_SUFFIX;
    /** Where the first documents of a file are within. */
    private static final int START_LENGTH = 1 << 18;
    /** Waiting is for a writer that is alive, and there is none: long enough for a slow disk. */
    private static final long TIMEOUT_MS = 2_000;

    static {
        // Chronicle reads these once, when its classes are initialised. It would report usage over
        // the network, print a banner, and watch the disk from a thread of its own.
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
        // Its notes on slow mappings would be logged, and allocated, in the middle of an append.
        Jvm.disablePerfHandler();
        Jvm.disableDebugHandler();
        SingleChronicleQueueBuilder.addAliases();
    }

    private final JournalCycle cycle;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final PointerBytesStore document = new PointerBytesStore();
    private long timeNs;
    /** End of the cycle of the last document; unknown at first. */
    private long cycleEndNs = Long.MIN_VALUE;

    ChronicleAppender(Path directory, JournalCycle cycle, int blockLength) throws IOException {
        this.cycle = cycle;
        clearLeftovers(directory);
        queue = SingleChronicleQueueBuilder.binary(directory.toFile()).rollCycle(rollCycle(cycle))
                .blockSize(blockLength).timeoutMS(TIMEOUT_MS).timeProvider(() -> timeNs / NS_PER_MS)
                .build();
        try {
            // Files only ever follow each other: a clock that was wrong, or is now, must not send
            // documents into a cycle that is closed or that readers have passed.
            int lastCycle = queue.lastCycle();
            timeNs = lastCycle == Integer.MIN_VALUE ? 0 : cycle.startNs(lastCycle);
            appender = queue.createAppender();
            // Opened by one thread, used by another.
            appender.singleThreadedCheckDisabled(true);
        } catch (RuntimeException | Error e) {
            queue.close();
            throw e;
        }
    }

    /** Whether a document of this time would be the first of its cycle since this was opened. */
    boolean beginsCycle(long epochNs) {
        return Math.max(timeNs, epochNs) >= cycleEndNs;
    }

    /** Appends a document whole or not at all; its cycle is that of the latest time so far. */
    void append(long address, int length, long epochNs) {
        if (epochNs > timeNs) {
            timeNs = epochNs;
        }
        document.set(address, length);
        appender.writeBytes(document);
        if (timeNs >= cycleEndNs) {
            cycleEndNs = cycle.startNs(cycle.at(timeNs) + 1);
        }
    }

    /** Calls {@code visitor} with the documents from the last one backwards, as long as it wants. */
    void backwards(Visitor visitor) {
        try (ExcerptTailer tailer = queue.createTailer()) {
            tailer.direction(TailerDirection.BACKWARD).toEnd();
            boolean more = true;
            while (more) {
                try (DocumentContext context = tailer.readingDocument()) {
                    if (!context.isPresent()) {
                        return;
                    }
                    Bytes<?> bytes = context.wire().bytes();
                    more = visitor.onDocument(bytes.addressForRead(bytes.readPosition()),
                            (int) bytes.readRemaining());
                }
            }
        }
    }

    @Override
    public void close() {
        appender.close();
        queue.close();
    }

    private static RollCycle rollCycle(JournalCycle cycle) {
        return switch (cycle) {
            case FIVE_MINUTES -> RollCycles.FIVE_MINUTELY;
            case HOUR -> RollCycles.FAST_HOURLY;
            case DAY -> RollCycles.FAST_DAILY;
        };
    }

    /**
     * What a killed writer can leave behind, and Chronicle would wait for. Its lock holds a process
     * id: in a container the next process has the same one, and would wait for itself. A metadata
     * file that was being made would leave the queue read-only; it holds nothing that cannot be
     * found again. A cycle file that was being made holds no document.
     */
    private static void clearLeftovers(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Path newest = newestCycleFile(directory);
        if (newest != null && isHalfMade(newest)) {
            Files.move(newest, directory.resolve(newest.getFileName() + DISCARDED_SUFFIX),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Path metadata = directory.resolve(METADATA_FILE);
        if (Files.exists(metadata)) {
            if (isHalfMade(metadata)) {
                Files.delete(metadata);
            } else {
                unlock(metadata);
            }
        }
    }

    private static void unlock(Path metadata) {
        // After a kill this is the rule: nothing to warn of, with a stack trace at that.
        Jvm.setThreadLocalExceptionHandlers(null, NullExceptionHandler.NOTHING, null);
        try (var store = SingleTableBuilder.binary(metadata.toFile(), Metadata.NoMeta.INSTANCE)
                .readOnly(false).build();
                var appendLock = new TableStoreWriteLock(store, BusyTimedPauser::new, 0L,
                        TableStoreWriteLock.APPEND_LOCK_KEY);
                var writeLock = new TableStoreWriteLock(store, BusyTimedPauser::new, 0L)) {
            appendLock.forceUnlock();
            writeLock.forceUnlock();
        } finally {
            Jvm.setThreadLocalExceptionHandlers(null, null, null);
        }
    }

    private static @Nullable Path newestCycleFile(Path directory) throws IOException {
        Path newest = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory,
                "*" + JournalFormat.CYCLE_SUFFIX)) {
            for (Path file : files) {
                if (newest == null || file.compareTo(newest) > 0) {
                    newest = file;
                }
            }
        }
        return newest;
    }

    /**
     * Whether Chronicle had begun to make the file and not finished: it marks the first word before
     * all else, and completes it last.
     *
     * @throws JournalException if the word is neither complete nor the mark: then documents may be
     *     in the file, and Chronicle would put it aside
     */
    private static boolean isHalfMade(Path file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(START_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int read;
            do {
                read = channel.read(start);
            } while (read > 0);
        }
        int word = start.getInt(0);
        boolean isEmpty = start.clear().equals(ByteBuffer.allocate(START_LENGTH));
        if (word == Wires.NOT_COMPLETE_UNKNOWN_LENGTH || isEmpty) {
            return true;
        }
        if (word <= 0) {
            throw new JournalException(file + ": its first word is damaged: "
                    + Integer.toHexString(word) + ". See what is left by `journal verify`");
        }
        return false;
    }

    /** Sees documents. */
    @FunctionalInterface
    interface Visitor {
        /** Returns whether it wants the one before, too. */
        boolean onDocument(long address, int length);
    }
}
