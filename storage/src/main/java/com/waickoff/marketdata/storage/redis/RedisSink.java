package com.waickoff.marketdata.storage.redis;

import com.waickoff.marketdata.storage.drain.EffectSink;
import com.waickoff.marketdata.storage.drain.SinkFencedException;
import com.waickoff.marketdata.storage.drain.SinkUnavailableException;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bus: each effect is one entry of its instrument's stream, under its own id.
 *
 * <p>Confirmed means: the server has executed it. What the server makes durable, and when, is its
 * own business ({@code appendonly}); what it lost in a crash is noticed and written again, as far
 * back as the journal reaches.
 *
 * <p>Threads: as {@link EffectSink} says; {@link #figures()} from any.
 */
public final class RedisSink implements EffectSink {
    private static final String NAME = "redis";

    private final ServerHost host;
    private final RedisErrors errors;
    private final RedisConnections connections;
    private final StreamWriter streams;
    private final DrainPlace place;
    private final LatestCache cache;
    private volatile @Nullable RedisChannel channel;
    private volatile boolean closed;
    private volatile RedisSinkFigures figures = new RedisSinkFigures(0, 0, 0, 0, 0);
    private long opened;
    private long failures;

    /** A call to the server. */
    private interface Attempt<T> {
        T run() throws SinkUnavailableException, SinkFencedException;
    }

    /** Whoever runs the server, if that is this process: is asked to before each connection. */
    @FunctionalInterface
    public interface ServerHost {
        /** A server that others run. */
        ServerHost NOBODY = () -> {};

        /**
         * Sees to it that the server is there.
         *
         * @throws IOException if it does not come up; the message says why
         */
        void ensureRunning() throws IOException;
    }

    /**
     * A sink that is not connected yet, of a server that others run.
     *
     * @param nanoClock as {@link System#nanoTime()}
     */
    public RedisSink(RedisSettings settings, LongSupplier nanoClock) {
        this(settings, nanoClock, ServerHost.NOBODY);
    }

    /**
     * A sink that is not connected yet.
     *
     * @param nanoClock as {@link System#nanoTime()}
     * @param host called by the lane's thread
     */
    public RedisSink(RedisSettings settings, LongSupplier nanoClock, ServerHost host) {
        this.host = host;
        errors = new RedisErrors(settings);
        RedisKeys keys = new RedisKeys(settings.prefix());
        connections = new RedisConnections(settings, errors);
        streams = new StreamWriter(keys, settings, errors);
        place = new DrainPlace(keys, streams, connections.clientNamePrefix(), errors);
        cache = new LatestCache(connections, keys, settings.latestExpiry(), nanoClock);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public EffectId resumeAfter(long journalId, long epoch)
            throws SinkUnavailableException, SinkFencedException {
        disconnect();
        // Taking the place ends all connections of drains, this one's too.
        cache.close();
        return guarded(() -> place.take(connect(), journalId, epoch));
    }

    @Override
    public void write(List<Effect> batch) throws SinkUnavailableException, SinkFencedException {
        List<BusEvent> events = new ArrayList<>(batch.size());
        for (Effect effect : batch) {
            events.add(BusEvents.of(effect));
        }
        guarded(() -> {
            streams.write(connected(), events);
            return NAME;
        });
        cache.show(batch);
        noteFigures();
    }

    @Override
    public void cursor(long sequence) throws SinkUnavailableException, SinkFencedException {
        guarded(() -> {
            place.note(connected(), sequence);
            return NAME;
        });
    }

    @Override
    public void clear(long journalId, long epoch)
            throws SinkUnavailableException, SinkFencedException {
        disconnect();
        guarded(() -> {
            place.clear(connect(), journalId, epoch);
            return NAME;
        });
    }

    /** What it did so far. */
    public RedisSinkFigures figures() {
        return figures;
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
        cache.close();
        connections.close();
    }

    /** A connection on which something went wrong is not used again. */
    private <T> T guarded(Attempt<T> attempt) throws SinkUnavailableException, SinkFencedException {
        boolean done = false;
        try {
            T result = attempt.run();
            done = true;
            return result;
        } catch (RedisException e) {
            // The client refuses a command that it cannot send.
            throw errors.unavailable(e);
        } finally {
            if (!done) {
                failures++;
                disconnect();
            }
            noteFigures();
        }
    }

    private RedisChannel connected() throws SinkUnavailableException {
        RedisChannel open = channel;
        if (open == null) {
            throw errors.unavailable("not connected");
        }
        return open;
    }

    private RedisChannel connect() throws SinkUnavailableException {
        if (closed) {
            throw errors.unavailable("closed");
        }
        try {
            host.ensureRunning();
        } catch (IOException e) {
            throw errors.unavailable(String.valueOf(e.getMessage()));
        }
        RedisChannel open = connections.open("writer");
        channel = open;
        opened++;
        if (closed) {
            disconnect();
        }
        ServerCheck.check(open, errors);
        return open;
    }

    private void disconnect() {
        RedisChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    private void noteFigures() {
        figures = new RedisSinkFigures(streams.written(), streams.skipped(), opened, failures,
                cache.failures());
    }
}
