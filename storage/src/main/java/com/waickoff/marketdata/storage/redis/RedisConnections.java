package com.waickoff.marketdata.storage.redis;

import com.waickoff.marketdata.storage.drain.SinkUnavailableException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens connections, one for each role, and none by itself: the client neither reconnects nor keeps
 * commands for later, because a command sent again is an effect twice, and commands sent again in
 * another order are entries refused.
 *
 * <p>Threads: any.
 */
final class RedisConnections implements AutoCloseable {
    /** Commands that a transaction needs beside its entries. */
    private static final int COMMANDS_PER_ENTRY_MAX = 4;
    private static final int SPARE_COMMANDS = 4_096;
    /** Lettuce wants two threads of each kind at least; two connections need no more. */
    private static final int THREADS = 2;
    private static final Duration LAST_WAIT = Duration.ofSeconds(1);

    private final RedisSettings settings;
    private final RedisErrors errors;
    private final ClientResources resources;
    private final RedisClient client;

    RedisConnections(RedisSettings settings, RedisErrors errors) {
        this.settings = settings;
        this.errors = errors;
        resources = DefaultClientResources.builder().ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS).build();
        client = RedisClient.create(resources);
        client.setOptions(options(settings));
    }

    private static ClientOptions options(RedisSettings settings) {
        ClientOptions.Builder options = ClientOptions.builder().autoReconnect(false)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(
                        COMMANDS_PER_ENTRY_MAX * settings.windowEntries() + SPARE_COMMANDS)
                .socketOptions(SocketOptions.builder().connectTimeout(settings.timeout())
                        .keepAlive(true).tcpNoDelay(true).build());
        RedisTls tls = settings.tls();
        if (tls != null) {
            SslOptions.Builder ssl = SslOptions.builder().jdkSslProvider()
                    .handshakeTimeout(settings.timeout());
            if (tls.caFile() != null) {
                ssl.trustManager(tls.caFile().toFile());
            }
            if (tls.certificateFile() != null && tls.keyFile() != null) {
                ssl.keyManager(tls.certificateFile().toFile(), tls.keyFile().toFile(),
                        new char[0]);
            }
            options.sslOptions(ssl.build());
        }
        return options.build();
    }

    /**
     * Opens a connection.
     *
     * @param role in lower case, such as {@code writer}: part of the connection's name at the server
     * @throws SinkUnavailableException if there is none within the timeout
     */
    RedisChannel open(String role) throws SinkUnavailableException {
        CompletableFuture<StatefulRedisConnection<String, String>> connecting;
        try {
            connecting = client.connectAsync(StringCodec.UTF8, uri(role)).toCompletableFuture();
        } catch (UncheckedIOException e) {
            throw errors.unavailable(String.valueOf(e.getMessage()));
        }
        try {
            // Twice: the socket's, then the handshake's.
            return new RedisChannel(
                    connecting.get(2 * settings.timeout().toMillis(), TimeUnit.MILLISECONDS),
                    settings.timeout(), errors);
        } catch (ExecutionException e) {
            throw errors.unavailable(e);
        } catch (CancellationException e) {
            throw errors.unavailable("closed");
        } catch (TimeoutException e) {
            CompletableFuture<Void> ignored = connecting
                    .thenCompose(StatefulRedisConnection::closeAsync);
            throw errors.silent(settings.timeout().multipliedBy(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw errors.interrupted();
        }
    }

    /** Name of a role's connections at the server: those of other drains of the same keys too. */
    String clientName(String role) {
        return clientNamePrefix() + role;
    }

    /** What all names of {@link #clientName} begin with. */
    String clientNamePrefix() {
        return settings.prefix() + "/" + settings.database() + "/drain-";
    }

    private RedisURI uri(String role) {
        RedisURI.Builder uri = RedisURI.builder().withHost(settings.host())
                .withPort(settings.port()).withDatabase(settings.database())
                .withTimeout(settings.timeout()).withClientName(clientName(role));
        if (settings.tls() != null) {
            uri.withSsl(true).withVerifyPeer(SslVerifyMode.FULL);
        }
        String password = settings.login().password();
        if (!password.isEmpty()) {
            String username = settings.login().username();
            RedisCredentials credentials = RedisCredentials
                    .just(username.isEmpty() ? null : username, password.toCharArray());
            uri.withAuthentication(RedisCredentialsProvider.from(() -> credentials));
        }
        return uri.build();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, LAST_WAIT);
        Future<Boolean> ignored = resources.shutdown(0, LAST_WAIT.toMillis(),
                TimeUnit.MILLISECONDS);
    }
}
