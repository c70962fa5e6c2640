package com.waickoff.marketdata.bench.pipeline;

import com.sun.management.ThreadMXBean;
import com.waickoff.marketdata.bench.StudyChain;
import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.Venue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * How much memory the studies of very many instruments take, and that it stays what it was at the
 * start: 100 instruments in six timeframes with the engine's defaults.
 *
 * <p>Input: for each instrument a price that walks in ticks, trades at the touch and updates of 8
 * levels around it, one trade to one update, {@link #EVENTS_PER_SECOND} events of all instruments in a
 * second of event time, so that 100 million events are some days: windows of every length open,
 * close and leave. The heap is what is live after a collection, the file is the snapshot file's
 * length, and allocated is what the thread allocated in between.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/tools.options -Xmx4g \
 *       -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.pipeline.StudyMemory [EVENTS] [INSTRUMENTS]
 * </pre>
 */
public final class StudyMemory {
    private static final long DEFAULT_EVENTS = 100_000_000;
    private static final int DEFAULT_INSTRUMENTS = 100;
    private static final int ROWS_PRINTED = 10;
    private static final long EVENTS_PER_SECOND = 300;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long CLOCK_NS = 100_000_000L;
    private static final long START_NS = 1_764_547_200L * NS_PER_SECOND;
    private static final long TRANSIT_NS = 3_000_000;
    private static final int LEVELS_AN_UPDATE = 8;
    private static final int DEPTH = 50;
    private static final long FIRST_PRICE = 600_000;
    private static final int MOST_QUANTITY = 100_000;
    private static final long SEED = 42;
    private static final double MEBI = 1 << 20;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final MarketEvent event = new MarketEvent();
    private final StudyChain studies;
    private final Path file;
    private final long[] bestBid;
    private final long[] updateId;
    private long sequence = 1;
    private long events;
    private long nowNs = START_NS;
    private long clockNs = START_NS;
    private long tradeId;

    private StudyMemory(StudyChain studies, Path file, int instruments) {
        this.studies = studies;
        this.file = file;
        bestBid = new long[instruments];
        updateId = new long[instruments];
    }

    /** Runs and prints. */
    public static void main(String[] args) throws IOException {
        long events = args.length > 0 ? Long.parseLong(args[0]) : DEFAULT_EVENTS;
        int instruments = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_INSTRUMENTS;
        InstrumentCatalogue catalogue = new InstrumentCatalogue(instruments);
        for (int i = 0; i < instruments; i++) {
            Instrument unused = catalogue.define(InstrumentSource.of(Venue.BYBIT_LINEAR,
                    "I" + i + "USDT", new BigDecimal("0.1"), new BigDecimal("0.001"), "I" + i,
                    "USDT"));
        }
        Path directory = Files.createTempDirectory("bench-memory");
        Path file = directory.resolve("snapshot.bin");
        try (StudyChain studies = new StudyChain(file, catalogue)) {
            new StudyMemory(studies, file, instruments).run(events);
        } finally {
            TemporaryFiles.delete(directory);
        }
    }

    private void run(long wanted) throws IOException {
        for (int i = 0; i < bestBid.length; i++) {
            begin(i);
        }
        System.out.printf("instruments %,d, timeframes 6, seed %d%n", bestBid.length, SEED);
        System.out.println("      events    days  heap MiB  file MiB  allocated B  ns/event");
        print(0, 0);
        for (int row = 1; row <= ROWS_PRINTED; row++) {
            long cpuNs = threads.getCurrentThreadCpuTime();
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long before = events;
            while (events < wanted / ROWS_PRINTED * row) {
                step();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
            print(allocated, (threads.getCurrentThreadCpuTime() - cpuNs) / (events - before));
        }
    }

    private void print(long allocated, long nsPerEvent) throws IOException {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.printf("%,12d %7.2f %9.1f %9.1f %,12d %9d%n", events,
                (nowNs - START_NS) / (86_400.0 * NS_PER_SECOND), heap / MEBI,
                Files.size(file) / MEBI,
                allocated, nsPerEvent);
    }

    /** The feed comes up, and the book with it. */
    private void begin(int instrument) {
        bestBid[instrument] = FIRST_PRICE;
        event.feedUp(instrument, nowNs, nowNs, 1);
        handle(true);
        for (int i = 0; i < DEPTH; i++) {
            level(instrument, true, FIRST_PRICE - i, quantity(), EventFlags.SNAPSHOT
                    | (i == 0 ? EventFlags.FIRST : 0));
            level(instrument, false, FIRST_PRICE + 1 + i, quantity(), EventFlags.SNAPSHOT
                    | (i == DEPTH - 1 ? EventFlags.LAST : 0));
        }
        event.bookReady(instrument, nowNs, nowNs, updateId[instrument]);
        handle(true);
    }

    private void step() {
        int instrument = random.nextInt(bestBid.length);
        nowNs += (1 + LEVELS_AN_UPDATE) * NS_PER_SECOND / EVENTS_PER_SECOND;
        while (nowNs >= clockNs + CLOCK_NS) {
            clockNs += CLOCK_NS;
            event.clock(clockNs);
            handle(true);
        }
        boolean buy = random.nextBoolean();
        event.trade(instrument, nowNs, nowNs + TRANSIT_NS, bestBid[instrument] + (buy ? 1 : 0),
                quantity(), ++tradeId, tradeId, (buy ? EventFlags.BUY : 0) | EventFlags.FIRST
                        | EventFlags.LAST);
        handle(true);
        update(instrument, random.nextInt(4) == 0 ? (buy ? 1 : -1) : 0);
    }

    /** An update of the levels around the touch, which moves by a tick or not at all. */
    private void update(int instrument, int move) {
        updateId[instrument]++;
        long bid = bestBid[instrument];
        if (move > 0) {
            level(instrument, false, bid + 1, 0, EventFlags.FIRST);
            level(instrument, true, bid + 1, quantity(), 0);
            level(instrument, true, bid + 1 - DEPTH, 0, 0);
            level(instrument, false, bid + 1 + DEPTH, quantity(), 0);
        } else if (move < 0) {
            level(instrument, true, bid, 0, EventFlags.FIRST);
            level(instrument, false, bid, quantity(), 0);
            level(instrument, false, bid + DEPTH, 0, 0);
            level(instrument, true, bid - DEPTH, quantity(), 0);
        }
        bestBid[instrument] = bid + move;
        int done = move == 0 ? 0 : 4;
        for (int i = done; i < LEVELS_AN_UPDATE; i++) {
            boolean isBid = random.nextBoolean();
            int rank = random.nextInt(DEPTH);
            level(instrument, isBid, bestBid[instrument] + (isBid ? -rank : 1 + rank), quantity(),
                    (i == 0 ? EventFlags.FIRST : 0)
                            | (i == LEVELS_AN_UPDATE - 1 ? EventFlags.LAST : 0));
        }
    }

    private void level(int instrument, boolean bid, long price, long quantity, int flags) {
        event.bookLevel(instrument, nowNs, nowNs + TRANSIT_NS, price, quantity,
                updateId[instrument], flags | (bid ? EventFlags.BID : 0));
        handle((flags & EventFlags.LAST) != 0);
    }

    private void handle(boolean endOfBatch) {
        studies.onEvent(event, ++sequence, endOfBatch);
        events++;
    }

    private long quantity() {
        return 1 + random.nextInt(MOST_QUANTITY);
    }
}
