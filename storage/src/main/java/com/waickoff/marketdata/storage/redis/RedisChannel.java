package com.waickoff.marketdata.storage.redis;

import com.waickoff.marketdata.storage.drain.SinkUnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One connection, whose commands go out together when they are flushed, and whose answers are waited
 * for with a deadline. It is never mended: after a failure it is closed, and with it goes whatever
 * was still to be sent.
 *
 * <p>Threads: one; {@link #close()} from any, once.
 */
final class RedisChannel implements AutoCloseable {
    private final StatefulRedisConnection<String, String> connection;
    private final RedisAsyncCommands<String, String> commands;
    private final Duration timeout;
    private final RedisErrors errors;
    private final List<RedisFuture<?>> expected = new ArrayList<>();

    RedisChannel(StatefulRedisConnection<String, String> connection, Duration timeout,
            RedisErrors errors) {
        this.connection = connection;
        this.timeout = timeout;
        this.errors = errors;
        connection.setAutoFlushCommands(false);
        commands = connection.async();
    }

    /** A command whose answer matters only if it is an error: {@link #flush} then throws it. */
    void expect(RedisFuture<?> command) {
        expected.add(command);
    }

    /** Commands, which wait for {@link #flush}. */
    RedisAsyncCommands<String, String> commands() {
        return commands;
    }

    /**
     * Sends what waits, and waits for the answer to the last of it: answers come in the order of the
     * commands, so then all are there.
     *
     * @throws SinkUnavailableException if the answer did not come in time, the connection ended, or
     *     the answer to an {@link #expect expected} command is an error; one to another command may
     *     be
     */
    void flush(RedisFuture<?> last) throws SinkUnavailableException {
        connection.flushCommands();
        try {
            boolean answered = last.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!answered) {
                throw errors.silent(timeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw errors.interrupted();
        }
        for (RedisFuture<?> command : expected) {
            answer(command);
        }
        expected.clear();
    }

    /**
     * The answer to a command that was flushed before.
     *
     * @throws SinkUnavailableException if it is an error, or there is none
     */
    <T> @Nullable T answer(RedisFuture<T> command) throws SinkUnavailableException {
        try {
            return command.toCompletableFuture().get(0, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException e) {
            throw errors.unavailable(e.getCause() == null ? e : e.getCause());
        } catch (CancellationException e) {
            throw errors.unavailable(e);
        } catch (TimeoutException e) {
            throw errors.silent(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw errors.interrupted();
        }
    }

    /** Sends all that waits, {@code command} last, and returns the answer to it. */
    <T> @Nullable T ask(RedisFuture<T> command) throws SinkUnavailableException {
        flush(command);
        return answer(command);
    }

    /** The server's error to a command that was flushed before; null if it is none. */
    static @Nullable RedisCommandExecutionException errorOf(RedisFuture<?> command) {
        return command.toCompletableFuture().isCompletedExceptionally()
                && command.toCompletableFuture()
                        .exceptionNow() instanceof RedisCommandExecutionException error ? error
                                : null;
    }

    @Override
    public void close() {
        // Nobody waits for its end.
        CompletableFuture<Void> ignored = connection.closeAsync();
    }
}
