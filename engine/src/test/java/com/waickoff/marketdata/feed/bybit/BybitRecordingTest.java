package com.waickoff.marketdata.feed.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.Recordings;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.status.Counter;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A recorded session of Bybit: every frame accounted for, and the invariant of its books. */
class BybitRecordingTest {
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT",
            "DOGEUSDT");
    private static final int DEPTH = 200;

    @Test
    void shouldAccountForEveryFrame() throws IOException {
        List<Recordings.Line> lines = Recordings.read("bybit-linear_20260809.frames");
        List<Instrument> definitions = InstrumentSource
                .readCsv(Recordings.folder().resolve("instruments.csv")).stream()
                .filter(instrument -> instrument.venue().equals("bybit-linear")).toList();
        try (FeedHarness harness = new FeedHarness(ports -> new BybitFeed(Venue.BYBIT_LINEAR, ports,
                new BybitSettings(SYMBOLS, 0, BybitSettings.DEFAULT_RECENT_TRADES,
                        BybitSettings.DEFAULT_MAX_FRAME_BYTES),
                definitions))) {
            Recordings.drive(harness.feed, lines);

            harness.assertConserved();
            assertThat(harness.count(Counter.FRAMES_RECEIVED)).isEqualTo(2546);
            assertThat(harness.count(Counter.FRAMES_DECODED)).isEqualTo(1598 + 102);
            assertThat(harness.count(Counter.IGNORED_ACK)).isEqualTo(17);
            assertThat(harness.count(Counter.IGNORED_OTHER_CHANNEL)).isEqualTo(758 + 71);
            assertThat(harness.count(Counter.TRADES_DECODED)).isEqualTo(327);
            assertThat(harness.count(Counter.BOOK_READY)).isEqualTo(4);
            assertThat(harness.count(Counter.BOOK_RESETS)).isEqualTo(4); // the end of the recording
            assertThat(harness.rejections).isEmpty();
            shouldKeepItsDepth(harness.sink.events());
        }
    }

    /** The server removes the levels that fall out, so a liquid book always has all of them. */
    private static void shouldKeepItsDepth(List<MarketEvent> events) {
        Map<String, Set<Long>> sides = new HashMap<>();
        int updates = 0;
        for (MarketEvent event : events) {
            if (event.kind() != EventKind.BOOK_LEVEL) {
                continue;
            }
            boolean isFirstOfSnapshot = event.has(EventFlags.FIRST)
                    && event.has(EventFlags.SNAPSHOT);
            if (isFirstOfSnapshot) {
                side(sides, event.instrumentId(), true).clear();
                side(sides, event.instrumentId(), false).clear();
            }
            Set<Long> side = side(sides, event.instrumentId(), event.has(EventFlags.BID));
            if (event.quantity() == 0) {
                assertThat(side.remove(event.price())).isTrue();
            } else {
                side.add(event.price());
            }
            if (event.has(EventFlags.LAST)) {
                updates++;
                assertThat(side(sides, event.instrumentId(), true)).hasSize(DEPTH);
                assertThat(side(sides, event.instrumentId(), false)).hasSize(DEPTH);
            }
        }
        assertThat(updates).isEqualTo(1598);
    }

    private static Set<Long> side(Map<String, Set<Long>> sides, int instrument, boolean isBid) {
        return sides.computeIfAbsent(instrument + (isBid ? "b" : "a"), key -> new HashSet<>());
    }
}
