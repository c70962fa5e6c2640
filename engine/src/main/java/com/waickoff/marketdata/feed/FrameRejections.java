package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.status.Counter;

/**
 * Hears of every frame or body that could not be used. Whoever keeps a log of distinct errors keys
 * it by the first two arguments, which are constants, and looks at the bytes only once.
 *
 * <p>Threads: called by the feed thread; must neither block nor allocate on repetition.
 */
@FunctionalInterface
public interface FrameRejections {
    /** Nobody wants to know; the counters still do. */
    FrameRejections UNHEARD = (fate, detail, address, length, receiveTimeNs) -> {};

    /**
     * A frame was rejected.
     *
     * @param fate the counter it was counted by
     * @param detail what was wrong, a constant text
     * @param address the frame, valid during the call
     * @param length of the frame in bytes
     */
    void onRejected(Counter fate, String detail, long address, int length, long receiveTimeNs);
}
