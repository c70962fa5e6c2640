package com.waickoff.marketdata.segment;

import com.waickoff.marketdata.journal.JournalCursor;
import com.waickoff.marketdata.journal.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The documents of segments, one segment after the other. */
final class SegmentCursor implements JournalCursor {
    private final List<Path> paths;
    private int next;
    private @Nullable SegmentFile file;

    /** Over these segments of one queue, the oldest first. */
    SegmentCursor(List<Path> paths) {
        this.paths = paths;
    }

    @Override
    public boolean next() {
        for (;;) {
            SegmentFile current = file;
            if (current != null && current.next()) {
                return true;
            }
            close();
            if (next == paths.size()) {
                return false;
            }
            Path path = paths.get(next++);
            try {
                file = SegmentFile.open(path);
            } catch (IOException e) {
                throw new JournalException("segment " + path + ": cannot be read: " + e, e);
            }
        }
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
        next = 0;
        for (int i = paths.size() - 1; i > 0; i--) {
            if (Segments.infoOf(paths.get(i)).firstSequence() <= sequence) {
                next = i;
                return;
            }
        }
    }

    /** Lets go of the segment that is being read: the next call of {@link #next()} is at the next. */
    @Override
    public void close() {
        SegmentFile current = file;
        if (current != null) {
            file = null;
            try {
                current.close();
            } catch (IOException e) {
                throw new JournalException("segment " + current.info().path()
                        + ": cannot be closed: " + e, e);
            }
        }
    }

    private SegmentFile current() {
        SegmentFile current = file;
        if (current == null) {
            throw new IllegalStateException("before the first document");
        }
        return current;
    }
}
