package com.waickoff.marketdata.journal;

/**
 * Follows the end of a journal: only what was added since the last look is looked at, and of that only
 * the heads of its documents.
 *
 * <p>Threads: one.
 */
public final class JournalEnd implements AutoCloseable {
    private final QueueReader tape;
    private final QueueReader depth;
    private long lastSequence;
    private long lastReceiveTimeNs;

    /** Begins with the newest file of each queue. */
    public JournalEnd(JournalDirectory journal) {
        tape = new QueueReader(journal, JournalQueue.TAPE);
        depth = new QueueReader(journal, JournalQueue.DEPTH);
        tape.toCycleOf(Long.MAX_VALUE);
        depth.toCycleOf(Long.MAX_VALUE);
    }

    /**
     * Sequence of the newest event; 0 where there is none.
     *
     * @throws JournalException if that cannot be read
     */
    public long lastSequence() {
        follow(tape);
        follow(depth);
        return lastSequence;
    }

    /**
     * When the newest event was received, in ns since the epoch; 0 where there is none.
     *
     * @throws JournalException if that cannot be read
     */
    public long lastReceiveTimeNs() {
        follow(tape);
        follow(depth);
        return lastReceiveTimeNs;
    }

    private void follow(QueueReader queue) {
        for (; queue.hasDocument(); queue.release()) {
            lastReceiveTimeNs = Math.max(lastReceiveTimeNs,
                    JournalFormat.receiveTimeNs(queue.document()));
            lastSequence = Math.max(lastSequence, queue.endSequence() - 1);
        }
    }

    /** Unmaps the files. */
    @Override
    public void close() {
        tape.close();
        depth.close();
    }
}
