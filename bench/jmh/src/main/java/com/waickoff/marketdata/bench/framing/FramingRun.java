package com.waickoff.marketdata.bench.framing;

import com.sun.management.ThreadMXBean;
import com.waickoff.marketdata.feed.socket.LoopSettings;
import com.waickoff.marketdata.feed.socket.SocketKind;
import com.waickoff.marketdata.feed.socket.TlsSettings;
import com.waickoff.venue.serve.TestAuthority;
import io.netty.channel.uring.IoUring;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * What a frame of 442 bytes costs the thread that reads it, before anybody decodes it: CPU time and
 * bytes allocated, by the JVM's own counts, kernel included. The clients take turns, in rounds, with
 * a new connection each, to a sender that never waits; medians of the rounds.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/engine.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.framing.FramingRun [ROUNDS] [FRAMES]
 * </pre>
 */
public final class FramingRun {
    private static final int DEFAULT_ROUNDS = 5;
    private static final long DEFAULT_FRAMES = 2_000_000;
    private static final int FRAMES_A_WRITE = 32;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<Row> rows = new ArrayList<>();
    private final long frames;

    /** Makes a client of a kind. */
    @FunctionalInterface
    private interface Maker {
        FrameClient make() throws IOException;
    }

    /** A kind of client, and what was measured of it. */
    private record Row(String name, Maker client, ServerSocketFactory sockets, int framesAWrite,
            List<Double> cpuNs, List<Double> bytes) {}

    private FramingRun(long frames, Path caFile) throws IOException, GeneralSecurityException {
        this.frames = frames;
        TestAuthority authority = new TestAuthority();
        authority.write(caFile);
        ServerSocketFactory plain = ServerSocketFactory.getDefault();
        ServerSocketFactory tls = tls(authority);
        LoopSettings trusting = new LoopSettings(SocketKind.AUTO, new TlsSettings(caFile));
        add("raw TCP read, blocking", TcpClient::new, plain, FRAMES_A_WRITE);
        add("engine's loop, epoll", () -> loop(SocketKind.EPOLL), plain, FRAMES_A_WRITE);
        if (IoUring.isAvailable()) {
            add("engine's loop, io_uring", () -> loop(SocketKind.IO_URING), plain,
                    FRAMES_A_WRITE);
        }
        add("engine's loop, NIO", () -> loop(SocketKind.NIO), plain, FRAMES_A_WRITE);
        add("Netty's pipeline, no UTF-8 check", () -> new NettyClient(false), plain,
                FRAMES_A_WRITE);
        add("Netty's pipeline", () -> new NettyClient(true), plain, FRAMES_A_WRITE);
        add("engine's loop, TLS, 32 frames a record", () -> new LoopClient(trusting, true), tls,
                FRAMES_A_WRITE);
        add("engine's loop, TLS, a frame a record", () -> new LoopClient(trusting, true), tls, 1);
    }

    /** Runs the rounds and prints the medians. */
    public static void main(String[] args)
            throws IOException, GeneralSecurityException, InterruptedException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_ROUNDS;
        long frames = args.length > 1 ? Long.parseLong(args[1]) : DEFAULT_FRAMES;
        Path caFile = Files.createTempFile("framing", ".pem");
        try {
            FramingRun run = new FramingRun(frames, caFile);
            for (int round = 0; round <= rounds; round++) { // the first one warms up
                run.round(round > 0);
            }
            run.print();
        } finally {
            Files.delete(caFile);
        }
    }

    private static FrameClient loop(SocketKind sockets) throws IOException {
        return new LoopClient(new LoopSettings(sockets, TlsSettings.SYSTEM), false);
    }

    private void add(String name, Maker client, ServerSocketFactory sockets, int framesAWrite) {
        rows.add(new Row(name, client, sockets, framesAWrite, new ArrayList<>(),
                new ArrayList<>()));
    }

    private void round(boolean isCounted) throws IOException, InterruptedException {
        for (Row row : rows) {
            try (FrameSender sender = new FrameSender(row.sockets, row.framesAWrite);
                    FrameClient client = row.client.make()) {
                client.connect(sender.port());
                await(client, frames / 4);
                long id = client.thread().threadId();
                long count = client.frames();
                long cpuNs = threads.getThreadCpuTime(id);
                long bytes = threads.getThreadAllocatedBytes(id);
                await(client, count + frames);
                bytes = threads.getThreadAllocatedBytes(id) - bytes;
                cpuNs = threads.getThreadCpuTime(id) - cpuNs;
                count = client.frames() - count;
                if (isCounted) {
                    row.cpuNs.add((double) cpuNs / count);
                    row.bytes.add((double) bytes / count);
                }
            }
        }
    }

    private static void await(FrameClient client, long count) throws InterruptedException {
        while (client.frames() < count) {
            Thread.sleep(1);
        }
    }

    private void print() {
        double floor = median(rows.getFirst().cpuNs);
        System.out.printf(Locale.ROOT, "%-40s %12s %14s %14s%n", "frames of 442 bytes",
                "CPU ns", "of the floor", "bytes");
        for (Row row : rows) {
            double cpuNs = median(row.cpuNs);
            System.out.printf(Locale.ROOT, "%-40s %12.0f %14.2f %14.3f%n", row.name, cpuNs,
                    cpuNs / floor, median(row.bytes));
        }
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static ServerSocketFactory tls(TestAuthority authority)
            throws GeneralSecurityException, IOException {
        TestAuthority.Issued issued = authority.issue("127.0.0.1");
        char[] password = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry("key", issued.key(), password,
                issued.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory
                .getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        Arrays.fill(password, ' ');
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }
}
