package com.waickoff.marketdata;

import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the feeds of a run are doing, and how they were at its end, when the file that shows it is
 * closed.
 *
 * <p>Threads: one. The feeds may go on meanwhile.
 */
final class FeedStates {
    private final List<FeedStatus> feeds = new ArrayList<>();
    private @Nullable List<FeedReading> last;
    private long lastChanges;

    void add(FeedStatus feed) {
        feeds.add(feed);
    }

    /** The states, in the order of the feeds. */
    List<FeedReading> read() {
        return last == null ? feeds.stream().map(FeedStatus::read).toList() : last;
    }

    /**
     * How often a feed has changed its state so far: what was read since the number became what it
     * is still holds. Allocates nothing.
     */
    long changes() {
        if (last != null) {
            return lastChanges;
        }
        long changes = 0;
        for (int i = 0; i < feeds.size(); i++) {
            changes += feeds.get(i).changes();
        }
        return changes;
    }

    /** From now on the feeds are not looked at any more. */
    void end() {
        lastChanges = changes();
        last = read();
    }
}
