package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Shown;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    private final Shell shell;
    private final Map<String, String> said = new HashMap<>();

    FeedWatch(Shell shell) {
        this.shell = shell;
    }

    /** Whether there is anything new to tell. */
    boolean hasNews(List<FeedReading> feeds) {
        return feeds.stream().anyMatch(feed -> !ON_THE_WAY.contains(feed.state())
                && !line(feed).equals(said.get(feed.name())));
    }

    /** Tells what is new. */
    void look(List<FeedReading> feeds) {
        for (FeedReading feed : feeds) {
            if (ON_THE_WAY.contains(feed.state())) {
                continue;
            }
            String line = line(feed);
            if (!line.equals(said.put(feed.name(), line))) {
                shell.out().println(Figures.second(feed.sinceNs() / NS_PER_MS) + "  " + line);
                shell.out().flush();
            }
        }
    }

    private static String line(FeedReading feed) {
        return feed.name() + ' ' + feed.state().label().replace('_', ' ')
                + (feed.detail().isEmpty() ? "" : ": " + Shown.plain(feed.detail()));
    }
}
