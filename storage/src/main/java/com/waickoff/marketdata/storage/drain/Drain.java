package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.memory.DirectoryInUseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * All lanes of a process, and the file that says how they are doing.
 *
 * <pre>
 *   DATA/drain/drain.lock, epoch     one process, and which one
 *   DATA/drain/status.properties     how the lanes are doing, every second
 *   DATA/drain/SINK/                 of a lane: checkpoints, poison.jsonl
 * </pre>
 *
 * <p>Threads: one for each lane; started, watched and closed by one other.
 */
public final class Drain implements AutoCloseable {
    private static final long BETWEEN_LOOKS_MS = 1_000;
    private static final long NO_SINK_WAITS_SO_LONG_MS = 60_000;

    private final DrainEpoch epoch;
    private final SinkSource source;
    private final StatusFile statusFile;
    private final NewestEvent newest;
    private final LaneWorld world;
    private final StopSignal stop;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** Makes the sinks of a drain. */
    @FunctionalInterface
    public interface SinkSource {
        /**
         * Sinks that are not connected yet.
         *
         * @throws IOException if a server that is hosted here cannot be started
         */
        List<EffectSink> open() throws IOException;

        /**
         * Looks after servers that are hosted here, about once a second.
         *
         * @throws IOException if one has ended and cannot be started again now
         */
        default void tend() throws IOException {}

        /** What the status file is to say besides how the lanes are doing: values by their keys. */
        default Map<String, String> status() {
            return Map.of();
        }
    }

    private Drain(DrainEpoch epoch, SinkSource source, StatusFile statusFile,
            NewestEvent newest, LaneWorld world, StopSignal stop) {
        this.epoch = epoch;
        this.source = source;
        this.statusFile = statusFile;
        this.newest = newest;
        this.world = world;
        this.stop = stop;
    }

    /** Where a drain keeps its files. */
    public static Path directory(EngineConfig config) {
        return config.dataDir().resolve("drain");
    }

    /**
     * Lanes that are on their way.
     *
     * @param config the engine's
     * @param source of sinks with names that differ, asked once this is the only drain here; they are
     *     closed with their lanes
     * @param stop ends the lanes
     * @throws DirectoryInUseException if another drain is at it
     * @throws IOException if its files cannot be written
     */
    public static Drain start(EngineConfig config, SinkSource source, LaneSettings settings,
            Lane.Mode mode, LaneWorld world, StopSignal stop) throws IOException {
        Path directory = directory(config);
        DrainEpoch epoch = DrainEpoch.take(directory, world.epochMs().getAsLong());
        List<EffectSink> sinks;
        try {
            sinks = source.open();
        } catch (IOException | RuntimeException e) {
            epoch.close();
            throw e;
        }
        Drain drain = new Drain(epoch, source,
                new StatusFile(directory, epoch.number(), world.epochMs()),
                new NewestEvent(config.journalDir()), world,
                stop);
        for (EffectSink sink : sinks) {
            LaneWorld ofLane = new LaneWorld(world.epochMs(), world.nanoTime(),
                    new SplittableRandom(world.random().nextLong()), world.notes());
            drain.add(new Lane(config, directory.resolve(sink.name()), sink, settings, mode,
                    epoch.number(), ofLane, stop), sink.name());
        }
        drain.threads.forEach(Thread::start);
        return drain;
    }

    private void add(Lane lane, String name) {
        lanes.add(lane);
        threads.add(new Thread(lane, "drain-" + name));
    }

    /**
     * Returns when the lanes have come to their end, or one of them cannot go on: then the others are
     * ended too, so that whoever watches the process sees it.
     *
     * @return why one of them could not go on; null if none had to stop
     */
    public @Nullable Throwable await() {
        while (threads.stream().anyMatch(Thread::isAlive) && failure() == null) {
            writeStatus();
            tend();
            stop.await(BETWEEN_LOOKS_MS);
            if (stop.isRequested()) {
                break;
            }
        }
        close();
        return failure();
    }

    private @Nullable Throwable failure() {
        for (Lane lane : lanes) {
            Throwable failure = lane.failure();
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    /** How the lanes are doing. */
    public List<LaneStatus.Reading> readings() {
        return lanes.stream().map(lane -> lane.status().read()).toList();
    }

    private void tend() {
        try {
            source.tend();
        } catch (IOException e) {
            // Its lane goes on trying, and so does this.
            world.notes().accept(String.valueOf(e.getMessage()));
        }
    }

    private void writeStatus() {
        try {
            statusFile.write(readings(), newest.sequence(), source.status());
        } catch (IOException e) {
            // A full disk: what is in the file then says how old it is.
            world.notes().accept("the status file cannot be written: " + e.getMessage());
        }
    }

    /** Ends the lanes, each of which notes how far it came, and waits for them. */
    @Override
    public void close() {
        stop.request();
        boolean wasInterrupted = Thread.interrupted();
        for (Thread thread : threads) {
            try {
                thread.join(NO_SINK_WAITS_SO_LONG_MS);
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        writeStatus();
        newest.close();
        epoch.close();
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
