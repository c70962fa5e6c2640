package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.memory.NativeMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Finds the sound documents of a file wherever they are, without believing its framing: at each
 * multiple of 4 it asks whether a document begins there whose head makes sense and whose checksum
 * is right. So the documents behind a damaged length, or behind a page that is gone, are found.
 *
 * <p>The file is read and not mapped: a page that the disk cannot give is taken as zeros and
 * counted, where a mapping would end the process.
 *
 * <p>Threads: one.
 */
final class SalvageFile implements AutoCloseable {
    private static final int PAGE_LENGTH = 1 << 12;
    /** Holds the longest document several times. */
    private static final int WINDOW_LENGTH = 1 << 20;
    private static final MemorySegment ZEROS = Arena.global().allocate(WINDOW_LENGTH, PAGE_LENGTH);
    private static final int WORD_LENGTH = Integer.BYTES;
    private static final int NOT_OURS = 1 << 30;
    private static final int END_OF_CYCLE = (1 << 31) | NOT_OURS;
    private static final int LENGTH_MASK = NOT_OURS - 1;

    private final JournalQueue queue;
    private final Path path;
    private final FileChannel channel;
    private final long fileLength;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment window = arena.allocate(WINDOW_LENGTH + PAGE_LENGTH, PAGE_LENGTH);
    private final Checksum checksum = new Checksum();
    private long windowStart;
    private int windowLength;
    private long position;
    private long address;
    private int length;
    private long unreadableBytes;
    private long lostBytes;

    private SalvageFile(JournalQueue queue, Path path, FileChannel channel, long position)
            throws IOException {
        this.position = position;
        this.queue = queue;
        this.path = path;
        this.channel = channel;
        fileLength = channel.size() & -WORD_LENGTH;
    }

    static SalvageFile open(JournalQueue queue, Path path) throws IOException {
        return open(queue, path, 0);
    }

    /** Looks from a position on, which is a multiple of 4. */
    static SalvageFile open(JournalQueue queue, Path path, long position) throws IOException {
        return new SalvageFile(queue, path, FileChannel.open(path, StandardOpenOption.READ),
                position);
    }

    /** Moves to the next sound document; false if there is none. */
    boolean next() {
        long gapStart = position;
        while (position + WORD_LENGTH + JournalFormat.HEADER_LENGTH <= fileLength) {
            if (findsDocument()) {
                lostBytes += lostBytes(gapStart, position);
                // What was passed over was looked at in the window: the document must be in it again.
                address = addressOf(position, WORD_LENGTH + length) + WORD_LENGTH;
                position += CycleFile.bytesInFile(length);
                return true;
            }
            // Most of a file's end is empty. A document may stand behind a word that is zero.
            position = Math.max(position, skipZeros(position + WORD_LENGTH) - 2 * WORD_LENGTH)
                    + WORD_LENGTH;
        }
        lostBytes += lostBytes(gapStart, fileLength);
        position = fileLength;
        return false;
    }

    /** Address of the document: valid until the next call of {@link #next()}. */
    long address() {
        return address;
    }

    int length() {
        return length;
    }

    Path path() {
        return path;
    }

    /** Where the document's frame begins in the file. */
    long start() {
        return position - CycleFile.bytesInFile(length);
    }

    /** Bytes of the file behind the end of the document. */
    long position() {
        return position;
    }

    /** Bytes so far that are neither of a sound document nor Chronicle's nor empty. */
    long lostBytes() {
        return lostBytes;
    }

    /** Bytes so far that the disk could not give. */
    long unreadableBytes() {
        return unreadableBytes;
    }

    @Override
    public void close() throws IOException {
        arena.close();
        channel.close();
    }

    /** The first word from a position on that is not zero, or where the window ends before it. */
    private long skipZeros(long from) {
        int offset = (int) (from - windowStart);
        if (offset < 0 || offset >= windowLength) {
            return from;
        }
        long zeros = MemorySegment.mismatch(window, offset, windowLength, ZEROS, 0,
                windowLength - offset);
        return zeros < 0 ? windowStart + windowLength : from + (zeros & -WORD_LENGTH);
    }

    /** Whether a sound document begins at the position; its length is known then. */
    private boolean findsDocument() {
        long frame = addressOf(position, WORD_LENGTH + JournalFormat.HEADER_LENGTH);
        int word = NativeMemory.intAt(frame);
        long document = frame + WORD_LENGTH;
        if (JournalFormat.version(document) != JournalFormat.VERSION) {
            return false;
        }
        // The length that the frame says, or the one that the document's own count does.
        return isSound(word & LENGTH_MASK) || isSound(JournalFormat.HEADER_LENGTH
                + (long) JournalFormat.count(document)
                        * JournalFormat.itemLength(JournalFormat.kind(document)));
    }

    private boolean isSound(long candidate) {
        if (candidate < JournalFormat.HEADER_LENGTH
                || candidate > JournalFormat.MAX_DOCUMENT_LENGTH
                || position + WORD_LENGTH + candidate > fileLength) {
            return false;
        }
        int bytes = (int) candidate;
        long document = addressOf(position, WORD_LENGTH + JournalFormat.HEADER_LENGTH)
                + WORD_LENGTH;
        if (JournalFormat.fault(queue, document, bytes) != null) {
            return false;
        }
        document = addressOf(position, WORD_LENGTH + bytes) + WORD_LENGTH;
        length = bytes;
        return checksum.isSealed(document, bytes);
    }

    /** What is lost between two documents: all but what Chronicle put there, and zeros. */
    private long lostBytes(long from, long to) {
        long at = from;
        while (at < to) {
            int word = NativeMemory.intAt(addressOf(at, WORD_LENGTH));
            long end = at + CycleFile.bytesInFile(word & LENGTH_MASK);
            if (word == END_OF_CYCLE) {
                // Chronicle leaves a word of its own behind it.
                return 0;
            }
            if (word == 0) {
                at = Math.min(to, skipZeros(at + WORD_LENGTH));
            } else if ((word & NOT_OURS) != 0 && word > 0 && end <= to) {
                at = end;
            } else {
                return nonZeroBytes(at, to);
            }
        }
        return 0;
    }

    private long nonZeroBytes(long from, long to) {
        long bytes = 0;
        for (long at = from; at < to; at += WORD_LENGTH) {
            if (NativeMemory.intAt(addressOf(at, WORD_LENGTH)) != 0) {
                bytes += WORD_LENGTH;
            }
        }
        return bytes;
    }

    /** Address of bytes of the file, which are in memory then. */
    private long addressOf(long at, int bytes) {
        if (at < windowStart || at + bytes > windowStart + windowLength) {
            load(at & -PAGE_LENGTH);
        }
        return window.address() + (at - windowStart);
    }

    private void load(long start) {
        windowStart = start;
        windowLength = (int) Math.min(WINDOW_LENGTH, fileLength - start);
        ByteBuffer buffer = window.asByteBuffer();
        if (!read(buffer.position(0).limit(windowLength), start)) {
            for (int at = 0; at < windowLength; at += PAGE_LENGTH) {
                int bytes = Math.min(PAGE_LENGTH, windowLength - at);
                if (!read(buffer.limit(at + bytes).position(at), start + at)) {
                    window.asSlice(at, bytes).fill((byte) 0);
                    unreadableBytes += bytes;
                }
            }
        }
    }

    private boolean read(ByteBuffer target, long start) {
        try {
            long at = start;
            while (target.hasRemaining()) {
                int read = channel.read(target, at);
                if (read < 0) {
                    return false;
                }
                at += read;
            }
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }
}
