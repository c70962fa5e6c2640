package com.waickoff.marketdata.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CounterTest {
    @Test
    void shouldHaveOneIdAndOneSentenceEach() {
        Counter[] counters = Counter.values();

        assertThat(Arrays.stream(counters).map(Counter::id)).doesNotHaveDuplicates()
                .allMatch(id -> id >= 0 && id < Counter.PLACES);
        assertThat(Arrays.stream(counters).map(Counter::label)).doesNotHaveDuplicates()
                .allMatch(label -> label.matches("[a-z]+(_[a-z]+)*"));
        assertThat(Arrays.stream(counters).map(Counter::description)).doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
    }

    /** Ids are places in files of released versions. */
    @Test
    void shouldNeverBeRenumbered() {
        assertThat(Counter.FRAMES_RECEIVED.id()).isZero();
        assertThat(Counter.IGNORED_ACK.id()).isEqualTo(8);
        assertThat(Counter.REJECTED_MALFORMED.id()).isEqualTo(32);
        assertThat(Counter.TRADES_DECODED.id()).isEqualTo(48);
        assertThat(Counter.CONNECTS.id()).isEqualTo(64);
        assertThat(Counter.EVENTS_PUBLISHED.id()).isEqualTo(80);
        assertThat(Counter.EVENTS_JOURNALED.id()).isEqualTo(88);
        assertThat(Counter.LATE_TRADES.id()).isEqualTo(96);
        assertThat(Counter.SNAPSHOT_PUBLISHED.id()).isEqualTo(112);
    }

    @Test
    void shouldBeFoundByItsId() {
        for (Counter counter : Counter.values()) {
            assertThat(Counter.of(counter.id())).isEqualTo(counter);
        }
        assertThat(Counter.of(Counter.PLACES)).isNull();
        assertThat(Counter.of(-1)).isNull();
    }

    @Test
    void shouldCountWithoutTouchingItsNeighbours() {
        CounterBlock block = CounterBlock.onHeap("test");
        block.increment(Counter.BYTES_RECEIVED);
        block.add(Counter.BYTES_RECEIVED, 41);

        assertThat(block.get(Counter.BYTES_RECEIVED)).isEqualTo(42);
        assertThat(block.get(Counter.FRAMES_RECEIVED)).isZero();
        assertThat(block.get(Counter.FRAMES_DECODED)).isZero();
        assertThat(block.owner()).isEqualTo("test");
    }

    @Test
    void shouldFindEveryFateOfAFrame() {
        CounterBlock feed = CounterBlock.onHeap("feed");
        CounterBlock journal = CounterBlock.onHeap("journal");
        feed.add(Counter.FRAMES_RECEIVED, 6);
        feed.add(Counter.FRAMES_DECODED, 3);
        feed.increment(Counter.IGNORED_ACK);
        feed.increment(Counter.REJECTED_MALFORMED);
        feed.add(Counter.EVENTS_PUBLISHED, 10);
        journal.add(Counter.EVENTS_JOURNALED, 8);

        Conservation conservation = Conservation.of(List.of(feed, journal));

        assertThat(conservation.frameDifference()).isEqualTo(1);
        assertThat(conservation.eventDifference()).isEqualTo(2);
        assertThat(conservation.holds()).isFalse();

        feed.increment(Counter.REJECTED_UNKNOWN_SHAPE);
        journal.add(Counter.EVENTS_JOURNALED, 2);
        assertThat(Conservation.of(List.of(feed, journal)).holds()).isTrue();
    }

    @Test
    void shouldTellTheCureWhenASecondThreadCounts() throws InterruptedException {
        CounterBlock block = CounterBlock.onHeap("journal");
        Thread.ofPlatform().start(() -> block.increment(Counter.EVENTS_JOURNALED)).join();

        assertThatThrownBy(() -> block.increment(Counter.EVENTS_JOURNALED))
                .isInstanceOf(AssertionError.class).hasMessageContaining("counters of journal");
        block.handOver();
        block.increment(Counter.EVENTS_JOURNALED);
        assertThat(block.get(Counter.EVENTS_JOURNALED)).isEqualTo(2);
    }
}
