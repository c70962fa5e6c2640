package com.waickoff.marketdata.status;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Nothing is lost silently: each frame received was decoded, ignored or rejected, and each event
 * published was journaled, or left out of the journal in a declared pause. Exact while the engine is
 * at rest; while it runs, the differences are what is on its way, because counters are read one after
 * another.
 *
 * @param framesReceived frames handed to decoders
 * @param framesAccounted of them: decoded, ignored or rejected
 * @param eventsPublished events published to the ring
 * @param eventsJournaled events appended to the journal
 * @param eventsLeftOut book levels left out of it on purpose, between a declared pause and its end
 */
public record Conservation(long framesReceived, long framesAccounted, long eventsPublished,
        long eventsJournaled, long eventsLeftOut) {

    /**
     * Adds up the counters.
     *
     * @param sums gives the value of a counter, summed over all owners
     */
    public static Conservation of(ToLongFunction<Counter> sums) {
        long accounted = sums.applyAsLong(Counter.FRAMES_DECODED);
        for (Counter counter : Counter.values()) {
            if (counter.isIgnoredFrames() || counter.isRejectedFrames()) {
                accounted += sums.applyAsLong(counter);
            }
        }
        return new Conservation(sums.applyAsLong(Counter.FRAMES_RECEIVED), accounted,
                sums.applyAsLong(Counter.EVENTS_PUBLISHED),
                sums.applyAsLong(Counter.EVENTS_JOURNALED),
                sums.applyAsLong(Counter.LEVELS_NOT_JOURNALED));
    }

    /** Adds up the counters of these blocks. */
    public static Conservation of(List<CounterBlock> blocks) {
        return of(counter -> blocks.stream().mapToLong(block -> block.get(counter)).sum());
    }

    /** Frames received less frames accounted for; 0 is right. */
    public long frameDifference() {
        return framesReceived - framesAccounted;
    }

    /** Events published less events journaled and left out; 0 is right. */
    public long eventDifference() {
        return eventsPublished - eventsJournaled - eventsLeftOut;
    }

    /** Whether nothing is missing. */
    public boolean holds() {
        return frameDifference() == 0 && eventDifference() == 0;
    }
}
