package com.waickoff.marketdata.feed.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.CollectingSink;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.venue.serve.TestAuthority;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the loop's thread allocates by the JVM's own count, from the socket to the protocol's door,
 * ticks included. Frames come from a socket of the same process, whose thread is not counted. The
 * least of some rounds counts: what a frame costs, all of them show; what is compiled anew meanwhile
 * costs some KB in one of them, on a busy machine in more.
 */
class SocketAllocationTest {
    private static final int PAYLOAD = 442;
    private static final long WARM_UP = 400_000;
    private static final int ROUNDS = 10;
    private static final long FRAMES = 100_000; // a round
    /** Nothing a frame. */
    private static final double MOST_EPOLL = 0.01;
    /** One small object of the JDK's selector a wake-up, which brings many frames. */
    private static final double MOST_NIO = 24.0 / 64;
    /** One result object of the TLS engine a record. */
    private static final double MOST_TLS = 48;

    @TempDir
    private Path directory;

    private ResourceLeakDetector.Level level;

    @BeforeEach
    void measureAsInProduction() {
        level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void trackAgain() {
        ResourceLeakDetector.setLevel(level);
    }

    /** Many frames a write, and one: the worst that a venue can do. */
    @ParameterizedTest
    @CsvSource({"plain, EPOLL, 64", "plain, EPOLL, 1", "plain, NIO, 64", "tls, EPOLL, 1",
            "tls, EPOLL, 32"})
    void shouldAllocateNothingForAFrame(String line, SocketKind sockets, int framesAWrite)
            throws Exception {
        boolean isTls = line.equals("tls");
        TestAuthority authority = new TestAuthority();
        Path file = directory.resolve("ca.pem");
        authority.write(file);
        CountingProtocol protocol = new CountingProtocol();
        try (Sender sender = new Sender(isTls ? tls(authority) : ServerSocketFactory.getDefault(),
                framesAWrite);
                FeedRig rig = new FeedRig(new LoopSettings(sockets, new TlsSettings(file)), 1,
                        CollectingSink.counting(1 << 10), null)) {
            rig.startRaw(FeedSettings.of("feed", URI.create((isTls ? "wss" : "ws")
                    + "://127.0.0.1:" + sender.port()), URI.create("http://127.0.0.1:1")),
                    transport -> protocol);
            await().atMost(Duration.ofMinutes(2)).until(() -> protocol.frames >= WARM_UP);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = threadId();
            double perFrame = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long frames = protocol.frames;
                long bytes = threads.getThreadAllocatedBytes(thread);
                long cpuNs = threads.getThreadCpuTime(thread);
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> protocol.frames >= frames + FRAMES);
                bytes = threads.getThreadAllocatedBytes(thread) - bytes;
                cpuNs = threads.getThreadCpuTime(thread) - cpuNs;
                long count = protocol.frames - frames;
                System.out.printf("%s, %s, %d frames a write: %.3f bytes and %d ns of CPU a frame"
                        + " of %d bytes, %,d frames%n", line, sockets, framesAWrite,
                        (double) bytes / count, cpuNs / count, PAYLOAD, count);
                perFrame = Math.min(perFrame, (double) bytes / count);
            }
            assertThat(perFrame).isLessThan(
                    isTls ? MOST_TLS : sockets == SocketKind.NIO ? MOST_NIO : MOST_EPOLL);
        }
    }

    private static long threadId() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("waickoff-feed") && thread.isAlive())
                .mapToLong(Thread::threadId).max().orElseThrow();
    }

    private static ServerSocketFactory tls(TestAuthority authority) throws Exception {
        TestAuthority.Issued issued = authority.issue("127.0.0.1");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", issued.key(), new char[0],
                issued.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory
                .getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }

    /** Sends the same frame for ever, as fast as it is taken. */
    private static final class Sender implements AutoCloseable {
        private final ServerSocket listening;
        private final byte[] frames;
        private volatile Socket socket;

        Sender(ServerSocketFactory factory, int framesAWrite) throws IOException {
            listening = factory.createServerSocket(0, 1, InetAddress.getLoopbackAddress());
            byte[] payload = new byte[PAYLOAD];
            Arrays.fill(payload, (byte) 'x');
            byte[] frame = RawServer.frame(0x81, payload);
            frames = new byte[frame.length * framesAWrite];
            for (int i = 0; i < framesAWrite; i++) {
                System.arraycopy(frame, 0, frames, i * frame.length, frame.length);
            }
            Thread.ofPlatform().daemon().name("sender").start(this::send);
        }

        int port() {
            return listening.getLocalPort();
        }

        private void send() {
            try (Socket accepted = listening.accept()) {
                socket = accepted;
                RawServer.upgrade(accepted);
                OutputStream out = accepted.getOutputStream();
                while (!listening.isClosed()) {
                    out.write(frames);
                }
            } catch (IOException e) {
                socket = null; // the client has gone, which is how it ends
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
            Socket open = socket;
            if (open != null) {
                open.close();
            }
        }
    }

    /** Counts frames and forgets them. */
    private static final class CountingProtocol implements VenueProtocol {
        private volatile long frames;
        private long own;

        @Override
        public Venue venue() {
            return Venue.BYBIT_LINEAR;
        }

        @Override
        public String streamPath(int line) {
            return "/";
        }

        @Override
        public void onConnect(int link, long epoch, long receiveTimeNs) {}

        @Override
        public void onFrame(int link, long address, int length, long receiveTimeNs) {
            own++;
            if ((own & 0xff) == 0) {
                frames = own;
            }
        }

        @Override
        public void onHttp(String url, long bodyAddress, int bodyLength, long receiveTimeNs) {}

        @Override
        public void onHttpFailure(String url, int status, long receiveTimeNs) {}

        @Override
        public long dataTimeNs(int link) {
            return 0;
        }

        @Override
        public void onTime(long receiveTimeNs) {}

        @Override
        public void onDisconnect(int link, Reason reason, long receiveTimeNs) {}
    }
}
