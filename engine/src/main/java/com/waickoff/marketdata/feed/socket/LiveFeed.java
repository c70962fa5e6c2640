package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.ErrorLog;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.FeedStatus;
import com.waickoff.marketdata.status.Latency;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The life of one feed, from attempt to attempt, for ever:
 *
 * <pre>
 *   CONNECTING ─► HANDSHAKING ─► SUBSCRIBING ─► LIVE ◄─► SILENT
 *       ▲  └───────────┴──────────────┴──────────┴─────────┤ refused, cut, broken, silent
 *       └──────────────────── BACKING_OFF ◄────────────────┘
 * </pre>
 *
 * <p>The protocol is never called from within one of its own calls: what it asks for waits until the
 * read, the answer or the tick that made it ask has been handled.
 */
final class LiveFeed implements VenueTransport {
    private static final int TOO_MANY = 429;
    private static final int BANNED = 418;
    private static final int NO_CLOSE_FRAME = 0;
    private static final long LAST_WORD_MS = 1_000;
    private static final double MS_PER_S = 1_000;
    private static final long NS_PER_MS = 1_000_000;
    /** A connection that lived so long was a good one: the next failure is a first one. */
    private static final long PROVEN_NS = 30_000_000_000L;

    private enum Phase {
        IDLE, CONNECTING, HANDSHAKING, OPEN, BACKING_OFF, STOPPED
    }

    private final FeedSettings settings;
    private final FeedStatus status;
    private final CounterBlock counters;
    private final ErrorLog errors;
    private final LoopServices services;
    private final Endpoint endpoint;
    private final VenueProtocol protocol;
    private final FrameParser parser;
    private final FrameWriter writer;
    private final SendQueue texts;
    private final RestClient rest;
    private final BackOff backOff;
    private Phase phase = Phase.IDLE;
    private FeedState shown = FeedState.IDLE;
    private String restTrouble = "";
    private @Nullable Connection connection;
    private long epoch;
    private int attempts;
    private long deadlineNs; // of connecting and of the handshake
    private long receiveNs; // of the read at hand
    private long openedNs;
    private long heardNs; // the last complete frame
    private long dataNs; // the last one that was decoded
    private long pingedNs;
    private long lostNs; // the last connection; 0 before any
    private long decoded; // what the counter said when last asked
    private long refused;
    private long refusedBefore; // this connection
    private String detail = "";

    LiveFeed(FeedSettings settings, FeedStatus status, CounterBlock counters, ErrorLog errors,
            LoopServices services, Function<VenueTransport, VenueProtocol> protocol) {
        this.settings = settings;
        this.status = status;
        this.counters = counters;
        this.errors = errors;
        this.services = services;
        this.endpoint = Endpoint.of(settings.webSocket());
        this.protocol = protocol.apply(this);
        this.parser = new FrameParser(new Frames(), settings.maxFrameBytes());
        this.writer = new FrameWriter(services.allocator(), services.random());
        this.texts = new SendQueue(this.protocol.mostMessagesPerSecond());
        this.rest = new RestClient(settings, services.dialer(), counters,
                services.receiveClock(), services.random(), new RestAnswers());
        this.backOff = new BackOff(settings.firstBackOffMs(), settings.maxBackOffMs(),
                services.random());
    }

    @Override
    public void sendText(String text) {
        if (!texts.offer(text)) {
            counters.increment(Counter.MESSAGES_DROPPED);
            errors.record(settings.name(), "message_dropped", "too many messages wait to be sent");
        }
    }

    @Override
    public void httpGet(String pathAndQuery) {
        if (!rest.get(pathAndQuery)) {
            counters.increment(Counter.MESSAGES_DROPPED);
            errors.record(settings.name(), "request_dropped", "too many REST requests wait");
        }
    }

    /** What was written before now becomes the loop thread's. */
    void handOver() {
        status.handOver();
        counters.handOver();
    }

    /** Makes the first attempt, or the next one. */
    void connect() {
        if (phase != Phase.IDLE && phase != Phase.BACKING_OFF) {
            return;
        }
        long nowNs = services.receiveClock().getAsLong();
        phase = Phase.CONNECTING;
        deadlineNs = nowNs + settings.connectTimeoutMs() * NS_PER_MS;
        show(FeedState.CONNECTING, nowNs, "to " + endpoint.peer());
        parser.reset();
        Connection next = new Connection();
        connection = next;
        services.dialer().dial(endpoint, attempts++, settings.connectTimeoutMs(),
                settings.handshakeTimeoutMs(), next.receive, pipeline -> {
                    HttpClientCodec http = new HttpClientCodec();
                    pipeline.addLast(http, new Upgrade(endpoint, protocol.streamPath(),
                            services.random(), http, next.frames, next));
                }, next::connected, next::notConnected);
    }

    /** Time has passed: about 100 ms since the last call. */
    void tick(long nowNs) {
        if ((phase == Phase.CONNECTING || phase == Phase.HANDSHAKING) && nowNs > deadlineNs) {
            lose(new Complaint(
                    phase == Phase.CONNECTING ? "connect_timeout" : "handshake_timeout",
                    endpoint.peer() + (phase == Phase.CONNECTING ? " did not answer in time"
                            : " did not finish the handshake in time")));
        }
        protocol.onTime(nowNs);
        if (phase == Phase.OPEN) {
            watch(nowNs);
        }
        send(nowNs);
    }

    /** Ends for good. The protocol is told why, the venue good-bye. */
    void stop(long nowNs) {
        Connection last = connection;
        boolean wasOpen = phase == Phase.OPEN;
        phase = Phase.STOPPED;
        connection = null;
        parser.end();
        rest.close();
        if (last != null) {
            last.end(wasOpen ? CloseCode.GOING_AWAY : NO_CLOSE_FRAME);
        }
        if (wasOpen) {
            counters.increment(Counter.DISCONNECTS);
            protocol.onDisconnect(Reason.ENGINE_STOPPED, nowNs);
        }
        show(FeedState.STOPPED, nowNs, "");
    }

    /** Ends at once, without a word to the protocol: the loop has failed. */
    void abandon(String why) {
        Connection last = connection;
        phase = Phase.STOPPED;
        connection = null;
        parser.end();
        rest.close();
        if (last != null) {
            last.end(NO_CLOSE_FRAME);
        }
        show(FeedState.STOPPED, services.receiveClock().getAsLong(), why);
    }

    /** Sends what waits for its turn. */
    private void send(long nowNs) {
        Connection to = connection;
        if (to != null && phase == Phase.OPEN) {
            for (String text = texts.poll(nowNs); text != null; text = texts.poll(nowNs)) {
                to.write(writer.text(text));
            }
            to.flush();
        }
        if (phase != Phase.STOPPED) {
            rest.go(nowNs);
        }
    }

    /** Whether the venue is still there, and whether it still has something to say. */
    private void watch(long nowNs) {
        long silenceNs = settings.silenceTimeoutMs() * NS_PER_MS;
        if (nowNs - heardNs > silenceNs) {
            counters.increment(Counter.SILENCE_TIMEOUTS);
            lose(new Complaint("silence", endpoint.peer() + " was silent for "
                    + settings.silenceTimeoutMs() + " ms, pings not answered"));
            return;
        }
        Connection open = connection;
        if (open != null && nowNs - heardNs > silenceNs / 2 && pingedNs <= heardNs) {
            pingedNs = nowNs;
            open.write(writer.ping());
        }
        take(nowNs);
        if (nowNs - dataNs > silenceNs && shown == FeedState.LIVE) {
            show(FeedState.SILENT, nowNs, "no data for " + settings.silenceTimeoutMs()
                    + " ms, though " + endpoint.peer() + " answers");
        }
    }

    /** Takes notice of what became of frames. */
    private void take(long nowNs) {
        long decodedNow = counters.get(Counter.FRAMES_DECODED);
        long refusedNow = counters.get(Counter.REJECTED_REFUSAL);
        boolean isNews = refusedNow != refused;
        refused = refusedNow;
        if (decodedNow != decoded) {
            decoded = decodedNow;
            dataNs = nowNs;
            if (shown != FeedState.LIVE) {
                becomeLive(nowNs);
                return;
            }
        }
        if (isNews) {
            show(shown, nowNs, liveDetail());
        }
    }

    private void becomeLive(long nowNs) {
        if (lostNs != 0 && shown == FeedState.SUBSCRIBING) {
            services.record(Latency.RECONNECT, nowNs - lostNs);
        }
        show(FeedState.LIVE, nowNs, liveDetail());
    }

    private String liveDetail() {
        long refusals = refused - refusedBefore;
        return refusals == 0 ? "" : endpoint.peer() + " refused " + refusals + " of our requests";
    }

    private void opened(Connection open) {
        long nowNs = services.receiveClock().getAsLong();
        phase = Phase.OPEN;
        epoch++;
        openedNs = nowNs;
        heardNs = nowNs;
        dataNs = nowNs;
        pingedNs = nowNs;
        decoded = counters.get(Counter.FRAMES_DECODED);
        refused = counters.get(Counter.REJECTED_REFUSAL);
        refusedBefore = refused;
        counters.increment(Counter.CONNECTS);
        show(FeedState.SUBSCRIBING, nowNs, "waiting for the first data of " + endpoint.peer());
        texts.clear();
        if (!endpoint.isTls()) {
            open.receive.receiveInto(open.frames);
        }
        protocol.onConnect(epoch, nowNs);
        services.sink().endOfRead();
        send(nowNs);
    }

    /** The connection or the attempt has ended; another one follows. */
    private void lose(Complaint why) {
        lose(why, "", NO_CLOSE_FRAME, 0);
    }

    /**
     * @param words what the venue said, for people
     * @param closeCode of the frame that is sent before the end, or {@link #NO_CLOSE_FRAME}
     * @param leastMs how long the venue wants to be left alone
     */
    private void lose(Complaint why, String words, int closeCode, long leastMs) {
        Connection lost = connection;
        if (lost == null) {
            return;
        }
        long nowNs = services.receiveClock().getAsLong();
        boolean wasOpen = phase == Phase.OPEN;
        connection = null;
        phase = Phase.BACKING_OFF;
        parser.end();
        texts.clear();
        rest.forgetWaiting();
        lost.end(closeCode);
        errors.record(settings.name(), why.code(), why.detail());
        if (wasOpen) {
            counters.increment(Counter.DISCONNECTS);
            lostNs = nowNs;
            if (nowNs - openedNs > PROVEN_NS) {
                backOff.succeeded();
            }
            protocol.onDisconnect(Reason.DISCONNECTED, nowNs);
            services.sink().endOfRead();
        } else {
            counters.increment(Counter.CONNECT_FAILURES);
        }
        long delayMs = Math.max(leastMs, backOff.nextMs());
        show(FeedState.BACKING_OFF, nowNs, why.detail() + words + "; next attempt in "
                + String.format(Locale.ROOT, "%.1f s", delayMs / MS_PER_S));
        services.schedule(this::connect, delayMs);
    }

    private void show(FeedState state, long nowNs, String newDetail) {
        shown = state;
        detail = newDetail;
        status.state(state, nowNs, epoch, restTrouble.isEmpty() ? detail
                : detail.isEmpty() ? restTrouble : detail + "; " + restTrouble);
    }

    private void showRestTrouble(String trouble) {
        if (!restTrouble.equals(trouble)) {
            restTrouble = trouble;
            show(shown, services.receiveClock().getAsLong(), detail);
        }
    }

    /** What becomes of the messages of the open connection. */
    private final class Frames implements FrameListener {
        @Override
        public void onText(long address, int length) {
            heardNs = receiveNs;
            protocol.onFrame(address, length, receiveNs);
        }

        @Override
        public void onBinary(long address, int length) {
            onViolation(CloseCode.UNACCEPTABLE, "a binary message, and none was asked for");
        }

        @Override
        public void onPing(long address, int length) {
            heardNs = receiveNs;
            Connection open = connection;
            if (open != null && open.isWritable()) {
                open.write(writer.pong(address, length));
                counters.increment(Counter.PINGS_ANSWERED);
            }
        }

        @Override
        public void onPong(long address, int length) {
            heardNs = receiveNs;
        }

        @Override
        public void onClose(int code, long reason, int length) {
            String words = Ascii.text(reason, length).replaceAll("\\p{Cntrl}", " ");
            lose(new Complaint("closed_by_venue", endpoint.peer() + " closed the connection"
                    + (code == CloseCode.NONE ? "" : " with code " + code)),
                    words.isEmpty() ? "" : ": " + words, code, 0);
        }

        @Override
        public void onViolation(int code, String what) {
            counters.increment(Counter.PROTOCOL_VIOLATIONS);
            lose(new Complaint("protocol_violation", endpoint.peer() + " sent " + what), "", code,
                    0);
        }
    }

    /** What becomes of REST requests. */
    private final class RestAnswers implements RestClient.Answers {
        @Override
        public void answered(String path, ByteBuf body, long roundTripNs) {
            services.record(Latency.HTTP_ROUND_TRIP, roundTripNs);
            showRestTrouble("");
            long nowNs = services.receiveClock().getAsLong();
            int length = body.readableBytes();
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment copy = arena.allocate(length + Ascii.OVERRUN_BYTES);
                body.readBytes(copy.asSlice(0, length).asByteBuffer());
                protocol.onHttp(path, copy.address(), length, nowNs);
            }
            services.sink().endOfRead();
            send(nowNs);
        }

        @Override
        public void unanswered(String path, int httpStatus, Complaint why) {
            errors.record(settings.name(), why.code(), why.detail());
            showRestTrouble("REST: " + why.detail());
            long nowNs = services.receiveClock().getAsLong();
            protocol.onHttpFailure(path, httpStatus, nowNs);
            services.sink().endOfRead();
            send(nowNs);
        }

        @Override
        public void failed(Throwable cause) {
            services.failed().accept(cause);
        }
    }

    /** One attempt, and the connection it leads to; deaf as soon as it is not the current one. */
    private final class Connection implements Upgrade.Outcome {
        final ReceiveAllocator receive = new ReceiveAllocator();
        final FrameSocket frames = new FrameSocket(parser, this, services.receiveClock());
        private @Nullable Channel channel;
        private boolean isUnflushed;

        void connected(Channel made) {
            channel = made;
            if (connection != this) {
                var _ = made.close();
                return;
            }
            long nowNs = services.receiveClock().getAsLong();
            phase = Phase.HANDSHAKING;
            deadlineNs = nowNs + settings.handshakeTimeoutMs() * NS_PER_MS;
            show(FeedState.HANDSHAKING, nowNs, "with " + endpoint.peer());
        }

        void notConnected(Throwable cause) {
            broken(cause);
        }

        boolean isWritable() {
            Channel to = channel;
            return to != null && to.isWritable();
        }

        void write(ByteBuf frame) {
            Channel to = channel;
            if (to == null) {
                frame.release();
                return;
            }
            counters.increment(Counter.MESSAGES_SENT);
            isUnflushed = true;
            var _ = to.write(frame, to.voidPromise());
        }

        void flush() {
            Channel to = channel;
            if (isUnflushed && to != null) {
                isUnflushed = false;
                to.flush();
            }
        }

        void end(int closeCode) {
            receive.receiveInto(null);
            frames.detach();
            Channel ended = channel;
            if (ended == null) {
                return; // still connecting; who connects too late is closed then
            }
            if (closeCode == NO_CLOSE_FRAME || !ended.isActive()) {
                var _ = ended.close();
                return;
            }
            var _ = ended.writeAndFlush(writer.close(closeCode))
                    .addListener(ChannelFutureListener.CLOSE);
            services.schedule(() -> {
                var _ = ended.close();
            }, LAST_WORD_MS);
        }

        @Override
        public void upgraded() {
            if (connection == this) {
                opened(this);
            }
        }

        @Override
        public void refused(HttpResponse response) {
            int code = response.status().code();
            String header = response.headers().get(HttpHeaderNames.RETRY_AFTER);
            boolean isTooMuch = code == TOO_MANY || code == BANNED || header != null;
            if (connection == this) {
                lose(new Complaint("handshake_status_" + code, "handshake refused by "
                        + endpoint.peer() + ": HTTP " + code), "", NO_CLOSE_FRAME,
                        isTooMuch ? RetryAfter.ms(header, services.receiveClock().getAsLong())
                                : 0);
            }
        }

        @Override
        public void misunderstood(String what) {
            if (connection == this) {
                lose(new Complaint("handshake_not_understood", endpoint.peer()
                        + " answered the handshake with " + what));
            }
        }

        @Override
        public void receivedAt(long receiveTimeNs) {
            receiveNs = receiveTimeNs;
        }

        @Override
        public void readEnded() {
            services.sink().endOfRead();
            services.readHandled(receiveNs);
            if (connection != this || phase != Phase.OPEN) {
                return;
            }
            status.frame(heardNs);
            if (shown != FeedState.LIVE) {
                take(receiveNs);
            }
            send(receiveNs);
        }

        @Override
        public void closed() {
            if (connection == this) {
                lose(phase == Phase.OPEN
                        ? new Complaint("connection_cut", endpoint.peer()
                                + " cut the connection without a word")
                        : new Complaint("handshake_cut", endpoint.peer()
                                + " cut the connection during the handshake"));
            }
        }

        @Override
        public void broken(Throwable cause) {
            if (cause instanceof Error) {
                failed(cause);
            } else if (connection == this) {
                lose(Complaint.of(cause, endpoint.peer()));
            }
        }

        @Override
        public void failed(Throwable cause) {
            services.failed().accept(cause);
        }
    }
}
