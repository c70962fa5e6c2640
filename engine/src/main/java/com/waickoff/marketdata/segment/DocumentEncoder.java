package com.waickoff.marketdata.segment;

import com.waickoff.marketdata.journal.JournalFormat;
import com.waickoff.marketdata.memory.NativeMemory;

/** Takes the documents of a block into columns. */
final class DocumentEncoder extends DocumentColumns {
    private final ColumnWriter[] columns = new ColumnWriter[FIELDS];
    private int documents;
    private int documentBytes;

    DocumentEncoder() {
        for (int i = 0; i < FIELDS; i++) {
            columns[i] = new ColumnWriter();
        }
    }

    void add(long document, int length) {
        if (documents == 0) {
            beginBlock();
        }
        int passed = passDocument(document, length);
        if (passed != length) {
            throw new IllegalArgumentException(
                    length + " bytes of a document, of which " + passed + " are known");
        }
        documents++;
        documentBytes += length;
    }

    int documents() {
        return documents;
    }

    int documentBytes() {
        return documentBytes;
    }

    /** Writes the columns, and begins a block anew. */
    void writeTo(Bytes target) {
        for (ColumnWriter column : columns) {
            column.writeTo(target);
            column.clear();
        }
        documents = 0;
        documentBytes = 0;
    }

    @Override
    long pass(Field field, long value, long prediction) {
        columns[field.ordinal()].add(value, prediction);
        return value;
    }

    @Override
    long pass64(Field field, long address, long prediction) {
        return pass(field, NativeMemory.longAt(address), prediction);
    }

    @Override
    int pass32(Field field, long address, long prediction) {
        return (int) pass(field, NativeMemory.intAt(address), prediction);
    }

    @Override
    int pass16(Field field, long address, long prediction) {
        return (int) pass(field, NativeMemory.shortAt(address), prediction);
    }

    @Override
    int pass8(Field field, long address, long prediction) {
        return (int) pass(field, NativeMemory.byteAt(address), prediction);
    }

    @Override
    long sidedQuantity(long item) {
        return NativeMemory.longAt(item + JournalFormat.LEVEL_SIDED_QUANTITY_64);
    }

    @Override
    void putSidedQuantity(long item, long sidedQuantity) {
        // It is there.
    }

    @Override
    void require(long address, long length) {
        // The journal's reader has checked the document.
    }
}
