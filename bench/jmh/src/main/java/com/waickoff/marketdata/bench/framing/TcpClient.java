package com.waickoff.marketdata.bench.framing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** The floor: reads bytes into one buffer and looks at none of them. */
final class TcpClient implements FrameClient {
    private static final int BUFFER_BYTES = 64 << 10;

    private final Thread thread = Thread.ofPlatform().daemon().name("tcp").unstarted(this::read);
    private SocketChannel socket;
    private volatile long bytes;

    TcpClient() throws IOException {
        socket = SocketChannel.open();
    }

    @Override
    public void connect(int port) throws IOException {
        var _ = socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        var _ = socket.write(ByteBuffer.wrap("GET / HTTP/1.1\r\nSec-WebSocket-Key: eA==\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII)));
        thread.start();
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try {
            long sum = 0;
            for (int read = 0; read >= 0; read = socket.read(buffer.clear())) {
                sum += read;
                bytes = sum;
            }
        } catch (IOException e) {
            bytes = -1; // closed: nobody looks any more
        }
    }

    @Override
    public long frames() {
        return bytes / FrameSender.FRAME_BYTES;
    }

    @Override
    public Thread thread() {
        return thread;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
