package com.waickoff.marketdata;

import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.FrameRejections;
import com.waickoff.marketdata.feed.ReceiveClock;
import com.waickoff.marketdata.feed.TradeChains;
import com.waickoff.marketdata.feed.recording.DiscardingSink;
import com.waickoff.marketdata.feed.recording.Recorder;
import com.waickoff.marketdata.feed.recording.RecorderTotals;
import com.waickoff.marketdata.feed.recording.RecordingFile;
import com.waickoff.marketdata.feed.socket.FeedLoop;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedStatus;
import com.waickoff.marketdata.status.StatusWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Live feeds into recordings, from start to stop. The feeds are those of {@link LiveRun}; what their
 * protocols make of the frames is thrown away.
 *
 * <p>Beside the recordings lies a status file, by which {@code stat} tells how the feeds are doing.
 *
 * <p>Threads: started and stopped by one thread, which may ask how it is going.
 */
public final class RecordRun implements AutoCloseable {
    /** The status file, in the directory of the recordings. */
    public static final String STATUS_FILE = "status.bin";

    /** What was read is still to be recorded, on however busy a machine. */
    private static final Duration FEEDS_END = Duration.ofSeconds(30);

    private final LiveWorld world;
    private final StatusWriter status;
    private final Recorder recorder;
    private final FeedLoop loop;
    private final FeedStates feeds = new FeedStates();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private boolean isEnded;

    private RecordRun(RecordConfig config, LiveWorld world, StatusWriter status)
            throws IOException {
        this.world = world;
        this.status = status;
        DiscardingSink sink = new DiscardingSink();
        FeedClock clock = new FeedClock(sink);
        loop = new FeedLoop(sink, clock,
                new ReceiveClock(world.wallClockNs().getAsLong(), world.nanoClock()),
                config.live().loop(), world.random(), status::heartbeat, this::onFailure);
        recorder = new Recorder(config.files(), this::onFailure);
        InstrumentCatalogue catalogue = new InstrumentCatalogue(
                config.live().engine().instrumentCapacity());
        TradeChains chains = new TradeChains(catalogue);
        for (VenueConfig venue : config.live().venues()) {
            String name = venue.line().name();
            CounterBlock counters = status.counters(name);
            FeedStatus feed = status.feed(name);
            feeds.add(feed);
            FrameRejections rejections = (fate, detail, address, length, receiveTimeNs) -> status
                    .errors().record(name, fate.label(), detail, address, length);
            loop.add(venue.line(), feed, counters, status.errors(),
                    transport -> recorder.before(venue.line().webSocket(), venue.line().rest(),
                            transport,
                            recorded -> Venues.live(venue,
                                    new FeedPorts(sink, catalogue, chains, clock, recorded,
                                            counters, rejections),
                                    config.live().engine().instruments(), List.of())));
        }
    }

    /**
     * A recorder whose feeds are on their way.
     *
     * @throws EngineException if it cannot start; nothing is left running
     */
    public static RecordRun start(RecordConfig config, LiveWorld world) throws EngineException {
        try {
            RecordRun run = open(config, world);
            run.status.heartbeat(world.wallClockNs().getAsLong());
            run.status.handOver();
            run.loop.start();
            return run;
        } catch (IOException | RuntimeException e) {
            throw EngineException.of(e);
        }
    }

    private static RecordRun open(RecordConfig config, LiveWorld world) throws IOException {
        Path directory = config.files().directory();
        Files.createDirectories(directory);
        StatusWriter status = StatusWriter.create(directory.resolve(STATUS_FILE),
                Run.ofThisProcess(world.wallClockNs().getAsLong()), world.wallClockNs());
        RecordRun run = null;
        try {
            run = new RecordRun(config, world, status);
            return run;
        } finally {
            if (run == null) {
                status.close();
            }
        }
    }

    private void onFailure(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            world.onFailure().run();
        }
    }

    /** How the feeds are doing; after the end, how they were then. */
    public List<FeedReading> feeds() {
        return feeds.read();
    }

    /** How often a feed has changed its state so far. Allocates nothing. */
    public long feedChanges() {
        return feeds.changes();
    }

    /** What was recorded so far. */
    public RecorderTotals totals() {
        return recorder.totals();
    }

    /** The next file that has ended; null if none has since the last call. */
    public @Nullable RecordingFile pollEnded() {
        return recorder.pollEnded();
    }

    /**
     * Ends the feeds and the files.
     *
     * @throws EngineException if not all that was received could be written
     */
    public void stop() throws EngineException {
        boolean inTime = end();
        IOException disk = recorder.failure();
        if (disk != null) {
            throw EngineException.of(disk);
        }
        Throwable cause = failure.get();
        if (cause != null || !inTime) {
            throw EngineException.ofRunning(cause != null ? cause : new IllegalStateException(
                    "the feeds did not end within " + FEEDS_END.toSeconds() + " s"));
        }
    }

    @Override
    public void close() {
        end();
    }

    private boolean end() {
        if (isEnded) {
            return true;
        }
        isEnded = true;
        boolean inTime = loop.stop(FEEDS_END);
        if (inTime) {
            recorder.close(); // otherwise its files are still the loop's
        }
        feeds.end();
        status.close();
        return inTime;
    }
}
