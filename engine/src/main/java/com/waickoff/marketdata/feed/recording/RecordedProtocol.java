package com.waickoff.marketdata.feed.recording;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.VenueLimits;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a venue's protocol and writes down what comes and goes, before it is passed on. The
 * protocol notices nothing, but for one thing: where a file ends, its books are asked for anew, so
 * that the next file holds the snapshots it needs. It then knows of books what a replay of that file
 * will know, and asks until they are whole.
 *
 * <p>A file is of one link at a time. A line that connects again goes on in its file; a successor
 * that connects beside its elder begins one, and its books are asked for when the elder has gone:
 *
 * <pre>
 *   elder's file      ─ C … R … C … R … ─────────┤
 *   successor's file                   C … R … ──┼── H or R: books ── R …
 * </pre>
 *
 * <p>Threads: the feed thread.
 */
final class RecordedProtocol implements VenueProtocol {
    private final VenueProtocol protocol;
    private final Recorder recorder;
    private final Definitions definitions = new Definitions();
    private final String socketBase;
    private final String restBase;
    private final @Nullable FrameLog[] logs = new FrameLog[2 * MOST_LINES]; // of links
    private long nowNs;
    private boolean isInAnswer; // of which a part has been handed over

    RecordedProtocol(URI webSocket, URI rest, Recorder recorder, VenueTransport transport,
            Function<VenueTransport, VenueProtocol> protocol) {
        this.recorder = recorder;
        this.socketBase = base(webSocket);
        this.restBase = base(rest);
        this.protocol = protocol.apply(new RecordedTransport(transport));
    }

    private static String base(URI uri) {
        String text = uri.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public Venue venue() {
        return protocol.venue();
    }

    @Override
    public int lines() {
        return protocol.lines();
    }

    @Override
    public String streamPath(int line) {
        return protocol.streamPath(line);
    }

    @Override
    public VenueLimits limits() {
        return protocol.limits();
    }

    @Override
    public int restWeight(String pathAndQuery) {
        return protocol.restWeight(pathAndQuery);
    }

    @Override
    public String waitsFor() {
        return protocol.waitsFor();
    }

    @Override
    public boolean isDefinition(String url) {
        return protocol.isDefinition(url);
    }

    @Override
    public boolean isAbout(String url, int line) {
        return protocol.isAbout(url, line);
    }

    @Override
    public long dataTimeNs(int link) {
        return protocol.dataTimeNs(link);
    }

    @Override
    public boolean isReady(int link) {
        return protocol.isReady(link);
    }

    @Override
    public boolean isQuiet(int line) {
        return protocol.isQuiet(line);
    }

    @Override
    public void onConnect(int link, long epoch, long receiveTimeNs) {
        nowNs = receiveTimeNs;
        log(link).connected(receiveTimeNs);
        protocol.onConnect(link, epoch, receiveTimeNs);
    }

    /** The log of a link that connects: that of its line, unless another link is writing it. */
    private FrameLog log(int link) {
        FrameLog log = logs[link];
        FrameLog other = logs[link ^ 1];
        if (log == null && other != null && !other.isConnected()) {
            log = other;
            logs[link ^ 1] = null;
        }
        if (log == null) {
            int line = VenueProtocol.lineOf(link);
            log = recorder.log(venue().code() + '-' + line, socketBase + streamPath(line),
                    definitions);
        }
        logs[link] = log;
        return log;
    }

    @Override
    public void onFrame(int link, long address, int length, long receiveTimeNs) {
        nowNs = receiveTimeNs;
        FrameLog log = logs[link];
        if (log != null) {
            log.received(address, length, receiveTimeNs);
        }
        protocol.onFrame(link, address, length, receiveTimeNs);
    }

    @Override
    public void onHttp(String url, long bodyAddress, int bodyLength, long receiveTimeNs) {
        record(url, bodyAddress, bodyLength, receiveTimeNs);
        protocol.onHttp(url, bodyAddress, bodyLength, receiveTimeNs);
    }

    @Override
    public boolean onHttpPart(String url, long bodyAddress, int bodyLength, long receiveTimeNs) {
        if (!isInAnswer) {
            record(url, bodyAddress, bodyLength, receiveTimeNs);
        }
        nowNs = receiveTimeNs;
        isInAnswer = protocol.onHttpPart(url, bodyAddress, bodyLength, receiveTimeNs);
        return isInAnswer;
    }

    private void record(String url, long bodyAddress, int bodyLength, long receiveTimeNs) {
        nowNs = receiveTimeNs;
        byte[] head = (restBase + url + '\t').getBytes(StandardCharsets.UTF_8);
        byte[] text = new byte[head.length + bodyLength + 1];
        System.arraycopy(head, 0, text, 0, head.length);
        Ascii.copy(bodyAddress, text, head.length, bodyLength);
        text[text.length - 1] = '\n';
        if (OneLine.make(text, head.length, text.length - 1)) {
            answered(url, text, receiveTimeNs);
        } else {
            recorder.totals().refused();
        }
    }

    private void answered(String url, byte[] text, long receiveTimeNs) {
        boolean isDefinition = isDefinition(url);
        if (isDefinition) {
            definitions.add(url, text);
        }
        for (int link = 0; link < logs.length; link++) {
            FrameLog log = logs[link];
            if (log != null && isDefinition) {
                log.defined(text, receiveTimeNs);
            } else if (log != null && isAbout(url, VenueProtocol.lineOf(link))) {
                log.answered(text, receiveTimeNs);
            }
        }
    }

    @Override
    public void onHttpFailure(String url, int status, long receiveTimeNs) {
        nowNs = receiveTimeNs;
        protocol.onHttpFailure(url, status, receiveTimeNs);
    }

    @Override
    public void onTime(long receiveTimeNs) {
        nowNs = receiveTimeNs;
        for (int link = 0; link < logs.length; link++) {
            FrameLog log = logs[link];
            if (log != null && log.isDue(receiveTimeNs)) {
                log.rotate(receiveTimeNs);
                protocol.renewBooks(VenueProtocol.lineOf(link), receiveTimeNs);
            }
        }
        protocol.onTime(receiveTimeNs);
        for (FrameLog log : logs) {
            if (log != null) {
                log.handOver();
            }
        }
        recorder.totals().publish();
    }

    @Override
    public void renewBooks(int line, long receiveTimeNs) {
        protocol.renewBooks(line, receiveTimeNs);
    }

    @Override
    public void onDisconnect(int link, Reason reason, long receiveTimeNs) {
        nowNs = receiveTimeNs;
        protocol.onDisconnect(link, reason, receiveTimeNs);
        FrameLog log = logs[link];
        FrameLog other = logs[link ^ 1];
        if (log != null) {
            log.disconnected();
            if (other != null && other.isConnected()) {
                log.end(receiveTimeNs);
                recorder.forget(log);
                logs[link] = null;
                protocol.renewBooks(VenueProtocol.lineOf(link), receiveTimeNs);
            }
        }
    }

    /** Writes down what is sent. What is asked of REST stands with its answer. */
    private final class RecordedTransport implements VenueTransport {
        private final VenueTransport transport;

        RecordedTransport(VenueTransport transport) {
            this.transport = transport;
        }

        @Override
        public void sendText(int link, String text) {
            FrameLog log = logs[link];
            if (log != null) {
                log.sent(text, nowNs);
            }
            transport.sendText(link, text);
        }

        @Override
        public void httpGet(String pathAndQuery) {
            transport.httpGet(pathAndQuery);
        }

        @Override
        public void renew(int link, String because) {
            transport.renew(link, because);
        }

        @Override
        public long roundTripNs() {
            return transport.roundTripNs();
        }
    }
}
