package com.waickoff.marketdata.storage.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis that the drain hosts: on loopback only, with a password of its own, and gone when the
 * drain is. Its data stay, and the next one goes on with them.
 *
 * <pre>
 *  directory (0700)
 *  +-- password           0600: generated once, kept
 *  +-- port               the port, kept as long as it is free
 *  +-- redis.conf         0600: written anew at each start
 *  +-- redis.pid          of the server while it runs
 *  +-- server.log
 *  +-- appendonly.aof     the data; synced each second
 *  +-- redis-server-…     the server, unpacked
 * </pre>
 *
 * <p>It needs {@code /bin/sh} and, on Linux x86-64, libssl 3.
 *
 * <p>Threads: any.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral(HOST);
    private static final Duration MOMENT = Duration.ofMillis(50);
    /** Moments until a server must be ready: long, because it reads all its data first. */
    private static final int MOMENTS_MAX = 2_400;
    private static final int ANSWER_TIMEOUT_MS = 5_000;

    private final Path directory;
    private final EmbeddedRedisSettings settings;
    private final String password;
    private final Path executable;
    private int port;
    private volatile Supervised server;
    private boolean closed;

    private EmbeddedRedis(Path directory, EmbeddedRedisSettings settings) throws IOException {
        this.directory = directory.toAbsolutePath().normalize();
        this.settings = settings;
        OwnerFiles.directory(this.directory);
        password = OwnerFiles.secret(passwordFile());
        Supervised.endFormer(this.directory.resolve("redis.pid"), configuration().toString());
        executable = executable();
        port = choosePort();
        server = launch();
    }

    /**
     * Starts a server, or starts it again on what a former one left. One that is still running there
     * is ended first.
     *
     * @param directory of this server alone; made if it is not there
     * @throws IOException if it does not come up; the message says why
     */
    public static EmbeddedRedis start(Path directory, EmbeddedRedisSettings settings)
            throws IOException {
        return new EmbeddedRedis(directory, settings);
    }

    /** {@code redis://127.0.0.1:port}. */
    public String uri() {
        return "redis://" + HOST + ':' + port;
    }

    /** Where the password of the server's default user is. */
    public Path passwordFile() {
        return directory.resolve("password");
    }

    /** Whether the process is there. */
    public boolean isRunning() {
        return server.isRunning();
    }

    /**
     * Starts the server again if it has ended, under the same address.
     *
     * @throws IOException as {@link #start}
     */
    public synchronized void ensureRunning() throws IOException {
        if (closed) {
            throw new IOException("the embedded Redis is closed");
        }
        if (!server.isRunning()) {
            server = launch();
        }
    }

    /** Ends the server; it writes what it has first. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        server.stop();
    }

    private Path configuration() {
        return directory.resolve("redis.conf");
    }

    private Path executable() throws IOException {
        Path named = settings.executable();
        return named != null ? named
                : ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
    }

    private int choosePort() throws IOException {
        if (settings.port() != 0) {
            return settings.port();
        }
        Path file = directory.resolve("port");
        if (Files.exists(file)) {
            String former = Files.readString(file).strip();
            if (former.matches("[0-9]{1,5}") && isFree(Integer.parseInt(former))) {
                return Integer.parseInt(former);
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, port));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private Supervised launch() throws IOException {
        OwnerFiles.write(directory.resolve("port"), port + "\n");
        OwnerFiles.write(configuration(), """
                bind %s
                port %d
                requirepass %s
                dir %s
                pidfile %s
                set-proc-title no
                daemonize no
                save ""
                appendonly yes
                appendfsync everysec
                maxmemory %d
                maxmemory-policy noeviction
                loglevel warning
                """.formatted(HOST, port, password, quoted(directory),
                quoted(directory.resolve("redis.pid")), settings.maxMemoryBytes()));
        Path log = directory.resolve("server.log");
        long logged = Files.exists(log) ? Files.size(log) : 0;
        Supervised started = Supervised.start(
                List.of(executable.toString(), configuration().toString()), log.toFile());
        boolean isReady = false;
        try {
            isReady = awaitReady(started);
            if (!isReady) {
                throw new IOException("the embedded Redis did not come up: "
                        + lastLine(log, logged) + "; name a server by redis.uri, or see " + log);
            }
            return started;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the embedded Redis started", e);
        } finally {
            if (!isReady) {
                started.stop();
            }
        }
    }

    private boolean awaitReady(Supervised started) throws InterruptedException {
        for (int i = 0; i < MOMENTS_MAX; i++) {
            if (isReady()) {
                return true;
            }
            if (started.hasEndedWithin(MOMENT)) {
                return false;
            }
        }
        return false;
    }

    /** Whether it lets us in and has read its data. */
    private boolean isReady() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), ANSWER_TIMEOUT_MS);
            socket.setSoTimeout(ANSWER_TIMEOUT_MS);
            socket.getOutputStream().write(("AUTH " + password + "\r\nPING\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            BufferedReader answers = new BufferedReader(new InputStreamReader(
                    socket.getInputStream(), StandardCharsets.US_ASCII));
            return "+OK".equals(answers.readLine()) && "+PONG".equals(answers.readLine());
        } catch (IOException e) {
            return false;
        }
    }

    private static String lastLine(Path log, long from) throws IOException {
        String text = Files.exists(log)
                ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
        List<String> lines = text.substring((int) Math.min(from, text.length())).lines()
                .filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "it said nothing" : lines.getLast().strip();
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
