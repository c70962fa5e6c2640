package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.memory.NativeMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Saves what can be read of a damaged journal into a new one: every sound document, bit for bit and
 * with its sequence, wherever in its file it is found. What is missing in between is declared in the
 * new journal as lost, so that an engine, a replay and a drain read it from its beginning to its
 * end.
 *
 * <p>The new journal has an id of its own. Checkpoints and consumers' cursors of the old one do not
 * belong to it: what followed the last event saved is unknown, and its sequences will be given anew.
 *
 * <p>The damaged journal is not changed. Do this in a process of its own.
 *
 * <p>Threads: one.
 */
public final class JournalSalvage {
    private static final int DOCUMENTS_PER_PROGRESS = 4096;
    private static final int MAX_NOTES = 50;
    private static final int VERSION_OFFSET = Long.BYTES;

    private final JournalVerifier.Progress progress;
    private final Path target;
    private final List<SalvageReport.File> files = new ArrayList<>();
    private final List<SequenceRange> missing = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    /** The definitions so far, by id: the items of their documents. */
    private final List<byte[]> definitions = new ArrayList<>();
    private final Checksum checksum = new Checksum();
    private boolean isDepthPaused;
    private long nextSequence;
    private long first;
    private long last;
    private long totalBytes;
    private long doneBytes;
    private long documents;
    private long events;

    private JournalSalvage(Path target, JournalVerifier.Progress progress) {
        this.target = target;
        this.progress = progress;
    }

    /**
     * Saves a journal.
     *
     * @param damaged its directory
     * @param target a directory that is absent or empty
     * @param clock ns since the epoch; it names the new journal
     * @param progress is told now and then how far this has come
     * @throws JournalException if there is nothing to save that this program can read, or the target
     *     cannot be written
     */
    public static SalvageReport salvage(Path damaged, Path target, LongSupplier clock,
            JournalVerifier.Progress progress) {
        JournalSalvage salvage = new JournalSalvage(target, progress);
        JournalConfig config = salvage.configOf(damaged);
        try (Arena arena = Arena.ofConfined();
                Journal journal = Journal.open(target, config, clock);
                Queue tape = salvage.new Queue(damaged, JournalQueue.TAPE);
                Queue depth = salvage.new Queue(damaged, JournalQueue.DEPTH)) {
            long head = arena.allocate(JournalFormat.HEADER_LENGTH + Definition.MAX_LENGTH,
                    Long.BYTES).address();
            salvage.save(journal, tape, depth, head);
        } catch (IOException e) {
            throw new JournalException(damaged + ": cannot be saved: " + e, e);
        }
        salvage.files.sort((one, other) -> one.queue() != other.queue()
                ? one.queue().compareTo(other.queue())
                : one.fileName().compareTo(other.fileName()));
        return new SalvageReport(salvage.files, salvage.first, salvage.last, salvage.missing,
                salvage.notes);
    }

    /** How the journal was kept; as is the rule, if it does not say so any more. */
    private JournalConfig configOf(Path damaged) {
        try {
            return JournalIdentity.read(damaged).config();
        } catch (JournalException e) {
            if (isOfNewerVersion(damaged)) {
                throw e;
            }
            note(e.getMessage() + ". The new journal is kept as " + JournalConfig.DEFAULT);
            return JournalConfig.DEFAULT;
        }
    }

    private static boolean isOfNewerVersion(Path damaged) {
        try {
            byte[] bytes = Files.readAllBytes(damaged.resolve(JournalFormat.IDENTITY_FILE));
            ByteBuffer identity = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            return bytes.length >= VERSION_OFFSET + Integer.BYTES
                    && identity.getLong(0) == JournalFormat.MAGIC
                    && identity.getInt(VERSION_OFFSET) > JournalFormat.VERSION;
        } catch (IOException absent) {
            return false;
        }
    }

    private void save(Journal journal, Queue tape, Queue depth, long head) throws IOException {
        boolean hasTape = tape.next();
        boolean hasDepth = depth.next();
        nextSequence = hasTape && JournalFormat.count(tape.document()) == 0
                ? JournalFormat.sequence(tape.document()) : 1;
        while (hasTape || hasDepth) {
            boolean isTape = hasTape && (!hasDepth || JournalFormat
                    .sequence(tape.document()) <= JournalFormat.sequence(depth.document()));
            Queue from = isTape ? tape : depth;
            save(journal, from, head);
            if (isTape) {
                hasTape = tape.next();
            } else {
                hasDepth = depth.next();
            }
        }
    }

    private void save(Journal journal, Queue from, long head) throws IOException {
        long document = from.document();
        int length = from.length();
        int count = JournalFormat.count(document);
        long sequence = JournalFormat.sequence(document);
        long receiveTimeNs = JournalFormat.receiveTimeNs(document);
        if (sequence < nextSequence && count > 0) {
            if (JournalFormat.endSequence(document) > nextSequence || first > 0) {
                note(from.place() + ": the sequence " + sequence + " was saved before; left out");
            }
            return;
        }
        byte kind = JournalFormat.kind(document);
        if (!isUsable(from, kind, document, length)) {
            return;
        }
        boolean isNews = learn(kind, document, length);
        if (count == 0 && !isNews) {
            return;
        }
        declareMissing(sequence);
        if (journal.beginsCycle(JournalQueue.TAPE, receiveTimeNs)) {
            appendHead(journal, head, sequence, receiveTimeNs);
        }
        journal.append(from.queue, document, length, receiveTimeNs);
        from.onSaved(count, length);
        events += count;
        nextSequence = Math.max(nextSequence, JournalFormat.endSequence(document));
        if (count > 0) {
            first = first == 0 ? sequence : first;
            last = nextSequence - 1;
        }
        if (++documents % DOCUMENTS_PER_PROGRESS == 0) {
            progress.onProgress(Math.min(doneBytes, totalBytes), totalBytes, events);
        }
    }

    /** Whether a reader would know what the document is about. */
    private boolean isUsable(Queue from, byte kind, long document, int length) {
        int id = JournalFormat.instrumentId(document);
        boolean isKnown = id < definitions.size();
        if (kind == EventKind.INSTRUMENT) {
            if (id > definitions.size() || id < 0) {
                note(from.place() + ": instrument " + id + " is defined before "
                        + definitions.size() + ", whose definition is lost; left out");
                return false;
            }
            if (isKnown && !Arrays.equals(definitions.get(id), item(document, length))) {
                note(from.place() + ": instrument " + id + " is defined otherwise than before;"
                        + " left out");
                return false;
            }
            return true;
        }
        if (!isKnown) {
            note(from.place() + ": the definition of instrument " + id + " is lost; left out");
        }
        return isKnown;
    }

    /** Takes over what holds from this document on; false if it did already. */
    private boolean learn(byte kind, long document, int length) {
        if (kind == EventKind.INSTRUMENT) {
            if (JournalFormat.instrumentId(document) < definitions.size()) {
                return false;
            }
            definitions.add(item(document, length));
            return true;
        }
        boolean wasPaused = isDepthPaused;
        isDepthPaused = kind == EventKind.DEPTH_PAUSED
                || (isDepthPaused && kind != EventKind.DEPTH_RESUMED);
        return wasPaused != isDepthPaused;
    }

    private void declareMissing(long sequence) throws IOException {
        if (sequence <= nextSequence) {
            return;
        }
        if (!isDepthPaused) {
            SequenceRange range = new SequenceRange(nextSequence, sequence - 1);
            missing.add(range);
            Losses.append(target, range);
        }
        nextSequence = sequence;
    }

    /** All that a reader who begins at this cycle has to know: as {@link JournalHandler} does. */
    private void appendHead(Journal journal, long head, long sequence, long receiveTimeNs) {
        for (int id = 0; id < definitions.size(); id++) {
            byte[] item = definitions.get(id);
            NativeMemory.copy(item, 0, item.length, head + JournalFormat.HEADER_LENGTH);
            appendHead(journal, head, EventKind.INSTRUMENT, id, item.length, sequence,
                    receiveTimeNs);
        }
        if (isDepthPaused) {
            appendHead(journal, head, EventKind.DEPTH_PAUSED, -1, 0, sequence, receiveTimeNs);
        }
    }

    private void appendHead(Journal journal, long head, byte kind, int id, int itemLength,
            long sequence, long receiveTimeNs) {
        JournalFormat.putHeader(head, kind, 0, id, sequence, 0, receiveTimeNs, 0, 0);
        checksum.seal(head, JournalFormat.HEADER_LENGTH + itemLength);
        journal.append(JournalQueue.TAPE, head, JournalFormat.HEADER_LENGTH + itemLength,
                receiveTimeNs);
    }

    private static byte[] item(long document, int length) {
        byte[] item = new byte[length - JournalFormat.HEADER_LENGTH];
        NativeMemory.copy(document + JournalFormat.HEADER_LENGTH, item, 0, item.length);
        return item;
    }

    private void note(String text) {
        if (notes.size() < MAX_NOTES) {
            notes.add(text);
        } else if (notes.size() == MAX_NOTES) {
            notes.add("and more");
        }
    }

    /** The sound documents of one queue. */
    private final class Queue implements AutoCloseable {
        private final JournalQueue queue;
        private final Iterator<Path> paths;
        private @Nullable SalvageFile file;
        private long saved;
        private long savedEvents;
        private long savedBytes;
        private long position;

        Queue(Path damaged, JournalQueue queue) throws IOException {
            this.queue = queue;
            List<Path> all = CycleFile.pathsOf(damaged, queue);
            for (Path path : all) {
                totalBytes += Files.size(path);
            }
            paths = all.iterator();
        }

        /** Moves to the next sound document; false if there is none. */
        boolean next() throws IOException {
            for (;;) {
                SalvageFile current = file;
                if (current != null && current.next()) {
                    doneBytes += current.position() - position;
                    position = current.position();
                    return true;
                }
                close();
                if (!paths.hasNext()) {
                    return false;
                }
                Path path = paths.next();
                try {
                    file = SalvageFile.open(queue, path);
                } catch (IOException e) {
                    note(path + ": cannot be opened: " + e);
                }
            }
        }

        long document() {
            return current().address();
        }

        int length() {
            return current().length();
        }

        String place() {
            return queue.directoryName() + ' ' + current().path().getFileName() + " before byte "
                    + position;
        }

        void onSaved(int count, int length) {
            saved++;
            savedEvents += count;
            savedBytes += length;
        }

        /** The file is done with. */
        @Override
        public void close() throws IOException {
            SalvageFile current = file;
            if (current != null) {
                file = null;
                files.add(new SalvageReport.File(queue, current.path().getFileName().toString(),
                        saved, savedEvents, savedBytes, current.lostBytes(),
                        current.unreadableBytes()));
                saved = 0;
                savedEvents = 0;
                savedBytes = 0;
                position = 0;
                current.close();
            }
        }

        private SalvageFile current() {
            SalvageFile current = file;
            if (current == null) {
                throw new IllegalStateException("before the first document");
            }
            return current;
        }
    }
}
