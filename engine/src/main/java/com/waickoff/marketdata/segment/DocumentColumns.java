package com.waickoff.marketdata.segment;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.journal.JournalFormat;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Documents of the journal as columns, and back. One pass over a document does both: each field is
 * taken from the document into its column or from its column into the document, so that neither
 * direction can differ from the other.
 *
 * <p>Threads: one.
 */
abstract class DocumentColumns {
    /** The columns, in their order in a block, and what each is predicted from. */
    enum Field {
        /** Kind of the document; the one before. */
        KIND,
        /** Flags of the document; 0. */
        FLAGS,
        /** Instrument; that of the document before. */
        INSTRUMENT,
        /** Sequence; the one after the document before. */
        SEQUENCE,
        /** Receive time of all but clocks; that of the one before. */
        RECEIVE_TIME,
        /** Receive time of clocks; 100 ms after the clock before. */
        CLOCK_TIME,
        /** Match time; the latest of the instrument, of events of all instruments 0. */
        MATCH_TIME,
        /** Update id of levels; the one before of the instrument. */
        UPDATE_ID,
        /** Number of events; 0. */
        COUNT,
        /** Match time of a trade; of the trade before, of the first one the document's. */
        TRADE_MATCH_TIME,
        /** Price of a trade; that of the instrument's trade before. */
        TRADE_PRICE,
        /** Quantity of a trade; 0. */
        TRADE_QUANTITY,
        /** Id of a trade; one more than that of the instrument's trade before. */
        TRADE_ID,
        /** Cross sequence or number of fills of a trade; that of the instrument's trade before. */
        TRADE_AUX,
        /** Flags of a trade; 0. */
        TRADE_FLAGS,
        /** Side of a level, 0 for a bid and -1 for an ask; that of the level before. */
        LEVEL_SIDE,
        /** Price of a level; of the level before on its side of the instrument's book. */
        LEVEL_PRICE,
        /** Quantity of a level; 0. */
        LEVEL_QUANTITY,
        /** First word of a control event; 0. */
        WORD_0,
        /** Second word; the first. */
        WORD_1,
        /** Third word; 0. */
        WORD_2,
        /** Fourth word; 0. */
        WORD_3,
        /** Length of a definition; 0. */
        DEFINITION_LENGTH,
        /** A byte of a definition; 0. */
        DEFINITION
    }

    static final int FIELDS = Field.values().length;

    private static final long CLOCK_STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private int kind;
    private int instrument;
    private long endSequence;
    private long receiveTimeNs;
    private long clockTimeNs;
    private long side;
    /** By instrument id, from that of all instruments on, which is -1. */
    private long[] matchTimes = new long[16];
    private long[] updateIds = new long[16];
    private long[] prices = new long[16];
    private long[] ids = new long[16];
    private long[] auxes = new long[16];
    private long[] bidPrices = new long[16];
    private long[] askPrices = new long[16];

    /** Forgets everything that was before: a block begins. */
    final void beginBlock() {
        kind = 0;
        instrument = 0;
        endSequence = 0;
        receiveTimeNs = 0;
        clockTimeNs = 0;
        side = 0;
        for (long[] memory : new long[][]{matchTimes, updateIds, prices, ids, auxes, bidPrices,
                askPrices}) {
            Arrays.fill(memory, 0);
        }
    }

    /** Takes a field into its column or from there; returns it. */
    abstract long pass(Field field, long value, long prediction);

    /** Takes a field from the address, or puts it there; returns it. */
    abstract long pass64(Field field, long address, long prediction);

    /** As above, for four bytes with a sign. */
    abstract int pass32(Field field, long address, long prediction);

    /** As above, for two bytes with a sign. */
    abstract int pass16(Field field, long address, long prediction);

    /** As above, for a byte with a sign. */
    abstract int pass8(Field field, long address, long prediction);

    /** Makes sure that so many bytes at the address may be used. */
    abstract void require(long address, long length);

    /**
     * Takes a document into columns, or from there to its address.
     *
     * @param length of the document; any number where it comes from columns
     * @return its length
     */
    final int passDocument(long document, int length) {
        require(document, JournalFormat.HEADER_LENGTH);
        kind = pass8(Field.KIND, document + JournalFormat.KIND_8, kind);
        pass16(Field.FLAGS, document + JournalFormat.FLAGS_16, 0);
        instrument = pass32(Field.INSTRUMENT, document + JournalFormat.INSTRUMENT_32, instrument);
        int slot = slot();
        long sequence = pass64(Field.SEQUENCE, document + JournalFormat.SEQUENCE_64, endSequence);
        if (kind == EventKind.CLOCK) {
            clockTimeNs = pass64(Field.CLOCK_TIME, document + JournalFormat.RECEIVE_TIME_64,
                    clockTimeNs + CLOCK_STEP_NS);
        } else {
            receiveTimeNs = pass64(Field.RECEIVE_TIME, document + JournalFormat.RECEIVE_TIME_64,
                    receiveTimeNs);
        }
        long matchTimeNs = pass64(Field.MATCH_TIME, document + JournalFormat.MATCH_TIME_64,
                matchTimes[slot]);
        int count = pass32(Field.COUNT, document + JournalFormat.COUNT_32, 0);
        endSequence = sequence + count;
        if (slot > 0 && matchTimeNs != 0) {
            matchTimes[slot] = matchTimeNs;
        }
        long items = document + JournalFormat.HEADER_LENGTH;
        int itemsLength = switch (kind) {
            case EventKind.TRADE -> passTrades(items, count, slot, matchTimeNs);
            case EventKind.BOOK_LEVEL -> {
                updateIds[slot] = pass64(Field.UPDATE_ID, document + JournalFormat.UPDATE_ID_64,
                        updateIds[slot]);
                yield passLevels(items, count, slot);
            }
            case EventKind.INSTRUMENT -> passDefinition(items,
                    length - JournalFormat.HEADER_LENGTH);
            case EventKind.CLOCK -> 0;
            default -> passWords(items, count);
        };
        return JournalFormat.HEADER_LENGTH + itemsLength;
    }

    private int passTrades(long items, int count, int slot, long documentMatchTimeNs) {
        require(items, (long) count * JournalFormat.TRADE_LENGTH);
        long matchTimeNs = documentMatchTimeNs;
        long price = prices[slot];
        long id = ids[slot];
        long aux = auxes[slot];
        long end = items + (long) count * JournalFormat.TRADE_LENGTH;
        for (long item = items; item < end; item += JournalFormat.TRADE_LENGTH) {
            matchTimeNs = pass64(Field.TRADE_MATCH_TIME, item + JournalFormat.TRADE_MATCH_TIME_64,
                    matchTimeNs);
            price = pass64(Field.TRADE_PRICE, item + JournalFormat.TRADE_PRICE_64, price);
            pass64(Field.TRADE_QUANTITY, item + JournalFormat.TRADE_QUANTITY_64, 0);
            id = pass64(Field.TRADE_ID, item + JournalFormat.TRADE_ID_64, id + 1);
            aux = pass64(Field.TRADE_AUX, item + JournalFormat.TRADE_AUX_64, aux);
            pass32(Field.TRADE_FLAGS, item + JournalFormat.TRADE_FLAGS_32, 0);
        }
        prices[slot] = price;
        ids[slot] = id;
        auxes[slot] = aux;
        matchTimes[slot] = matchTimeNs;
        return (int) (end - items);
    }

    private int passLevels(long items, int count, int slot) {
        require(items, (long) count * JournalFormat.LEVEL_LENGTH);
        long end = items + (long) count * JournalFormat.LEVEL_LENGTH;
        for (long item = items; item < end; item += JournalFormat.LEVEL_LENGTH) {
            long sided = sidedQuantity(item);
            // The sign is the side: an ask's bits are inverted.
            side = pass(Field.LEVEL_SIDE, sided >> (Long.SIZE - 1), side);
            long quantity = pass(Field.LEVEL_QUANTITY, sided ^ side, 0);
            putSidedQuantity(item, quantity ^ side);
            long[] pricesOfSide = side == 0 ? bidPrices : askPrices;
            pricesOfSide[slot] = pass64(Field.LEVEL_PRICE, item + JournalFormat.LEVEL_PRICE_64,
                    pricesOfSide[slot]);
        }
        return (int) (end - items);
    }

    /** The quantity of a level that is in the document; 0 where it comes from a column. */
    abstract long sidedQuantity(long item);

    /** Puts the quantity of a level that came from a column. */
    abstract void putSidedQuantity(long item, long sidedQuantity);

    private int passWords(long items, int count) {
        // At the head of a cycle an event may be repeated, without its words.
        if (count == 0) {
            return 0;
        }
        require(items, JournalFormat.CONTROL_LENGTH);
        long first = pass64(Field.WORD_0, items, 0);
        pass64(Field.WORD_1, items + 8, first);
        pass64(Field.WORD_2, items + 16, 0);
        pass64(Field.WORD_3, items + 24, 0);
        return JournalFormat.CONTROL_LENGTH;
    }

    private int passDefinition(long item, int knownLength) {
        int length = (int) pass(Field.DEFINITION_LENGTH, knownLength, 0);
        require(item, length);
        for (int i = 0; i < length; i++) {
            pass8(Field.DEFINITION, item + i, 0);
        }
        return length;
    }

    private int slot() {
        int slot = instrument + 1;
        if (slot >= matchTimes.length) {
            int length = Math.max(2 * matchTimes.length, slot + 1);
            matchTimes = Arrays.copyOf(matchTimes, length);
            updateIds = Arrays.copyOf(updateIds, length);
            prices = Arrays.copyOf(prices, length);
            ids = Arrays.copyOf(ids, length);
            auxes = Arrays.copyOf(auxes, length);
            bidPrices = Arrays.copyOf(bidPrices, length);
            askPrices = Arrays.copyOf(askPrices, length);
        }
        return slot;
    }
}
