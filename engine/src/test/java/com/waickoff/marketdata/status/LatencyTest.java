package com.waickoff.marketdata.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyTest {
    private static final double WORST_ERROR = 1.0 / 64;
    private static final int MOST_ROUNDS = 2_000;

    private final LatencyRecorder recorder = LatencyRecorder.onHeap();

    @Test
    void shouldHaveAPlaceForEveryValueInOrder() {
        int before = -1;
        for (int place = 0; place < Buckets.COUNT; place++) {
            long highest = Buckets.highestAt(place);
            assertThat(Buckets.indexOf(highest)).isEqualTo(place);
            assertThat(Buckets.indexOf(highest + 1)).isEqualTo(
                    Math.min(place + 1, Buckets.COUNT - 1));
            assertThat(Buckets.indexOf(highest)).isGreaterThan(before);
            before = place;
        }
        assertThat(Buckets.COUNT).isEqualTo(2240);
        assertThat(Buckets.highestAt(Buckets.COUNT - 1)).isEqualTo((1L << 40) - 1);
        assertThat(Buckets.indexOf(Long.MAX_VALUE)).isEqualTo(Buckets.COUNT - 1);
        assertThat(Buckets.indexOf(Long.MIN_VALUE)).isZero();
    }

    /** The percentiles against those of HdrHistogram, both within their precision. */
    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43})
    void shouldAgreeWithHdrHistogram(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Histogram expected = new Histogram(1L << 41, 3);
        for (int i = 0; i < 50_000; i++) {
            long value = random.nextLong(1L << random.nextInt(1, 40));
            recorder.record(value);
            expected.recordValue(value);
        }
        LatencyReading reading = recorder.read();

        assertThat(reading.count()).isEqualTo(expected.getTotalCount());
        for (double percent : new double[]{0, 1, 25, 50, 90, 99, 99.9, 99.99, 100}) {
            double exact = expected.getValueAtPercentile(percent);
            assertThat((double) reading.percentileNs(percent)).as("seed %d, %s %%", seed, percent)
                    .isBetween(exact * (1 - 0.002) - 1, exact * (1 + WORST_ERROR + 0.002) + 1);
        }
    }

    @Test
    void shouldKnowSumMeanAndMaximumExactly() {
        for (long value : new long[]{100, 2_000_003, 50}) {
            recorder.record(value);
        }
        LatencyReading reading = recorder.read();

        assertThat(reading.sumNs()).isEqualTo(2_000_153);
        assertThat(reading.meanNs()).isEqualTo(666_717);
        assertThat(reading.maxNs()).isEqualTo(2_000_003);
        assertThat(reading.percentileNs(100)).isEqualTo(2_000_003);
        assertThat(reading.percentileNs(50)).isBetween(100L, 101L);
    }

    @Test
    void shouldCountNegativeValuesAsZero() {
        recorder.record(-5);

        assertThat(recorder.read().count()).isEqualTo(1);
        assertThat(recorder.read().sumNs()).isZero();
        assertThat(recorder.read().percentileNs(50)).isZero();
    }

    @Test
    void shouldReadZeroFromAnEmptyHistogram() {
        LatencyReading reading = recorder.read();

        assertThat(new long[]{reading.count(), reading.meanNs(), reading.maxNs(),
                reading.percentileNs(99)}).containsOnly(0);
    }

    @Test
    void shouldTellWhatWasRecordedSince() {
        recorder.record(1_000_000);
        LatencyReading before = recorder.read();
        recorder.record(10);
        recorder.record(20);

        LatencyReading since = recorder.read().since(before);
        assertThat(since.count()).isEqualTo(2);
        assertThat(since.sumNs()).isEqualTo(30);
        assertThat(since.maxNs()).isEqualTo(20);
        assertThat(recorder.read().since(recorder.read()).percentileNs(99)).isZero();
    }

    @Test
    void shouldHaveOneIdAndOneSentenceEach() {
        assertThat(Arrays.stream(Latency.values()).map(Latency::id)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Latency.values()).map(Latency::description))
                .doesNotHaveDuplicates().noneMatch(String::isBlank);
        for (Latency latency : Latency.values()) {
            assertThat(Latency.of(latency.id())).isEqualTo(latency);
        }
        assertThat(Latency.of(999)).isNull();
    }

    @Test
    void shouldTellTheCureWhenASecondThreadRecords() throws InterruptedException {
        Thread.ofPlatform().start(() -> recorder.record(1)).join();

        assertThatThrownBy(() -> recorder.record(1)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("latencies");
        recorder.handOver();
        recorder.record(1);
        assertThat(recorder.read().count()).isEqualTo(2);
    }

    @Test
    void shouldNotAllocateWhenRecordingAndCounting() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        CounterBlock counters = CounterBlock.onHeap("test");
        FeedStatus feed = FeedStatus.onHeap("test");
        recordAll(counters, feed, 20_000);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS && least > 0; round++) { // until it is compiled
            long before = threads.getCurrentThreadAllocatedBytes();
            recordAll(counters, feed, 2_000);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(least).isZero();
    }

    private void recordAll(CounterBlock counters, FeedStatus feed, int times) {
        for (int i = 0; i < times; i++) {
            recorder.record(i);
            counters.increment(Counter.TRADES_DECODED);
            feed.frame(i);
        }
    }
}
