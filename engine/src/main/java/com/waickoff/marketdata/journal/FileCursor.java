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
    /** What this cursor begins behind. */
    private final @Nullable Path startPath;
    /** The newest file that is behind. */
    private @Nullable Path passedPath;
    private @Nullable CycleFile file;
    /** Whether a newer file was there when this one was opened: then this one is over. */
    private boolean hasNewer;

    FileCursor(JournalDirectory directory, JournalQueue queue, @Nullable Path startPath) {
        this.directory = directory;
        this.queue = queue;
        this.startPath = startPath;
        passedPath = startPath;
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
        close();
        passedPath = startPath;
        List<Path> paths = directory.cyclePathsAfter(queue, startPath);
        for (int i = paths.size() - 1; i > 0; i--) {
            try (CycleFile candidate = open(paths.get(i))) {
                if (candidate != null && candidate.next() == CycleFile.DOCUMENT
                        && candidate.length() >= JournalFormat.HEADER_LENGTH
                        && JournalFormat.sequence(candidate.address()) <= sequence) {
                    passedPath = paths.get(i - 1);
                    return;
                }
            }
        }
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
            CycleFile current = file == null ? openNext() : file;
            if (current == null) {
                return false;
            }
            switch (current.next()) {
                case CycleFile.DOCUMENT -> {
                    return true;
                }
                case CycleFile.END -> {
                    if (!hasNewer) {
                        if (current.count() == 0) {
                            // Being made, or never finished: it may give way to another file.
                            close();
                        }
                        return false;
                    }
                }
                case CycleFile.DAMAGED -> throw new JournalException(current.endPlace()
                        + ": the length that stands there leads out of the file: the file is"
                        + " damaged; see what is left by `journal verify`");
                default -> {
                    // Closed.
                }
            }
            passedPath = current.path();
            close();
        }
    }

    /** Null if there is none so far. */
    private @Nullable CycleFile openNext() {
        List<Path> paths = directory.cyclePathsAfter(queue, passedPath);
        if (paths.isEmpty()) {
            return null;
        }
        hasNewer = paths.size() > 1;
        file = open(paths.getFirst());
        return file;
    }

    /** Null if it was removed meanwhile. */
    private @Nullable CycleFile open(Path path) {
        try {
            return CycleFile.open(queue, path);
        } catch (NoSuchFileException removed) {
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
