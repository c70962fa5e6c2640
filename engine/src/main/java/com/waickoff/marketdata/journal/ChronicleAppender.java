package com.waickoff.marketdata.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.Wire;
import net.openhft.chronicle.wire.Wires;

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
    private final BlockReserve reserve;
    private final PointerBytesStore document = new PointerBytesStore();
    private long timeNs;
    /** End of the cycle of the last document; unknown at first. */
    private long cycleEndNs = Long.MIN_VALUE;
    /** The cycle of the newest file, and where its last document ends. */
    private long lastCycle;
    private long lastEnd;

    /**
     * Opens a queue that {@link QueueEnd#check} has found to be as it was written.
     *
     * @param checkedEnd where the last document of the newest file ends; 0 if there is none
     */
    ChronicleAppender(Path directory, JournalCycle cycle, int blockLength, BlockSource blocks,
            long checkedEnd) throws IOException {
        this.cycle = cycle;
        // It holds Chronicle's lock, which is ours to take, and what a look at the files tells.
        Files.deleteIfExists(directory.resolve(METADATA_FILE));
        queue = SingleChronicleQueueBuilder.binary(directory.toFile()).rollCycle(rollCycle(cycle))
                .blockSize(blockLength).timeoutMS(TIMEOUT_MS).timeProvider(() -> timeNs / NS_PER_MS)
                .build();
        try {
            // Files only ever follow each other: a clock that was wrong, or is now, must not send
            // documents into a cycle that is closed or that readers have passed.
            int newest = queue.lastCycle();
            lastCycle = newest == Integer.MIN_VALUE ? Long.MIN_VALUE : newest;
            lastEnd = checkedEnd;
            timeNs = newest == Integer.MIN_VALUE ? 0 : cycle.startNs(newest);
            reserve = new BlockReserve(directory, cycle,
                    DateTimeFormatter.ofPattern(rollCycle(cycle).format(), Locale.ROOT),
                    blockLength, blocks);
            appender = queue.createAppender();
            // Opened by one thread, used by another.
            appender.singleThreadedCheckDisabled(true);
        } catch (IOException | RuntimeException | Error e) {
            queue.close();
            throw e;
        }
    }

    /** Whether a document of this time would be the first of its cycle since this was opened. */
    boolean beginsCycle(long epochNs) {
        return Math.max(timeNs, epochNs) >= cycleEndNs;
    }

    /**
     * Sees to it that the disk has room for a document.
     *
     * @return false if it has none
     * @throws IOException if that cannot be told
     */
    boolean makeRoom(int length, long epochNs) throws IOException {
        long ofTimeNs = Math.max(timeNs, epochNs);
        return (ofTimeNs < cycleEndNs && reserve.hasRoom(lastEnd + length))
                || makeRoomSlowPath(length, cycle.at(ofTimeNs));
    }

    /** Appends a document whole or not at all; its cycle is that of the latest time so far. */
    void append(long address, int length, long epochNs) {
        if (epochNs > timeNs) {
            timeNs = epochNs;
        }
        document.set(address, length);
        appender.writeBytes(document);
        lastEnd = wire().bytes().writePosition();
        reserve.wrote(lastEnd);
        if (timeNs >= cycleEndNs) {
            lastCycle = cycle.at(timeNs);
            cycleEndNs = cycle.startNs(lastCycle + 1);
        }
    }

    /** What the queue has of the disk; for any thread. */
    BlockReserve reserve() {
        return reserve;
    }

    @Override
    public void close() {
        try (reserve; queue) {
            appender.close();
        }
    }

    private boolean makeRoomSlowPath(int length, long ofCycle) throws IOException {
        return reserve.makeRoom(ofCycle, ofCycle == lastCycle ? lastEnd : 0, length);
    }

    private Wire wire() {
        return Objects.requireNonNull(appender.wire());
    }

    private static RollCycle rollCycle(JournalCycle cycle) {
        return switch (cycle) {
            case FIVE_MINUTES -> RollCycles.FIVE_MINUTELY;
            case HOUR -> RollCycles.FAST_HOURLY;
            case DAY -> RollCycles.FAST_DAILY;
        };
    }

    /**
     * A cycle file that was being made when its writer was killed, and that Chronicle would wait for:
     * it holds no document.
     */
    static void putAsideHalfMade(Path directory, List<Path> files) throws IOException {
        Path newest = files.isEmpty() ? null : files.getLast();
        if (newest != null && isHalfMade(newest)) {
            Files.move(newest, directory.resolve(newest.getFileName() + DISCARDED_SUFFIX),
                    StandardCopyOption.REPLACE_EXISTING);
        }
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
}
