package com.waickoff.marketdata.segment;

import com.waickoff.marketdata.journal.Checksum;
import com.waickoff.marketdata.journal.JournalFormat;
import com.waickoff.marketdata.memory.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Gives back the documents of a block, one after the other, each with its checksum. */
final class DocumentDecoder extends DocumentColumns {
    private final MemorySegment memory = Arena.ofAuto().allocate(
            JournalFormat.MAX_DOCUMENT_LENGTH, Long.BYTES);
    private final long document = memory.address();
    private final Checksum checksum = new Checksum();
    private ColumnReader[] columns = new ColumnReader[0];

    /**
     * Begins a block.
     *
     * @throws IndexOutOfBoundsException if its columns lead out of it
     */
    void begin(Bytes bytes) {
        beginBlock();
        columns = new ColumnReader[FIELDS];
        for (int i = 0; i < FIELDS; i++) {
            columns[i] = new ColumnReader(bytes);
        }
    }

    /**
     * The next document, at {@link #address()}.
     *
     * @return its length
     * @throws IndexOutOfBoundsException if there is none
     */
    int next() {
        memory.asSlice(0, JournalFormat.HEADER_LENGTH).fill((byte) 0);
        NativeMemory.putByte(document + JournalFormat.VERSION_8, (byte) JournalFormat.VERSION);
        int length = passDocument(document, 0);
        checksum.seal(document, length);
        return length;
    }

    /** Where the document is: valid until the next one. */
    long address() {
        return document;
    }

    /** Whether the columns have been read to their ends. */
    boolean isAtEnd() {
        for (ColumnReader column : columns) {
            if (!column.isAtEnd()) {
                return false;
            }
        }
        return true;
    }

    @Override
    long pass(Field field, long value, long prediction) {
        return columns[field.ordinal()].next(prediction);
    }

    @Override
    long pass64(Field field, long address, long prediction) {
        long value = pass(field, 0, prediction);
        NativeMemory.putLong(address, value);
        return value;
    }

    @Override
    int pass32(Field field, long address, long prediction) {
        int value = (int) pass(field, 0, prediction);
        NativeMemory.putInt(address, value);
        if (field == Field.TRADE_FLAGS) {
            NativeMemory.putInt(address + Integer.BYTES, 0);
        }
        return value;
    }

    @Override
    int pass16(Field field, long address, long prediction) {
        int value = (int) pass(field, 0, prediction);
        NativeMemory.putShort(address, (short) value);
        return value;
    }

    @Override
    int pass8(Field field, long address, long prediction) {
        int value = (int) pass(field, 0, prediction);
        NativeMemory.putByte(address, (byte) value);
        return value;
    }

    @Override
    long sidedQuantity(long item) {
        return 0;
    }

    @Override
    void putSidedQuantity(long item, long sidedQuantity) {
        NativeMemory.putLong(item + JournalFormat.LEVEL_SIDED_QUANTITY_64, sidedQuantity);
    }

    @Override
    void require(long address, long length) {
        if (length < 0 || address + length > document + JournalFormat.MAX_DOCUMENT_LENGTH) {
            throw new IndexOutOfBoundsException("a document of more than "
                    + JournalFormat.MAX_DOCUMENT_LENGTH + " bytes");
        }
    }
}
