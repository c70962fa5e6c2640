package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Shown;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Says in a line when a feed begins, ends or changes its trouble; not the steps between. What a feed
 * has said before it says again only after something else.
 *
 * <p>Threads: the command's own; feeds are never waited for.
 */
final class FeedWatch {
    private static final Set<FeedState> ON_THE_WAY = EnumSet.of(FeedState.IDLE,
            FeedState.CONNECTING, FeedState.HANDSHAKING, FeedState.SUBSCRIBING);
    private static final long NS_PER_MS = 1_000_000L;

    private final LongSupplier changes;
    private final Supplier<List<FeedReading>> feeds;
    private final Map<String, String> said = new HashMap<>();
    private long seenChanges = -1;

    /**
     * A watch that has seen nothing yet.
     *
     * @param changes counts what {@code feeds} has become: it is not read while that stays
     */
    FeedWatch(LongSupplier changes, Supplier<List<FeedReading>> feeds) {
        this.changes = changes;
        this.feeds = feeds;
    }

    /** What is new, line by line. Allocates nothing while no feed changes its state. */
    List<String> news() {
        long now = changes.getAsLong();
        if (now == seenChanges) {
            return List.of();
        }
        seenChanges = now;
        List<String> news = new ArrayList<>();
        for (FeedReading feed : feeds.get()) {
            if (ON_THE_WAY.contains(feed.state())) {
                continue;
            }
            String line = line(feed);
            if (!line.equals(said.put(feed.name(), line))) {
                news.add(Figures.second(feed.sinceNs() / NS_PER_MS) + "  " + line);
            }
        }
        return news;
    }

    private static String line(FeedReading feed) {
        return feed.name() + ' ' + feed.state().label().replace('_', ' ')
                + (feed.detail().isEmpty() ? "" : ": " + Shown.plain(feed.detail()));
    }
}
