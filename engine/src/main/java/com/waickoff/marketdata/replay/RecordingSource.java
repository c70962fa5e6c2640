package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.VenueProtocol;
import java.io.IOException;

/**
 * Drives a venue's protocol with a recording as the WebSocket client would with a socket.
 *
 * <p>Connect lines begin a connection, and so does the first frame where there is none. Receive
 * times never run backwards: an earlier one is taken for the latest so far.
 *
 * <p>Threads: the feed thread.
 */
final class RecordingSource implements ReplaySource {
    private final RecordingReader recording;
    private final VenueProtocol protocol;
    private final MixedReplay.Door door;
    private long epoch;
    private long latestNs;
    private boolean isAtLine;
    private boolean hasEnded;

    /** @param door the one that the protocol publishes to */
    RecordingSource(RecordingReader recording, VenueProtocol protocol, MixedReplay.Door door) {
        this.recording = recording;
        this.protocol = protocol;
        this.door = door;
    }

    @Override
    public long nextTimeNs() throws IOException {
        if (!isAtLine && !hasEnded) {
            isAtLine = recording.next();
            hasEnded = !isAtLine;
        }
        return hasEnded ? END : Math.max(latestNs, recording.receiveTimeNs());
    }

    @Override
    public void step(long timeNs) {
        latestNs = timeNs;
        isAtLine = false;
        switch (recording.kind()) {
            case 'C' -> connect(timeNs);
            case 'R' -> {
                if (epoch == 0) {
                    connect(timeNs);
                }
                protocol.onFrame(0, recording.payloadAddress(), recording.payloadLength(), timeNs);
            }
            case 'H' -> protocol.onHttp(recording.url(), recording.payloadAddress(),
                    recording.payloadLength(), timeNs);
            default -> {
                // What the client sent needs no repeating.
            }
        }
    }

    private void connect(long timeNs) {
        if (epoch > 0) {
            protocol.onDisconnect(0, Reason.DISCONNECTED, timeNs);
        }
        epoch++;
        protocol.onConnect(0, epoch, timeNs);
    }

    @Override
    public void end(long timeNs) {
        door.end(timeNs);
    }

    @Override
    public long bytesRead() {
        return recording.bytesRead();
    }

    @Override
    public long bytes() {
        return recording.fileBytes();
    }

    @Override
    public void close() throws IOException {
        recording.close();
    }
}
