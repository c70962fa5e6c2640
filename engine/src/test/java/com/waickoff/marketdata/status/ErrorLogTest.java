package com.waickoff.marketdata.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class ErrorLogTest {
    private static final int CAPACITY = 128;
    private static final int MOST_ROUNDS = 2_000;

    private long nowNs;
    private final ErrorLog log = ErrorLog.onHeap(() -> ++nowNs);

    @Test
    void shouldTellErrorsApartByOwnerCodeAndDetail() {
        log.record("a", "c", "d");
        log.record("b", "c", "d");
        log.record("a", "x", "d");
        log.record("a", "c", "y");
        log.record("a", "c", "d");

        assertThat(log.read()).extracting(ErrorReading::count).containsExactly(2L, 1L, 1L, 1L);
        assertThat(log.read().get(0).firstNs()).isEqualTo(1);
        assertThat(log.read().get(0).lastNs()).isEqualTo(5);
    }

    @Test
    void shouldCountWhatFindsNoRoomTogether() {
        for (int i = 0; i < 3 * CAPACITY; i++) {
            log.record("owner", "code", "detail " + i);
        }
        log.record("owner", "code", "detail 5");

        assertThat(log.read()).hasSize(CAPACITY);
        ErrorReading last = log.read().get(CAPACITY - 1);
        assertThat(last.code()).isEqualTo("too_many_distinct_errors");
        assertThat(last.detail()).isEqualTo("first: owner code detail " + (CAPACITY - 1));
        assertThat(log.read().stream().mapToLong(ErrorReading::count).sum())
                .isEqualTo(3 * CAPACITY + 1);
        assertThat(log.read().get(5).count()).isEqualTo(2);
    }

    @Test
    void shouldKeepTheBeginningOfTheFirstSample() {
        try (Arena arena = Arena.ofConfined()) {
            String frame = "{\"topic\":\"x\u0000\"" + "9".repeat(300);
            MemorySegment first = arena.allocateFrom(frame);
            MemorySegment second = arena.allocateFrom("something else");
            log.record("feed", "malformed_frame", "", first.address(), frame.length());
            log.record("feed", "malformed_frame", "", second.address(), 14);

            ErrorReading error = log.read().get(0);
            assertThat(error.count()).isEqualTo(2);
            assertThat(error.sample()).startsWith("{\"topic\":\"x.\"999").hasSize(124);
        }
    }

    @Test
    void shouldCutLongTextsBetweenCharacters() {
        log.record("o".repeat(100), "code", "ä".repeat(200));

        ErrorReading error = log.read().get(0);
        assertThat(error.owner()).isEqualTo("o".repeat(57) + "…");
        assertThat(error.detail()).matches("ä{108}…");
    }

    @Test
    void shouldNotAllocateForAnErrorThatIsKnown() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        log.record("feed", "refused", "404");
        log.record("feed", "malformed_frame", "");
        recordKnown(20_000);
        long least = Long.MAX_VALUE;
        int rounds = 0;
        while (least > 0 && rounds < MOST_ROUNDS) { // compiled sooner or later
            long before = threads.getCurrentThreadAllocatedBytes();
            recordKnown(2_000);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            rounds++;
        }
        assertThat(least).isZero();
        assertThat(log.read()).hasSize(2);
        assertThat(log.read().get(1).count()).isEqualTo(20_001 + 2_000L * rounds);
    }

    private void recordKnown(int times) {
        for (int i = 0; i < times; i++) {
            log.record("feed", "malformed_frame", "");
        }
    }

    @Test
    void shouldCountEveryErrorOfSeveralThreads() throws InterruptedException {
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 5_000; i++) {
                    log.record("owner", "code", Integer.toString(i % 10));
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(log.read()).hasSize(10).allMatch(error -> error.count() == 2_000);
    }
}
