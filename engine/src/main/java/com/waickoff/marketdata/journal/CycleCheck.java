package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.memory.NativeMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a file before an engine goes on in it: every document, and what Chronicle keeps of
 * them for itself, which it believes without asking. A wrong address there would be written to.
 *
 * <p>The file is read, not mapped: a page that the disk cannot read is an exception here, and the
 * end of the process there.
 *
 * <pre>
 *    0  head: place of the last document at 64, its number at 72 in the lower half, the next number
 *       to be indexed at 176, how many indexes there are at 232; the rest never changes
 *  240  places of the indexes, as many as the capacity at 224 says
 *       then indexes and documents
 * </pre>
 *
 * <p>What it tells of documents it goes on telling once it is closed.
 *
 * <p>Threads: one. Allocates; it runs at a start.
 */
final class CycleCheck implements AutoCloseable {
    /** Documents of the end of a file that are told of; a loss reaches less far back. */
    static final int REMEMBERED = 100_000;

    private static final int WORD_LENGTH = Integer.BYTES;
    private static final int WINDOW_LENGTH = 1 << 20;
    private static final int BEING_WRITTEN = 1 << 31;
    private static final int NOT_OURS = 1 << 30;
    private static final int END_OF_CYCLE = BEING_WRITTEN | NOT_OURS;

    private static final int LAST_DOCUMENT_64 = 64;
    private static final int LAST_NUMBER_64 = 72;
    private static final int NEXT_INDEXED_64 = 176;
    private static final int CAPACITY_64 = 224;
    private static final int USED_64 = 232;
    private static final int PLACES = 240;
    /**
     * Checksums of the head with the words that change as 0: of cycles of five minutes, and of longer
     * ones. A version of Chronicle that writes other heads adds to them.
     */
    private static final Set<Integer> HEADS = Set.of(0xee556723, 0xdea8042e);

    private static final int[] CHANGING = {LAST_DOCUMENT_64, LAST_NUMBER_64, NEXT_INDEXED_64,
            USED_64};
    private static final long MASK_32 = 0xffff_ffffL;

    private final JournalQueue queue;
    private final Path file;
    private final FileChannel channel;
    private final Arena arena = Arena.ofConfined();
    private final long window;
    private final Checksum checksum = new Checksum();
    private final Set<Long> metadata = new HashSet<>();
    private final long fileLength;
    private long windowStart;
    private int windowLength;

    private final long[] sequences = new long[REMEMBERED];
    private final int[] counts = new int[REMEMBERED];
    private final byte[] kinds = new byte[REMEMBERED];
    private long documents;
    private long end;
    private boolean isClosed;

    private CycleCheck(JournalQueue queue, Path file) throws IOException {
        this.queue = queue;
        this.file = file;
        channel = FileChannel.open(file, StandardOpenOption.READ);
        fileLength = channel.size();
        MemorySegment memory = arena.allocate(WINDOW_LENGTH, Long.BYTES);
        window = memory.address();
    }

    /**
     * Looks through a whole file.
     *
     * @throws JournalException if it is not as it was written; the message says where
     * @throws IOException if it cannot be read
     */
    static CycleCheck whole(JournalQueue queue, Path file) throws IOException {
        return of(queue, file, true);
    }

    /**
     * Looks at the end of a file, from where Chronicle says that its last document begins.
     *
     * @throws JournalException if it is not as it was written; the message says where
     * @throws IOException if it cannot be read
     */
    static CycleCheck end(JournalQueue queue, Path file) throws IOException {
        return of(queue, file, false);
    }

    /** Documents that were looked at. */
    long documents() {
        return documents;
    }

    /** Bytes up to the end of the last document. */
    long end() {
        return end;
    }

    /** Whether the file says that nothing more will come. */
    boolean isClosed() {
        return isClosed;
    }

    /** Whether the document so many before the last one is still known. */
    boolean remembers(long back) {
        return back < documents && back < REMEMBERED;
    }

    /** Sequence of the document so many before the last one. */
    long sequence(long back) {
        return sequences[place(back)];
    }

    /** Sequence after the last event of that document. */
    long endSequence(long back) {
        return sequences[place(back)] + counts[place(back)];
    }

    /** Kind of that document. */
    byte kind(long back) {
        return kinds[place(back)];
    }

    @Override
    public void close() {
        try (arena; channel) {
            windowLength = 0;
        } catch (IOException e) {
            throw new JournalException(file + ": cannot be closed: " + e.getMessage(), e);
        }
    }

    private static CycleCheck of(JournalQueue queue, Path file, boolean isWhole)
            throws IOException {
        CycleCheck check = new CycleCheck(queue, file);
        try {
            check.run(isWhole);
            return check;
        } catch (IOException | RuntimeException | Error e) {
            check.close();
            throw e;
        }
    }

    private int place(long back) {
        return (int) ((documents - 1 - back) % REMEMBERED);
    }

    private void run(boolean isWhole) throws IOException {
        checkHead();
        long last = NativeMemory.longAt(at(LAST_DOCUMENT_64, Long.BYTES));
        boolean isLastMet = last == 0;
        if (last < 0 || last > fileLength - WORD_LENGTH) {
            throw damaged(LAST_DOCUMENT_64, "the last document is said to be at byte " + last
                    + ", the file has " + fileLength);
        }
        end = isWhole || isLastMet ? 0 : last;
        for (int word = word(); word > 0; word = word()) {
            boolean isLast = end == last;
            isLastMet |= isLast;
            step(word);
            if (isLast && isWhole && (word & NOT_OURS) == 0) {
                checkNumber(last);
            }
        }
        if (!isLastMet) {
            throw damaged(end, "documents up to byte " + last
                    + " were written, but what follows here is none; the end of the file is"
                    + " missing");
        }
        if (isWhole) {
            checkIndexes();
        }
    }

    /** The word where the next document begins; 0 or less at the end. */
    private int word() throws IOException {
        if (end + WORD_LENGTH > fileLength) {
            return 0;
        }
        int word = NativeMemory.intAt(at(end, WORD_LENGTH));
        isClosed = word == END_OF_CYCLE;
        return word;
    }

    private void step(int word) throws IOException {
        int length = word & (NOT_OURS - 1);
        long start = end + WORD_LENGTH;
        if (start + length > fileLength) {
            throw damaged(end, "the length that stands there leads out of the file");
        }
        if ((word & NOT_OURS) != 0) {
            metadata.add(end);
        } else {
            String fault = fault(start, length);
            if (fault != null) {
                throw damaged(end, fault);
            }
            documents++;
            long document = at(start, length);
            sequences[place(0)] = JournalFormat.sequence(document);
            counts[place(0)] = JournalFormat.count(document);
            kinds[place(0)] = JournalFormat.kind(document);
        }
        end = (start + length + WORD_LENGTH - 1) & -WORD_LENGTH;
    }

    private @Nullable String fault(long start, int length) throws IOException {
        if (length > JournalFormat.MAX_DOCUMENT_LENGTH) {
            return "its length is " + length + ": the file is damaged";
        }
        long document = at(start, length);
        String fault = JournalFormat.fault(queue, document, length);
        if (fault == null && !checksum.isSealed(document, length)) {
            return "its checksum is wrong: the file is damaged";
        }
        if (fault == null && documents > 0 && JournalFormat.sequence(document) < endSequence(0)) {
            return "its sequence is " + JournalFormat.sequence(document) + ", expected from "
                    + endSequence(0);
        }
        return fault;
    }

    private void checkHead() throws IOException {
        boolean isHead = fileLength >= PLACES;
        if (isHead) {
            long head = at(0, PLACES);
            long copy = arena.allocate(PLACES, Long.BYTES).address();
            for (int i = 0; i < PLACES; i += Long.BYTES) {
                NativeMemory.putLong(copy + i, NativeMemory.longAt(head + i));
            }
            for (int changing : CHANGING) {
                NativeMemory.putLong(copy + changing, 0);
            }
            isHead = HEADS.contains(checksum.of(copy, PLACES));
        }
        if (!isHead) {
            throw damaged(0, "the head of the file is not what was written there");
        }
    }

    /**
     * The number may belong to the document before: a killed writer had not come to it. In a file
     * whose first document it had not come to, it belongs to an index, and says nothing.
     */
    private void checkNumber(long last) throws IOException {
        long number = NativeMemory.longAt(at(LAST_NUMBER_64, Long.BYTES));
        if (number >>> Integer.SIZE == (last & MASK_32) && (number & MASK_32) != documents - 1) {
            throw damaged(LAST_NUMBER_64, "the last document is said to be number "
                    + (number & MASK_32) + ", but is " + (documents - 1));
        }
    }

    private void checkIndexes() throws IOException {
        long capacity = NativeMemory.longAt(at(CAPACITY_64, Long.BYTES));
        long used = NativeMemory.longAt(at(USED_64, Long.BYTES));
        if (used < 0 || used > capacity) {
            throw damaged(USED_64, "the file is said to have " + used + " indexes");
        }
        for (long i = 0; i < capacity; i++) {
            long place = NativeMemory.longAt(at(PLACES + i * Long.BYTES, Long.BYTES));
            if (place != 0 && !metadata.contains(place)) {
                throw damaged(PLACES + i * Long.BYTES,
                        "an index is said to be at byte " + place + ", where none is");
            }
        }
    }

    /** The address at which bytes of the file can be read, until the next call. */
    private long at(long position, int length) throws IOException {
        if (position < windowStart || position + length > windowStart + windowLength) {
            fill(position);
            if (length > windowLength) {
                throw damaged(position, "the file ends there");
            }
        }
        return window + (position - windowStart);
    }

    private void fill(long position) throws IOException {
        ByteBuffer view = NativeMemory.view(window, WINDOW_LENGTH);
        windowStart = position;
        windowLength = 0;
        while (view.hasRemaining()) {
            int read = channel.read(view, position + windowLength);
            if (read < 0) {
                return;
            }
            windowLength += read;
        }
    }

    private JournalException damaged(long position, String why) {
        return new JournalException(queue.directoryName() + ' ' + file.getFileName() + " at byte "
                + position + ": " + why + ". Nothing was opened or changed. See what is left by"
                + " `journal verify`; the engine goes on in an empty directory, or in what"
                + " `journal salvage` makes of this one");
    }
}
