package com.waickoff.marketdata.journal;

/**
 * Reads the documents of one queue in order; at the end it waits for more.
 *
 * <p>Threads: one.
 */
public interface JournalCursor extends AutoCloseable {
    /**
     * Moves to the next document, if there is one by now.
     *
     * @throws JournalException if the queue cannot be read on
     */
    boolean next();

    /** Address of the document: valid until the next call of {@link #next()}. */
    long address();

    /** Bytes of the document. */
    int length();

    /** Where the document is, for messages: queue, cycle, index within the cycle, byte offset. */
    String place();

    /**
     * Moves before the first document of the newest cycle that begins at or before
     * {@code sequence}, or of the oldest cycle.
     */
    void toCycleOf(long sequence);

    @Override
    void close();
}
