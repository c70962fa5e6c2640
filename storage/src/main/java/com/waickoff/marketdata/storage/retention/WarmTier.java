package com.waickoff.marketdata.storage.retention;

import java.io.IOException;
import java.util.List;

/**
 * A database that keeps what is queried most. What it holds beyond its time it lets go of when it is
 * asked to.
 *
 * <p>Threads: one.
 */
public interface WarmTier extends AutoCloseable {
    /** There is none. */
    WarmTier NONE = new WarmTier() {
        @Override
        public List<Goes> plan(long nowMs) {
            return List.of();
        }

        @Override
        public long apply(long nowMs) {
            return 0;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    /**
     * What would go.
     *
     * @param what for people
     * @param documents how many
     * @param why for people
     */
    record Goes(String what, long documents, String why) {}

    /**
     * What would go now.
     *
     * @throws IOException if the database does not answer
     */
    List<Goes> plan(long nowMs) throws IOException;

    /**
     * Lets it go.
     *
     * @return documents that went
     * @throws IOException if the database does not answer: what went is gone
     */
    long apply(long nowMs) throws IOException;

    @Override
    void close();
}
