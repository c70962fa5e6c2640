package com.waickoff.marketdata.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.profile.ProfileStudy;
import com.waickoff.marketdata.ring.HandlerChain;
import com.waickoff.marketdata.snapshot.FlowView;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.snapshot.SignalsView;
import com.waickoff.marketdata.snapshot.SnapshotConfig;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.MarketWindows;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.WindowConfig;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tapes by hand through the profile and the flow study into a snapshot file. */
class FlowStudyTest {
    private static final long NOON_NS = 1_767_700_800_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final boolean BUY = true;
    private static final boolean SELL = false;

    /** Quantities and prices are whole numbers; amounts mean as many units at price 1. */
    private static final FlowConfig CONFIG = new FlowConfig(
            new FlowConfig.Rows(3_000, 0, 0, 3, 3), new FlowConfig.Windows(10, 2_000, 500),
            new FlowConfig.Orders(100_000, 1_000, 4), new FlowConfig.Speed(1, 2, 2_000, 5),
            FlowConfig.Vpin.DEFAULT);

    @TempDir
    private Path directory;

    private final List<Signal> signals = new ArrayList<>();
    private final MarketEvent event = new MarketEvent();
    private SnapshotWriter snapshot;
    private HandlerChain chain;
    private long sequence;
    private long id;
    private long lastReceivedNs;

    @BeforeEach
    void open() throws IOException {
        InstrumentCatalogue catalogue = new InstrumentCatalogue(4);
        Instrument coin = catalogue.define(new Instrument(0, "bybit-linear", "COIN", 0, 1, 0, 1,
                BigDecimal.ONE, "COIN", "COIN", "USDT", false));
        CounterBlock counters = CounterBlock.onHeap("studies");
        MarketWindows windows = new MarketWindows(4, WindowConfig.DEFAULT, WindowListener.NONE);
        windows.define(coin.id(), coin.tick());
        snapshot = SnapshotWriter.create(directory.resolve("snapshot.bin"),
                new SnapshotConfig(4, 2048, 10, 8), new Run(1, 1, 1));
        snapshot.define(new SnapshotInstrument(coin.id(), coin.venue(), coin.symbol(), 0, 1, 0, 1,
                BigDecimal.ONE, "COIN", "COIN", "USDT", 1));
        chain = new HandlerChain(new ProfileStudy(catalogue, windows, snapshot, counters),
                new FlowStudy(catalogue, windows, snapshot, CONFIG,
                        (instrument, signal) -> signals.add(new Signal().copyFrom(signal)),
                        counters));
        event.instrument(coin.id(), NOON_NS);
        chain.onEvent(event, ++sequence, true);
    }

    @AfterEach
    void close() {
        snapshot.close();
    }

    @Test
    void shouldMergeTheFillsOfOneTakerOrder() {
        trade(0, 1_000, 60, BUY, 7);
        trade(0, 1_001, 41, BUY, 7); // 101 at 1,001 is an amount of 101,101
        trade(0, 1_001, 99, SELL, 7);
        trade(0, 1_001, 99, BUY, 8);
        clock(2);

        assertThat(signals).hasSize(1);
        Signal large = signals.getFirst();
        assertThat(large.kind()).isEqualTo(SignalKind.LARGE_TRADE);
        assertThat(large.side()).isEqualTo(Signal.BUY);
        assertThat(large.input(0)).isEqualTo(101);
        assertThat(large.input(1)).isEqualTo(2);
        assertThat(large.input(2)).isEqualTo(100); // 100,000 / 1,001, rounded up
        assertThat(large.sequence()).isEqualTo(4); // known with the first trade of another order
    }

    @Test
    void shouldFindASweepThroughRows() {
        for (int i = 0; i < 4; i++) {
            trade(0, 1_003 - i, 1, SELL, 7);
        }
        trade(0, 1_000, 1, SELL, 8);
        clock(2);

        Signal sweep = signals.getFirst();
        assertThat(signals).hasSize(1);
        assertThat(sweep.kind()).isEqualTo(SignalKind.SWEEP);
        assertThat(sweep.side()).isEqualTo(Signal.SELL);
        assertThat(sweep.price()).isEqualTo(1_000);
        assertThat(sweep.input(0)).isEqualTo(4);
        assertThat(sweep.input(2)).isEqualTo(1_003);
    }

    @Test
    void shouldFindATapeThatBecomesFastOnce() {
        for (int second = 0; second < 4; second++) {
            trade(second, 1_000, 1, BUY, second);
        }
        for (int i = 0; i < 8; i++) {
            trade(4, 1_000, 1, BUY, 100 + i);
        }

        assertThat(signals).extracting(Signal::kind).containsExactly(SignalKind.SPEED_OF_TAPE);
        assertThat(signals.getFirst().input(0)).isEqualTo(5);
        assertThat(signals.getFirst().input(1)).isEqualTo(2);
    }

    @Test
    void shouldTellWhatAWindowShowsWhenItClosesAndAgainWhenARevisionChangesIt()
            throws IOException {
        // Buys of 40 at 1,001 to 1,003 against sells of 1 below: a stack. The high is unfinished.
        for (int row = 0; row < 4; row++) {
            trade(1 + row, 1_000 + row, 1, SELL, row);
            trade(1 + row, 1_000 + row, row == 0 ? 1 : 40, BUY, 100 + row);
        }
        clock(62);
        int before = signals.size();
        assertThat(signals).extracting(Signal::kind).containsExactly(SignalKind.IMBALANCES,
                SignalKind.STACKED_IMBALANCE, SignalKind.UNFINISHED_AUCTION,
                SignalKind.UNFINISHED_AUCTION);
        Signal stack = signals.get(1);
        assertThat(stack.price()).isEqualTo(1_001);
        assertThat(stack.input(0)).isEqualTo(3);
        assertThat(stack.input(1)).isEqualTo(1_003);
        assertThat(stack.input(2)).isEqualTo(120);
        assertThat(stack.timeframe()).isEqualTo(Timeframe.M1);
        assertThat(signals).extracting(Signal::ordinal).containsExactly(0, 1, 2, 3);

        clock(63);
        assertThat(signals).hasSize(before);
        trade(30, 1_002, 90, SELL, 500); // late: 1,003 is no longer out of balance
        assertThat(signals).hasSize(before);
        clock(64);

        List<Signal> again = signals.subList(before, signals.size());
        assertThat(again).extracting(Signal::kind).containsExactly(SignalKind.REVISED,
                SignalKind.IMBALANCES, SignalKind.UNFINISHED_AUCTION,
                SignalKind.UNFINISHED_AUCTION);
        assertThat(again).extracting(Signal::revision).containsOnly(1);
        assertThat(again.getFirst().input(0)).isEqualTo(3);
        try (SnapshotReader reader = SnapshotReader.open(directory.resolve("snapshot.bin"))) {
            SnapshotEntry entry = Objects.requireNonNull(reader.find("bybit-linear:COIN"));
            SignalsView view = new SignalsView();
            assertThat(reader.read(entry, view)).isTrue();
            assertThat(view.all()).hasSize(signals.size());
            assertThat(view.valid()).hasSize(3).extracting(Signal::revision).containsOnly(1);
            FlowView flow = new FlowView();
            assertThat(reader.read(entry, Timeframe.M1, flow)).isTrue();
            assertThat(flow.newest().measures().signals(SignalKind.STACKED_IMBALANCE)).isZero();
            assertThat(flow.newest().measures().signals(SignalKind.UNFINISHED_AUCTION))
                    .isEqualTo(2);
        }
    }

    @Test
    void shouldSayNothingAgainWhereARevisionChangesNothing() {
        trade(1, 1_000, 1, SELL, 1);
        trade(2, 1_000, 1, BUY, 2);
        clock(62);
        int before = signals.size();
        trade(31, 1_000, 1, BUY, 3);
        trade(32, 1_000, 1, SELL, 4);
        clock(64);

        assertThat(signals.subList(before, signals.size())).extracting(Signal::kind)
                .containsExactly(SignalKind.REVISED, SignalKind.UNFINISHED_AUCTION,
                        SignalKind.UNFINISHED_AUCTION);
        clock(65);
        assertThat(signals).hasSize(before + 3);
    }

    @Test
    void shouldFindAHighThatTheCumulativeDeltaDoesNotFollowAndAggressionWithoutProgress() {
        // Three windows rise by 10 with a delta of 10 each, at most 12, the fourth sells 30 and rises by 1.
        for (int minute = 0; minute < 3; minute++) {
            trade(60L * minute + 1, 1_000 + 10L * minute, 7, BUY, minute);
            trade(60L * minute + 2, 1_010 + 10L * minute, 5, BUY, 10 + minute);
            trade(60L * minute + 3, 1_010 + 10L * minute, 2, SELL, 30 + minute);
        }
        trade(181, 1_030, 10, SELL, 20);
        trade(182, 1_031, 20, SELL, 21);
        clock(243);

        List<Signal> last = signals.stream().filter(signal -> signal.timeframe() == Timeframe.M1
                && signal.matchTimeNs() == NOON_NS + 240 * SECOND_NS).toList();
        assertThat(last).extracting(Signal::kind).contains(SignalKind.DELTA_DIVERGENCE,
                SignalKind.ABSORPTION);
        Signal divergence = last.stream()
                .filter(signal -> signal.kind() == SignalKind.DELTA_DIVERGENCE).findFirst()
                .orElseThrow();
        assertThat(divergence.side()).isEqualTo(Signal.SELL);
        assertThat(divergence.price()).isEqualTo(1_031);
        assertThat(divergence.input(0)).isEqualTo(1_030);
        assertThat(divergence.input(1)).isEqualTo(-2);
        Signal absorption = last.getLast();
        assertThat(absorption.input(0)).isEqualTo(-30);
        assertThat(absorption.input(1)).isEqualTo(10);
        assertThat(absorption.input(2)).isEqualTo(-1);
        assertThat(absorption.input(3)).isEqualTo(10);
    }

    @Test
    void shouldFindVolumeThatDriesUpTowardsTheHigh() {
        long[] bought = {50, 30, 20, 5};
        for (int row = 0; row < bought.length; row++) {
            trade(1 + row, 1_000 + row, bought[row], BUY, row);
        }
        clock(63);

        Signal exhaustion = signals.stream()
                .filter(signal -> signal.kind() == SignalKind.EXHAUSTION).findFirst()
                .orElseThrow();
        assertThat(exhaustion.side()).isEqualTo(Signal.BUY);
        assertThat(exhaustion.price()).isEqualTo(1_003);
        assertThat(exhaustion.input(0)).isEqualTo(5);
        assertThat(exhaustion.input(1)).isEqualTo(30);
    }

    private void trade(long second, long price, long quantity, boolean buy, long order) {
        long timeNs = NOON_NS + second * SECOND_NS;
        event.trade(0, timeNs, Math.max(timeNs, lastReceivedNs), price, quantity, ++id,
                1_000 + order, buy ? EventFlags.BUY : 0);
        lastReceivedNs = event.receiveTimeNs();
        chain.onEvent(event, ++sequence, true);
    }

    private void clock(long second) {
        lastReceivedNs = Math.max(lastReceivedNs, NOON_NS + second * SECOND_NS);
        event.clock(lastReceivedNs);
        chain.onEvent(event, ++sequence, true);
    }
}
