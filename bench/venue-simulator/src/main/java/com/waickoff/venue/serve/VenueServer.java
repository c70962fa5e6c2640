package com.waickoff.venue.serve;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One venue on loopback: WebSocket and REST on one port, the same over TLS on another.
 *
 * <pre>{@code
 * PlaySettings play = PlaySettings.standard().startingOnSubscribe().unlimited().holding();
 * try (VenueServer venue = VenueServer.builder(RecordingSource.open(file)).play(play).open()) {
 *     client.connect(venue.wsUri("/stream"));
 *     venue.end().get();
 * }
 * }</pre>
 *
 * <p>Threads: any.
 */
public final class VenueServer implements AutoCloseable {
    private static final int LONGEST_REQUEST = 64 << 10;
    private static final int LOW_WATER = 256 << 10;
    private static final int HIGH_WATER = 1 << 20;
    private static final int BACKLOG = 1_024;
    private static final long MOST_HEARTBEAT_MS = 100;
    private static final int GOING_AWAY = 1_001;
    private static final long FAREWELL_MS = 100;

    /** What a server may be told before it opens; all but the source has a default. */
    public static final class Builder {
        private final FrameSource source;
        private PlaySettings play = PlaySettings.standard();
        private VenueLimits limits;
        private LineFaults faults = LineFaults.none();
        private Consumer<ServedFault> faultLog = _ -> {
        };
        private final Map<String, byte[]> metadata = new TreeMap<>();
        private int fillerListings;
        private long clockOffsetMs;
        private VenueScript script = VenueScript.none();
        private @Nullable Path sendLog;
        private long sendLogBytes;
        private boolean tellUnsentTrades;
        private int port;
        private int tlsPort;
        private TestAuthority.@Nullable Issued certificate;

        private Builder(FrameSource source) {
            this.source = source;
            this.limits = VenueLimits.of(source.venue());
        }

        public Builder play(PlaySettings newPlay) {
            play = newPlay;
            return this;
        }

        public Builder limits(VenueLimits newLimits) {
            limits = newLimits;
            return this;
        }

        public Builder faults(LineFaults newFaults) {
            faults = newFaults;
            return this;
        }

        /** Who hears of each fault, on the event loop. */
        public Builder faultLog(Consumer<ServedFault> newFaultLog) {
            faultLog = newFaultLog;
            return this;
        }

        /**
         * Tells in a mapped file when each frame was given to the socket, for {@link SendLogReader}.
         *
         * @param bytes of records, a ring; a record has 32
         */
        public Builder sendLog(Path file, long bytes) {
            sendLog = file;
            sendLogBytes = bytes;
            return this;
        }

        /** Keeps {@link VenueServer#unsentTrades}. */
        public Builder tellUnsentTrades() {
            tellUnsentTrades = true;
            return this;
        }

        /** The port; by default one that is free. */
        public Builder port(int newPort) {
            port = newPort;
            return this;
        }

        /** Opens a TLS port too, 0 for one that is free. */
        public Builder tls(TestAuthority.Issued newCertificate, int newTlsPort) {
            certificate = newCertificate;
            tlsPort = newTlsPort;
            return this;
        }

        /**
         * Answers requests for listings as they were recorded ({@code H} lines of a recording).
         *
         * @throws IOException if the file cannot be read
         */
        public Builder metadata(Path recording) throws IOException {
            try (RecordingLines lines = new RecordingLines(recording)) {
                while (lines.next()) {
                    String[] urlAndBody = new String(lines.bytes(), lines.payloadStart(),
                            lines.payloadLength(), StandardCharsets.UTF_8).split("\t", 2);
                    if (lines.kind() == 'H' && urlAndBody.length == 2
                            && isListing(urlAndBody[0], source.venue().category())) {
                        metadata.putIfAbsent(URI.create(urlAndBody[0]).getPath(),
                                urlAndBody[1].getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
            return this;
        }

        /** Lists so many symbols that nothing is traded of, to make long lists. */
        public Builder fillerListings(int count) {
            fillerListings = count;
            return this;
        }

        /**
         * By how many ms the venue's clock is ahead of the true time, in what it answers when it is
         * asked, and in the times of payloads where these are moved at all.
         */
        public Builder clockOffsetMs(long newClockOffsetMs) {
            clockOffsetMs = newClockOffsetMs;
            return this;
        }

        /** What is to happen while it runs. */
        public Builder script(VenueScript newScript) {
            script = newScript;
            return this;
        }

        /**
         * Listens, and reads ahead.
         *
         * @throws IOException if a port is in use, or the send log cannot be made
         */
        public VenueServer open() throws IOException {
            return new VenueServer(this);
        }

        private static boolean isListing(String url, String category) {
            return url.contains("/exchangeInfo") || (url.contains("/instruments-info")
                    && url.contains("category=" + category));
        }
    }

    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final @Nullable SendLog sendLog;
    private final @Nullable UnsentTrades unsentTrades;
    private final Exchange exchange;
    private final Channel channel;
    private final @Nullable Channel tlsChannel;
    private volatile @Nullable SslContext tls;
    private final AtomicBoolean closed = new AtomicBoolean();

    private VenueServer(Builder builder) throws IOException {
        Path sendLogFile = builder.sendLog;
        this.sendLog = sendLogFile == null
                ? null
                : new SendLog(sendLogFile, builder.sendLogBytes,
                        new MarketStreams(builder.source.venue(), builder.source.streams()).all());
        this.unsentTrades = builder.tellUnsentTrades ? new UnsentTrades() : null;
        this.group = new MultiThreadIoEventLoopGroup(1,
                new DefaultThreadFactory("venue-" + builder.source.venue().label(), true),
                NioIoHandler.newFactory());
        this.loop = (EventLoop) group.next();
        boolean opened = false;
        try {
            this.exchange = onLoop(() -> new Exchange(builder.source, builder.play, builder.limits,
                    builder.faults, builder.faultLog, Map.copyOf(builder.metadata),
                    builder.fillerListings, builder.clockOffsetMs, builder.script, sendLog,
                    unsentTrades, loop));
            this.tls = builder.certificate == null ? null : sslContext(builder.certificate);
            this.channel = listen(builder.port, false);
            this.tlsChannel = tls == null ? null : listen(builder.tlsPort, true);
            long heartbeatNs = builder.play.clock()
                    .machineNs(TimeUnit.MILLISECONDS.toNanos(heartbeatMs(builder.limits)));
            var _ = loop.scheduleAtFixedRate(exchange::onHeartbeat, heartbeatNs, heartbeatNs,
                    TimeUnit.NANOSECONDS);
            onLoop(() -> {
                exchange.player().open();
                return true;
            });
            opened = true;
        } finally {
            if (!opened) {
                stop(0, FAREWELL_MS);
            }
        }
    }

    public static Builder builder(FrameSource source) {
        return new Builder(source);
    }

    public int port() {
        return portOf(channel);
    }

    /** The port of TLS, or 0. */
    public int tlsPort() {
        return tlsChannel == null ? 0 : portOf(tlsChannel);
    }

    /**
     * Shows who connects from now on another certificate.
     *
     * @throws IOException if it cannot be used
     */
    public void showCertificate(TestAuthority.Issued certificate) throws IOException {
        tls = sslContext(certificate);
    }

    /** URI of a WebSocket by path and query. */
    public URI wsUri(String pathAndQuery) {
        return URI.create("ws://127.0.0.1:" + port() + pathAndQuery);
    }

    /** URI of a REST request by path and query. */
    public URI httpUri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port() + pathAndQuery);
    }

    /**
     * Done when the last frame has been played, with or without its last bytes being read; fails if
     * the source failed. Dependents run on the event loop: they must not wait for anything.
     */
    public CompletableFuture<@Nullable Void> end() {
        return exchange.player().end().copy();
    }

    public ServedCounts counts() {
        return onLoop(exchange::counts);
    }

    /** By how much the times in payloads are moved, in ms; 0 before the first frame is played. */
    public long timeShiftMs() {
        return onLoop(() -> exchange.player().shiftMs());
    }

    /** How much of event time has been played, from the first frame to the last one so far. */
    public Duration playedTime() {
        return onLoop(() -> Duration.ofNanos(exchange.player().playedNs()));
    }

    /**
     * The trades played so far that no connection was sent whole, by symbol and in the order of
     * play. What was sent may still be lost with a connection that is reset.
     *
     * @throws IllegalStateException if the server was not built to tell
     */
    public List<UnsentTrade> unsentTrades() {
        UnsentTrades unsent = unsentTrades;
        if (unsent == null) {
            throw new IllegalStateException("the server was not built to tell");
        }
        return onLoop(unsent::all);
    }

    /** What must still be subscribed before the play starts; empty if nothing. */
    public List<String> missingStreams() {
        return onLoop(() -> exchange.player().isStarted()
                ? List.of()
                : exchange.player().missingStreams());
    }

    /** Other rates and another seed from now on, for all connections. */
    public void setFaults(LineFaults faults) {
        run(() -> exchange.setFaults(faults));
    }

    /**
     * Does something now, as a line of a {@link VenueScript} without its time tells it, e.g.
     * {@code next corrupt-level btcusdt@depth*}.
     *
     * @throws IllegalArgumentException if it cannot be read
     * @throws IllegalStateException if it cannot be done, e.g. to a symbol that there is not
     */
    public void order(String words) {
        Order order = Order.parse(words);
        run(() -> order.give(exchange));
    }

    /** Does this to all connections now; what befalls frames befalls one of garbage. */
    public void strikeAll(LineFault fault) {
        run(() -> exchange.strike(fault, "all"));
    }

    /** Does this to one connection now. @return whether it was there */
    public boolean strike(int connectionNumber, LineFault fault) {
        return onLoop(() -> {
            boolean there = exchange.connections().stream()
                    .anyMatch(connection -> connection.number() == connectionNumber);
            exchange.strike(fault, Integer.toString(connectionNumber));
            return there;
        });
    }

    /** Refuses the next handshakes with an HTTP status, without Retry-After. */
    public void refuseHandshakes(int status, int count) {
        refuseHandshakes(status, count, 0);
    }

    /** Refuses the next handshakes with an HTTP status and a Retry-After; 0 is none. */
    public void refuseHandshakes(int status, int count, int retryAfterSeconds) {
        run(() -> exchange.refuseHandshakes(new Refusal(status, retryAfterSeconds), count));
    }

    /** Refuses subscriptions to these streams from now on; a star stands for any letters. */
    public void nack(String... patterns) {
        run(() -> exchange.nacked().replace(patterns(patterns), Befalling.ALWAYS));
    }

    /**
     * Acknowledges subscriptions to these streams from now on, and never delivers; a star stands for
     * any letters.
     */
    public void silence(String... patterns) {
        run(() -> exchange.muted().replace(patterns(patterns), Befalling.ALWAYS));
    }

    /** Says good-bye to all clients, and stops. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        run(() -> exchange.closeAll(GOING_AWAY, ""));
        var _ = channel.close().syncUninterruptibly();
        Channel tls = tlsChannel;
        if (tls != null) {
            var _ = tls.close().syncUninterruptibly();
        }
        try {
            exchange.player().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        stop(FAREWELL_MS, 10 * FAREWELL_MS);
    }

    private static List<NamePattern> patterns(String... patterns) {
        return List.of(patterns).stream().map(NamePattern::new).toList();
    }

    private void stop(long quietMs, long mostMs) {
        var stopped = group.shutdownGracefully(quietMs, 2 * quietMs, TimeUnit.MILLISECONDS);
        SendLog log = sendLog;
        // Unmapped only where nobody writes to it any more.
        if (stopped.awaitUninterruptibly(mostMs) && log != null) {
            log.close();
        }
    }

    private static long heartbeatMs(VenueLimits limits) {
        long ms = MOST_HEARTBEAT_MS;
        for (long interval : new long[]{limits.pingMs(), limits.pongMs(), limits.silenceMs(),
                limits.lifetimeMs()}) {
            ms = interval > 0 ? Math.min(ms, Math.max(1, interval / 4)) : ms;
        }
        return ms;
    }

    private static SslContext sslContext(TestAuthority.Issued certificate) throws IOException {
        return SslContextBuilder
                .forServer(certificate.key(),
                        certificate.chain().toArray(X509Certificate[]::new))
                .sslProvider(SslProvider.JDK).build();
    }

    private Channel listen(int port, boolean isTls) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap().group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(LOW_WATER, HIGH_WATER))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel child) {
                        SslContext shown = tls;
                        if (isTls && shown != null) {
                            child.pipeline().addLast(shown.newHandler(child.alloc()));
                        }
                        // A URL may name a thousand streams.
                        child.pipeline()
                                .addLast(new HttpServerCodec(LONGEST_REQUEST, LONGEST_REQUEST,
                                        LONGEST_REQUEST))
                                .addLast(new HttpObjectAggregator(LONGEST_REQUEST))
                                .addLast(new HttpDoor(exchange));
                    }
                });
        var bound = bootstrap.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        Throwable cause = bound.cause();
        if (cause != null) {
            throw new IOException("cannot listen on 127.0.0.1:" + port + ": " + cause.getMessage(),
                    cause);
        }
        return bound.channel();
    }

    private static int portOf(Channel listening) {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    private void run(Runnable task) {
        onLoop(() -> {
            task.run();
            return true;
        });
    }

    private <T> T onLoop(Callable<T> task) {
        try {
            return loop.inEventLoop() ? task.call() : loop.submit(task).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
