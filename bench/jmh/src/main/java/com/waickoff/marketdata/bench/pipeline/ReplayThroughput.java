package com.waickoff.marketdata.bench.pipeline;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.ReplayException;
import com.waickoff.marketdata.ReplayProgress;
import com.waickoff.marketdata.ReplayRequest;
import com.waickoff.marketdata.ReplayResult;
import com.waickoff.marketdata.ReplayRun;
import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.venue.MakeRecording;
import com.waickoff.venue.Venue;
import com.waickoff.venue.market.Listing;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.jspecify.annotations.Nullable;

/**
 * Events a second of {@code replay --speed max}: from a recording, from the same recording into a
 * journal, and from that journal; beside them Chronicle's own tailer over the files of that journal,
 * which reads the words of each document and makes nothing of them.
 *
 * <p>With {@code day} it is the journal of a day of one instrument instead, with so many trades and all
 * changes of its book, through all studies and through Chronicle's tailer. Both are the work of one
 * thread, whose time on a processor is counted, so that what else runs on the machine counts little.
 *
 * <p>Input: a recording of the invented Bybit market with all its instruments, made anew from a seed.
 * The four take turns in rounds, of which the first is left out; a row is the median of the others,
 * from opening the input to the last event handled, without exports.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/tools.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.pipeline.ReplayThroughput [ROUNDS] [FRAMES | day [TRADES]]
 * </pre>
 */
public final class ReplayThroughput {
    private static final int DEFAULT_ROUNDS = 5;
    private static final String DEFAULT_FRAMES = "400000";
    private static final String DAY = "day";
    private static final long DAY_TRADES = 2_000_000;
    private static final Venue VENUE = Venue.BYBIT_LINEAR;

    private final Path directory;
    private final Path recording;
    private final Path instruments;
    private final Path journal;
    private LongSupplier clock = System::nanoTime;
    private long events;

    private ReplayThroughput(Path directory) {
        this.directory = directory;
        recording = directory.resolve("recording.tsv");
        instruments = directory.resolve("instruments.csv");
        journal = directory.resolve("journal");
    }

    /** One of the four, and how long each round took. */
    private static final class Row {
        private final String label;
        private final Timed timed;
        private final List<Long> elapsedNs = new ArrayList<>();

        Row(String label, Timed timed) {
            this.label = label;
            this.timed = timed;
        }

        double medianNs() {
            long[] sorted = elapsedNs.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            return sorted[sorted.length / 2];
        }
    }

    /** Does something once and says how long it took, in ns. */
    @FunctionalInterface
    private interface Timed {
        long run() throws IOException, ReplayException;
    }

    /** Runs and prints. */
    public static void main(String[] args) throws IOException, ReplayException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_ROUNDS;
        String frames = args.length > 1 ? args[1] : DEFAULT_FRAMES;
        Path directory = Files.createTempDirectory("bench-replay");
        try {
            ReplayThroughput throughput = new ReplayThroughput(directory);
            if (frames.equals(DAY)) {
                throughput.runDay(rounds, args.length > 2 ? Long.parseLong(args[2]) : DAY_TRADES);
                return;
            }
            MakeRecording.run(
                    new String[]{"--venue", VENUE.label(), "--frames", frames, "--seed", "42",
                            "--out",
                            throughput.recording.toString()},
                    System.out);
            throughput.writeInstruments();
            throughput.run(rounds);
        } finally {
            TemporaryFiles.delete(directory);
        }
    }

    private void writeInstruments() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("instrument,tick_size,lot_size");
        for (Listing listing : VENUE.listings()) {
            lines.add(String.join(",", VENUE.instrument(listing), listing.tickSize(),
                    listing.lotSize()));
        }
        Files.write(instruments, lines);
    }

    private void run(int rounds) throws IOException, ReplayException {
        measure(rounds, List.of(new Row("recording", () -> replayRecording(null)),
                new Row("recording into a journal", this::journalAnew),
                new Row("journal", this::replayJournal)));
    }

    private void runDay(int rounds, long trades) throws IOException, ReplayException {
        EngineConfig config = EngineConfig.defaults(directory.resolve("written"))
                .withJournalDir(journal);
        Row replayed = new Row("journal", this::replayJournal);
        clock = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;
        System.out.printf("%,d trades and all changes of the book%n",
                InventedDay.write(config, trades));
        measure(rounds, List.of(replayed));
        System.out.printf("the day is recomputed in %.2f s of one core%n",
                replayed.medianNs() / 1e9);
    }

    private void measure(int rounds, List<Row> replays) throws IOException, ReplayException {
        Row tailer = new Row("journal files, Chronicle's tailer", this::tail);
        List<Row> rows = new ArrayList<>(replays);
        rows.add(tailer);
        for (int round = 0; round <= rounds; round++) {
            for (Row row : rows) {
                long elapsedNs = row.timed.run();
                if (round > 0) {
                    row.elapsedNs.add(elapsedNs);
                }
            }
        }
        System.out.printf("%,d events, medians of %d rounds%n", events, rounds);
        System.out.printf("%-36s %14s %10s %8s%n", "", "events/s", "ns/event", "x tailer");
        for (Row row : rows) {
            System.out.printf("%-36s %,14.0f %10.1f %8.2f%n", row.label,
                    events * 1e9 / row.medianNs(), row.medianNs() / events,
                    tailer.medianNs() / row.medianNs());
        }
    }

    private long journalAnew() throws IOException, ReplayException {
        if (Files.exists(journal)) {
            TemporaryFiles.delete(journal);
        }
        return replayRecording(journal);
    }

    private long replayRecording(@Nullable Path journalTo) throws ReplayException {
        return replay(new ReplayRequest.Recording(recording, VENUE.label(), instruments),
                journalTo);
    }

    private long replayJournal() throws ReplayException {
        return replay(new ReplayRequest.Journal(journal), null);
    }

    private long replay(ReplayRequest.Source source, @Nullable Path journalTo)
            throws ReplayException {
        ReplayRequest request = new ReplayRequest(source, 0, Long.MAX_VALUE,
                ReplayRequest.AS_FAST_AS_IT_GOES, journalTo, null,
                EngineConfig.defaults(directory.resolve("data")));
        ReplayResult result = ReplayRun.run(request, ReplayProgress.NONE,
                System::currentTimeMillis, clock);
        if (events != 0 && events != result.events()) {
            throw new IllegalStateException(
                    result.events() + " events where there were " + events + " before");
        }
        events = result.events();
        return result.elapsedNs();
    }

    private long tail() {
        long startedNs = clock.getAsLong();
        long sum = tail(JournalQueue.TAPE, RollCycles.FAST_DAILY)
                + tail(JournalQueue.DEPTH, RollCycles.FAST_HOURLY);
        long elapsedNs = clock.getAsLong() - startedNs;
        if (sum == 0) {
            throw new IllegalStateException("the journal is empty");
        }
        return elapsedNs;
    }

    private long tail(JournalQueue queue, RollCycle cycle) {
        long sum = 0;
        try (ChronicleQueue files = SingleChronicleQueueBuilder
                .binary(journal.resolve(queue.directoryName())).readOnly(true).rollCycle(cycle)
                .blockSize(JournalConfig.DEFAULT.blockLength()).build();
                ExcerptTailer tailer = files.createTailer()) {
            while (true) {
                try (DocumentContext context = tailer.readingDocument()) {
                    if (!context.isPresent()) {
                        return sum;
                    }
                    Bytes<?> bytes = context.wire().bytes();
                    while (bytes.readRemaining() >= Long.BYTES) {
                        sum += bytes.readLong();
                    }
                }
            }
        }
    }
}
