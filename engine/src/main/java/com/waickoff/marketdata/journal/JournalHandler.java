package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.memory.NativeMemory;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The first stage behind the ring: gathers the events of a batch into one document and appends it
 * with the batch's last event. What the later stages show is in the journal by then.
 *
 * <pre>
 *   TRADE  TRADE  TRADE(LAST)                  one document
 *   BOOK_LEVEL(FIRST) …  BOOK_LEVEL(LAST)      one document, or several where it is too long
 *   BOOK_LEVEL …  endOfBatch                   a chunk: a document without LAST
 * </pre>
 *
 * <p>Errors: {@link JournalException} where an event cannot be appended or does not continue the
 * sequence. Nothing was dropped until then, and the handler must not be called again.
 *
 * <p>Threads: one. No allocation but where a cycle or a block begins.
 */
public final class JournalHandler implements MarketEventHandler {
    private static final int NO_RUN = 0;
    /** A run longer than this has no room for another item. */
    private static final int ITEM_LIMIT = JournalFormat.MAX_DOCUMENT_LENGTH
            - JournalFormat.TRADE_LENGTH;
    private static final int HEAD_LENGTH = JournalFormat.HEADER_LENGTH + Definition.MAX_LENGTH;

    private final JournalStore store;
    private final InstrumentCatalogue catalogue;
    private final CounterBlock counters;
    private final Checksum checksum = new Checksum();
    @SuppressWarnings("unused") // keeps the memory of both documents
    private final MemorySegment memory;
    private final long document;
    private final long headDocument;

    private long nextSequence;
    /** Written by the thread of this handler. */
    private volatile boolean isPaused;

    // The run that is being gathered.
    private byte runKind = NO_RUN;
    private int runFlags;
    private int runInstrumentId;
    private int runCount;
    private int runLength;
    private long runSequence;
    private long runMatchTimeNs;
    private long runReceiveTimeNs;
    private long runUpdateId;

    /**
     * Continues a journal: reads the head of its tape's last cycle, so that {@code catalogue} knows
     * every definition and no id gets a second meaning.
     *
     * @param catalogue the engine's; definitions of the journal are added to it
     * @param counters counted by the thread of this handler
     * @throws JournalException if the last cycle cannot be read, or says otherwise than the
     *     catalogue
     */
    public JournalHandler(JournalStore store, InstrumentCatalogue catalogue,
            CounterBlock counters) {
        this.store = store;
        this.catalogue = catalogue;
        this.counters = counters;
        nextSequence = store.nextSequence();
        memory = Arena.ofAuto().allocate(JournalFormat.MAX_DOCUMENT_LENGTH + HEAD_LENGTH,
                Long.BYTES);
        document = memory.address();
        headDocument = document + JournalFormat.MAX_DOCUMENT_LENGTH;
        isPaused = TapeState.restore(store, nextSequence, catalogue).isDepthPaused();
    }

    @Override
    public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
        if (sequence != nextSequence) {
            throw new JournalException("the journal continues at sequence " + nextSequence
                    + " but was given event " + sequence + ": " + event);
        }
        nextSequence = sequence + 1;
        byte kind = event.kind();
        if (kind == EventKind.TRADE) {
            addTrade(event, sequence);
        } else if (kind == EventKind.BOOK_LEVEL) {
            if (isPaused) {
                counters.increment(Counter.LEVELS_NOT_JOURNALED);
            } else {
                addLevel(event, sequence);
            }
        } else {
            addControl(event, sequence);
        }
        if (endOfBatch || event.has(EventFlags.LAST)) {
            endRun();
        }
    }

    /** The sequence of the next event: what the ring's first event must have. */
    public long nextSequence() {
        return nextSequence;
    }

    /**
     * Whether book levels are being left out: since a {@code DEPTH_PAUSED}, or because the disk had no
     * room for them. A {@code DEPTH_RESUMED} ends both. Any thread may ask.
     */
    public boolean isDepthPaused() {
        return isPaused;
    }

    private void addTrade(MarketEvent event, long sequence) {
        if (runKind != EventKind.TRADE || runInstrumentId != event.instrumentId()
                || runReceiveTimeNs != event.receiveTimeNs() || runLength > ITEM_LIMIT) {
            endRun();
            beginRun(event, sequence, 0, 0);
        }
        long item = document + runLength;
        NativeMemory.putLong(item + JournalFormat.TRADE_MATCH_TIME_64, event.matchTimeNs());
        NativeMemory.putLong(item + JournalFormat.TRADE_PRICE_64, event.price());
        NativeMemory.putLong(item + JournalFormat.TRADE_QUANTITY_64, event.quantity());
        NativeMemory.putLong(item + JournalFormat.TRADE_ID_64, event.id64());
        NativeMemory.putLong(item + JournalFormat.TRADE_AUX_64, event.aux());
        NativeMemory.putInt(item + JournalFormat.TRADE_FLAGS_32, event.flags());
        NativeMemory.putInt(item + JournalFormat.TRADE_ZERO_32, 0);
        runLength += JournalFormat.TRADE_LENGTH;
        runCount++;
    }

    private void addLevel(MarketEvent event, long sequence) {
        int flags = event.flags() & ~(EventFlags.BID | JournalFormat.EDGE_FLAGS);
        if (runKind != EventKind.BOOK_LEVEL || runInstrumentId != event.instrumentId()
                || runReceiveTimeNs != event.receiveTimeNs()
                || runMatchTimeNs != event.matchTimeNs() || runUpdateId != event.updateId()
                || (runFlags & ~JournalFormat.EDGE_FLAGS) != flags || event.has(EventFlags.FIRST)
                || runLength > ITEM_LIMIT) {
            endRun();
            beginRun(event, sequence, flags | (event.flags() & EventFlags.FIRST),
                    event.updateId());
        }
        long quantity = event.quantity();
        if (quantity < 0 || event.word3() != 0) {
            throw new JournalException("event " + sequence + " is no book level: " + event);
        }
        long item = document + runLength;
        NativeMemory.putLong(item + JournalFormat.LEVEL_PRICE_64, event.price());
        NativeMemory.putLong(item + JournalFormat.LEVEL_SIDED_QUANTITY_64,
                event.has(EventFlags.BID) ? quantity : ~quantity);
        runFlags |= event.flags() & EventFlags.LAST;
        runLength += JournalFormat.LEVEL_LENGTH;
        runCount++;
    }

    private void addControl(MarketEvent event, long sequence) {
        endRun();
        byte kind = event.kind();
        beginRun(event, sequence, event.flags(), 0);
        long item = document + runLength;
        if (kind == EventKind.CLOCK || kind == EventKind.INSTRUMENT) {
            if ((event.word0() | event.word1() | event.word2() | event.word3()) != 0) {
                throw new JournalException("event " + sequence + " has no words: " + event);
            }
            if (kind == EventKind.INSTRUMENT) {
                runLength += Definition.put(item, catalogue.get(event.instrumentId()));
            }
        } else {
            if (!EventKind.isKnown(kind)) {
                throw new JournalException("event " + sequence + " is of no kind: " + event);
            }
            NativeMemory.putLong(item, event.word0());
            NativeMemory.putLong(item + 8, event.word1());
            NativeMemory.putLong(item + 16, event.word2());
            NativeMemory.putLong(item + 24, event.word3());
            runLength += JournalFormat.CONTROL_LENGTH;
        }
        runCount = 1;
        endRun();
        if (kind == EventKind.DEPTH_PAUSED) {
            counters.add(Counter.DEPTH_PAUSES, isPaused ? 0 : 1);
            isPaused = true;
        } else if (kind == EventKind.DEPTH_RESUMED) {
            isPaused = false;
        }
    }

    private void beginRun(MarketEvent event, long sequence, int flags, long updateId) {
        runKind = event.kind();
        runFlags = flags;
        runInstrumentId = event.instrumentId();
        runSequence = sequence;
        runMatchTimeNs = event.matchTimeNs();
        runReceiveTimeNs = event.receiveTimeNs();
        runUpdateId = updateId;
        runCount = 0;
        runLength = JournalFormat.HEADER_LENGTH;
    }

    private void endRun() {
        if (runKind == NO_RUN) {
            return;
        }
        byte kind = runKind;
        runKind = NO_RUN;
        JournalFormat.putHeader(document, kind, runFlags, runInstrumentId, runSequence,
                runMatchTimeNs, runReceiveTimeNs, runUpdateId, runCount);
        // Before a document of either queue: whoever finds an event finds the head before it.
        if (store.beginsCycle(JournalQueue.TAPE, runReceiveTimeNs)) {
            appendHead();
        }
        if (kind == EventKind.BOOK_LEVEL
                && !store.makeRoom(JournalQueue.DEPTH, runLength, runReceiveTimeNs)) {
            leaveOutSlowPath();
            return;
        }
        append(JournalQueue.of(kind), document, runLength);
        counters.add(Counter.EVENTS_JOURNALED, runCount);
    }

    /** The disk has no room for levels: what is left of it is for the tape, which says so. */
    private void leaveOutSlowPath() {
        isPaused = true;
        counters.increment(Counter.DEPTH_PAUSES);
        counters.add(Counter.LEVELS_NOT_JOURNALED, runCount);
        appendPause();
    }

    private void append(JournalQueue queue, long address, int length) {
        checksum.seal(address, length);
        store.append(queue, address, length, runReceiveTimeNs);
        counters.increment(Counter.JOURNAL_DOCUMENTS);
        counters.add(Counter.JOURNAL_BYTES, length);
    }

    /** All that a reader who begins at this cycle has to know. */
    private void appendHead() {
        int definitions = catalogue.count();
        for (int id = 0; id < definitions; id++) {
            int length = JournalFormat.HEADER_LENGTH
                    + Definition.put(headDocument + JournalFormat.HEADER_LENGTH, catalogue.get(id));
            JournalFormat.putHeader(headDocument, EventKind.INSTRUMENT, 0, id, runSequence, 0,
                    runReceiveTimeNs, 0, 0);
            append(JournalQueue.TAPE, headDocument, length);
        }
        if (isPaused) {
            appendPause();
        }
    }

    /** Says that levels are left out from here on; an event of its own it is not. */
    private void appendPause() {
        JournalFormat.putHeader(headDocument, EventKind.DEPTH_PAUSED, 0,
                MarketEvent.ALL_INSTRUMENTS, runSequence, 0, runReceiveTimeNs, 0, 0);
        append(JournalQueue.TAPE, headDocument, JournalFormat.HEADER_LENGTH);
    }
}
