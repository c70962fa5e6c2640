package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.FeedStatus;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedWatchTest {
    private static final long T = 1_782_864_000_000_000_000L;

    private final FeedStatus feed = FeedStatus.onHeap("bybit-linear");
    private final FeedWatch watch = new FeedWatch(feed::changes, () -> List.of(feed.read()));

    @Test
    void shouldTellWhatAFeedHasComeToAndNotTheStepsBetween() {
        feed.state(FeedState.CONNECTING, T, 1, "");
        assertThat(watch.news()).isEmpty();
        feed.state(FeedState.LIVE, T, 1, "");
        assertThat(watch.news()).containsExactly("2026-07-01 00:00:00  bybit-linear live");
        assertThat(watch.news()).isEmpty();
    }

    @Test
    void shouldSayThingsAgainOnlyAfterSomethingElse() {
        feed.state(FeedState.LIVE, T, 1, "");
        assertThat(watch.news()).hasSize(1);
        feed.state(FeedState.CONNECTING, T, 2, "");
        feed.state(FeedState.LIVE, T, 2, "");
        assertThat(watch.news()).isEmpty();
        feed.state(FeedState.LIVE, T, 2, "REST: \033[2Jrefused");
        assertThat(watch.news()).singleElement().asString()
                .endsWith("bybit-linear live: REST: ?[2Jrefused");
        feed.state(FeedState.LIVE, T, 2, "");
        assertThat(watch.news()).singleElement().asString().endsWith("bybit-linear live");
    }

    /** In one round of several: the compiler may step in, and what it replaces allocates. */
    @Test
    void shouldAllocateNothingWhileNoFeedChangesItsState() {
        feed.state(FeedState.LIVE, T, 1, "");
        assertThat(watch.news()).hasSize(1);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int look = 0; look < 2_000; look++) {
                feed.frame(T + look);
                if (!watch.news().isEmpty()) {
                    throw new AssertionError("news without a change");
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }
}
