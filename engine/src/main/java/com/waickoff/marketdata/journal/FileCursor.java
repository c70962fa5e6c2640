package com.waickoff.marketdata.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the files of one queue, the oldest first. */
final class FileCursor implements JournalCursor {
    private final JournalDirectory directory;
    private final JournalQueue queue;
    private List<Path> newerPaths;
    private @Nullable CycleFile file;

    FileCursor(JournalDirectory directory, JournalQueue queue) {
        this.directory = directory;
        this.queue = queue;
        newerPaths = directory.cyclePaths(queue);
    }

    @Override
    public boolean next() {
        CycleFile current = file;
        return (current != null && current.next() == CycleFile.DOCUMENT) || nextSlowPath();
    }

    @Override
    public long address() {
        return current().address();
    }

    @Override
    public int length() {
        return current().length();
    }

    @Override
    public String place() {
        return current().place();
    }

    @Override
    public void toCycleOf(long sequence) {
        List<Path> paths = directory.cyclePaths(queue);
        close();
        for (int i = paths.size() - 1; i >= 0; i--) {
            CycleFile candidate = open(paths.get(i));
            if (candidate == null) {
                continue;
            }
            if (candidate.next() == CycleFile.DOCUMENT
                    && candidate.length() >= JournalFormat.HEADER_LENGTH
                    && JournalFormat.sequence(candidate.address()) <= sequence) {
                candidate.rewind();
                file = candidate;
                newerPaths = paths.subList(i + 1, paths.size());
                return;
            }
            candidate.close();
        }
        newerPaths = paths;
    }

    @Override
    public void close() {
        CycleFile current = file;
        if (current != null) {
            file = null;
            current.close();
        }
    }

    /** At the end of a file: on to the next one, if this one is over. */
    private boolean nextSlowPath() {
        for (;;) {
            CycleFile current = file;
            if (current != null) {
                // Again, because a newer file is known only now, after the first look.
                int state = current.next();
                if (state == CycleFile.DOCUMENT) {
                    return true;
                }
                if (state == CycleFile.DAMAGED) {
                    throw new JournalException(current.endPlace()
                            + ": the length that stands there leads out of the file: the file is"
                            + " damaged; see what is left by `journal verify`");
                }
                if (state == CycleFile.END && newerPaths.isEmpty()) {
                    return false;
                }
            }
            if (newerPaths.isEmpty()) {
                newerPaths = directory.cyclePathsAfter(queue,
                        current == null ? null : current.path());
            }
            if (newerPaths.isEmpty()) {
                return false;
            }
            CycleFile newer = open(newerPaths.getFirst());
            newerPaths = newerPaths.subList(1, newerPaths.size());
            if (newer != null) {
                close();
                file = newer;
            }
        }
    }

    /** Null if it was pruned meanwhile. */
    private @Nullable CycleFile open(Path path) {
        try {
            return CycleFile.open(queue, path);
        } catch (NoSuchFileException pruned) {
            return null;
        } catch (IOException e) {
            throw new JournalException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private CycleFile current() {
        CycleFile current = file;
        if (current == null) {
            throw new IllegalStateException("before the first document");
        }
        return current;
    }
}
