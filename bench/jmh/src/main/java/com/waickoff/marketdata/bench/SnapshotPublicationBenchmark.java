package com.waickoff.marketdata.bench;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * Where the windows live: on the heap, copied into the mapped snapshot file at the end of a batch, or
 * in the file, changed there by every trade.
 *
 * <ul>
 * <li>{@code heapAlone}: the studies, and no batch ever ends: nothing is published;
 * <li>{@code copiedAtEndOfBatch}: as the engine does it, in batches of 1, 4, 16 and 64 trades: what
 * changed of six windows goes into six profile and six flow sections, each under its lock, and the
 * watermark into the coverage section;
 * <li>{@code changedInPlace}: {@link InPlaceProfile}, six sections and nothing besides.
 * </ul>
 *
 * <p>The unit is one trade. Input: {@link TradeTape}.
 *
 * <pre>
 *   java @config/jvm/common.options -jar bench/jmh/target/benchmarks.jar SnapshotPublication
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SnapshotPublicationBenchmark.TRADES)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SnapshotPublicationBenchmark {
    /** Trades of one invocation: divides the tape, and is divided by each batch. */
    static final int TRADES = 64;

    private static final long SEED = 42;
    private static final int COMPARED_TRADES = 20_000;

    private final MarketEvent event = new MarketEvent();
    private TradeTape tape;
    private Path directory;
    private StudyChain studies;
    private InPlaceProfile inPlace;
    private long sequence;

    /** Trades of a batch; only where batches end. */
    @State(Scope.Thread)
    public static class Batch {
        /** A power of two. */
        @Param({"1", "4", "16", "64"})
        public int trades;
    }

    /** Makes both versions, compared with each other. */
    @Setup
    public void open() throws IOException {
        tape = new TradeTape(SEED);
        directory = Files.createTempDirectory("bench-publication");
        studies = StudyChain.ofTradeTape(directory.resolve("snapshot.bin"), StudyChain.Extent.ALL);
        inPlace = new InPlaceProfile(directory.resolve("in-place.bin"));
        compare();
    }

    private void compare() throws IOException {
        Path file = directory.resolve("compared.bin");
        try (StudyChain compared = StudyChain.ofTradeTape(file, StudyChain.Extent.ALL);
                InPlaceProfile other = new InPlaceProfile(directory.resolve("other.bin"))) {
            for (int i = 0; i < COMPARED_TRADES; i++) {
                tape.fill(event, i);
                compared.onEvent(event, i + 1, true);
                addInPlace(other);
            }
            for (Timeframe timeframe : Timeframe.ALL) {
                Window window = Objects.requireNonNull(compared.windows(0).newest(timeframe));
                if (window.bar().buyVolume() != other.buyVolumeOfRows(timeframe)) {
                    throw new IllegalStateException(timeframe + ": the versions differ");
                }
            }
        }
    }

    /** Removes the files. */
    @TearDown
    public void close() throws IOException {
        studies.close();
        inPlace.close();
        TemporaryFiles.delete(directory);
    }

    /** The studies without any publication. */
    @Benchmark
    public long heapAlone() {
        int from = tape.advance(TRADES);
        for (int i = from; i < from + TRADES; i++) {
            tape.fill(event, i);
            studies.onEvent(event, ++sequence, false);
        }
        return sequence;
    }

    /** The studies as they are. */
    @Benchmark
    public long copiedAtEndOfBatch(Batch batch) {
        int from = tape.advance(TRADES);
        int endOfBatch = batch.trades - 1;
        for (int i = from; i < from + TRADES; i++) {
            tape.fill(event, i);
            studies.onEvent(event, ++sequence, (i & endOfBatch) == endOfBatch);
        }
        return sequence;
    }

    /** Windows in the file. */
    @Benchmark
    public long changedInPlace() {
        int from = tape.advance(TRADES);
        for (int i = from; i < from + TRADES; i++) {
            tape.fill(event, i);
            sequence++;
            addInPlace(inPlace);
        }
        return sequence;
    }

    private void addInPlace(InPlaceProfile profile) {
        profile.onTrade(event.matchTimeNs(), event.price(), event.quantity(),
                event.has(EventFlags.BUY), event.matchTimeNs(), sequence);
    }
}
