package com.waickoff.marketdata.feed.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.Recordings;
import com.waickoff.marketdata.status.Counter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BybitRecordingTest {
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT",
            "DOGEUSDT");

    @Test
    void shouldAccountForEveryFrame() throws Exception {
        List<Recordings.Line> lines = Recordings.read("bybit-linear_20260809.frames");
        try (FeedHarness harness = new FeedHarness(ports -> newFeed(ports))) {
            Recordings.drive(harness.feed, lines);
            Arrays.stream(Counter.values()).filter(c -> harness.count(c) != 0)
                    .forEach(c -> System.out.println(c + " " + harness.count(c)));
            System.out.println(harness.rejections);
            harness.assertConserved();
            assertThat(harness.count(Counter.FRAMES_RECEIVED)).isEqualTo(2546);
            assertThat(harness.count(Counter.FRAMES_DECODED)).isEqualTo(1598 + 102);
            assertThat(harness.count(Counter.TRADES_DECODED)).isEqualTo(327);
            assertThat(harness.count(Counter.IGNORED_ACK)).isEqualTo(17);
            assertThat(harness.count(Counter.BOOK_READY)).isEqualTo(4);
            assertThat(harness.count(Counter.BOOK_RESETS)).isEqualTo(4);
            assertThat(harness.sink.events().stream()
                    .filter(event -> event.kind() == EventKind.BOOK_LEVEL).count())
                    .isEqualTo(harness.count(Counter.LEVELS_DECODED));
        }
    }

    private static BybitFeed newFeed(com.waickoff.marketdata.feed.FeedPorts ports) {
        try {
            return new BybitFeed(ports,
                    new BybitSettings(SYMBOLS, 0, BybitSettings.DEFAULT_MAX_FRAME_BYTES),
                    InstrumentSource.readCsv(Recordings.folder().resolve("instruments.csv"))
                            .stream().filter(i -> i.venue().equals("bybit-linear")).toList());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
