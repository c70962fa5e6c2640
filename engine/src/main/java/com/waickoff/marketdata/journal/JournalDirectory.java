package com.waickoff.marketdata.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A journal as its readers see it: an engine may be appending meanwhile, and does not notice.
 * Nothing is written and no lock is taken.
 */
public final class JournalDirectory implements JournalSource {
    private final Path path;
    private final JournalIdentity identity;

    private JournalDirectory(Path path, JournalIdentity identity) {
        this.path = path;
        this.identity = identity;
    }

    /**
     * Looks at a journal.
     *
     * @throws JournalException if the directory holds none, or one of a newer version
     */
    public static JournalDirectory open(Path path) {
        return new JournalDirectory(path, JournalIdentity.read(path));
    }

    /** The version of the format that this program writes. */
    public static int formatVersion() {
        return JournalFormat.VERSION;
    }

    /** Whether this is the directory of a journal, be it one that this program can read or not. */
    public static boolean isJournal(Path path) {
        return Files.exists(path.resolve(JournalFormat.IDENTITY_FILE));
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /**
     * Tells this journal from one that takes its place: who remembers a sequence remembers this
     * with it.
     */
    public long journalId() {
        return identity.journalId();
    }

    /** How it is kept. */
    public JournalConfig config() {
        return identity.config();
    }

    @Override
    public JournalCursor cursor(JournalQueue queue) {
        return new FileCursor(this, queue, null);
    }

    /** A cursor over the files of a queue that follow one of this name, whether that is there or not. */
    public JournalCursor cursorAfter(JournalQueue queue, String fileName) {
        return new FileCursor(this, queue, pathOf(queue, fileName));
    }

    /**
     * The documents of one file that nothing will be added to any more, each checked.
     *
     * @throws JournalException if the file is not there or cannot be read; so does the cursor where it
     *     meets damage, and at the end of a file that is not closed
     */
    public JournalCursor closedCycle(JournalQueue queue, String fileName) {
        Path file = pathOf(queue, fileName);
        try {
            return new ClosedCycleCursor(CycleFile.open(queue, file));
        } catch (IOException e) {
            throw new JournalException(file + ": cannot be read: " + e, e);
        }
    }

    private Path pathOf(JournalQueue queue, String fileName) {
        return path.resolve(queue.directoryName()).resolve(fileName);
    }

    @Override
    public boolean isDeclaredLost(SequenceRange events) {
        return losses().stream().anyMatch(loss -> loss.contains(events));
    }

    /**
     * First sequence whose book levels are there, where older ones were removed; else 0.
     *
     * @throws JournalException if that cannot be read
     */
    @Override
    public long depthFrom() {
        Path file = path.resolve(JournalFormat.DEPTH_FILE);
        try {
            SequenceFile from = SequenceFile.read(file, JournalFormat.DEPTH_KEYWORD);
            return from.journalId() == journalId() ? from.sequence() : 0;
        } catch (NoSuchFileException nothingRemoved) {
            return 0;
        } catch (IOException e) {
            throw new JournalException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Events that one queue lost although the other goes on after them, as far as declared. */
    public List<SequenceRange> losses() {
        return Losses.read(path);
    }

    /** The names of the files of a queue, the oldest first. */
    public List<String> cycleFileNames(JournalQueue queue) {
        return cyclePathsAfter(queue, null).stream().map(file -> file.getFileName().toString())
                .toList();
    }

    /** The files of a queue, the oldest first. */
    public List<CycleInfo> cycles(JournalQueue queue) {
        List<CycleInfo> cycles = new ArrayList<>();
        for (Path cyclePath : cyclePathsAfter(queue, null)) {
            CycleInfo info = infoOf(queue, cyclePath);
            if (info != null) {
                cycles.add(info);
            }
        }
        return cycles;
    }

    /**
     * A sequence from which on every event can be read that was received at this time or later: as
     * far on as the files tell without being read through.
     *
     * @return 0 where reading must begin with the oldest event
     */
    public long sequenceBefore(long receiveTimeNs) {
        long sequence = 0;
        for (JournalQueue queue : JournalQueue.values()) {
            long earlierNs = Long.MIN_VALUE;
            for (CycleInfo cycle : cycles(queue)) {
                if (cycle.firstSequence() == 0) {
                    continue;
                }
                if (cycle.firstReceiveTimeNs() < earlierNs
                        || cycle.firstReceiveTimeNs() >= receiveTimeNs) {
                    // From a clock that went back on, times say nothing of the order.
                    break;
                }
                earlierNs = cycle.firstReceiveTimeNs();
                sequence = Math.max(sequence, cycle.firstSequence());
            }
            if (sequence == 0) {
                // The tape comes first: what it has no more, is not read.
                return 0;
            }
        }
        return sequence;
    }

    /**
     * Sequence of the newest event; 0 where there is none. The newest file of each queue is read
     * through, without a look at what its documents hold.
     *
     * @throws JournalException if that cannot be read
     */
    public long lastSequence() {
        try (JournalEnd end = new JournalEnd(this)) {
            return end.lastSequence();
        }
    }

    /** The files whose cycle is later than that of {@code last}; all of them after null. */
    List<Path> cyclePathsAfter(JournalQueue queue, @Nullable Path last) {
        try {
            List<Path> paths = CycleFile.pathsOf(path, queue);
            return last == null ? paths
                    : paths.stream().filter(file -> file.compareTo(last) > 0).toList();
        } catch (IOException e) {
            throw new JournalException(path + ": cannot be listed: " + e.getMessage(), e);
        }
    }

    /** Null if the file was pruned meanwhile. */
    private static @Nullable CycleInfo infoOf(JournalQueue queue, Path cyclePath) {
        try (CycleFile file = CycleFile.open(queue, cyclePath)) {
            boolean hasDocument = file.next() == CycleFile.DOCUMENT
                    && file.length() >= JournalFormat.HEADER_LENGTH;
            return new CycleInfo(queue, cyclePath.getFileName().toString(),
                    hasDocument ? JournalFormat.sequence(file.address()) : 0,
                    hasDocument ? JournalFormat.receiveTimeNs(file.address()) : 0,
                    Files.size(cyclePath));
        } catch (NoSuchFileException pruned) {
            return null;
        } catch (IOException e) {
            throw new JournalException(cyclePath + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
