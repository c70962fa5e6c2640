package com.waickoff.marketdata.storage.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.storage.InventedMarket;
import com.waickoff.marketdata.storage.drain.Lane;
import com.waickoff.marketdata.storage.drain.LaneSettings;
import com.waickoff.marketdata.storage.drain.LaneWorld;
import com.waickoff.marketdata.storage.drain.StopSignal;
import com.waickoff.marketdata.storage.history.History;
import com.waickoff.marketdata.storage.history.HistoryException;
import com.waickoff.marketdata.storage.history.HistorySignal;
import com.waickoff.marketdata.storage.history.HistoryWindow;
import com.waickoff.marketdata.storage.history.Page;
import com.waickoff.marketdata.storage.history.PageRequest;
import com.waickoff.marketdata.storage.history.SnapshotHistory;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the engine's snapshot shows and what the drain made of the journal are the same, wherever both
 * have it: values, rows, value areas, cumulative delta and quality stamps.
 */
class SameAnswersTest {
    private static final long SEED = Long.getLong("mongo.seed", 20_261_121L);
    private static final int STEPS = 2_500;
    private static final int MOST_SIGNALS = 256;

    @TempDir
    Path directory;

    @Test
    void shouldHearTheSameFromBoth() throws Exception {
        System.out.println("same answers: seed " + SEED);
        EngineConfig config = InventedMarket.config(directory.resolve("data"));
        InventedMarket.write(config, SEED, STEPS);
        try (MongoUnderTest server = MongoUnderTest.open(directory)) {
            drain(config, new MongoSink(server.settings(), new Random(1)));
            try (History stored = new MongoHistory(server.settings(), () -> 0);
                    History shown = new SnapshotHistory(config.snapshotFile(), () -> 0)) {
                assertThat(stored.instruments()).isEqualTo(shown.instruments())
                        .hasSize(InventedMarket.INSTRUMENTS);
                for (int i = 0; i < InventedMarket.INSTRUMENTS; i++) {
                    compare("bybit-linear:COIN" + i, stored, shown);
                }
            }
        }
    }

    private void drain(EngineConfig config, MongoSink sink) {
        Lane lane = new Lane(config, directory.resolve("lane"), sink, LaneSettings.DEFAULT,
                Lane.Mode.UNTIL_CAUGHT_UP, 1, new LaneWorld(System::currentTimeMillis,
                        System::nanoTime, new SplittableRandom(1), note -> {}),
                new StopSignal());
        lane.run();
        assertThat(lane.failure()).isNull();
    }

    private static void compare(String instrument, History stored, History shown)
            throws HistoryException {
        assertThat(stored.coverage(instrument)).isEqualTo(shown.coverage(instrument));
        PageRequest always = PageRequest.of(0, Long.MAX_VALUE / 2).withLimit(700)
                .within(MongoUnderTest.PATIENCE);
        for (Timeframe timeframe : Timeframe.ALL) {
            List<HistoryWindow> bars = all(request -> shown.bars(instrument, timeframe, request),
                    always).stream().filter(bar -> (bar.flags() & Window.OUTDATED) == 0).toList();
            assertThat(all(request -> stored.bars(instrument, timeframe, request), always))
                    .as("%s %s", instrument, timeframe).containsExactlyElementsOf(bars);
            List<HistoryWindow> windows = all(request -> shown.windows(instrument, timeframe,
                    request), always).stream().filter(window -> !window.rows().isEmpty())
                    .toList();
            assertThat(all(request -> stored.windows(instrument, timeframe, request), always))
                    .as("%s %s", instrument, timeframe).containsAll(windows);
            assertThat(windows).hasSameSizeAs(bars);
        }
        List<HistorySignal> signals = all(request -> shown.signals(instrument, request), always);
        List<HistorySignal> more = all(request -> stored.signals(instrument, request), always);
        assertThat(signals).hasSizeGreaterThan(20).hasSizeLessThanOrEqualTo(MOST_SIGNALS);
        assertThat(more).containsAll(signals);
    }

    private interface Ask<T> {
        Page<T> page(PageRequest request) throws HistoryException;
    }

    private static <T> List<T> all(Ask<T> ask, PageRequest first) throws HistoryException {
        List<T> all = new ArrayList<>();
        PageRequest request = first;
        while (true) {
            Page<T> page = ask.page(request);
            all.addAll(page.items());
            if (page.next() == null) {
                return all;
            }
            request = request.after(page.next());
        }
    }
}
