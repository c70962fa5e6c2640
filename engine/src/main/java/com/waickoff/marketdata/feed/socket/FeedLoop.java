package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.ErrorLog;
import com.waickoff.marketdata.status.FeedStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

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
    /** Time between two ticks. */
    public static final long TICK_NS = FeedClock.PERIOD_NS;

    /**
     * A loop without feeds.
     *
     * @param clock of {@code sink}, which the feeds share
     * @param receiveClock ns since the epoch; never runs backwards
     * @param random for back-off, masks and handshake keys
     * @param onTick hears the receive time of each tick, after its events were handled
     * @param onFailure hears, once, of what ended the loop before it was stopped
     * @throws IOException if the certificates to trust cannot be read
     */
    public FeedLoop(EventSink sink, FeedClock clock, LongSupplier receiveClock,
            LoopSettings settings, RandomGenerator random, LongConsumer onTick,
            Consumer<Throwable> onFailure) throws IOException {}

    /**
     * Adds a feed; before {@link #start}.
     *
     * @param protocol makes the feed's protocol, which asks what it wants of the transport it is
     *     given
     */
    public void add(FeedSettings settings, FeedStatus status, CounterBlock counters,
            ErrorLog errors, Function<VenueTransport, VenueProtocol> protocol) {}

    /** Begins to connect every feed. */
    public void start() {}

    /**
     * Ends every feed: each is told that the engine stops, what that leads to is handled, venues are
     * told good-bye, sockets closed. When this returns the loop's thread has ended and what it wrote
     * can be seen.
     *
     * @param patience how long that may take; the thread is left behind otherwise
     * @return whether the thread has ended
     */
    public boolean stop(Duration patience) {
        return true;
    }

    /** Stops with some seconds of patience. */
    @Override
    public void close() {}
}
