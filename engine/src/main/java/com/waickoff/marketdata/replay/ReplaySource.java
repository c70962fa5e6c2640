package com.waickoff.marketdata.replay;

import java.io.IOException;

/**
 * A piece of the past that is handed on step by step, in the order in which it was received.
 *
 * <p>Threads: the feed thread.
 */
interface ReplaySource extends AutoCloseable {
    /** The receive time of a source that has no further step. */
    long END = Long.MAX_VALUE;

    /** When what comes next was received, in ns since the epoch; {@link #END} if nothing does. */
    long nextTimeNs() throws IOException;

    /**
     * Hands on what comes next.
     *
     * @param timeNs as which it counts: not before {@link #nextTimeNs}, and never backwards
     */
    void step(long timeNs) throws IOException;

    /** This source has ended, and others go on. */
    void end(long timeNs);

    /** Part of the whole that was read, in bytes. */
    long bytesRead();

    /** The whole, in bytes. */
    long bytes();

    @Override
    void close() throws IOException;
}
