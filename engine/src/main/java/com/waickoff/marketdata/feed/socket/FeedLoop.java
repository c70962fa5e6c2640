package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.ErrorLog;
import com.waickoff.marketdata.status.FeedStatus;
import com.waickoff.marketdata.status.Latency;
import com.waickoff.marketdata.status.LatencyRecorder;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that carries every feed: its WebSocket, its REST answers, its timers.
 *
 * <pre>
 *   new FeedLoop(…)  add(…)  add(…)  start()  …  stop(patience)
 * </pre>
 *
 * <p>Every read of a socket ends with {@link EventSink#endOfRead()}, and so does the tick that comes
 * every 100 ms: it moves the {@link FeedClock}, tells every protocol the time, and then the owner of
 * the loop. A feed that fails tries again for ever; only a sink or a protocol that throws ends the
 * loop, because what they would go on with cannot be trusted.
 *
 * <p>Threads: made, started and stopped by any thread, not the loop's own. All that it calls back is
 * called on the loop's thread, with counters and status handed over to it by {@link #start}.
 */
public final class FeedLoop implements AutoCloseable {
    private static final String THREAD = "waickoff-feed";
    private static final long FAREWELL_MS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final EventSink sink;
    private final FeedClock clock;
    private final LongSupplier receiveClock;
    private final LongConsumer onTick;
    private final Consumer<Throwable> onFailure;
    private final Map<String, ProxySettings> proxies;
    private final long tickNs;
    private final Tls tls;
    private final Names names = new Names();
    private final LoopThread threads = new LoopThread();
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final Map<Latency, LatencyRecorder> recorders = new EnumMap<>(Latency.class);
    private final LoopServices services;
    private final List<LiveFeed> feeds = new ArrayList<>();
    private @Nullable Future<?> ticking;
    private long lastTickNs;
    private boolean isOver;

    /**
     * A loop without feeds.
     *
     * @param clock of {@code sink}, which the feeds share
     * @param receiveClock ns since the epoch; never runs backwards
     * @param random for back-off, masks and handshake keys
     * @param onTick hears the receive time of each tick, after its events were handled
     * @param onFailure hears, once, of what ended the loop before it was stopped
     * @throws IOException if the certificates to trust cannot be read, or the kind of sockets that
     *     is wanted is not there
     */
    public FeedLoop(EventSink sink, FeedClock clock, LongSupplier receiveClock,
            LoopSettings settings, RandomGenerator random, LongConsumer onTick,
            Consumer<Throwable> onFailure) throws IOException {
        this.sink = sink;
        this.clock = clock;
        this.receiveClock = receiveClock;
        this.onTick = onTick;
        this.onFailure = onFailure;
        this.proxies = settings.proxies();
        this.tickNs = settings.tickNs();
        this.tls = new Tls(settings.tls());
        Sockets sockets = Sockets.of(settings.sockets());
        this.group = new MultiThreadIoEventLoopGroup(1, threads, sockets.handler());
        this.loop = group.next();
        ByteBufAllocator allocator = new PooledByteBufAllocator(true);
        this.services = new LoopServices(loop,
                new Dialer(loop, sockets.channel(), allocator, names, tls), allocator, sink,
                receiveClock, random, recorders, this::fail);
    }

    /**
     * Adds a feed; before {@link #start}.
     *
     * @param protocol makes the feed's protocol, which asks what it wants of the transport it is
     *     given
     */
    public void add(FeedSettings settings, FeedStatus status, CounterBlock counters,
            ErrorLog errors, Function<VenueTransport, VenueProtocol> protocol) {
        ProxySettings proxy = proxies.get(settings.name());
        feeds.add(new LiveFeed(settings, status, counters, errors,
                services.with(services.dialer().through(proxy)), protocol));
    }

    /**
     * Has a latency recorded; before {@link #start}. Of the catalogue the loop knows {@link
     * Latency#RECEIVE_TO_SNAPSHOT}, which is true where nobody but the loop handles events, {@link
     * Latency#RECONNECT}, {@link Latency#HTTP_ROUND_TRIP} and {@link Latency#HICCUP}.
     */
    public void measure(Latency latency, LatencyRecorder recorder) {
        recorders.put(latency, recorder);
    }

    /** Begins to connect every feed. */
    public void start() {
        feeds.forEach(LiveFeed::handOver);
        recorders.values().forEach(LatencyRecorder::handOver);
        loop.execute(() -> {
            try {
                lastTickNs = receiveClock.getAsLong();
                clock.advance(lastTickNs);
                feeds.forEach(feed -> feed.tick(lastTickNs));
                ticking = loop.scheduleWithFixedDelay(this::tick, tickNs, tickNs,
                        TimeUnit.NANOSECONDS);
            } catch (Throwable cause) {
                fail(cause);
            }
        });
    }

    private void tick() {
        try {
            long nowNs = receiveClock.getAsLong();
            services.record(Latency.HICCUP, nowNs - lastTickNs - tickNs);
            lastTickNs = nowNs;
            clock.advance(nowNs);
            for (int i = 0; i < feeds.size(); i++) {
                feeds.get(i).tick(nowNs);
            }
            sink.endOfRead();
            onTick.accept(nowNs);
        } catch (Throwable cause) {
            fail(cause);
        }
    }

    /** Something failed that must not: nothing behind it can be trusted any more. */
    private void fail(Throwable cause) {
        if (isOver) {
            return;
        }
        end();
        for (LiveFeed feed : feeds) {
            feed.abandon("the engine failed: " + cause);
        }
        try {
            onFailure.accept(cause);
        } finally {
            close(group);
        }
    }

    private void end() {
        isOver = true;
        Future<?> ticks = ticking;
        if (ticks != null) {
            ticks.cancel(false);
        }
    }

    /**
     * Ends every feed: each is told that the engine stops, what that leads to is handled, venues are
     * told good-bye, sockets closed. When this returns the loop's thread has ended and what it wrote
     * can be seen.
     *
     * @param patience how long that may take; the thread is left behind otherwise
     * @return whether the thread has ended
     */
    public boolean stop(Duration patience) {
        try {
            loop.execute(this::stopOnLoop);
        } catch (RejectedExecutionException e) {
            close(group); // it has failed, and ends by itself
        }
        boolean ended = group.terminationFuture().awaitUninterruptibly(patience.toMillis())
                && threads.join(patience);
        names.close();
        if (ended) {
            tls.close();
            feeds.forEach(LiveFeed::handOver);
            recorders.values().forEach(LatencyRecorder::handOver);
        }
        return ended;
    }

    private void stopOnLoop() {
        try {
            if (!isOver) {
                end();
                long nowNs = receiveClock.getAsLong();
                clock.advance(nowNs);
                feeds.forEach(feed -> feed.stop(nowNs));
                sink.endOfRead();
            }
        } catch (Throwable cause) {
            onFailure.accept(cause);
        } finally {
            close(group);
        }
    }

    private static void close(MultiThreadIoEventLoopGroup group) {
        // What was said last still has to leave; then the loop closes what is open.
        var _ = group.shutdownGracefully(FAREWELL_MS, 10 * FAREWELL_MS,
                TimeUnit.MILLISECONDS);
    }

    /** Stops with some seconds of patience. */
    @Override
    public void close() {
        stop(PATIENCE);
    }

    /** Makes the one thread, and waits for its end. */
    private static final class LoopThread extends DefaultThreadFactory {
        private volatile @Nullable Thread thread;

        LoopThread() {
            super(THREAD, true);
        }

        @Override
        protected Thread newThread(Runnable task, String name) {
            Thread made = super.newThread(task, THREAD);
            thread = made;
            return made;
        }

        boolean join(Duration patience) {
            Thread made = thread;
            boolean interrupted = false;
            boolean ended = made == null;
            try {
                ended = made == null || made.join(patience);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return ended;
        }
    }
}
