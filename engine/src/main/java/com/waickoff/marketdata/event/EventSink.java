package com.waickoff.marketdata.event;

/**
 * The door into the ring: a feed fills slots of an open batch in place, then commits them all at
 * once or takes them all back.
 *
 * <pre>
 *   next()  next()  next()  commit()      one frame, one atomic batch; commit() sets FIRST and LAST
 *   next()  next()  abort()               a frame that turned out malformed: nothing is published
 *   … endOfRead()                         after the last frame of a socket read
 * </pre>
 *
 * <p>A batch that outgrows a quarter of the ring is published in chunks; only its last chunk ends
 * with {@link EventFlags#LAST}. {@link #abort()} then takes back the unpublished chunk only, and
 * whoever aborts declares what is lost ({@code BOOK_RESET}, {@code TRADE_GAP}).
 *
 * <p>When the ring is full, {@link #next()} waits until the handlers have made room: back-pressure,
 * never a drop. Threads: one feed thread.
 */
public interface EventSink {
    /**
     * The next slot of the open batch; its fields hold an older event until the caller sets them.
     *
     * @throws IllegalStateException if the handlers behind the ring have failed
     */
    MarketEvent next();

    /** Number of slots of the open batch that can still be changed or taken back. */
    int pendingCount();

    /** Slot {@code index} (0-based) of the open batch, below {@link #pendingCount()}. */
    MarketEvent pending(int index);

    /** Publishes the open batch; a batch of no slots does nothing. */
    void commit();

    /** Takes the open batch back. */
    void abort();

    /** Number of events published so far. */
    long publishedCount();

    /** Ends a read: in the inline topology the handlers run here. */
    void endOfRead();
}
