package com.waickoff.marketdata.bench;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.journal.Journal;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.journal.JournalHandler;
import com.waickoff.marketdata.journal.JournalTail;
import com.waickoff.marketdata.status.CounterBlock;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The journal stage against Chronicle Queue with the same bytes: a frame of 1, 4 or 16 trades is
 * one operation, one document. {@code append} is the handler, from events to file;
 * {@code appendBare} copies finished documents of the same length. {@code read} is the tail, from
 * file to events, checksums and sequence included; {@code readBare} is Chronicle's tailer over the
 * same file, reading each document's words.
 *
 * <p>Every invocation writes or reads {@value #FRAMES} frames, in files of its own: what is measured
 * includes the page faults of fresh files, as the engine has them. Compare within one run only.
 *
 * <pre>
 *   java @config/jvm/common.options -jar bench/jmh/target/benchmarks.jar JournalBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 15)
@Measurement(iterations = 15)
@Fork(2)
public class JournalBenchmark {
    static final int FRAMES = 100_000;
    private static final long START_NS = 1_795_219_200_000_000_000L;
    private static final int HEADER_LENGTH = 48;
    private static final int TRADE_LENGTH = 48;

    @Param({"1", "4", "16"})
    private int trades;

    private Path directory;
    private Path writtenDirectory;
    private Journal journal;
    private JournalHandler handler;
    private ChronicleQueue queue;
    private ExcerptAppender appender;
    private MarketEvent[] frame;
    private final PointerBytesStore document = new PointerBytesStore();
    private MemorySegment memory;

    /** The slots of a frame as the ring holds them, and a journal to read. */
    @Setup
    public void write() throws IOException {
        frame = new MarketEvent[trades];
        for (int i = 0; i < trades; i++) {
            frame[i] = new MarketEvent();
            frame[i].trade(0, START_NS - 3_000_000, START_NS, 6_500_000L + i, 100L + i, 77L + i, i,
                    i == trades - 1 ? EventFlags.LAST : 0);
        }
        memory = Arena.ofAuto().allocate(HEADER_LENGTH + TRADE_LENGTH * (long) trades, 8);
        writtenDirectory = Files.createTempDirectory("journal-benchmark");
        try (Journal written = open(writtenDirectory)) {
            append(new JournalHandler(written, new InstrumentCatalogue(1),
                    CounterBlock.onHeap("journal")));
        }
    }

    /** Fresh files. */
    @Setup(Level.Invocation)
    public void openFiles() throws IOException {
        directory = Files.createTempDirectory("journal-benchmark");
        journal = open(directory.resolve("journal"));
        handler = new JournalHandler(journal, new InstrumentCatalogue(1),
                CounterBlock.onHeap("journal"));
        queue = SingleChronicleQueueBuilder.binary(directory.resolve("bare"))
                .rollCycle(RollCycles.FAST_DAILY)
                .blockSize(JournalConfig.DEFAULT.blockLength()).build();
        appender = queue.createAppender();
    }

    /** No traces. */
    @TearDown(Level.Invocation)
    public void closeFiles() throws IOException {
        journal.close();
        queue.close();
        delete(directory);
    }

    /** No traces. */
    @TearDown
    public void deleteWritten() throws IOException {
        delete(writtenDirectory);
    }

    /** Events to documents in the file. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long append() {
        append(handler);
        return handler.nextSequence();
    }

    /** Documents of the same length to the file. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long appendBare() {
        document.set(memory.address(), memory.byteSize());
        for (int frame = 0; frame < FRAMES; frame++) {
            memory.set(ValueLayout.JAVA_LONG, 8, frame);
            appender.writeBytes(document);
        }
        return appender.lastIndexAppended();
    }

    /** Documents in the file to events. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long read() {
        Sum sum = new Sum();
        try (JournalTail tail = JournalTail.open(writtenDirectory, new InstrumentCatalogue(1))) {
            tail.poll(sum);
        }
        return sum.sum;
    }

    /** The words of the same documents. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long readBare() {
        long sum = 0;
        try (ChronicleQueue written = SingleChronicleQueueBuilder
                .binary(writtenDirectory.resolve("tape")).readOnly(true)
                .rollCycle(RollCycles.FAST_DAILY)
                .blockSize(JournalConfig.DEFAULT.blockLength()).build();
                ExcerptTailer tailer = written.createTailer()) {
            for (;;) {
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

    private void append(JournalHandler target) {
        MarketEvent[] slots = frame;
        int last = slots.length - 1;
        long sequence = target.nextSequence();
        for (int i = 0; i < FRAMES; i++) {
            for (int trade = 0; trade <= last; trade++) {
                target.onEvent(slots[trade], sequence++, trade == last);
            }
        }
    }

    private static Journal open(Path path) {
        return Journal.open(path, JournalConfig.DEFAULT, () -> START_NS);
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** What a handler does at the least. */
    private static final class Sum implements MarketEventHandler {
        private long sum;

        @Override
        public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
            sum += event.price() + event.quantity() + event.id64() + event.matchTimeNs();
        }
    }
}
