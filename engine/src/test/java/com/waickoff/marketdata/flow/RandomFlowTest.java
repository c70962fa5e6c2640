package com.waickoff.marketdata.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.flow.RandomFlowTape.Arrival;
import com.waickoff.marketdata.flow.RandomFlowTape.Clock;
import com.waickoff.marketdata.flow.RandomFlowTape.Gap;
import com.waickoff.marketdata.flow.RandomFlowTape.Trade;
import com.waickoff.marketdata.flow.SlowFlow.Told;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.profile.ProfileStudy;
import com.waickoff.marketdata.ring.HandlerChain;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.snapshot.SnapshotConfig;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.MarketWindows;
import com.waickoff.marketdata.window.WindowConfig;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every signal of windows and of taker orders, with its inputs, parameters, revision and name,
 * against a slow reference in exact numbers, over random tapes by random rules. Each tape follows
 * from its seed: one that fails is named, and can be run alone.
 */
class RandomFlowTest {
    private static final int TAPES = 2_000;
    private static final int LONG_TAPES = 12;
    private static final long FIRST_SEED = 20_261_121;
    private static final long START_NS = RandomFlowTape.MIDNIGHT_NS - 86_400_000_000_000L;
    private static final long TICK = 5;
    /** Few rows, so that prices outrun them; ten minutes of windows that can be revised. */
    private static final WindowConfig WINDOWS = new WindowConfig(2, 64, 2_000, 600_000);
    /** Tapes that nothing was found in would prove nothing. */
    private static final long LEAST_OF_A_KIND = 100;

    @TempDir
    private Path directory;

    @Test
    void shouldTellWhatTheSlowReferenceTells() {
        check(FIRST_SEED, TAPES, false, List.of(SignalKind.REVISED, SignalKind.IMBALANCES,
                SignalKind.STACKED_IMBALANCE, SignalKind.UNFINISHED_AUCTION, SignalKind.EXHAUSTION,
                SignalKind.DELTA_DIVERGENCE, SignalKind.ABSORPTION, SignalKind.LARGE_TRADE,
                SignalKind.SWEEP));
    }

    @Test
    void shouldFindTheLargestOrdersOfTodayAndYesterday() {
        check(FIRST_SEED + TAPES, LONG_TAPES, true,
                List.of(SignalKind.LARGE_TRADE, SignalKind.REVISED));
    }

    private void check(long firstSeed, int count, boolean isLong, List<SignalKind> expected) {
        System.out.println((isLong ? "long " : "") + "tapes of order flow from seed " + firstSeed
                + " on, " + count + " of them");
        List<Map<SignalKind, Long>> told = IntStream.range(0, count).parallel()
                .mapToObj(i -> check(firstSeed + i, isLong)).toList();
        Map<SignalKind, Long> sum = new EnumMap<>(SignalKind.class);
        told.forEach(one -> one.forEach((kind, times) -> sum.merge(kind, times, Long::sum)));
        System.out.println("compared signals: " + sum);
        assertThat(expected).allSatisfy(kind -> assertThat(sum.getOrDefault(kind, 0L))
                .as(kind.label()).isGreaterThan(LEAST_OF_A_KIND));
    }

    /** Checks one tape; how often which signal was told. */
    private Map<SignalKind, Long> check(long seed, boolean isLong) {
        Path file = directory.resolve("snapshot-" + seed + ".bin");
        try {
            List<Told> told = new Comparison(new SplittableRandom(seed), isLong, file).run();
            Map<SignalKind, Long> count = new EnumMap<>(SignalKind.class);
            told.forEach(signal -> count.merge(signal.kind(), 1L, Long::sum));
            Files.delete(file);
            return count;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError("the tape of seed " + seed + (isLong ? ", long" : "") + ": "
                    + failed.getMessage(), failed);
        }
    }

    /** One tape, taken in by both. */
    private static final class Comparison {
        private final SplittableRandom random;
        private final Path file;
        private final FlowConfig config;
        private final Instrument instrument;
        private final RandomFlowTape tape;
        private final CounterBlock counters = CounterBlock.onHeap("studies");
        private final MarketWindows windows = new MarketWindows(1, WINDOWS, WindowListener.NONE);
        private final MarketEvent event = new MarketEvent();
        private final List<Told> told = new ArrayList<>();
        private long sequence;

        Comparison(SplittableRandom random, boolean isLong, Path file) {
            this.random = random;
            this.file = file;
            config = config(random, isLong);
            tape = new RandomFlowTape(random.split(), TICK, isLong);
            boolean inverse = random.nextInt(4) == 0;
            BigDecimal contract = List.of(BigDecimal.ONE, new BigDecimal("0.001"),
                    new BigDecimal("2.5"), BigDecimal.TEN).get(random.nextInt(4));
            instrument = new Instrument(0, "venue", "COIN", random.nextInt(3), TICK,
                    random.nextInt(4), 1, contract, inverse ? "USD" : "COIN", "COIN", "USD",
                    tape.idsChain());
        }

        private static FlowConfig config(SplittableRandom random, boolean isLong) {
            int[] ratios = {1_000, 1_001, 1_500, 2_000, 3_000, 3_333, 1_000_000};
            long[] amounts = {0, 0, 1, 100, 5_000, 1_000_000};
            return new FlowConfig(
                    new FlowConfig.Rows(ratios[random.nextInt(ratios.length)],
                            amounts[random.nextInt(amounts.length)],
                            amounts[random.nextInt(amounts.length)], 2 + random.nextInt(2),
                            2 + random.nextInt(3)),
                    new FlowConfig.Windows(1 + random.nextInt(10), 1_000 + random.nextInt(1_000),
                            random.nextInt(1_001)),
                    new FlowConfig.Orders(isLong || random.nextInt(3) == 0 ? 0
                            : 1 + random.nextLong(1_000_000),
                            1 + random.nextInt(isLong ? 60_000 : 20_000),
                            2 + random.nextInt(5)),
                    new FlowConfig.Speed(1, 1, 1_000_000, 1_000_000),
                    new FlowConfig.Vpin(1_000_000_000_000L, 2, 0));
        }

        List<Told> run() throws IOException {
            InstrumentCatalogue catalogue = new InstrumentCatalogue(1);
            Instrument defined = catalogue.define(instrument);
            windows.define(defined.id(), TICK);
            SlowFlow slow = new SlowFlow(config, WINDOWS, instrument,
                    windows.get(defined.id())::keptWindows);
            try (SnapshotWriter snapshot = SnapshotWriter.create(file,
                    new SnapshotConfig(1, WINDOWS.rowCapacity(), 1, 1), new Run(1, 1, 1))) {
                snapshot.define(new SnapshotInstrument(defined.id(), defined.venue(),
                        defined.symbol(), defined.priceScale(), TICK, defined.quantityScale(), 1,
                        defined.contractSize(), defined.contractUnit(), "COIN", "USD",
                        TICK * WINDOWS.rowTicks()));
                HandlerChain chain = new HandlerChain(
                        new ProfileStudy(catalogue, windows, snapshot, counters),
                        new FlowStudy(catalogue, windows, snapshot, config,
                                (id, signal) -> told.add(Told.of(signal)), counters));
                event.instrument(defined.id(), START_NS);
                chain.onEvent(event, ++sequence, true);
                for (Arrival arrival : tape.arrivals()) {
                    sequence++;
                    switch (arrival) {
                        case Clock(long receiveNs) -> {
                            event.clock(receiveNs);
                            slow.clock(sequence, receiveNs);
                        }
                        case Gap gap -> event.tradeGapByIds(defined.id(), gap.receiveNs(),
                                gap.receiveNs(), gap.firstId(), gap.lastId(), Reason.SEQUENCE_GAP);
                        case Trade trade -> {
                            put(trade);
                            slow.trade(sequence, trade);
                        }
                    }
                    chain.onEvent(event, sequence, random.nextInt(16) == 0);
                }
            }
            compare(slow.told());
            return told;
        }

        private void put(Trade trade) {
            boolean aggregate = trade.fills() > 1;
            event.trade(0, trade.matchNs(), trade.receiveNs(), trade.price(), trade.quantity(),
                    trade.id(), aggregate ? trade.fills() : trade.cross(),
                    (trade.buy() ? EventFlags.BUY : 0) | (aggregate ? EventFlags.AGGREGATE : 0));
        }

        /** The first that differs says more than two long lists. */
        private void compare(List<Told> expected) {
            for (int i = 0; i < Math.min(told.size(), expected.size()); i++) {
                assertThat(told.get(i)).as("signal %d of %s by %s", i, instrument, config)
                        .isEqualTo(expected.get(i));
            }
            assertThat(told).hasSameSizeAs(expected);
            assertThat(counters.get(Counter.SUSPECT_TIME_TRADES)).isZero();
            assertThat(counters.get(Counter.ROWS_EVICTED)).isZero();
            assertThat(counters.get(Counter.VOLUME_OVERFLOWS)).isZero();
        }
    }
}
