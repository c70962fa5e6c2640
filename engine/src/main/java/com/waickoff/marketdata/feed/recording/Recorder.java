package com.waickoff.marketdata.feed.recording;

import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTransport;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records live feeds: stands before the protocols of any number of venues that one loop drives.
 *
 * <p>Threads: {@link #before} is called before the loop starts, {@link #close} after its thread has
 * ended, by any thread; totals and files may be asked for at any time. Files are written by a thread
 * of its own.
 */
public final class Recorder implements AutoCloseable {
    private final RecorderSettings settings;
    private final RecorderTotals totals = new RecorderTotals();
    private final BlockPool pool;
    private final RecordingFiles files;
    private final List<FrameLog> logs = new ArrayList<>();
    private final ConcurrentLinkedQueue<RecordingFile> ended = new ConcurrentLinkedQueue<>();
    private boolean isClosed;

    /**
     * A recorder that writes from now on.
     *
     * @param onFailure hears, once, of what ended the writing before its time
     */
    public Recorder(RecorderSettings settings, Consumer<Throwable> onFailure) {
        this.settings = settings;
        this.pool = new BlockPool(settings.bufferBytes());
        this.files = new RecordingFiles(pool, settings.directory(), totals, ended::add,
                onFailure);
        files.start();
    }

    /**
     * A protocol that records what it passes on to another.
     *
     * @param webSocket where the venue is connected to, as it stands in the recording
     * @param rest where it is asked
     * @param transport where requests go
     * @param protocol makes the protocol that is recorded
     */
    public VenueProtocol before(URI webSocket, URI rest, VenueTransport transport,
            Function<VenueTransport, VenueProtocol> protocol) {
        return new RecordedProtocol(webSocket, rest, this, transport, protocol);
    }

    FrameLog log(String series, String url, Definitions definitions) {
        FrameLog log = new FrameLog(series, url, settings, pool, definitions, totals);
        logs.add(log);
        return log;
    }

    /** A log that has ended for good. */
    void forget(FrameLog log) {
        logs.remove(log);
    }

    /** What it has done so far. */
    public RecorderTotals totals() {
        return totals;
    }

    /** The next file that has ended and was not asked for yet; null if there is none. */
    public @Nullable RecordingFile pollEnded() {
        return ended.poll();
    }

    /** What ended the writing before its time; null if nothing did. */
    public @Nullable IOException failure() {
        return files.failure();
    }

    /** Ends every file, and waits until all is written. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            for (FrameLog log : logs) {
                log.end(0);
            }
            totals.publish();
            files.stop();
        }
    }
}
