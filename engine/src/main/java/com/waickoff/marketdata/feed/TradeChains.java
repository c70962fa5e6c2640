package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.InstrumentCatalogue;
import java.util.Arrays;

/**
 * The last trade id of each instrument whose ids rise by one. A chain outlives connections and, when
 * it is seeded from a checkpoint, the process: trades missed meanwhile show as a gap of known ids.
 *
 * <p>An id that is not above the last one is a duplicate. Ids start anew only where somebody says so
 * ({@link #startAnew}), because a feed cannot tell a venue's restart from a late repetition.
 *
 * <p>Threads: the feed thread; before it starts, whoever seeds.
 */
public final class TradeChains {
    /** No trade is known yet: whatever comes first begins the chain. */
    public static final long NONE = -1;

    private final long[] lastIds;

    /** Chains for every instrument the catalogue can ever hold. */
    public TradeChains(InstrumentCatalogue catalogue) {
        lastIds = new long[catalogue.capacity()];
        Arrays.fill(lastIds, NONE);
    }

    /** The last id of an instrument, or {@link #NONE}. */
    public long lastId(int instrumentId) {
        return lastIds[instrumentId];
    }

    /**
     * Says what the last id of an instrument was, as a checkpoint or a journal knows it.
     *
     * @param lastId at least 0, or {@link #NONE}
     */
    public void seed(int instrumentId, long lastId) {
        if (lastId < NONE) {
            throw new IllegalArgumentException("last trade id is " + lastId + ", must be >= 0");
        }
        lastIds[instrumentId] = lastId;
    }

    /** Lets the next trade begin a new chain: the venue is known to have renumbered. */
    public void startAnew(int instrumentId) {
        lastIds[instrumentId] = NONE;
    }

    /** Whether this id was received before. */
    boolean isDuplicate(int instrumentId, long id) {
        return id <= lastIds[instrumentId];
    }

    /** How many ids lie between the last one and {@code id}, which is no duplicate. */
    long missingBefore(int instrumentId, long id) {
        long lastId = lastIds[instrumentId];
        return lastId == NONE ? 0 : id - lastId - 1;
    }

    /** Makes {@code id} the last one. */
    void advance(int instrumentId, long id) {
        lastIds[instrumentId] = id;
    }
}
