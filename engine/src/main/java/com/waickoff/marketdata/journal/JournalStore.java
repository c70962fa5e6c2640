package com.waickoff.marketdata.journal;

/**
 * Where documents are kept: two append-only queues. {@link Journal} keeps them in files; a
 * simulation gives the engine a store of its own.
 *
 * <p>Threads: one appends; {@link #cursor} may be called by any.
 */
public interface JournalStore extends JournalSource, AutoCloseable {
    /** The sequence of the next event, by what was in the store when it was opened. */
    long nextSequence();

    /**
     * Whether a document of this receive time would be the first of its cycle, or the first since
     * the store was opened: the moment to repeat the definitions.
     */
    boolean beginsCycle(JournalQueue queue, long receiveTimeNs);

    /**
     * Sees to it that a document can be appended.
     *
     * @param length of the document in bytes
     * @return false if there is no room for it
     * @throws JournalException if that cannot be told
     */
    default boolean makeRoom(JournalQueue queue, int length, long receiveTimeNs) {
        return true;
    }

    /**
     * Appends a document whole or not at all; no allocation but where a cycle or block begins.
     *
     * @param receiveTimeNs decides the cycle; going backwards, it stays in the latest one
     * @throws DiskFullException if there is no room for it
     * @throws JournalException if it cannot: nothing may be appended after that
     */
    void append(JournalQueue queue, long address, int length, long receiveTimeNs);

    @Override
    void close();
}
