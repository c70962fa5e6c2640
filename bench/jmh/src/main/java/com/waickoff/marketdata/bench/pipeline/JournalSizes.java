package com.waickoff.marketdata.bench.pipeline;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.ReplayException;
import com.waickoff.marketdata.ReplayProgress;
import com.waickoff.marketdata.ReplayRequest;
import com.waickoff.marketdata.ReplayRun;
import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.journal.InstrumentContent;
import com.waickoff.marketdata.journal.Journal;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.journal.JournalCycle;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalHandler;
import com.waickoff.marketdata.journal.JournalInventory;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.journal.JournalTail;
import com.waickoff.marketdata.replay.EventSelection;
import com.waickoff.marketdata.replay.ExportFormat;
import com.waickoff.marketdata.replay.ExportSettings;
import com.waickoff.marketdata.replay.ExportTable;
import com.waickoff.marketdata.segment.SegmentInfo;
import com.waickoff.marketdata.segment.SegmentWriter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.ValueAreaRule;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What a trade and a book level take in the files of a journal, in its segments and as Parquet.
 * Without an argument: an invented day of one busy instrument, its trade ids once a chain and once hashes; with
 * arguments: the events of these journals, each written anew as one file of each queue.
 *
 * <p>The invented day, from a seed: {@value #FRAMES} frames of trades at random times, 2 million
 * trades, prices that move by a tick or two, quantities of which half are round; a clock each 100 ms
 * and an update of 1 to 39 levels with it, within 50 ticks of the price. Receive times are random to the ns.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/tools.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.pipeline.JournalSizes [JOURNAL ...]
 * </pre>
 */
public final class JournalSizes {
    private static final long SEED = 42;
    private static final int FRAMES = 729_000;
    private static final int TRADES = 2_000_000;
    private static final long MIDNIGHT_NS = TimeUnit.SECONDS.toNanos(1_795_219_200);
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
    private static final long CLOCK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long NS_PER_MS = 1_000_000;
    private static final JournalConfig CONFIG = new JournalConfig(JournalCycle.DAY,
            JournalCycle.DAY, 1 << 24);

    private static final List<ExportTable> TABLES = List.of(ExportTable.TRADES,
            ExportTable.LEVELS, ExportTable.WINDOWS, ExportTable.PROFILE, ExportTable.SIGNALS);

    private final Path directory;
    private final InstrumentCatalogue catalogue = new InstrumentCatalogue(1 << 16);
    private final MarketEvent event = new MarketEvent();

    private JournalSizes(Path directory) {
        this.directory = directory;
    }

    /** Prints a line for each journal. */
    public static void main(String[] args) throws IOException {
        System.out.println("                          bytes in files             bytes in segments"
                + "         MB in files   in segments");
        System.out.println("journal        trades    levels  a trade a level  all/trade |"
                + " tape/trade depth/level |   tape   depth   tape  depth");
        if (args.length == 0) {
            measure("day, chain", sizes -> sizes.writeDay(true));
            measure("day, hashes", sizes -> sizes.writeDay(false));
        }
        for (String journal : args) {
            measure(Path.of(journal).getFileName().toString(),
                    sizes -> sizes.copy(Path.of(journal)));
        }
    }

    /** Writes a journal. */
    @FunctionalInterface
    private interface Source {
        void write(JournalSizes sizes);
    }

    private static void measure(String name, Source source) throws IOException {
        Path directory = Files.createTempDirectory("journal-sizes");
        try {
            JournalSizes sizes = new JournalSizes(directory);
            source.write(sizes);
            sizes.print(name);
        } finally {
            TemporaryFiles.delete(directory);
        }
    }

    private void copy(Path from) {
        try (Journal journal = Journal.open(directory, CONFIG, () -> MIDNIGHT_NS);
                JournalTail tail = JournalTail.open(from, catalogue)) {
            // Its ids are those of the journal that is read; the first sequence may be another.
            JournalHandler handler = new JournalHandler(journal, catalogue,
                    CounterBlock.onHeap("journal"));
            long[] lastNs = {0};
            tail.poll((read, sequence, endOfBatch) -> {
                handler.onEvent(read, handler.nextSequence(), endOfBatch);
                lastNs[0] = read.receiveTimeNs();
            });
            close(handler, lastNs[0] + 2 * DAY_NS);
        }
    }

    private void writeDay(boolean idsChain) {
        try (Journal journal = Journal.open(directory, CONFIG, () -> MIDNIGHT_NS)) {
            JournalHandler handler = new JournalHandler(journal, catalogue,
                    CounterBlock.onHeap("journal"));
            catalogue.define(Instrument.of(0, "bybit-linear", "BTCUSDT", new BigDecimal("0.10"),
                    new BigDecimal("0.001"), BigDecimal.ONE, "BTC", "BTC", "USDT", idsChain));
            event.instrument(0, MIDNIGHT_NS);
            handler.onEvent(event, handler.nextSequence(), true);
            Random random = new Random(SEED);
            long[] frameTimes = random.longs(FRAMES, MIDNIGHT_NS, MIDNIGHT_NS + DAY_NS).sorted()
                    .toArray();
            long price = 1_000_000;
            long id = 7_000_000_000L;
            int tradesLeft = TRADES;
            long clockNs = MIDNIGHT_NS + CLOCK_NS;
            for (int frame = 0; frame < FRAMES; frame++) {
                for (; clockNs <= frameTimes[frame]; clockNs += CLOCK_NS) {
                    event.clock(clockNs);
                    handler.onEvent(event, handler.nextSequence(), true);
                    writeUpdate(handler, random, clockNs, price);
                }
                int framesLeft = FRAMES - frame - 1;
                int count = framesLeft == 0 ? tradesLeft
                        : Math.min(tradesLeft - framesLeft, geometric(random));
                long matchNs = (frameTimes[frame] / NS_PER_MS - 5 - random.nextInt(15)) * NS_PER_MS;
                int side = random.nextBoolean() ? EventFlags.BUY : 0;
                for (int i = 0; i < count; i++) {
                    price += random.nextInt(3) == 0 ? random.nextInt(5) - 2 : 0;
                    id = idsChain ? id + 1 : random.nextLong();
                    long quantity = 100L * (random.nextBoolean() ? 1 + random.nextInt(5_000)
                            : 100 * (1 + random.nextInt(10)));
                    event.trade(0, matchNs, frameTimes[frame], price, quantity, id,
                            idsChain ? 1 : 9_000_000_000L + 7L * frame,
                            side | (i == count - 1 ? EventFlags.LAST : 0));
                    handler.onEvent(event, handler.nextSequence(), i == count - 1);
                }
                tradesLeft -= count;
            }
            close(handler, MIDNIGHT_NS + 2 * DAY_NS);
        }
    }

    private void writeUpdate(JournalHandler handler, Random random, long clockNs, long price) {
        int levels = 1 + random.nextInt(39);
        long receiveNs = clockNs + random.nextLong(NS_PER_MS);
        int bids = random.nextInt(levels + 1);
        for (int i = 0; i < levels; i++) {
            boolean isBid = i < bids;
            long offset = 1 + (long) random.nextInt(50);
            event.bookLevel(0, clockNs - 10 * NS_PER_MS, receiveNs,
                    isBid ? price - offset : price + offset,
                    random.nextInt(4) == 0 ? 0 : 100L * (1 + random.nextInt(20_000)),
                    clockNs / CLOCK_NS,
                    (isBid ? EventFlags.BID : 0) | (i == 0 ? EventFlags.FIRST : 0)
                            | (i == levels - 1 ? EventFlags.LAST : 0));
            handler.onEvent(event, handler.nextSequence(), i == levels - 1);
        }
    }

    /** At least 1, on average 2,000,000 / 729,000. */
    private static int geometric(Random random) {
        double more = 1 - (double) FRAMES / TRADES;
        return 1 + (int) (Math.log(1 - random.nextDouble()) / Math.log(more));
    }

    /** What is written later closes the files that are measured. */
    private void close(JournalHandler handler, long laterNs) {
        event.clock(laterNs);
        handler.onEvent(event, handler.nextSequence(), true);
        event.bookLevel(0, laterNs, laterNs, 1, 1, 1, EventFlags.FIRST | EventFlags.LAST);
        handler.onEvent(event, handler.nextSequence(), true);
    }

    private void print(String name) throws IOException {
        JournalDirectory journal = JournalDirectory.open(directory);
        JournalInventory inventory = JournalInventory.of(journal, (done, total, events) -> {});
        long trades = 0;
        long levels = 0;
        long tradeBytes = 0;
        long levelBytes = 0;
        for (InstrumentContent content : inventory.instruments()) {
            trades += content.trades();
            levels += content.levels();
            tradeBytes += content.tradeBytes();
            levelBytes += content.levelBytes();
        }
        long[] files = new long[2];
        long[] segments = new long[2];
        for (JournalQueue queue : JournalQueue.values()) {
            var first = inventory.cycles(queue).getFirst();
            SegmentInfo info = SegmentWriter.seal(journal, queue, first.fileName());
            files[queue.ordinal()] = first.usedBytes();
            segments[queue.ordinal()] = info.fileBytes();
        }
        long[] parquet = parquet();
        System.out.printf(Locale.ROOT,
                "%-12s %,9d %,10d %7.2f %7.2f %9.2f  | %9.2f %10.2f  |%7.1f %7.1f %6.1f %6.1f%n",
                name, trades, levels, each(tradeBytes, trades), each(levelBytes, levels),
                each(files[0], trades), each(segments[0], trades), each(segments[1], levels),
                files[0] / 1e6, files[1] / 1e6, segments[0] / 1e6, segments[1] / 1e6);
        for (int i = 0; i < TABLES.size(); i++) {
            System.out.printf(Locale.ROOT, "  parquet %-10s %7.1f MB%n", TABLES.get(i).label(),
                    parquet[i] / 1e6);
        }
    }

    /** Bytes of {@link #TABLES}. */
    private long[] parquet() throws IOException {
        Path data = directory.resolve("replayed");
        Path exported = directory.resolve("exported");
        try {
            ReplayRun.run(new ReplayRequest(List.of(new ReplayRequest.Journal(directory)), 0,
                    Long.MAX_VALUE, ReplayRequest.AS_FAST_AS_IT_GOES, EventSelection.ALL, null,
                    new ExportSettings(exported, EnumSet.of(ExportFormat.PARQUET),
                            EnumSet.copyOf(TABLES), ValueAreaRule.DEFAULT),
                    EngineConfig.defaults(data)), ReplayProgress.NONE,
                    () -> MIDNIGHT_NS + 2 * DAY_NS, System::nanoTime);
        } catch (ReplayException e) {
            throw new IllegalStateException("what was just written cannot be replayed", e);
        }
        long[] bytes = new long[TABLES.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Files.size(exported.resolve(TABLES.get(i).label() + ".parquet"));
        }
        return bytes;
    }

    private static double each(long bytes, long count) {
        return count == 0 ? Double.NaN : (double) bytes / count;
    }
}
