package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole journal and says what is wrong with it: each document's checksum and content, and
 * the sequence across both queues. What is damaged is passed over, so the rest is seen, too.
 *
 * <p>Nothing is written and no lock is taken; an engine may be appending meanwhile. Every length is
 * checked against its file, so flipped bits end in the report. Pages that the disk cannot read end
 * the process all the same: verify in a process of its own.
 */
public final class JournalVerifier {
    private static final int MAX_INSTRUMENTS = 1 << 16;
    private static final int DOCUMENTS_PER_PROGRESS = 4096;

    private final JournalDirectory directory;
    private final List<CycleReport> cycles = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<SequenceRange> missing = new ArrayList<>();
    private final long[] events = new long[Byte.MAX_VALUE + 1];
    private final Progress progress;
    private final List<KnownEvent> known;
    private final JournalSource sealed;
    private long totalBytes;
    private long finishedBytes;
    private long soundDocuments;
    private long soundEvents;
    private long first;
    private long last;

    private JournalVerifier(JournalDirectory directory, JournalSource sealed,
            List<KnownEvent> known, Progress progress) {
        this.sealed = sealed;
        this.directory = directory;
        this.known = new ArrayList<>(known);
        this.progress = progress;
    }

    /** Is told now and then how far a verification has come. */
    @FunctionalInterface
    public interface Progress {
        /**
         * The verification goes on.
         *
         * @param doneBytes bytes of the files read so far
         * @param totalBytes bytes of all files, of which the ends of the last ones may be empty
         * @param events sound events so far
         */
        void onProgress(long doneBytes, long totalBytes, long events);
    }

    /**
     * Verifies a journal.
     *
     * @throws JournalException if the directory holds none that this program can read
     */
    public static JournalReport verify(Path path) {
        return verify(path, JournalSource.EMPTY, List.of(), (done, total, events) -> {});
    }

    /**
     * Verifies a journal, and tells how far it has come. Nothing in a file says that more was behind
     * its end; but the cursors of consumers do, and whoever else has seen an event.
     *
     * @param sealed what was sealed of it and is no longer in its files, already verified
     * @param known events that must be there, as of before this is called
     * @throws JournalException if the directory holds none that this program can read
     */
    public static JournalReport verify(Path path, JournalSource sealed, List<KnownEvent> known,
            Progress progress) {
        return new JournalVerifier(JournalDirectory.open(path), sealed, known, progress).verify();
    }

    private JournalReport verify() {
        List<SequenceRange> declared = directory.losses();
        askConsumers();
        for (JournalQueue queue : JournalQueue.values()) {
            for (CycleInfo cycle : directory.cycles(queue)) {
                totalBytes += cycle.lengthBytes();
            }
        }
        try (JournalTail tail = new JournalTail(new SoundDocuments(),
                new InstrumentCatalogue(MAX_INSTRUMENTS), this::onMissing)) {
            tail.poll(this::onEvent);
            checkEnd();
        } catch (JournalException e) {
            report(e.getMessage() + ". What follows was not looked at");
        }
        cycles.sort((one, other) -> one.queue() != other.queue()
                ? one.queue().compareTo(other.queue())
                : one.fileName().compareTo(other.fileName()));
        long lost = missing.stream().mapToLong(SequenceRange::count).sum();
        long end = Math.max(last, missing.isEmpty() ? 0 : missing.getLast().last());
        long span = end == 0 ? 0 : end - Math.max(1, first) + 1;
        return new JournalReport(cycles, LongStream.of(events).boxed().toList(), first, last,
                span - LongStream.of(events).sum() - lost, missing, declared, problems);
    }

    /** Before the files are read: an engine and its consumers may be going on. */
    private void askConsumers() {
        try {
            for (JournalConsumer consumer : JournalConsumer.all(directory.path())) {
                if (consumer.journalId() == directory.journalId()) {
                    known.add(new KnownEvent(consumer.sequence(),
                            "the consumer " + consumer.name()));
                }
            }
        } catch (JournalException e) {
            report(e.getMessage());
        }
    }

    private void checkEnd() {
        KnownEvent latest = new KnownEvent(0, "");
        for (KnownEvent event : known) {
            latest = event.sequence() > latest.sequence() ? event : latest;
        }
        if (latest.sequence() > last) {
            SequenceRange range = new SequenceRange(last + 1, latest.sequence());
            missing.add(range);
            report("the journal ends with sequence " + last + ", but " + latest.who()
                    + " has seen " + latest.sequence() + ": the events " + range
                    + " are missing; the end of the newest files was cut off or overwritten");
        }
    }

    private void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
        if (first == 0) {
            first = sequence;
        }
        last = sequence;
        events[event.kind()]++;
    }

    private void onMissing(SequenceRange range, String place) {
        missing.add(range);
        boolean isDeclared = directory.isDeclaredLost(range);
        report(place + ": the events " + range + " before it are missing"
                + (isDeclared ? ", as was declared at a restart" : ""));
    }

    private void report(@Nullable String problem) {
        if (problem != null && problems.size() < JournalReport.MAX_PROBLEMS) {
            problems.add(problem);
        }
    }

    /** Hands on sound documents, and reports what it passes over. */
    private final class SoundDocuments implements JournalSource {
        @Override
        public JournalCursor cursor(JournalQueue queue) {
            return new SoundCursor(queue);
        }

        @Override
        public boolean isDeclaredLost(SequenceRange range) {
            return false;
        }

        @Override
        public long depthFrom() {
            return directory.depthFrom();
        }
    }

    /** The sound documents of one queue. */
    private final class SoundCursor implements JournalCursor {
        private final JournalQueue queue;
        private final Checksum checksum = new Checksum();
        private final JournalCursor sealedDocuments;
        private boolean isSealed = true;
        private Iterator<Path> paths;
        private @Nullable CycleFile file;
        private @Nullable Path lastPath;
        private boolean isGivenUp;
        /** End behind which documents were looked for. */
        private long searchedFrom = -1;
        private long endSequence;

        private long documents;
        private long damaged;
        private long eventCount;
        private long firstSequence;
        private long firstReceiveTimeNs;
        private long lastReceiveTimeNs;

        SoundCursor(JournalQueue queue) {
            this.queue = queue;
            sealedDocuments = sealed.cursor(queue);
            paths = directory.cyclePathsAfter(queue, null).iterator();
        }

        @Override
        public boolean next() {
            if (isSealed) {
                isSealed = sealedDocuments.next();
                if (isSealed) {
                    endSequence = JournalFormat.endSequence(sealedDocuments.address());
                    return true;
                }
            }
            for (;;) {
                CycleFile current = file;
                int state = current == null ? CycleFile.CLOSED : current.next();
                if (current != null && state == CycleFile.DOCUMENT) {
                    if (isSound(current)) {
                        return true;
                    }
                } else if (!nextFile(current, state)) {
                    return false;
                }
            }
        }

        @Override
        public long address() {
            return isSealed ? sealedDocuments.address() : current().address();
        }

        @Override
        public int length() {
            return isSealed ? sealedDocuments.length() : current().length();
        }

        @Override
        public String place() {
            return isSealed ? sealedDocuments.place() : current().place();
        }

        @Override
        public void toCycleOf(long sequence) {
            throw new UnsupportedOperationException("a journal is verified from its beginning");
        }

        @Override
        public void close() {
            sealedDocuments.close();
            CycleFile current = file;
            if (current != null) {
                finish(current, false);
            }
        }

        private boolean isSound(CycleFile current) {
            long document = current.address();
            String fault = JournalFormat.fault(queue, document, current.length());
            if (fault == null && !checksum.isSealed(document, current.length())) {
                fault = "its checksum is wrong";
            }
            if (fault == null && JournalFormat.sequence(document) < endSequence) {
                fault = "its sequence is " + JournalFormat.sequence(document) + ", expected from "
                        + endSequence;
            }
            if (fault != null) {
                damaged++;
                report(current.place() + ": " + fault);
                return false;
            }
            if (documents++ == 0) {
                firstSequence = JournalFormat.sequence(document);
                firstReceiveTimeNs = JournalFormat.receiveTimeNs(document);
            }
            lastReceiveTimeNs = JournalFormat.receiveTimeNs(document);
            eventCount += JournalFormat.count(document);
            soundEvents += JournalFormat.count(document);
            if (++soundDocuments % DOCUMENTS_PER_PROGRESS == 0) {
                progress.onProgress(finishedBytes + current.position(), totalBytes, soundEvents);
            }
            endSequence = JournalFormat.endSequence(document);
            return true;
        }

        /** On to the next file, if there is one: a file that does not end properly is damaged. */
        private boolean nextFile(@Nullable CycleFile current, int state) {
            if (state == CycleFile.DAMAGED && current != null && !isGivenUp) {
                report(current.endPlace()
                        + ": the length that stands there leads out of the file; the rest of the"
                        + " file cannot be read");
                isGivenUp = true;
            }
            if (state == CycleFile.END && current != null && current.position() != searchedFrom) {
                searchedFrom = current.position();
                if (hidesDocuments(current)) {
                    return true;
                }
            }
            if (!paths.hasNext()) {
                paths = directory.cyclePathsAfter(queue, lastPath).iterator();
            }
            if (!paths.hasNext()) {
                return false;
            }
            Path path = paths.next();
            lastPath = path;
            if (current != null) {
                if (state == CycleFile.END) {
                    report(current.endPlace() + ": the file is not closed although "
                            + path.getFileName() + " follows; its end may be missing");
                }
                finish(current, state == CycleFile.CLOSED);
            }
            try {
                file = CycleFile.open(queue, path);
            } catch (NoSuchFileException pruned) {
                report(path + ": was removed meanwhile");
            } catch (IOException e) {
                report(path + ": cannot be read: " + e.getMessage());
            }
            return true;
        }

        /**
         * Whether reading has to go on: documents behind what looked like the end were written
         * meanwhile. If they were not, the end is none, and what is behind it is reported.
         */
        private boolean hidesDocuments(CycleFile current) {
            long end = current.position();
            try (SalvageFile rest = SalvageFile.open(queue, current.path(), end)) {
                // What a killed writer did not complete stands at the end, and is no document yet.
                boolean isFound = rest.next() && (rest.start() > end || rest.next());
                if (!isFound) {
                    return false;
                }
                if (current.isAtEnd()) {
                    report(current.endPlace() + ": nothing seems to follow, but sound documents"
                            + " stand from byte " + rest.start()
                            + " on: what is between is damaged; see `journal salvage`");
                    return false;
                }
                return true;
            } catch (IOException e) {
                report(current.endPlace() + ": cannot be read: " + e.getMessage());
                return false;
            }
        }

        private void finish(CycleFile current, boolean isClosed) {
            cycles.add(new CycleReport(queue, current.path().getFileName().toString(), documents,
                    eventCount, firstSequence, documents == 0 ? 0 : endSequence,
                    firstReceiveTimeNs, lastReceiveTimeNs, current.position(), damaged, isClosed));
            finishedBytes += current.position();
            documents = 0;
            damaged = 0;
            eventCount = 0;
            firstSequence = 0;
            firstReceiveTimeNs = 0;
            lastReceiveTimeNs = 0;
            isGivenUp = false;
            searchedFrom = -1;
            file = null;
            current.close();
        }

        private CycleFile current() {
            CycleFile current = file;
            if (current == null) {
                throw new IllegalStateException("before the first document");
            }
            return current;
        }
    }
}
