package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.memory.NativeMemory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a journal in the order of their sequence, from any sequence on, bit for bit
 * as they were journaled; at the end it waits for more.
 *
 * <pre>
 *   tape    [1..3]          [9]  [10]           both queues, merged by sequence
 *   depth           [4..8]             [11..20]
 * </pre>
 *
 * <p>Definitions are restored into the catalogue before the first event that needs them. Whatever
 * is not as it must be ends in a {@link JournalException} that says where: damage, a sequence that
 * is missing (unless book levels were left out on purpose), a newer version.
 *
 * <p>Threads: one. No allocation for an event; a file that begins or grows costs a little. After an
 * exception of the handler, {@link #seek} says where to go on.
 */
public final class JournalTail implements AutoCloseable {
    private static final long FROM_THE_OLDEST = 0;

    private final QueueReader tape;
    private final QueueReader depth;
    private final JournalSource source;
    private final MissingEvents missing;
    private final TapeState state;
    private final MarketEvent event = new MarketEvent();
    private long nextSequence = FROM_THE_OLDEST;
    /** First sequence whose levels are there; it grows while older ones are removed. */
    private long depthFrom;
    /** After a seek: the next event need not be the first of its document. */
    private boolean isWithinDocument;

    /**
     * Reads from the oldest event on.
     *
     * @param catalogue takes over the definitions
     */
    public JournalTail(JournalSource source, InstrumentCatalogue catalogue) {
        this(source, catalogue, (events, place) -> {
            throw new JournalException(place + ": expected sequence " + events.first()
                    + "; the events " + events
                    + " are missing. They were pruned or lost; see `journal verify`");
        });
    }

    /**
     * Reads from the oldest event on.
     *
     * @param catalogue takes over the definitions
     * @param missing is told of events that should be there and are not
     */
    public JournalTail(JournalSource source, InstrumentCatalogue catalogue,
            MissingEvents missing) {
        this.source = source;
        this.missing = missing;
        tape = new QueueReader(source, JournalQueue.TAPE);
        depth = new QueueReader(source, JournalQueue.DEPTH);
        state = new TapeState(catalogue);
    }

    /**
     * Reads a journal from its oldest event on; an engine may be appending meanwhile.
     *
     * @param catalogue takes over the definitions
     * @throws JournalException if the directory holds no journal that this program can read
     */
    public static JournalTail open(Path directory, InstrumentCatalogue catalogue) {
        return new JournalTail(JournalDirectory.open(directory), catalogue);
    }

    /**
     * Goes on with the event of this sequence, which may still be to come. The catalogue then knows
     * all definitions before it.
     *
     * @param sequence at least 1
     * @throws JournalException if what is passed over cannot be read
     */
    public void seek(long sequence) {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence is " + sequence + ", allowed is from 1");
        }
        tape.toCycleOf(sequence);
        depth.toCycleOf(sequence);
        nextSequence = sequence;
        isWithinDocument = true;
        for (; tape.hasDocument() && tape.endSequence() <= sequence; tape.release()) {
            state.apply(tape);
        }
        while (depth.hasDocument() && depth.endSequence() <= sequence) {
            depth.release();
        }
    }

    /** Sequence of the next event to be read; 0 before the first of an empty journal. */
    public long nextSequence() {
        return nextSequence;
    }

    /** Whether book levels are left out of the journal at this point. */
    public boolean isDepthPaused() {
        return state.isDepthPaused();
    }

    /** First sequence whose book levels are there, where older ones were removed; else 0. */
    public long depthFrom() {
        return source.depthFrom();
    }

    /**
     * Hands on all events that are there.
     *
     * @return how many
     */
    public long poll(MarketEventHandler handler) {
        long total = 0;
        int count;
        while ((count = poll(handler, Integer.MAX_VALUE)) > 0) {
            total += count;
        }
        return total;
    }

    /**
     * Hands on the events that are there, {@code endOfBatch} with the last one of them.
     *
     * @param limit no further document is begun once so many events were handed on
     * @return how many; 0 if there is nothing new
     * @throws JournalException if the journal cannot be read on; so will the next call
     */
    public int poll(MarketEventHandler handler, int limit) {
        int count = 0;
        QueueReader next = nextDocument();
        while (next != null) {
            long first = nextSequence;
            next = handOn(next, handler, limit - count);
            count += (int) (nextSequence - first);
        }
        return count;
    }

    /** Unmaps the files. */
    @Override
    public void close() {
        tape.close();
        depth.close();
    }

    /**
     * Hands on the events of a document.
     *
     * @param limit of events: reached, no other document follows
     * @return the document that follows, if it is there
     */
    private @Nullable QueueReader handOn(QueueReader reader, MarketEventHandler handler,
            int limit) {
        reader.checkSum();
        long document = reader.document();
        long sequence = nextSequence;
        long lastSequence = reader.endSequence() - 1;
        int skipped = (int) (sequence - reader.sequence());
        switch (JournalFormat.kind(document)) {
            case EventKind.TRADE -> handOnTrades(document, skipped, handler);
            case EventKind.BOOK_LEVEL -> handOnLevels(document, skipped, handler);
            default -> {
                state.apply(reader);
                fillControl(document);
            }
        }
        // The slot holds the last event now; what follows decides whether it ends the batch. Damage
        // there must not cost the reader an event that is sound.
        nextSequence = lastSequence + 1;
        reader.release();
        QueueReader next = null;
        JournalException failure = null;
        if (lastSequence - sequence + 1 < limit) {
            try {
                next = nextDocument();
            } catch (JournalException e) {
                failure = e;
            }
        }
        handler.onEvent(event, lastSequence, next == null);
        if (failure != null) {
            throw failure;
        }
        return next;
    }

    /** Hands on all trades but the last, and fills the slot with that. */
    private void handOnTrades(long document, int skipped, MarketEventHandler handler) {
        MarketEvent slot = event;
        int instrumentId = JournalFormat.instrumentId(document);
        long receiveTimeNs = JournalFormat.receiveTimeNs(document);
        long sequence = JournalFormat.sequence(document) + skipped;
        long item = document + JournalFormat.HEADER_LENGTH
                + (long) skipped * JournalFormat.TRADE_LENGTH;
        long lastItem = document + JournalFormat.HEADER_LENGTH
                + (JournalFormat.count(document) - 1L) * JournalFormat.TRADE_LENGTH;
        for (;;) {
            slot.header(EventKind.TRADE,
                    NativeMemory.intAt(item + JournalFormat.TRADE_FLAGS_32), instrumentId,
                    NativeMemory.longAt(item + JournalFormat.TRADE_MATCH_TIME_64), receiveTimeNs);
            slot.words(NativeMemory.longAt(item + JournalFormat.TRADE_PRICE_64),
                    NativeMemory.longAt(item + JournalFormat.TRADE_QUANTITY_64),
                    NativeMemory.longAt(item + JournalFormat.TRADE_ID_64),
                    NativeMemory.longAt(item + JournalFormat.TRADE_AUX_64));
            if (item == lastItem) {
                return;
            }
            handler.onEvent(slot, sequence++, false);
            item += JournalFormat.TRADE_LENGTH;
        }
    }

    /** Hands on all levels but the last, and fills the slot with that. */
    private void handOnLevels(long document, int skipped, MarketEventHandler handler) {
        MarketEvent slot = event;
        int instrumentId = JournalFormat.instrumentId(document);
        long matchTimeNs = JournalFormat.matchTimeNs(document);
        long receiveTimeNs = JournalFormat.receiveTimeNs(document);
        long updateId = JournalFormat.updateId(document);
        long sequence = JournalFormat.sequence(document) + skipped;
        int documentFlags = JournalFormat.flags(document);
        int flags = documentFlags & ~JournalFormat.EDGE_FLAGS;
        int edge = skipped == 0 ? documentFlags & EventFlags.FIRST : 0;
        long item = document + JournalFormat.HEADER_LENGTH
                + (long) skipped * JournalFormat.LEVEL_LENGTH;
        long lastItem = document + JournalFormat.HEADER_LENGTH
                + (JournalFormat.count(document) - 1L) * JournalFormat.LEVEL_LENGTH;
        for (;;) {
            if (item == lastItem) {
                edge |= documentFlags & EventFlags.LAST;
            }
            long sidedQuantity = NativeMemory.longAt(item + JournalFormat.LEVEL_SIDED_QUANTITY_64);
            // The sign is the side: an ask's bits are inverted.
            long sign = sidedQuantity >> (Long.SIZE - 1);
            slot.header(EventKind.BOOK_LEVEL, flags | edge | (EventFlags.BID & (int) ~sign),
                    instrumentId, matchTimeNs, receiveTimeNs);
            slot.words(NativeMemory.longAt(item + JournalFormat.LEVEL_PRICE_64),
                    sidedQuantity ^ sign, updateId, 0);
            if (item == lastItem) {
                return;
            }
            handler.onEvent(slot, sequence++, false);
            edge = 0;
            item += JournalFormat.LEVEL_LENGTH;
        }
    }

    private void fillControl(long document) {
        byte kind = JournalFormat.kind(document);
        event.header(kind, JournalFormat.flags(document), JournalFormat.instrumentId(document),
                JournalFormat.matchTimeNs(document), JournalFormat.receiveTimeNs(document));
        if (JournalFormat.itemLength(kind) == 0) {
            event.words(0, 0, 0, 0);
        } else {
            long item = document + JournalFormat.HEADER_LENGTH;
            event.words(NativeMemory.longAt(item), NativeMemory.longAt(item + 8),
                    NativeMemory.longAt(item + 16), NativeMemory.longAt(item + 24));
        }
    }

    /** The reader whose document holds the next event; null if that is still to come. */
    private @Nullable QueueReader nextDocument() {
        do {
            while (tape.hasDocument() && tape.sequence() <= nextSequence) {
                if (tape.endSequence() > tape.sequence()) {
                    return checked(tape);
                }
                state.apply(tape);
                tape.release();
            }
            if (depth.hasDocument() && depth.sequence() <= nextSequence) {
                return checked(depth);
            }
        } while (nextDocumentSlowPath());
        return null;
    }

    /** Where to begin, what was left out, what is missing: whether to look again. */
    private boolean nextDocumentSlowPath() {
        // The engine writes one document after the other. So whatever precedes a document that is
        // there, is there: if the other queue is asked after it was seen.
        boolean hasDepth = depth.hasDocument();
        boolean hasTape = tape.hasDocument();
        if (!hasDepth) {
            if (!hasTape) {
                return false;
            }
            hasDepth = depth.hasDocument();
        }
        if (nextSequence == FROM_THE_OLDEST) {
            beginAtTheOldest(hasTape);
            return true;
        }
        QueueReader first = hasTape && (!hasDepth || tape.sequence() < depth.sequence())
                ? tape
                : depth;
        if (first.sequence() > nextSequence) {
            if (!state.isDepthPaused()) {
                tellOfMissing(first);
            }
            nextSequence = first.sequence();
        }
        return true;
    }

    /** What is not there before a document, but for levels that were removed on purpose. */
    private void tellOfMissing(QueueReader first) {
        if (first.sequence() > depthFrom) {
            depthFrom = source.depthFrom();
        }
        long from = Math.max(nextSequence, Math.min(depthFrom, first.sequence()));
        if (from < first.sequence()) {
            SequenceRange events = new SequenceRange(from, first.sequence() - 1);
            if (!source.isDeclaredLost(events)) {
                missing.onMissing(events, first.place());
            }
        }
    }

    /** At 1; or, in a journal that was pruned, at the head its tape begins with. */
    private void beginAtTheOldest(boolean hasTape) {
        if (hasTape && tape.endSequence() == tape.sequence()) {
            nextSequence = tape.sequence();
            while (depth.hasDocument() && depth.endSequence() <= nextSequence) {
                depth.release();
            }
        } else {
            nextSequence = 1;
        }
    }

    private QueueReader checked(QueueReader reader) {
        if (reader.sequence() < nextSequence
                && (!isWithinDocument || reader.endSequence() <= nextSequence)) {
            throw new JournalException(reader.place() + ": expected sequence " + nextSequence
                    + "; what stands here was written twice or is damaged");
        }
        isWithinDocument = false;
        return reader;
    }

    /** What to do about missing events. */
    @FunctionalInterface
    public interface MissingEvents {
        /**
         * Returns to go on after them, or throws.
         *
         * @param place where their absence shows
         */
        void onMissing(SequenceRange events, String place);
    }
}
