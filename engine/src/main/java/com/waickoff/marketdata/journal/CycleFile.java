package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.memory.FileView;
import com.waickoff.marketdata.memory.NativeMemory;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The documents of one file, forward. A length is checked against the file before it is believed,
 * so that damage ends in {@link #DAMAGED} and not in a fault that ends the process.
 *
 * <p>Threads: one.
 */
final class CycleFile implements AutoCloseable {
    /** There is a document: {@link #address()}, {@link #length()}. */
    static final int DOCUMENT = 0;
    /** Nothing more so far. */
    static final int END = 1;
    /** The cycle is closed: nothing more will come. */
    static final int CLOSED = 2;
    /** A length leads out of the file. */
    static final int DAMAGED = 3;

    private static final int WORD_LENGTH = Integer.BYTES;
    private static final int BEING_WRITTEN = 1 << 31;
    private static final int NOT_OURS = 1 << 30;
    private static final int END_OF_CYCLE = BEING_WRITTEN | NOT_OURS;
    private static final int LENGTH_MASK = NOT_OURS - 1;

    private final JournalQueue queue;
    private final Path path;
    private final FileView view;
    private long position;
    private long index = -1;
    private long address;
    private int length;

    private CycleFile(JournalQueue queue, Path path, FileView view) {
        this.queue = queue;
        this.path = path;
        this.view = view;
    }

    static CycleFile open(JournalQueue queue, Path path) throws IOException {
        return new CycleFile(queue, path, FileView.open(path));
    }

    /** The files of a queue, the oldest first; none if its directory is absent. */
    static List<Path> pathsOf(Path journal, JournalQueue queue) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                journal.resolve(queue.directoryName()), "*" + JournalFormat.CYCLE_SUFFIX)) {
            files.forEach(paths::add);
        } catch (NoSuchFileException nothingWritten) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(paths);
        return paths;
    }

    /** Moves to the next document: {@link #DOCUMENT} or why there is none. */
    int next() {
        for (;;) {
            long wordEnd = position + WORD_LENGTH;
            if (wordEnd > view.length() && !grow(wordEnd)) {
                return END;
            }
            int word = NativeMemory.intAcquire(view.address() + position);
            if (word <= 0) {
                return word == END_OF_CYCLE ? CLOSED : END;
            }
            int wordLength = word & LENGTH_MASK;
            long end = wordEnd + wordLength;
            if (end > view.length() && !grow(end)) {
                return DAMAGED;
            }
            position = (end + WORD_LENGTH - 1) & -WORD_LENGTH;
            if ((word & NOT_OURS) == 0) {
                address = view.address() + wordEnd;
                length = wordLength;
                index++;
                return DOCUMENT;
            }
        }
    }

    /** Whether nothing has been written behind the last document. */
    boolean isAtEnd() {
        return position + WORD_LENGTH > view.length()
                || NativeMemory.intAcquire(view.address() + position) <= 0;
    }

    long address() {
        return address;
    }

    int length() {
        return length;
    }

    /** Documents passed so far. */
    long count() {
        return index + 1;
    }

    /** Bytes of the file up to the end of the last document. */
    long position() {
        return position;
    }

    Path path() {
        return path;
    }

    JournalQueue queue() {
        return queue;
    }

    /** Bytes that a document of this length takes in its file: framing and padding included. */
    static long bytesInFile(int length) {
        return WORD_LENGTH + ((length + WORD_LENGTH - 1L) & -WORD_LENGTH);
    }

    /** Where the document is, for messages. */
    String place() {
        return queue.directoryName() + ' ' + path.getFileName() + ", document " + index
                + " at byte " + (address - view.address());
    }

    /** Where reading stopped, for messages. */
    String endPlace() {
        return queue.directoryName() + ' ' + path.getFileName() + " after document " + index
                + " at byte " + position;
    }

    @Override
    public void close() {
        try {
            view.close();
        } catch (IOException e) {
            throw new JournalException(path + ": cannot be closed: " + e.getMessage(), e);
        }
    }

    private boolean grow(long end) {
        try {
            view.grow();
            return end <= view.length();
        } catch (IOException e) {
            throw new JournalException(endPlace() + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
