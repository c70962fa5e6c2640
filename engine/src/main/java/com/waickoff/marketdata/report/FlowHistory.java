package com.waickoff.marketdata.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The cumulative delta of the last minutes, second by second, as it was seen by whoever watched:
 * the engine shows it only as it is now.
 *
 * <p>Threads: one.
 */
public final class FlowHistory {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final int MOST_SECONDS = 400;

    /** At the end of each second; the last one is still going on. */
    private final Deque<Long> ends = new ArrayDeque<>();
    private long second;
    private long before;

    /**
     * Takes note.
     *
     * @param nanoTime from a clock that only moves forward
     * @param cumulativeDelta as it is then
     */
    public void add(long nanoTime, long cumulativeDelta) {
        long now = Math.floorDiv(nanoTime, NS_PER_SECOND);
        if (ends.isEmpty() || now - second >= MOST_SECONDS) {
            clear();
            before = cumulativeDelta;
        } else if (now > second) {
            // Seconds in which nobody looked are as the one before them.
            for (long quiet = second + 1; quiet < now; quiet++) {
                append(ends.getLast());
            }
        } else {
            ends.removeLast();
        }
        second = now;
        append(cumulativeDelta);
    }

    private void append(long end) {
        ends.addLast(end);
        if (ends.size() > MOST_SECONDS) {
            before = ends.removeFirst();
        }
    }

    /** Forgets all: what follows is of another tape. */
    void clear() {
        ends.clear();
    }

    /** Cumulative delta at the end of each of the last seconds, the newest last. */
    public List<Long> cumulative(int most) {
        List<Long> all = new ArrayList<>(ends);
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    /** Delta of each of the last seconds, the newest last. */
    public List<Long> deltas(int most) {
        List<Long> deltas = new ArrayList<>();
        long previous = before;
        for (long end : ends) {
            deltas.add(end - previous);
            previous = end;
        }
        return deltas.subList(Math.max(0, deltas.size() - most), deltas.size());
    }
}
