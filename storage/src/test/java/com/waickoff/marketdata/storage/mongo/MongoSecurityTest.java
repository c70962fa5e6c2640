package com.waickoff.marketdata.storage.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.waickoff.marketdata.storage.StoreSettings;
import com.waickoff.marketdata.storage.TestCertificate;
import com.waickoff.marketdata.storage.TestSetup;
import com.waickoff.marketdata.storage.drain.SinkUnavailableException;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and encrypted connections, from the configuration to what the server sees. */
class MongoSecurityTest {
    private static final String SECRET = "s3cret-that-nobody-sees";
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final String PATIENT = "mongo.deadline-ms=300000";
    private static final long JOURNAL = 1_785_000_000_000_000_000L;

    @TempDir
    private Path directory;

    private MongoSink sink(String... settings) throws Exception {
        StoreSettings stores = StoreSettings.of(TestSetup.in(directory, settings));
        return new MongoSink(stores.mongo(stores.mongoUri()), new Random(3));
    }

    @Test
    void shouldEncryptAndTrustOnlyTheAuthorityThatIsNamed() throws Exception {
        TestCertificate ours = TestCertificate.make(directory, "ours", "ip:127.0.0.1");
        TestCertificate others = TestCertificate.make(directory, "others", "ip:127.0.0.1");
        MongoServer server = new MongoServer(new MemoryBackend());
        server.enableSsl(ours.key(), null, ours.certificate());
        server.bind(new InetSocketAddress(LOOPBACK, 0));
        try {
            String at = ':' + Integer.toString(server.getLocalAddress().getPort());
            String uri = "mongo.uri=mongodb://127.0.0.1" + at + "/?tls=true";
            String trusted = "mongo.ca-file=" + ours.certificateFile();
            String hasty = "mongo.deadline-ms=400";
            try (MongoSink sink = sink(uri, trusted, PATIENT)) {
                // As a lane does: on a busy machine the first connection may take too long.
                Awaitility.await().atMost(MongoUnderTest.PATIENCE).ignoreExceptions()
                        .until(() -> sink.resumeAfter(JOURNAL, 1) != null);
            }
            refuses(sink(uri, hasty));
            refuses(sink(uri, "mongo.ca-file=" + others.certificateFile(), hasty));
            // The right server under a name that its certificate does not have.
            refuses(sink("mongo.uri=mongodb://localhost" + at + "/?tls=true", trusted, hasty));
        } finally {
            server.shutdown();
        }
    }

    /** The server is told who comes; the password is in nothing that is sent or shown. */
    @Test
    void shouldLogInByTheAddressInAFileAndShowNoPassword() throws Exception {
        MongoServer server = new MongoServer(new MemoryBackend());
        server.bind(new InetSocketAddress(LOOPBACK, 0));
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (ServerSocket road = new ServerSocket(0, 5, LOOPBACK)) {
            Thread.ofVirtual().start(() -> hear(road, server.getLocalAddress(), heard));
            Path file = Files.writeString(directory.resolve("uri"), "mongodb://drain:" + SECRET
                    + "@127.0.0.1:" + road.getLocalPort() + "/?authSource=admin\n");
            Throwable failure;
            try (MongoSink sink = sink("mongo.uri-file=" + file, PATIENT)) {
                failure = catchThrowable(() -> sink.resumeAfter(JOURNAL, 1));
            }

            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(failure).isInstanceOf(SinkUnavailableException.class);
            assertThat(trace.toString()).doesNotContain(SECRET);
            assertThat(heard).anyMatch(text -> text.contains("n=drain"))
                    .noneMatch(text -> text.contains(SECRET));
        } finally {
            server.shutdown();
        }
    }

    private static void hear(ServerSocket road, InetSocketAddress to,
            BlockingQueue<String> heard) {
        while (!road.isClosed()) {
            try {
                Socket from = road.accept();
                Socket server = new Socket(to.getAddress(), to.getPort());
                Thread.ofVirtual().start(() -> pass(from, server, heard));
                Thread.ofVirtual().start(() -> pass(server, from, new LinkedBlockingQueue<>()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void pass(Socket from, Socket to, BlockingQueue<String> heard) {
        byte[] buffer = new byte[1 << 14];
        try (from; to) {
            for (int length; (length = from.getInputStream().read(buffer)) > 0;) {
                heard.add(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
                to.getOutputStream().write(buffer, 0, length);
            }
        } catch (IOException closed) {
            // Either side has gone.
            assertThat(closed).hasMessageNotContaining(SECRET);
        }
    }

    private static void refuses(MongoSink refused) {
        try (MongoSink sink = refused) {
            assertThat(catchThrowable(() -> sink.resumeAfter(JOURNAL, 9)))
                    .isInstanceOf(SinkUnavailableException.class);
        }
    }
}
