package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One of the two links of a line: an attempt to connect, the connection it leads to, its frames, and
 * its end. Then it may be used again.
 *
 * <pre>
 *   DOWN ─► CONNECTING ─► HANDSHAKING ─► OPEN
 *    ▲           └──────────────┴──────────┤ refused, cut, broken, silent, ended by its owner
 *    └─────────────────────────────────────┘
 * </pre>
 *
 * <p>The owner is never called from within one of its own calls: what is to be sent waits until the
 * read, the answer or the tick that made somebody ask has been handled.
 */
final class Wire {
    /** No close frame is sent. */
    static final int NO_CLOSE_FRAME = 0;

    private static final long LAST_WORD_MS = 1_000;
    private static final long NS_PER_MS = 1_000_000;
    /** Without a tick for so long the loop stood still, or the machine. */
    private static final long AWAY_NS = 1_000_000_000;

    /** How far it is. */
    enum Phase {
        DOWN, CONNECTING, HANDSHAKING, OPEN
    }

    /** Who the wire is for. */
    interface Owner {
        /** Path and query to connect to. */
        String path();

        /** TCP is connected; the handshake is under way. */
        void handshaking(Wire wire, long nowNs);

        /** It is a WebSocket now. */
        void opened(Wire wire, long nowNs);

        /** A text message was received. */
        void received(Wire wire, long address, int length, long receiveNs);

        /** What a read brought has been handed on. */
        void readEnded(Wire wire, long receiveNs);

        /** The attempt, or the connection, has ended; the wire is down. */
        void lost(Wire wire, boolean wasOpen, Loss loss);
    }

    /**
     * Why an attempt or a connection ended.
     *
     * @param why for people and the log
     * @param words what the venue said, for people
     * @param kind how long it may last
     * @param leastMs how long the venue wants to be left alone, 0 if it does not say
     */
    record Loss(Complaint why, String words, FailureClass kind, long leastMs) {
        static Loss of(Complaint why) {
            return new Loss(why, "", FailureClass.NETWORK, 0);
        }
    }

    private final int link;
    private final FeedSettings settings;
    private final CounterBlock counters;
    private final LoopServices services;
    private final Endpoint endpoint;
    private final Owner owner;
    private final FrameParser parser;
    private final FrameWriter writer;
    private final SendQueue texts;
    private Phase phase = Phase.DOWN;
    private @Nullable Connection connection;
    private long deadlineNs; // of connecting and of the handshake
    private long receiveNs; // of the read at hand
    private long openedNs;
    private long heardNs; // the last complete frame
    private long pingedNs;
    private long tickedNs; // the last tick

    Wire(int link, FeedSettings settings, CounterBlock counters, LoopServices services,
            Endpoint endpoint, int messagesPerSecond, Owner owner) {
        this.link = link;
        this.settings = settings;
        this.counters = counters;
        this.services = services;
        this.endpoint = endpoint;
        this.owner = owner;
        this.parser = new FrameParser(new Frames(), settings.maxFrameBytes());
        this.writer = new FrameWriter(services.allocator(), services.random());
        this.texts = new SendQueue(messagesPerSecond);
    }

    /** Which of the feed's links it is. */
    int link() {
        return link;
    }

    Phase phase() {
        return phase;
    }

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    /** When it became a WebSocket. */
    long openedNs() {
        return openedNs;
    }

    /** When the last complete frame was received. */
    long heardNs() {
        return heardNs;
    }

    /** Puts a text where it waits for its turn. @return false if there is no room */
    boolean offer(String text) {
        return phase != Phase.OPEN || texts.offer(text);
    }

    /**
     * Makes an attempt, if it is down.
     *
     * @param attempt which of several addresses is tried
     */
    void connect(int attempt, long nowNs) {
        if (phase != Phase.DOWN) {
            return;
        }
        phase = Phase.CONNECTING;
        deadlineNs = nowNs + settings.connectTimeoutMs() * NS_PER_MS;
        parser.reset();
        Connection next = new Connection();
        connection = next;
        services.dialer().dial(endpoint, attempt, settings.connectTimeoutMs(),
                settings.handshakeTimeoutMs(), next.receive, pipeline -> {
                    HttpClientCodec http = new HttpClientCodec();
                    pipeline.addLast(http, new Upgrade(endpoint, owner.path(), services.random(),
                            http, next.frames, next));
                }, next::connected, next::broken);
    }

    /** Time has passed: about 100 ms since the last call. */
    void tick(long nowNs) {
        switch (phase) {
            case CONNECTING -> {
                if (nowNs > deadlineNs) {
                    lose(Loss.of(new Complaint("connect_timeout",
                            endpoint.peer() + " did not answer in time")), NO_CLOSE_FRAME);
                }
            }
            case HANDSHAKING -> {
                if (nowNs > deadlineNs) {
                    lose(Loss.of(new Complaint("handshake_timeout",
                            endpoint.peer() + " did not finish the handshake in time")),
                            NO_CLOSE_FRAME);
                }
            }
            case OPEN -> watch(nowNs);
            case DOWN -> {
                // nothing is awaited
            }
        }
        tickedNs = nowNs;
    }

    /**
     * Whether the venue is still there. It is given up when it was asked, and had half of the time
     * to answer; and asked again by who was away himself, for what it said meanwhile is unread.
     */
    private void watch(long nowNs) {
        long silenceNs = settings.silenceTimeoutMs() * NS_PER_MS;
        long quietNs = nowNs - heardNs;
        Connection open = connection;
        if (open == null || quietNs <= silenceNs / 2) {
            return;
        }
        boolean wasAway = nowNs - tickedNs > Math.max(AWAY_NS, silenceNs / 2);
        if (pingedNs <= heardNs || wasAway) {
            pingedNs = nowNs;
            open.write(writer.ping());
        } else if (quietNs > silenceNs && nowNs - pingedNs > silenceNs / 2) {
            counters.increment(Counter.SILENCE_TIMEOUTS);
            lose(Loss.of(new Complaint("silence", endpoint.peer() + " was silent for "
                    + settings.silenceTimeoutMs() + " ms, pings not answered")), NO_CLOSE_FRAME);
        }
    }

    /** Sends what waits for its turn. */
    void send(long nowNs) {
        Connection to = connection;
        if (to != null && phase == Phase.OPEN) {
            for (String text = texts.poll(nowNs); text != null; text = texts.poll(nowNs)) {
                to.write(writer.text(text));
            }
            to.flush();
        }
    }

    /**
     * Ends whatever there is, without a word to the owner.
     *
     * @param closeCode of the frame that is sent to an open connection before its end, or {@link
     *     #NO_CLOSE_FRAME}
     */
    void end(int closeCode) {
        Connection last = connection;
        boolean wasOpen = phase == Phase.OPEN;
        phase = Phase.DOWN;
        connection = null;
        texts.clear();
        parser.end();
        if (last != null) {
            last.end(wasOpen ? closeCode : NO_CLOSE_FRAME);
        }
    }

    private void lose(Loss loss, int closeCode) {
        if (connection == null) {
            return;
        }
        boolean wasOpen = phase == Phase.OPEN;
        end(closeCode);
        owner.lost(this, wasOpen, loss);
    }

    private void opened(Connection open) {
        long nowNs = services.receiveClock().getAsLong();
        phase = Phase.OPEN;
        openedNs = nowNs;
        heardNs = nowNs;
        pingedNs = nowNs;
        texts.clear();
        if (!endpoint.isTls()) {
            open.receive.receiveInto(open.frames);
        }
        owner.opened(this, nowNs);
        send(nowNs);
    }

    /** What becomes of the messages of the open connection. */
    private final class Frames implements FrameListener {
        @Override
        public void onText(long address, int length) {
            heardNs = receiveNs;
            owner.received(Wire.this, address, length, receiveNs);
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
            lose(new Loss(new Complaint("closed_by_venue", endpoint.peer()
                    + " closed the connection"
                    + (code == CloseCode.NONE ? "" : " with code " + code)),
                    words.isEmpty() ? "" : ": " + words, FailureClass.NETWORK, 0), code);
        }

        @Override
        public void onViolation(int code, String what) {
            counters.increment(Counter.PROTOCOL_VIOLATIONS);
            lose(Loss.of(new Complaint("protocol_violation", endpoint.peer() + " sent " + what)),
                    code);
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
            owner.handshaking(Wire.this, nowNs);
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
            Farewell.say(ended, writer.close(closeCode), LAST_WORD_MS);
        }

        @Override
        public void upgraded() {
            if (connection == this) {
                opened(this);
            }
        }

        @Override
        public void refused(HttpResponse response) {
            if (connection != this) {
                return;
            }
            int code = response.status().code();
            FailureClass kind = FailureClass.of(code);
            String header = response.headers().get(HttpHeaderNames.RETRY_AFTER);
            long leastMs = header == null ? 0
                    : RetryAfter.ms(header, services.receiveClock().getAsLong());
            lose(new Loss(new Complaint("handshake_status_" + code, "handshake refused by "
                    + endpoint.peer() + ": HTTP " + code), "", kind, leastMs), NO_CLOSE_FRAME);
        }

        @Override
        public void misunderstood(String what) {
            if (connection == this) {
                lose(Loss.of(new Complaint("handshake_not_understood", endpoint.peer()
                        + " answered the handshake with " + what)), NO_CLOSE_FRAME);
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
            if (connection == this && phase == Phase.OPEN) {
                owner.readEnded(Wire.this, receiveNs);
                send(receiveNs);
            }
        }

        @Override
        public void closed() {
            if (connection == this) {
                lose(Loss.of(phase == Phase.OPEN
                        ? new Complaint("connection_cut", endpoint.peer()
                                + " cut the connection without a word")
                        : new Complaint("handshake_cut", endpoint.peer()
                                + " cut the connection during the handshake")),
                        NO_CLOSE_FRAME);
            }
        }

        @Override
        public void broken(Throwable cause) {
            if (cause instanceof Error) {
                failed(cause);
            } else if (connection == this) {
                FailureClass kind = phase == Phase.OPEN ? FailureClass.NETWORK
                        : FailureClass.of(cause);
                lose(new Loss(Complaint.of(cause, endpoint.peer()), "", kind, 0),
                        NO_CLOSE_FRAME);
            }
        }

        @Override
        public void failed(Throwable cause) {
            services.failed().accept(cause);
        }
    }
}
