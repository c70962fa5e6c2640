package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.VenueProtocol;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * Drives a venue's protocol with a recording as the WebSocket client would with a socket.
 *
 * <p>Connect lines begin a connection, and so does the first frame where there is none. Receive
 * times never run backwards: an earlier one is taken for the latest so far.
 *
 * <p>Threads: the feed thread.
 */
public final class RecordingReplay {
    /** Without pacing, this many frames share one end of read. */
    private static final int FRAMES_PER_READ = 64;

    private final RecordingReader recording;
    private final VenueProtocol protocol;
    private final EventSink sink;
    private final FeedClock clock;
    private final Pacer pacer;
    private long epoch;
    private long latestNs;
    private int framesInRead;
    private long frames;

    /** A replay that has not begun. */
    public RecordingReplay(RecordingReader recording, VenueProtocol protocol, EventSink sink,
            FeedClock clock, Pacer pacer) {
        this.recording = recording;
        this.protocol = protocol;
        this.sink = sink;
        this.clock = clock;
        this.pacer = pacer;
    }

    /**
     * Replays what was received from {@code fromNs} up to, but without, {@code toNs}.
     *
     * @param goOn asked before every line; false ends the replay early
     */
    public void run(long fromNs, long toNs, BooleanSupplier goOn) throws IOException {
        while (goOn.getAsBoolean() && recording.next()) {
            long timeNs = Math.max(recording.receiveTimeNs(), latestNs);
            if (timeNs >= toNs) {
                break;
            }
            if (timeNs >= fromNs) {
                latestNs = timeNs;
                pacer.await(timeNs);
                onLine(timeNs);
            }
        }
        sink.endOfRead();
    }

    private void onLine(long timeNs) {
        switch (recording.kind()) {
            case 'C' -> connect(timeNs);
            case 'R' -> onFrame(timeNs);
            case 'H' -> {
                clock.advance(timeNs);
                protocol.onHttp(recording.url(), recording.payloadAddress(),
                        recording.payloadLength(), timeNs);
                endOfRead();
            }
            default -> {
                // What the client sent needs no repeating.
            }
        }
    }

    private void onFrame(long timeNs) {
        if (epoch == 0) {
            connect(timeNs);
        }
        clock.advance(timeNs);
        protocol.onFrame(0, recording.payloadAddress(), recording.payloadLength(), timeNs);
        frames++;
        endOfRead();
    }

    private void connect(long timeNs) {
        clock.advance(timeNs);
        if (epoch > 0) {
            protocol.onDisconnect(0, Reason.DISCONNECTED, timeNs);
        }
        epoch++;
        protocol.onConnect(0, epoch, timeNs);
    }

    private void endOfRead() {
        framesInRead++;
        if (pacer.isPaced() || framesInRead >= FRAMES_PER_READ) {
            framesInRead = 0;
            sink.endOfRead();
        }
    }

    /** Frames replayed so far. */
    public long frames() {
        return frames;
    }
}
