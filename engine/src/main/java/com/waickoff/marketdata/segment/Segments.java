package com.waickoff.marketdata.segment;

import com.waickoff.marketdata.journal.JournalCursor;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalFormat;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.journal.JournalSource;
import com.waickoff.marketdata.journal.SequenceRange;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a journal. As a source of documents: those whose files of the journal are gone,
 * which are the oldest; what is there both ways is the journal's.
 */
public final class Segments implements JournalSource {
    private final JournalDirectory journal;
    private final Set<Path> leftOut;

    /** Those of a journal, which need not have any. */
    public Segments(JournalDirectory journal) {
        this(journal, Set.of());
    }

    private Segments(JournalDirectory journal, Set<Path> leftOut) {
        this.journal = journal;
        this.leftOut = leftOut;
    }

    /** The others: a source of documents without these. */
    public Segments without(Collection<Path> segments) {
        return new Segments(journal, Set.copyOf(segments));
    }

    /** The segments of a queue, the oldest first. */
    public List<Path> paths(JournalQueue queue) {
        Path folder = journal.path().resolve(SegmentFormat.FOLDER)
                .resolve(queue.directoryName());
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder,
                "*" + SegmentFormat.SUFFIX)) {
            files.forEach(paths::add);
        } catch (NoSuchFileException nothingSealed) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            throw new JournalException(folder + ": cannot be read: " + e, e);
        }
        Collections.sort(paths);
        return paths;
    }

    /**
     * The manifest of a segment.
     *
     * @throws JournalException if it is cut off, damaged or of another version, as far as its ends
     *     tell
     */
    public static SegmentInfo infoOf(Path segment) {
        try (SegmentFile file = SegmentFile.open(segment)) {
            return file.info();
        } catch (IOException e) {
            throw new JournalException("segment " + segment + ": cannot be read: " + e, e);
        }
    }

    /**
     * Reads a whole segment and holds it against its manifest.
     *
     * @throws JournalException if it is not as it was sealed, or of another journal
     */
    public SegmentInfo verify(Path segment) {
        try (SegmentFile file = SegmentFile.open(segment)) {
            SegmentInfo info = file.info();
            if (info.journalId() != journal.journalId()) {
                throw new JournalException("segment " + segment + ": is of the journal "
                        + info.journalId() + ", expected " + journal.journalId());
            }
            file.verify();
            return info;
        } catch (IOException e) {
            throw new JournalException("segment " + segment + ": cannot be read: " + e, e);
        }
    }

    @Override
    public JournalCursor cursor(JournalQueue queue) {
        return new SegmentCursor(unsealedFrom(queue));
    }

    @Override
    public boolean isDeclaredLost(SequenceRange events) {
        return journal.isDeclaredLost(events);
    }

    @Override
    public long depthFrom() {
        return journal.depthFrom();
    }

    /** Segments before the oldest file of the journal; all, where there is none. */
    List<Path> unsealedFrom(JournalQueue queue) {
        List<String> cycles = journal.cycleFileNames(queue);
        @Nullable
        String oldest = cycles.isEmpty() ? null : cycles.getFirst();
        return paths(queue).stream()
                .filter(path -> !leftOut.contains(path))
                .filter(path -> oldest == null || cycleFileName(path).compareTo(oldest) < 0)
                .toList();
    }

    static Path pathOf(Path journal, JournalQueue queue, String cycleFileName) {
        String suffix = JournalFormat.CYCLE_SUFFIX;
        if (!cycleFileName.endsWith(suffix)) {
            throw new IllegalArgumentException(cycleFileName + ": expected a name that ends with "
                    + suffix);
        }
        return journal.resolve(SegmentFormat.FOLDER).resolve(queue.directoryName()).resolve(
                cycleFileName.substring(0, cycleFileName.length() - suffix.length())
                        + SegmentFormat.SUFFIX);
    }

    static String cycleFileName(Path segment) {
        String name = segment.getFileName().toString();
        return name.substring(0, name.length() - SegmentFormat.SUFFIX.length())
                + JournalFormat.CYCLE_SUFFIX;
    }
}
