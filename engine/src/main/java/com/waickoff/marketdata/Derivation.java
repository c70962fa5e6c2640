package com.waickoff.marketdata;

import com.waickoff.marketdata.coverage.InstrumentCoverage;
import com.waickoff.marketdata.event.Checkpointed;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalTail;
import com.waickoff.marketdata.journal.SequenceRange;
import com.waickoff.marketdata.replay.Checkpoint;
import com.waickoff.marketdata.replay.CheckpointStore;
import com.waickoff.marketdata.replay.JournalReplay;
import com.waickoff.marketdata.segment.SegmentedJournal;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.Window;
import com.waickoff.marketdata.window.WindowCloseListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The studies of an engine over its journal, in another process: what the engine derived from each
 * event, told in an order that depends on the journal alone.
 *
 * <pre>
 *   checkpoint ─► studies ◄── tail of the journal ◄── engine, alive or not
 *                    └──► DerivationListener
 * </pre>
 *
 * <p>Reads the journal without its library and without a lock; the engine does not notice.
 *
 * <p>Threads: one.
 */
public final class Derivation implements AutoCloseable {
    private static final long FROM_THE_BEGINNING = 0;
    private static final DerivationListener NOBODY = new DerivationListener() {
    };

    private final JournalDirectory journal;
    private final InstrumentCatalogue catalogue;
    private final SnapshotWriter snapshot;
    private final Studies studies;
    private final CheckpointStore checkpoints;
    private final CheckpointStore engineCheckpoints;
    private final JournalTail tail;
    private final JournalReplay replay;
    private final BookState[] toldBooks;
    private final int[] toldCoverage;
    private final List<Revised> revised = new ArrayList<>();
    private final MarketEvent declaration = new MarketEvent();
    private final long restoredSequence;

    private DerivationListener listener = NOBODY;
    private long handled;
    private long receivedNs;
    private boolean isBetweenBatches = true;
    private boolean isBehindHole;
    /** Only levels came since the last hole: what the tapes lost is declared already. */
    private boolean isHoleDeclared;

    /** A closed window that changed and has not been told; its place may go to another window. */
    private record Revised(int instrumentId, Window window, long startNs) {
        boolean isOf(int id, Window other) {
            return id == instrumentId && window == other && startNs == other.startNs();
        }
    }

    private Derivation(EngineConfig config, Path directory, JournalDirectory journal,
            @Nullable Checkpoint checkpoint, SnapshotWriter snapshot) throws IOException {
        this.journal = journal;
        this.snapshot = snapshot;
        catalogue = new InstrumentCatalogue(config.instrumentCapacity());
        checkpoints = new CheckpointStore(directory);
        engineCheckpoints = new CheckpointStore(config.journalDir());
        studies = new Studies(config, catalogue, snapshot, this::onRetired, this::onSignal,
                CounterBlock.onHeap("derivation"));
        studies.addListener(new ClosedWindows());
        toldBooks = new BookState[config.instrumentCapacity()];
        Arrays.fill(toldBooks, BookState.REBUILDING);
        toldCoverage = new int[config.instrumentCapacity()];
        Recovery recovery = new Recovery(catalogue, studies, this::parts);
        if (checkpoint != null) {
            recovery.restore(checkpoint);
        }
        restoredSequence = checkpoint == null ? FROM_THE_BEGINNING : checkpoint.sequence();
        handled = restoredSequence;
        tail = new JournalTail(new SegmentedJournal(journal), catalogue, this::onMissing);
        if (checkpoint != null) {
            recovery.seek(tail, restoredSequence);
        }
        for (int id = 0; checkpoint != null && id < checkpoint.instruments().size(); id++) {
            toldBooks[id] = studies.bookState(id);
            toldCoverage[id] = studies.coverage(id).version();
        }
        replay = recovery.follow();
        replay.begin(tail);
    }

    /**
     * The studies as they are after the newest checkpoint that can be used, or at the beginning of
     * the journal.
     *
     * @param config the engine's: other studies derive something else
     * @param directory for checkpoints of its own, and for memory that outgrows the heap; made if it
     *     is not there
     * @param notBeyond what follows this sequence must be derived, so no later checkpoint will do, and
     *     those of its own are removed; 0 to begin with the journal
     * @param notes hears what a person should know
     * @throws JournalException if the journal cannot be read
     */
    public static Derivation open(EngineConfig config, Path directory, long notBeyond,
            Consumer<String> notes) throws IOException {
        Files.createDirectories(directory);
        JournalDirectory journal = JournalDirectory.open(config.journalDir());
        new CheckpointStore(directory).forgetBeyond(journal.journalId(), notBeyond);
        for (Path place : List.of(directory, config.journalDir())) {
            Checkpoint checkpoint = notBeyond == FROM_THE_BEGINNING ? null
                    : new CheckpointStore(place).newestUpTo(journal.journalId(), notBeyond, notes);
            if (checkpoint != null) {
                try {
                    return open(config, directory, journal, checkpoint);
                } catch (CheckpointRefusedException e) {
                    notes.accept(e.getMessage());
                }
            }
        }
        return open(config, directory, journal, null);
    }

    private static Derivation open(EngineConfig config, Path directory, JournalDirectory journal,
            @Nullable Checkpoint checkpoint) throws IOException {
        SnapshotWriter snapshot = SnapshotWriter.createUnread(directory, config.snapshot());
        try {
            return new Derivation(config, directory, journal, checkpoint, snapshot);
        } catch (IOException | RuntimeException e) {
            snapshot.close();
            throw e;
        }
    }

    /**
     * Hands the events that are there to the studies, and what they derive to the listener.
     *
     * @param limit once so many events were handled, no further ones that were journaled together
     *     are begun
     * @return how many events; 0 if there is nothing new
     * @throws JournalException if the journal cannot be read on; so will the next call
     */
    public int poll(DerivationListener told, int limit) {
        listener = told;
        try {
            return tail.poll(this::onJournaled, limit);
        } finally {
            listener = NOBODY;
        }
    }

    /** Retires every window that is kept: nothing can be derived afterwards. */
    public void retireAll(DerivationListener told) {
        listener = told;
        try {
            studies.retireAll();
        } finally {
            listener = NOBODY;
        }
    }

    private void onJournaled(MarketEvent event, long sequence, boolean endOfBatch) {
        listener.onEvent(event, sequence);
        if (isBehindHole) {
            declareHoleSlowPath(event, sequence);
        }
        isHoleDeclared &= event.kind() == EventKind.BOOK_LEVEL;
        isBetweenBatches = event.has(EventFlags.LAST);
        handled = sequence;
        receivedNs = Math.max(receivedNs, event.receiveTimeNs());
        // Nobody looks at the snapshot: nothing is to be published.
        replay.onEvent(event, sequence, false);
        if (isBetweenBatches) {
            onBatchEnd(event);
        }
        listener.onHandled(event, sequence);
    }

    private void onBatchEnd(MarketEvent event) {
        switch (event.kind()) {
            case EventKind.TRADE -> {
                if (!revised.isEmpty()) {
                    tellRevisedSlowPath();
                }
                tellCoverage(event.instrumentId());
            }
            case EventKind.BOOK_LEVEL, EventKind.BOOK_RESET, EventKind.BOOK_READY ->
                tellBook(event.instrumentId(), event);
            case EventKind.TRADE_GAP, EventKind.FEED_UP, EventKind.FEED_DOWN ->
                tellCoverage(event.instrumentId());
            case EventKind.DEPTH_PAUSED -> {
                for (int id = 0; id < catalogue.count(); id++) {
                    tellBook(id, event);
                }
            }
            default -> {
                // Neither books nor the tape are worth more or less.
            }
        }
    }

    private void tellBook(int instrumentId, MarketEvent cause) {
        BookState state = studies.bookState(instrumentId);
        if (state != toldBooks[instrumentId]) {
            toldBooks[instrumentId] = state;
            listener.onBookState(instrumentId, state, cause);
        }
    }

    private void tellCoverage(int instrumentId) {
        int version = studies.coverage(instrumentId).version();
        if (version != toldCoverage[instrumentId]) {
            toldCoverage[instrumentId] = version;
            listener.onCoverage(instrumentId);
        }
    }

    private void tellRevisedSlowPath() {
        for (Revised window : revised) {
            tellRevised(window.instrumentId, window.window);
        }
        revised.clear();
    }

    private void tellRevised(int instrumentId, Window window) {
        listener.onWindowRevised(instrumentId, window,
                studies.windows(instrumentId).cumulativeDelta(window));
    }

    private void onRetired(int instrumentId, Window window, long cumulativeDelta) {
        listener.onWindowRetired(instrumentId, window, cumulativeDelta);
    }

    private void onSignal(int instrumentId, Signal signal) {
        listener.onSignal(instrumentId, signal);
    }

    private void onMissing(SequenceRange events, String place) {
        isBehindHole = !isHoleDeclared;
        listener.onMissing(events, place);
    }

    /** What every study would have been told, had it been known that these events are missing. */
    private void declareHoleSlowPath(MarketEvent next, long sequence) {
        isBehindHole = false;
        isHoleDeclared = true;
        for (int id = 0; id < catalogue.count(); id++) {
            declaration.tradeGapByTime(id, 0, next.receiveTimeNs(), Reason.SEQUENCE_GAP);
            replay.onEvent(declaration, sequence, false);
            tellCoverage(id);
            declaration.bookReset(id, 0, next.receiveTimeNs(), 0, Reason.SEQUENCE_GAP);
            declaration.addFlags(EventFlags.FIRST);
            replay.onEvent(declaration, sequence, false);
            tellBook(id, declaration);
        }
    }

    /** Collects what happens to closed windows while an event is handled. */
    private final class ClosedWindows implements WindowCloseListener {
        @Override
        public void onClosed(int instrumentId, Window window) {
            listener.onWindowClosed(instrumentId, window,
                    studies.windows(instrumentId).cumulativeDelta(window));
        }

        @Override
        public void onRevised(int instrumentId, Window window) {
            if (indexOf(instrumentId, window) < 0) {
                revised.add(new Revised(instrumentId, window, window.startNs()));
            }
        }

        @Override
        public void onLeaving(int instrumentId, Window window) {
            int index = revised.isEmpty() ? -1 : indexOf(instrumentId, window);
            if (index >= 0) {
                tellRevised(instrumentId, window);
                revised.remove(index);
            }
        }

        private int indexOf(int instrumentId, Window window) {
            for (int i = revised.size() - 1; i >= 0; i--) {
                if (revised.get(i).isOf(instrumentId, window)) {
                    return i;
                }
            }
            return -1;
        }
    }

    /** Sequence of the last event that was handled; 0 for none. */
    public long handledSequence() {
        return handled;
    }

    /** Sequence of the checkpoint it began with; 0 if it began with the journal. */
    public long restoredSequence() {
        return restoredSequence;
    }

    /** When the newest event handled was received, in ns since the epoch; 0 before the first. */
    public long receiveTimeNs() {
        return receivedNs;
    }

    /** What instruments mean. */
    public InstrumentCatalogue catalogue() {
        return catalogue;
    }

    /** What is known of the tape of an instrument. */
    public InstrumentCoverage coverage(int instrumentId) {
        return studies.coverage(instrumentId);
    }

    /** The journal that is read. */
    public JournalDirectory journal() {
        return journal;
    }

    /** Whether a checkpoint can be written now: not while events journaled together are handled. */
    public boolean isBetweenBatches() {
        return isBetweenBatches;
    }

    /**
     * Writes the state, for itself and for the engine's next start, which then has less of the
     * journal to handle.
     *
     * @throws IllegalStateException unless {@link #isBetweenBatches()}
     */
    public void checkpoint() throws IOException {
        if (!isBetweenBatches) {
            throw new IllegalStateException("the event at sequence " + handled
                    + " is followed by others that were journaled with it");
        }
        checkpoints.write(journal.journalId(), handled, catalogue, this::parts);
        Checkpoint written = checkpoints.newest(journal.journalId(), handled, damage -> {
            throw new IllegalStateException(damage);
        });
        if (written != null) {
            engineCheckpoints.adopt(written);
        }
    }

    private List<Checkpointed> parts(int instrumentId) {
        return studies.parts();
    }

    @Override
    public void close() {
        tail.close();
        snapshot.close();
    }
}
