package com.waickoff.marketdata.bench.framing;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketClientExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.compression.*;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/**
 * What permessage-deflate (RFC 7692) would save and cost: the frames of a recording, compressed with
 * one window for the whole connection as a venue would; then inflated by the JDK into one array, and
 * by Netty's handler. And what a frame of zeros becomes.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/tools.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.framing.CompressionRun [RECORDING] [ROUNDS]
 * </pre>
 */
public final class CompressionRun {
    private static final String SAMPLE = "docs/sample/bybit-linear.frames.tsv.gz";
    private static final int DEFAULT_ROUNDS = 7;
    private static final int MOST_BYTES = 1 << 20;
    private static final int BOMB_BYTES = 64 << 20;
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final int RSV1 = 4;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
    private final List<byte[]> deflated = new ArrayList<>();
    private final byte[] inflated = new byte[MOST_BYTES];
    private long plainBytes;

    /** Inflates everything once. */
    @FunctionalInterface
    private interface Way {
        void run() throws DataFormatException;
    }

    private CompressionRun(String recording) throws IOException {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(new FileInputStream(recording)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] columns = line.split("\t", 3);
                if (columns[1].equals("R")) {
                    byte[] frame = columns[2].getBytes(StandardCharsets.UTF_8);
                    plainBytes += frame.length;
                    deflated.add(deflate(deflater, frame));
                }
            }
        }
        deflater.end();
    }

    /** Measures and prints. */
    public static void main(String[] args) throws IOException, DataFormatException {
        CompressionRun run = new CompressionRun(args.length > 0 ? args[0] : SAMPLE);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : DEFAULT_ROUNDS;
        int frames = run.deflated.size();
        long bytes = run.deflated.stream().mapToLong(frame -> frame.length - TAIL.length).sum();
        System.out.printf(Locale.ROOT, "%,d frames: %d bytes a frame, %d deflated%n", frames,
                run.plainBytes / frames, bytes / frames);
        System.out.printf("%-40s %12s %14s%n", "inflated by", "CPU ns", "bytes");
        run.measure("the JDK, into one array", rounds, run::byJdk);
        run.measure("Netty's handler", rounds, run::byNetty);
        run.bomb();
    }

    /** A message as it is sent; the tail that is not sent stays behind it, for the inflater. */
    private static byte[] deflate(Deflater deflater, byte[] frame) {
        byte[] out = new byte[frame.length + 64];
        deflater.setInput(frame);
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(out, length);
    }

    private void measure(String name, int rounds, Way way) throws DataFormatException {
        double[] cpuNs = new double[rounds];
        double[] bytes = new double[rounds];
        for (int round = -2; round < rounds; round++) { // two to warm up
            long cpu = threads.getCurrentThreadCpuTime();
            long allocated = threads.getCurrentThreadAllocatedBytes();
            way.run();
            if (round >= 0) {
                bytes[round] = threads.getCurrentThreadAllocatedBytes() - allocated;
                cpuNs[round] = threads.getCurrentThreadCpuTime() - cpu;
            }
        }
        Arrays.sort(cpuNs);
        Arrays.sort(bytes);
        System.out.printf(Locale.ROOT, "%-40s %12.0f %14.1f%n", name,
                cpuNs[rounds / 2] / deflated.size(), bytes[rounds / 2] / deflated.size());
    }

    private void byJdk() throws DataFormatException {
        Inflater inflater = new Inflater(true);
        long total = 0;
        for (byte[] frame : deflated) {
            inflater.setInput(frame);
            total += inflater.inflate(inflated);
        }
        inflater.end();
        check(total);
    }

    private void byNetty() {
        EmbeddedChannel channel = channel(MOST_BYTES);
        long total = 0;
        for (byte[] frame : deflated) {
            ByteBuf bytes = Unpooled.wrappedBuffer(frame, 0, frame.length - TAIL.length);
            channel.writeInbound(new TextWebSocketFrame(true, RSV1, bytes));
            WebSocketFrame whole = channel.readInbound();
            total += whole.content().readableBytes();
            whole.release();
        }
        channel.finishAndReleaseAll();
        check(total);
    }

    private void check(long total) {
        if (total != plainBytes) {
            throw new IllegalStateException(total + " bytes came out, not " + plainBytes);
        }
    }

    @SuppressWarnings("deprecation") // no bound at all, which is what it is about
    private EmbeddedChannel channel(int mostBytes) {
        WebSocketClientExtension extension = new PerMessageDeflateClientExtensionHandshaker(
                mostBytes).handshakeExtension(
                        new WebSocketExtensionData("permessage-deflate", Map.of()));
        EmbeddedChannel channel = new EmbeddedChannel(extension.newExtensionDecoder());
        channel.config().setAllocator(allocator);
        return channel;
    }

    private void bomb() {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        byte[] bomb = deflate(deflater, new byte[BOMB_BYTES]);
        deflater.end();
        EmbeddedChannel channel = channel(0);
        channel.writeInbound(new TextWebSocketFrame(true, RSV1, Unpooled.wrappedBuffer(bomb)));
        WebSocketFrame whole = channel.readInbound();
        System.out.printf("a frame of %,d bytes becomes %,d, unless a bound is set%n",
                bomb.length, whole.content().readableBytes());
        whole.release();
        channel.finishAndReleaseAll();
    }
}
