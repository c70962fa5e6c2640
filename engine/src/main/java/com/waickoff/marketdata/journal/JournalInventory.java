package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.journal.CycleContent.State;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a journal holds: its files, and its instruments with the bytes they take. Only the heads of
 * documents are read and no checksums computed, so this says how much there is and not whether it
 * is sound: {@link JournalVerifier} does.
 *
 * <p>Nothing is written and no lock is taken; an engine may be appending meanwhile.
 *
 * <p>Threads: one.
 */
public final class JournalInventory {
    private static final int MAX_INSTRUMENTS = 1 << 16;
    private static final int DOCUMENTS_PER_PROGRESS = 4096;

    private final JournalDirectory directory;
    private final JournalVerifier.Progress progress;
    private final Checksum checksum = new Checksum();
    private final List<CycleContent> cycles = new ArrayList<>();
    private @Nullable Tally[] tallies = new Tally[16];
    private long totalBytes;
    private long finishedBytes;
    private long events;
    private long controlBytes;
    private long documents;

    private JournalInventory(JournalDirectory directory, JournalVerifier.Progress progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /**
     * Looks through a journal.
     *
     * @param progress is told now and then how far this has come
     * @throws JournalException if its files cannot be read
     */
    public static JournalInventory of(JournalDirectory directory,
            JournalVerifier.Progress progress) {
        JournalInventory inventory = new JournalInventory(directory, progress);
        inventory.look();
        return inventory;
    }

    /** The files of both queues, each queue's oldest first. */
    public List<CycleContent> cycles() {
        return List.copyOf(cycles);
    }

    /** The files of one queue, the oldest first. */
    public List<CycleContent> cycles(JournalQueue queue) {
        return cycles.stream().filter(cycle -> cycle.queue() == queue).toList();
    }

    /** The instruments that were defined or have events, in order of their ids. */
    public List<InstrumentContent> instruments() {
        List<InstrumentContent> contents = new ArrayList<>();
        for (int id = 0; id < tallies.length; id++) {
            Tally tally = tallies[id];
            if (tally != null) {
                contents.add(tally.content(id));
            }
        }
        return contents;
    }

    /** Events that the heads tell of. */
    public long events() {
        return events;
    }

    /** Bytes of all files up to the ends of their last documents. */
    public long usedBytes() {
        return cycles.stream().mapToLong(CycleContent::usedBytes).sum();
    }

    /** Bytes of the documents that are neither trades nor levels. */
    public long controlBytes() {
        return controlBytes;
    }

    /** The first sequence there is; 0 if there is none. */
    public long firstSequence() {
        return cycles.stream().mapToLong(CycleContent::firstSequence)
                .filter(sequence -> sequence > 0).min().orElse(0);
    }

    /** The sequence after the last event; 1 if there is none. */
    public long nextSequence() {
        return cycles.stream().mapToLong(CycleContent::endSequence).max().orElse(1);
    }

    private void look() {
        for (JournalQueue queue : JournalQueue.values()) {
            directory.cycles(queue).forEach(cycle -> totalBytes += cycle.lengthBytes());
        }
        for (JournalQueue queue : JournalQueue.values()) {
            List<Path> paths = directory.cyclePathsAfter(queue, null);
            for (int i = 0; i < paths.size(); i++) {
                look(queue, paths.get(i), i == paths.size() - 1);
            }
        }
    }

    private void look(JournalQueue queue, Path path, boolean isNewest) {
        try (CycleFile file = CycleFile.open(queue, path)) {
            CycleWalk walk = new CycleWalk(file);
            int end = walk.toEnd();
            cycles.add(new CycleContent(queue, path.getFileName().toString(), walk.documents,
                    walk.events, walk.firstSequence, walk.endSequence, walk.firstReceiveTimeNs,
                    walk.lastReceiveTimeNs, file.position(), walk.hasHead,
                    walk.isDamaged || end == CycleFile.DAMAGED ? State.DAMAGED
                            : end == CycleFile.CLOSED ? State.CLOSED
                                    : isNewest ? State.OPEN : State.CUT));
            finishedBytes += file.position();
        } catch (NoSuchFileException pruned) {
            // As if it had been pruned before.
            return;
        } catch (IOException e) {
            throw new JournalException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private Tally tally(int id) {
        if (id >= tallies.length) {
            tallies = Arrays.copyOf(tallies, Math.max(id + 1, 2 * tallies.length));
        }
        Tally tally = tallies[id];
        if (tally == null) {
            tally = new Tally();
            tallies[id] = tally;
        }
        return tally;
    }

    /** The documents of one file. */
    private final class CycleWalk {
        private final CycleFile file;
        private long documents;
        private long events;
        private long firstSequence;
        private long endSequence;
        private long firstReceiveTimeNs;
        private long lastReceiveTimeNs;
        private boolean hasHead;
        private boolean isDamaged;

        CycleWalk(CycleFile file) {
            this.file = file;
        }

        int toEnd() {
            int state = file.next();
            while (state == CycleFile.DOCUMENT) {
                if (JournalFormat.fault(file.queue(), file.address(), file.length()) == null) {
                    onDocument(file.address(), file.length());
                } else {
                    isDamaged = true;
                }
                state = file.next();
            }
            return state;
        }

        private void onDocument(long document, int length) {
            int count = JournalFormat.count(document);
            if (documents++ == 0) {
                firstSequence = JournalFormat.sequence(document);
                firstReceiveTimeNs = JournalFormat.receiveTimeNs(document);
                hasHead = count == 0;
            }
            lastReceiveTimeNs = JournalFormat.receiveTimeNs(document);
            endSequence = JournalFormat.endSequence(document);
            events += count;
            JournalInventory.this.events += count;
            tellOf(document, length, count);
            if (++JournalInventory.this.documents % DOCUMENTS_PER_PROGRESS == 0) {
                progress.onProgress(finishedBytes + file.position(), totalBytes,
                        JournalInventory.this.events);
            }
        }

        private void tellOf(long document, int length, int count) {
            byte kind = JournalFormat.kind(document);
            int id = JournalFormat.instrumentId(document);
            long bytes = CycleFile.bytesInFile(length);
            if (id < 0 || id >= MAX_INSTRUMENTS
                    || (kind != EventKind.TRADE && kind != EventKind.BOOK_LEVEL)) {
                controlBytes += bytes;
                if (kind == EventKind.INSTRUMENT && id >= 0 && id < MAX_INSTRUMENTS) {
                    define(id, document, length);
                }
                return;
            }
            Tally tally = tally(id);
            tally.seen(JournalFormat.receiveTimeNs(document));
            if (kind == EventKind.TRADE) {
                tally.trades += count;
                tally.tradeBytes += bytes;
            } else {
                tally.levels += count;
                tally.levelBytes += bytes;
            }
        }

        private void define(int id, long document, int length) {
            Tally tally = tally(id);
            if (tally.name == null && checksum.isSealed(document, length)) {
                try {
                    Instrument instrument = Definition.read(document, length);
                    tally.name = instrument.name();
                } catch (IllegalArgumentException unreadable) {
                    isDamaged = true;
                }
            }
        }
    }

    /** What there is of one instrument. */
    private static final class Tally {
        private @Nullable String name;
        private long trades;
        private long tradeBytes;
        private long levels;
        private long levelBytes;
        private long firstReceiveTimeNs;
        private long lastReceiveTimeNs;

        void seen(long receiveTimeNs) {
            // The queues are read one after the other.
            firstReceiveTimeNs = firstReceiveTimeNs == 0 ? receiveTimeNs
                    : Math.min(firstReceiveTimeNs, receiveTimeNs);
            lastReceiveTimeNs = Math.max(lastReceiveTimeNs, receiveTimeNs);
        }

        InstrumentContent content(int id) {
            return new InstrumentContent(name == null ? "instrument " + id : name, trades,
                    tradeBytes, levels, levelBytes, firstReceiveTimeNs, lastReceiveTimeNs);
        }
    }
}
