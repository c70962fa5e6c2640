package com.waickoff.marketdata.bench.pipeline;

import com.waickoff.marketdata.bench.Hiccups;
import com.waickoff.marketdata.bench.StudyChain;
import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.journal.Journal;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.journal.JournalHandler;
import com.waickoff.marketdata.ring.Pipeline;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.status.CounterBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What it costs that the studies wait for the journal: the inline pipeline with the journal before
 * the studies, as the engine has it, with the journal after them, and without one.
 *
 * <p>Two measurements, in rounds in which the three take turns, the first round of each being left
 * out:
 *
 * <ul>
 * <li>publish to snapshot: one batch a read, at a steady rate, by a thread that spins until the next
 * one is due; from before the batch is committed to after the last study has written the snapshot
 * file. Beside it the hiccups of the same thread while it spun;
 * <li>an event: eight batches a read, as fast as it goes; the median of the rounds.
 * </ul>
 *
 * <p>Input: the events of {@link InventedFeeds}, decoded beforehand, a minute of event time a round,
 * the same for all three. The journals are real files in the directory for temporary files.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/engine.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.pipeline.JournalGateRun [ROUNDS] [BATCHES_A_SECOND]
 * </pre>
 */
public final class JournalGateRun {
    private static final int DEFAULT_ROUNDS = 7;
    private static final int DEFAULT_RATE = 20_000;
    private static final int BATCHES_PER_READ = 8;
    private static final long ROUND_NS = 60_000_000_000L;
    private static final long SEED = 42;
    private static final int INSTRUMENTS = 16;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final MarketEventHandler NO_JOURNAL = (event, sequence, endOfBatch) -> {};

    private final EventTape tape = new EventTape();
    private final InstrumentCatalogue catalogue = new InstrumentCatalogue(INSTRUMENTS);
    private final InventedFeeds feeds = new InventedFeeds(tape, catalogue, 1, SEED);
    private final List<Variant> variants;
    private final Hiccups hiccups = new Hiccups();
    private final long periodNs;

    /** Where the journal stands. */
    private enum Order {
        JOURNAL_FIRST("journal, then studies"), STUDIES_FIRST("studies, then journal"), NO_JOURNAL(
                "studies alone");

        private final String label;

        Order(String label) {
            this.label = label;
        }
    }

    /** One pipeline and what was measured of it. */
    private static final class Variant implements AutoCloseable {
        private final Order order;
        private final Journal journal;
        private final StudyChain studies;
        private final Pipeline pipeline;
        private final Histogram latencies = new Histogram(10 * SECOND_NS, 3);
        private final List<Double> nsPerEvent = new ArrayList<>();
        private long snapshotNs;

        Variant(Order order, InstrumentCatalogue catalogue, Path directory) throws IOException {
            this.order = order;
            Path own = Files.createDirectory(directory.resolve(order.name()));
            studies = new StudyChain(own.resolve("snapshot.bin"), catalogue);
            journal = Journal.open(own.resolve("journal"), JournalConfig.DEFAULT,
                    System::currentTimeMillis);
            MarketEventHandler journaling = order == Order.NO_JOURNAL ? NO_JOURNAL
                    : new JournalHandler(journal, catalogue, CounterBlock.onHeap("journal"));
            boolean first = order != Order.STUDIES_FIRST;
            pipeline = new Pipeline(RingConfig.DEFAULT, 1, first ? journaling : this::study,
                    List.of(first ? this::study : journaling), CounterBlock.onHeap("ring"));
        }

        private void study(MarketEvent event, long sequence, boolean endOfBatch) {
            studies.onEvent(event, sequence, endOfBatch);
            if (endOfBatch) {
                snapshotNs = System.nanoTime();
            }
        }

        @Override
        public void close() {
            pipeline.close();
            journal.close();
            studies.close();
        }
    }

    private JournalGateRun(Path directory, int rate) throws IOException {
        periodNs = SECOND_NS / rate;
        // Before the studies are made, so that they know the instruments.
        feeds.make(ROUND_NS);
        feeds.playAll();
        variants = new ArrayList<>();
        for (Order order : Order.values()) {
            variants.add(new Variant(order, catalogue, directory));
        }
    }

    /** Runs and prints. */
    public static void main(String[] args) throws IOException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_ROUNDS;
        int rate = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_RATE;
        Path directory = Files.createTempDirectory("bench-gate");
        JournalGateRun run = new JournalGateRun(directory, rate);
        try {
            run.run(rounds);
            run.print(rounds, rate);
        } finally {
            run.variants.forEach(Variant::close);
            TemporaryFiles.delete(directory);
        }
    }

    private void run(int rounds) {
        for (int round = 0; round <= rounds; round++) {
            for (int turn = 0; turn < variants.size(); turn++) {
                Variant variant = variants.get((round + turn) % variants.size());
                playAtRate(variant, round == 0);
            }
            nextStretch();
            for (int turn = 0; turn < variants.size(); turn++) {
                Variant variant = variants.get((round + turn) % variants.size());
                playAtOnce(variant, round == 0);
            }
            nextStretch();
        }
    }

    private void nextStretch() {
        tape.clear();
        feeds.make(ROUND_NS);
        feeds.playAll();
    }

    private void playAtRate(Variant variant, boolean warmUp) {
        EventSink sink = variant.pipeline.sink();
        long dueNs = System.nanoTime();
        for (int batch = 0; batch < tape.batches(); batch++) {
            dueNs += periodNs;
            long nowNs = System.nanoTime();
            hiccups.begin(nowNs);
            while (nowNs < dueNs) {
                Thread.onSpinWait();
                nowNs = System.nanoTime();
                hiccups.look(nowNs);
            }
            long publishedNs = System.nanoTime();
            tape.publish(batch, sink);
            sink.endOfRead();
            if (!warmUp) {
                variant.latencies.recordValue(variant.snapshotNs - publishedNs);
            }
        }
    }

    private void playAtOnce(Variant variant, boolean warmUp) {
        EventSink sink = variant.pipeline.sink();
        long startedNs = System.nanoTime();
        for (int batch = 0; batch < tape.batches(); batch++) {
            tape.publish(batch, sink);
            if (batch % BATCHES_PER_READ == 0) {
                sink.endOfRead();
            }
        }
        sink.endOfRead();
        if (!warmUp) {
            variant.nsPerEvent.add((double) (System.nanoTime() - startedNs) / tape.events());
        }
    }

    private void print(int rounds, int rate) {
        System.out.printf("%d rounds; publish to snapshot at %,d batches a second%n", rounds, rate);
        System.out.printf("%-24s %10s %8s %8s %8s %8s%n", "", "ns/event", "p50 us", "p99 us",
                "p99.9 us", "max us");
        for (Variant variant : variants) {
            double[] times = variant.nsPerEvent.stream().mapToDouble(Double::doubleValue)
                    .toArray();
            Arrays.sort(times);
            System.out.printf("%-24s %10.0f %8.2f %8.2f %8.2f %8.0f%n", variant.order.label,
                    times[times.length / 2], micros(variant, 50), micros(variant, 99),
                    micros(variant, 99.9), variant.latencies.getMaxValue() / 1e3);
        }
        System.out.println(hiccups);
    }

    private static double micros(Variant variant, double percentile) {
        return variant.latencies.getValueAtPercentile(percentile) / 1e3;
    }
}
