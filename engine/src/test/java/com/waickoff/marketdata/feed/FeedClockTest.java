package com.waickoff.marketdata.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.MarketEvent;
import org.junit.jupiter.api.Test;

class FeedClockTest {
    private static final long START_NS = FeedHarness.START_NS;
    private static final long PERIOD_NS = FeedClock.PERIOD_NS;

    private final CollectingSink sink = CollectingSink.keeping(16);
    private final FeedClock clock = new FeedClock(sink);

    @Test
    void shouldSayNothingBeforeTheFirstMultiplePasses() {
        clock.advance(START_NS);
        clock.advance(START_NS + PERIOD_NS - 1);

        assertThat(sink.events()).isEmpty();
    }

    @Test
    void shouldTellMultiplesWheneverFramesArrive() {
        clock.advance(START_NS + 77);
        clock.advance(START_NS + PERIOD_NS);
        clock.advance(START_NS + PERIOD_NS);
        clock.advance(START_NS + 2 * PERIOD_NS + 99);

        assertThat(sink.events()).extracting(MarketEvent::receiveTimeNs)
                .containsExactly(START_NS + PERIOD_NS, START_NS + 2 * PERIOD_NS);
        assertThat(sink.events()).allSatisfy(event -> {
            assertThat(event.kind()).isEqualTo(EventKind.CLOCK);
            assertThat(event.instrumentId()).isEqualTo(MarketEvent.ALL_INSTRUMENTS);
        });
    }

    @Test
    void shouldTellOneClockAfterAHole() {
        clock.advance(START_NS);
        clock.advance(START_NS + 36_000 * PERIOD_NS + 5);

        assertThat(sink.events()).singleElement().extracting(MarketEvent::receiveTimeNs)
                .isEqualTo(START_NS + 36_000 * PERIOD_NS);
        clock.advance(START_NS + 36_001 * PERIOD_NS);
        assertThat(sink.events()).hasSize(2);
    }

    @Test
    void shouldNotRunBackwards() {
        clock.advance(START_NS);
        clock.advance(START_NS + 5 * PERIOD_NS);
        clock.advance(START_NS);
        clock.advance(START_NS + 6 * PERIOD_NS - 1);

        assertThat(sink.events()).hasSize(1);
    }
}
