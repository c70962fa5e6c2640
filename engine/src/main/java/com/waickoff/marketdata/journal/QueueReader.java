package com.waickoff.marketdata.journal;

import org.jspecify.annotations.Nullable;

/**
 * The documents of one queue, each checked before it is handed on.
 *
 * <p>Threads: one.
 */
final class QueueReader implements AutoCloseable {
    private final JournalQueue queue;
    private final JournalCursor cursor;
    private final Checksum checksum = new Checksum();
    private boolean hasDocument;
    private long document;
    private int length;
    private long sequence;
    private long endSequence;

    QueueReader(JournalSource source, JournalQueue queue) {
        this.queue = queue;
        cursor = source.cursor(queue);
    }

    /**
     * Whether there is a document: the current one, or the next one if that has been released.
     *
     * @throws JournalException if it is none of this version
     */
    boolean hasDocument() {
        return hasDocument || advance();
    }

    /** Lets go of the current document. */
    void release() {
        hasDocument = false;
    }

    /** Moves to the cycle that {@link JournalCursor#toCycleOf} says. */
    void toCycleOf(long sequence) {
        hasDocument = false;
        cursor.toCycleOf(sequence);
    }

    long document() {
        return document;
    }

    int length() {
        return length;
    }

    /** Of the first event of the document. */
    long sequence() {
        return sequence;
    }

    /** After the last event of the document. */
    long endSequence() {
        return endSequence;
    }

    byte kind() {
        return JournalFormat.kind(document);
    }

    /** Where the document is, for messages. */
    String place() {
        return cursor.place() + ", sequence " + sequence;
    }

    /**
     * Checks the whole document.
     *
     * @throws JournalException if its checksum is another
     */
    void checkSum() {
        if (!checksum.isSealed(document, length)) {
            throw new JournalException(place() + ": its checksum is wrong: the file is damaged; see"
                    + " what is left by `journal verify`");
        }
    }

    @Override
    public void close() {
        cursor.close();
    }

    private boolean advance() {
        if (!cursor.next()) {
            return false;
        }
        document = cursor.address();
        length = cursor.length();
        @Nullable
        String fault = JournalFormat.fault(queue, document, length);
        if (fault != null) {
            throw new JournalException(cursor.place() + ": " + fault);
        }
        sequence = JournalFormat.sequence(document);
        endSequence = sequence + JournalFormat.count(document);
        hasDocument = true;
        return true;
    }
}
