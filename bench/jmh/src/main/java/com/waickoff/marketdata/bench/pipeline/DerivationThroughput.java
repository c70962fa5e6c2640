package com.waickoff.marketdata.bench.pipeline;

import com.waickoff.marketdata.Derivation;
import com.waickoff.marketdata.DerivationListener;
import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.ReplayException;
import com.waickoff.marketdata.ReplayProgress;
import com.waickoff.marketdata.ReplayRequest;
import com.waickoff.marketdata.ReplayResult;
import com.waickoff.marketdata.ReplayRun;
import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.storage.drain.EffectSink;
import com.waickoff.marketdata.storage.drain.Lane;
import com.waickoff.marketdata.storage.drain.LaneSettings;
import com.waickoff.marketdata.storage.drain.LaneStatus;
import com.waickoff.marketdata.storage.drain.LaneWorld;
import com.waickoff.marketdata.storage.drain.StopSignal;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import com.waickoff.venue.MakeRecording;
import com.waickoff.venue.Venue;
import com.waickoff.venue.market.Listing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Events a second that a lane of the drain can take from a journal: derived alone, with effects made
 * of them for a sink that keeps nothing, and beside them {@code replay --speed max} of that journal.
 *
 * <p>Input: a journal of the invented Bybit market with all its instruments, made anew from a seed. The
 * three take turns in rounds, of which the first is left out; a row is the median of the others.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/drain.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.pipeline.DerivationThroughput [ROUNDS] [FRAMES]
 * </pre>
 */
public final class DerivationThroughput {
    private static final int DEFAULT_ROUNDS = 5;
    private static final String DEFAULT_FRAMES = "400000";
    private static final Venue VENUE = Venue.BYBIT_LINEAR;

    private final Path directory;
    private final Path journal;
    private final EngineConfig config;
    private long events;
    private long effects;
    private int runs;

    private DerivationThroughput(Path directory) {
        this.directory = directory;
        journal = directory.resolve("journal");
        config = EngineConfig.defaults(directory.resolve("data")).withJournalDir(journal);
    }

    /** Runs and prints. */
    public static void main(String[] args)
            throws IOException, ReplayException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_ROUNDS;
        String frames = args.length > 1 ? args[1] : DEFAULT_FRAMES;
        Path directory = Files.createTempDirectory("bench-derivation");
        try {
            DerivationThroughput throughput = new DerivationThroughput(directory);
            throughput.writeJournal(frames);
            throughput.run(rounds);
        } finally {
            TemporaryFiles.delete(directory);
        }
    }

    private void writeJournal(String frames) throws IOException, ReplayException {
        Path recording = directory.resolve("recording.tsv");
        MakeRecording.run(new String[]{"--venue", VENUE.label(), "--frames", frames, "--seed",
                "42", "--out", recording.toString()}, System.out);
        List<String> lines = new ArrayList<>();
        lines.add("instrument,tick_size,lot_size");
        for (Listing listing : VENUE.listings()) {
            lines.add(String.join(",", VENUE.instrument(listing), listing.tickSize(),
                    listing.lotSize()));
        }
        Path instruments = directory.resolve("instruments.csv");
        Files.write(instruments, lines);
        events = replay(new ReplayRequest.Recording(recording, VENUE.label(), instruments),
                journal).events();
    }

    private void run(int rounds) throws IOException, ReplayException, InterruptedException {
        long[] replayed = new long[rounds];
        long[] derived = new long[rounds];
        long[] drained = new long[rounds];
        for (int round = -1; round < rounds; round++) {
            long replayNs = replay(new ReplayRequest.Journal(journal), null).elapsedNs();
            long deriveNs = derive();
            long drainNs = drain();
            if (round >= 0) {
                replayed[round] = replayNs;
                derived[round] = deriveNs;
                drained[round] = drainNs;
            }
        }
        System.out.printf("%,d events, %,d effects, medians of %d rounds%n", events, effects,
                rounds);
        System.out.printf("%-36s %14s %10s %14s%n", "", "events/s", "ns/event", "effects/s");
        print("replay of the journal", replayed, 0);
        print("derivation, told to nobody", derived, 0);
        print("lane into a sink that keeps nothing", drained, effects);
    }

    private void print(String label, long[] elapsedNs, long count) {
        long[] sorted = elapsedNs.clone();
        Arrays.sort(sorted);
        double median = sorted[sorted.length / 2];
        System.out.printf("%-36s %,14.0f %10.1f %,14.0f%n", label, events * 1e9 / median,
                median / events, count * 1e9 / median);
    }

    private ReplayResult replay(ReplayRequest.Source source, Path journalTo)
            throws ReplayException {
        return ReplayRun.run(new ReplayRequest(source, 0, Long.MAX_VALUE,
                ReplayRequest.AS_FAST_AS_IT_GOES, journalTo, null,
                EngineConfig.defaults(directory.resolve("replay"))), ReplayProgress.NONE,
                System::currentTimeMillis, System::nanoTime);
    }

    private long derive() throws IOException {
        DerivationListener nobody = new DerivationListener() {
        };
        long startedNs = System.nanoTime();
        try (Derivation derivation = Derivation.open(config, directory.resolve("derived-" + ++runs),
                0, System.out::println)) {
            while (derivation.poll(nobody, 4_096) > 0) {
                // On to the end.
            }
            if (derivation.handledSequence() != events) {
                throw new IllegalStateException(derivation.handledSequence() + " of " + events);
            }
        }
        return System.nanoTime() - startedNs;
    }

    private long drain() throws InterruptedException {
        long startedNs = System.nanoTime();
        Lane lane = new Lane(config, directory.resolve("lane-" + ++runs), new Nowhere(),
                LaneSettings.DEFAULT, Lane.Mode.UNTIL_CAUGHT_UP, runs,
                new LaneWorld(System::currentTimeMillis, System::nanoTime,
                        new SplittableRandom(1), System.out::println),
                new StopSignal());
        Thread thread = new Thread(lane, "lane");
        thread.start();
        thread.join();
        LaneStatus.Reading reading = lane.status().read();
        if (reading.handledSequence() != events) {
            throw new IllegalStateException(reading.toString());
        }
        effects = reading.effects();
        return System.nanoTime() - startedNs;
    }

    /** Has everything at once, and nothing when it is asked. */
    private static final class Nowhere implements EffectSink {
        @Override
        public String name() {
            return "nowhere";
        }

        @Override
        public EffectId resumeAfter(long journalId, long epoch) {
            return EffectId.NONE;
        }

        @Override
        public void write(List<Effect> batch) {
            // Nothing is kept.
        }

        @Override
        public void cursor(long sequence) {
            // Nothing is kept.
        }

        @Override
        public void clear(long journalId, long epoch) {
            // There is nothing.
        }

        @Override
        public void close() {
            // There is nothing.
        }
    }
}
