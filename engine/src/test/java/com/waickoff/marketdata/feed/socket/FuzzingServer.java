package com.waickoff.marketdata.feed.socket;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Autobahn's fuzzing server as a process of its own: Python, run by Jython on the JVM of this test.
 * It listens on loopback only, though the suite itself knows no such setting.
 */
final class FuzzingServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SPECIFICATION = """
            {"url": "%s", "outdir": "%s", "webport": 0, "options": {"failByDrop": false},
             "cases": ["*"], "exclude-cases": [%s], "exclude-agent-cases": {}}
            """;
    private static final String PROGRAM = """
            import sys
            sys.path.insert(0, sys.argv[1])
            sys.argv = ['wstest', '-m', 'fuzzingserver', '-s', sys.argv[2]]
            from autobahntestsuite import choosereactor
            from twisted.internet import reactor
            listen = reactor.listenTCP
            reactor.listenTCP = lambda port, factory, backlog=50, interface='': \\
                listen(port, factory, backlog, '127.0.0.1')
            from autobahntestsuite import wstest
            wstest.run()
            """;

    private final Process process;
    private final URI uri;

    /**
     * Starts it, and waits until it listens.
     *
     * @param suite the suite's sources
     * @param jython its interpreter
     * @param directory for its report and its log
     * @param excluded cases that are left out, as the suite wants them to be written
     */
    FuzzingServer(Path suite, Path jython, Path directory, List<String> excluded)
            throws IOException {
        Files.createDirectories(directory);
        int port = freePort();
        this.uri = URI.create("ws://127.0.0.1:" + port);
        Path specification = Files.writeString(directory.resolve("specification.json"),
                SPECIFICATION.formatted(uri, directory.resolve("report"), String.join(", ",
                        excluded.stream().map(cases -> '"' + cases + '"').toList())));
        Path program = Files.writeString(directory.resolve("server.py"), PROGRAM);
        Path log = directory.resolve("server.log");
        this.process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-cp", jython + File.pathSeparator + suite, "org.python.util.jython",
                program.toString(), suite.toString(), specification.toString())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
            if (!process.isAlive()) {
                throw new IOException("the fuzzing server has ended: " + Files.readString(log));
            }
            return isListening(port);
        });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    URI uri() {
        return uri;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
