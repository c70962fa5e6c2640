package com.waickoff.marketdata.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.snapshot.BarsView;
import com.waickoff.marketdata.snapshot.HistoryConfig;
import com.waickoff.marketdata.snapshot.RowsView;
import com.waickoff.marketdata.snapshot.SnapshotConfig;
import com.waickoff.marketdata.snapshot.SnapshotContent;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.MarketWindows;
import com.waickoff.marketdata.window.PriceMoments;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueArea;
import com.waickoff.marketdata.window.ValueAreaRule;
import com.waickoff.marketdata.window.Vwap;
import com.waickoff.marketdata.window.Window;
import com.waickoff.marketdata.window.WindowConfig;
import com.waickoff.marketdata.window.WindowListener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowHistoryTest {
    private static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;
    private static final long MINUTE = 60 * SECOND;
    private static final long NOON = 20_000 * 1_440 * MINUTE + 720 * MINUTE;
    private static final String BTC = "bybit-linear:BTCUSDT";

    @TempDir
    Path directory;

    private final List<Rig> rigs = new ArrayList<>();
    private long nowNs = NOON;
    private long nextId = 1;
    private Rig rig;

    @BeforeEach
    void open() throws IOException {
        rig = rig(HistoryConfig.DEFAULT);
    }

    @AfterEach
    void close() {
        rigs.forEach(each -> each.snapshot.close());
    }

    @Test
    void shouldKeepABarWithItsPointOfControlAndAverageOnceItClosed() throws IOException {
        trade(NOON, 1_000, 200, true);
        trade(NOON + 1, 1_004, 500, false);
        trade(NOON + 2, 998, 100, true);
        clockTo(NOON + MINUTE + SECOND);
        assertThat(bars(Timeframe.M1).count()).isZero();

        clockTo(NOON + MINUTE + 3 * SECOND);

        BarsView bars = bars(Timeframe.M1);
        assertThat(bars.count()).isEqualTo(1);
        assertThat(bars.startMs(0)).isEqualTo(NOON / MS);
        assertThat(List.of(bars.open(0), bars.high(0), bars.low(0), bars.close(0),
                bars.volume(0), bars.buyVolume(0), bars.delta(0), bars.minDelta(0),
                bars.maxDelta(0), bars.trades(0))).containsExactly(1_000L, 1_004L, 998L, 998L,
                        800L, 300L, -200L, -300L, 200L, 3L);
        assertThat(List.of(bars.poc(0), bars.val(0), bars.vah(0))).containsExactly(1_004L, 1_000L,
                1_004L);
        assertThat(bars.vwap(0).mean(3)).isEqualByComparingTo("1002.250");
        assertThat(bars.cumulativeDelta(0)).isEqualTo(-200);
        assertThat(bars(Timeframe.M5).count()).isZero();
    }

    @Test
    void shouldReviseAKeptBarAndItsRows() throws IOException {
        trade(NOON, 1_000, 200, true);
        clockTo(NOON + 2 * MINUTE);
        trade(NOON + 2 * MINUTE, 1_000, 100, false);
        clockTo(NOON + 4 * MINUTE);
        int before = bars(Timeframe.M1).revision(0);

        trade(NOON + 30 * SECOND, 1_007, 400, false);
        clockTo(NOON + 4 * MINUTE + SECOND);

        BarsView bars = bars(Timeframe.M1);
        assertThat(before).isZero();
        assertThat(bars.count()).isEqualTo(2);
        assertThat(bars.revision(0)).isEqualTo(1);
        assertThat(bars.poc(0)).isEqualTo(1_007);
        assertThat(bars.cumulativeDelta(0)).isEqualTo(-200);
        assertThat(bars.cumulativeDelta(1)).isEqualTo(-300);
        RowsView.ClosedRows rows = Objects.requireNonNull(
                rows(Timeframe.M1).find(NOON / MS));
        assertThat(rows.sellVolume(1_007)).isEqualTo(400);
        assertThat(rows.buyVolume(1_000)).isEqualTo(200);
        assertThat(rows.volume(1_003)).isZero();
        assertThat(rows.revision()).isEqualTo(1);
    }

    @Test
    void shouldSayThatABarLacksATradeThatCameTooLateForItsRows() throws IOException {
        trade(NOON, 1_000, 200, true);
        trade(NOON + 1, 1_003, 100, false);
        clockTo(NOON + 5 * MINUTE);
        trade(NOON + 5 * 60 * MINUTE, 1_000, 700, true);
        clockTo(NOON + 5 * 60 * MINUTE + 2 * MINUTE);

        trade(NOON + 2, 1_100, 300, true);

        BarsView bars = bars(Timeframe.M1);
        assertThat(bars.has(0, Window.OUTDATED)).isTrue();
        assertThat(bars.revision(0)).isEqualTo(1);
        assertThat(List.of(bars.open(0), bars.high(0), bars.close(0), bars.volume(0),
                bars.buyVolume(0), bars.trades(0))).containsExactly(1_000L, 1_100L, 1_100L, 600L,
                        500L, 3L);
        assertThat(bars.poc(0)).isEqualTo(1_000);
        assertThat(bars.vwap(0)).isEqualTo(vwap(1_000, 200, 1_003, 100, 1_100, 300));
        assertThat(bars.has(1, Window.OUTDATED)).isFalse();
        assertThat(bars.cumulativeDelta(0)).isEqualTo(400);
        assertThat(bars.cumulativeDelta(1)).isEqualTo(1_100);
    }

    @Test
    void shouldMakeRoomForTheNewestRows() throws IOException {
        rig = rig(new HistoryConfig(List.of(8, 8, 8, 8, 8, 8), 4096, 16));
        for (int minute = 0; minute < 30; minute++) {
            for (int price = 0; price < 60; price++) {
                trade(NOON + minute * MINUTE + price, 1_000 + 2 * price, 700, price % 2 == 0);
            }
            clockTo(NOON + (minute + 1) * MINUTE);
        }
        clockTo(NOON + 31 * MINUTE);

        BarsView bars = bars(Timeframe.M1);
        RowsView rows = rows(Timeframe.M1);
        assertThat(bars.count()).isEqualTo(8);
        assertThat(bars.startMs(0)).isEqualTo((NOON + 22 * MINUTE) / MS);
        assertThat(rows.count()).isBetween(10, 20);
        assertThat(rows.startMs(rows.count() - 1)).isEqualTo((NOON + 29 * MINUTE) / MS);
        assertThat(rows.startMs(0)).isEqualTo((NOON + (30 - rows.count()) * MINUTE) / MS);
        assertThat(rows.rows(0).sellVolume(1_118)).isEqualTo(700);
        assertThat(bars.cumulativeDelta(0)).isZero();
    }

    /** Against sums over lists of trades; in batches of random sizes, and after a restart. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldKeepTheSameHoweverEventsAreBatchedOrTheEngineRestarted(long seed)
            throws IOException {
        HistoryConfig small = new HistoryConfig(List.of(120, 50, 20, 10, 8, 8), 16_384, 16);
        SplittableRandom random = new SplittableRandom(seed);
        Rig single = rig(small);
        Rig batched = rig(small);
        Rig restarted = rig(small);
        rig = single;
        Map<String, List<MarketEvent>> expected = new TreeMap<>();
        long price = 50_000;
        for (int i = 0; i < 30_000; i++) {
            nowNs += random.nextInt(800) * MS;
            price += random.nextInt(-3, 4);
            boolean isLate = random.nextInt(100) == 0;
            long lateMs = isLate ? random.nextInt(random.nextInt(20) == 0 ? 30_000_000 : 300_000)
                    : 0;
            long match = Math.max(NOON, nowNs - lateMs * MS);
            MarketEvent trade = new MarketEvent();
            trade.trade(0, match, nowNs, price, 100L * random.nextInt(1, 500), nextId++, 0, 0);
            trade.addFlags(random.nextBoolean() ? EventFlags.BUY : 0);
            for (Timeframe timeframe : Timeframe.ALL) {
                expected.computeIfAbsent(timeframe.label() + timeframe.startOf(match) / MS,
                        absent -> new ArrayList<>()).add(trade);
            }
            MarketEvent clock = new MarketEvent();
            clock.clock(nowNs / (100 * MS) * (100 * MS));
            for (MarketEvent event : List.of(clock, trade)) {
                single.handle(event, true);
                batched.handle(event, random.nextInt(300) == 0);
                restarted.handle(event, random.nextInt(10) == 0);
            }
            if (random.nextInt(4_000) == 0) {
                restarted = restarted.restarted(rig(small));
            }
        }
        nowNs += 100 * MS;
        clockTo(nowNs + 3 * SECOND);
        for (Rig other : List.of(batched, restarted)) {
            for (MarketEvent event : single.clocks) {
                other.handle(event, true);
            }
            assertThat(SnapshotContent.bytes(other.file))
                    .isEqualTo(SnapshotContent.bytes(single.file));
        }
        for (Timeframe timeframe : Timeframe.ALL) {
            check(timeframe, expected);
        }
    }

    private void check(Timeframe timeframe, Map<String, List<MarketEvent>> expected)
            throws IOException {
        BarsView bars = bars(timeframe);
        RowsView rows = rows(timeframe);
        assertThat(bars.count() > 0).isEqualTo(timeframe.compareTo(Timeframe.H1) <= 0);
        long cumulative = 0;
        for (int i = 0; i < bars.count(); i++) {
            List<MarketEvent> trades = expected.get(timeframe.label() + bars.startMs(i));
            assertThat(bars.volume(i))
                    .isEqualTo(trades.stream().mapToLong(MarketEvent::quantity).sum());
            assertThat(bars.buyVolume(i)).isEqualTo(trades.stream()
                    .filter(trade -> trade.has(EventFlags.BUY)).mapToLong(MarketEvent::quantity)
                    .sum());
            assertThat(bars.trades(i)).isEqualTo(trades.size());
            assertThat(bars.high(i))
                    .isEqualTo(trades.stream().mapToLong(MarketEvent::price).max().orElse(0));
            cumulative = i == 0 ? bars.cumulativeDelta(0) : cumulative + bars.delta(i);
            assertThat(bars.cumulativeDelta(i)).isEqualTo(cumulative);
            RowsView.ClosedRows kept = rows.find(bars.startMs(i));
            if (kept != null && !bars.has(i, Window.OUTDATED)) {
                assertThat(kept.revision()).isEqualTo(bars.revision(i));
                ValueArea area = ValueArea.of(kept, ValueAreaRule.DEFAULT);
                assertThat(area.total()).isEqualTo(bars.volume(i));
                assertThat(area.poc() * kept.rowSize()).isEqualTo(bars.poc(i));
                assertThat(area.low() * kept.rowSize()).isEqualTo(bars.val(i));
                assertThat(area.high() * kept.rowSize()).isEqualTo(bars.vah(i));
            }
        }
    }

    private static Vwap vwap(long... pricesAndQuantities) {
        PriceMoments sums = new PriceMoments();
        long volume = 0;
        for (int i = 0; i < pricesAndQuantities.length; i += 2) {
            PriceMoments one = new PriceMoments();
            one.set(pricesAndQuantities[i], pricesAndQuantities[i + 1]);
            sums.add(one);
            volume += pricesAndQuantities[i + 1];
        }
        return Vwap.of(sums, volume);
    }

    private void trade(long matchNs, long price, long quantity, boolean buy) {
        nowNs = Math.max(nowNs, matchNs);
        MarketEvent trade = new MarketEvent();
        trade.trade(0, matchNs, nowNs, price, quantity, nextId++, 0, 0);
        trade.addFlags(buy ? EventFlags.BUY : 0);
        rig.handle(trade, true);
    }

    /** Every clock event up to a time, kept for others. */
    private void clockTo(long timeNs) {
        while (nowNs < timeNs) {
            nowNs = (nowNs / (100 * MS) + 1) * (100 * MS);
            MarketEvent clock = new MarketEvent();
            clock.clock(nowNs);
            rig.clocks.add(clock);
            rig.handle(clock, true);
        }
    }

    private BarsView bars(Timeframe timeframe) throws IOException {
        BarsView view = new BarsView();
        try (SnapshotReader reader = SnapshotReader.open(rig.file)) {
            assertThat(reader.read(find(reader), timeframe, view)).isTrue();
        }
        return view;
    }

    private RowsView rows(Timeframe timeframe) throws IOException {
        RowsView view = new RowsView();
        try (SnapshotReader reader = SnapshotReader.open(rig.file)) {
            assertThat(reader.read(find(reader), timeframe, view)).isTrue();
        }
        return view;
    }

    private static SnapshotEntry find(SnapshotReader reader) throws IOException {
        return Objects.requireNonNull(reader.find(BTC));
    }

    private Rig rig(HistoryConfig history) throws IOException {
        Rig made = new Rig(directory.resolve("snapshot-" + rigs.size()), history);
        rigs.add(made);
        return made;
    }

    /** The study over a file of its own. */
    private static final class Rig {
        private final Path file;
        private final SnapshotWriter snapshot;
        private final ProfileStudy study;
        private final List<MarketEvent> clocks = new ArrayList<>();
        private long sequence = 1;

        Rig(Path file, HistoryConfig history) throws IOException {
            this.file = file;
            InstrumentCatalogue catalogue = new InstrumentCatalogue(1);
            catalogue.define(InstrumentSource.of(Venue.BYBIT_LINEAR, "BTCUSDT",
                    new BigDecimal("0.1"), new BigDecimal("0.001"), "BTC", "USDT"));
            WindowConfig windowing = new WindowConfig(1, 128, 2_000, 3_600_000);
            MarketWindows windows = new MarketWindows(1, windowing, WindowListener.NONE);
            windows.define(0, 1);
            snapshot = SnapshotWriter.create(file, new SnapshotConfig(1, 128, 1, 8, history),
                    new Run(1, 1, 1));
            snapshot.define(new SnapshotInstrument(0, "bybit-linear", "BTCUSDT", 1, 1, 5, 100,
                    BigDecimal.ONE, "BTC", "BTC", "USDT", 1));
            study = new ProfileStudy(catalogue, windows, snapshot, CounterBlock.onHeap("studies"));
            MarketEvent definition = new MarketEvent();
            definition.instrument(0, 0);
            study.onEvent(definition, 1, true);
        }

        void handle(MarketEvent event, boolean endOfBatch) {
            study.onEvent(event, ++sequence, endOfBatch);
        }

        Rig restarted(Rig next) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            study.writeInstrument(0, new DataOutputStream(bytes));
            next.study.readInstrument(0,
                    new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            next.sequence = sequence;
            return next;
        }
    }
}
