package com.waickoff.marketdata.mcp.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class FanoutTest {
    private static final String WATCHED = "test://watched";
    private static final String LATE = "test://late";

    /** One of them begins to be watched while the other is looked at. */
    private static final class Resources implements Watchable {
        private final AtomicLong ofLate = new AtomicLong();
        private final CountDownLatch watched = new CountDownLatch(1);
        private volatile Subscriber late;

        @Override
        public boolean isWatchable(String uri) {
            return true;
        }

        @Override
        public long version(String uri) {
            Subscriber begins = late;
            if (uri.equals(WATCHED) && begins != null && watched.getCount() > 0) {
                begins.watch(LATE);
                watched.countDown();
            }
            return uri.equals(LATE) ? ofLate.get() : 0;
        }
    }

    @Test
    void shouldTellOfTheFirstChangeSinceAResourceIsWatched() throws InterruptedException {
        Resources resources = new Resources();
        try (Fanout fanout = new Fanout(resources, new Fanout.Settings(1_000_000, 1, 8, 8),
                () -> 1)) {
            assertThat(fanout.open(() -> {}).watch(WATCHED)).isTrue();
            Subscriber late = fanout.open(() -> {});
            resources.late = late;
            resources.watched.await();
            resources.ofLate.incrementAndGet();

            assertThat(late.next(TimeUnit.MINUTES.toNanos(4)).updated()).containsExactly(LATE);
        }
    }
}
