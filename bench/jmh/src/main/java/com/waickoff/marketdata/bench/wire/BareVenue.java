package com.waickoff.marketdata.bench.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The least venue that an engine takes for Bybit: one WebSocket on loopback that acknowledges what is
 * asked for and then sends what it is given, one write a frame, from the thread that measures. No
 * event loop, no queue: nothing of the venue's stands between the clock and the wire.
 *
 * <p>Threads: one.
 */
public final class BareVenue implements AutoCloseable {
    private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
    private static final Pattern REQUEST_ID = Pattern.compile("\"req_id\":\"([^\"]*)\"");
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int LENGTH_BITS = 0x7f;
    private static final int LENGTH_16 = 126;
    private static final int OPCODE_BITS = 0x0f;
    private static final int TEXT = 1;
    private static final int MASK_BYTES = 4;

    private final ServerSocketChannel server;
    private SocketChannel socket;
    private final ByteBuffer input = ByteBuffer.allocate(BUFFER_BYTES);

    /** Listens on a free port of loopback. */
    public BareVenue() throws IOException {
        server = ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        input.flip();
    }

    /** Where engines connect to, without a path. */
    public String url() throws IOException {
        return "ws://127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** Waits for an engine that subscribes to trades and book, and acknowledges. */
    public void awaitSubscriptions() throws IOException {
        socket = server.accept();
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        shakeHands();
        boolean trades = false;
        boolean books = false;
        while (!trades || !books) {
            String text = nextText();
            trades |= text.contains("publicTrade.");
            books |= text.contains("orderbook.");
            acknowledge(text);
        }
    }

    /** Sends a frame, header included. */
    public void send(ByteBuffer frame) throws IOException {
        while (frame.hasRemaining()) {
            socket.write(frame);
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
        server.close();
    }

    private void acknowledge(String text) throws IOException {
        Matcher id = REQUEST_ID.matcher(text);
        send(FrameMix
                .framed(("{\"success\":true,\"ret_msg\":\"\",\"conn_id\":\"bare\",\"req_id\":\""
                        + (id.find() ? id.group(1) : "") + "\",\"op\":\"subscribe\"}")
                        .getBytes(StandardCharsets.US_ASCII)));
    }

    private void shakeHands() throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            request.append((char) next());
        }
        Matcher key = KEY.matcher(request);
        if (!key.find()) {
            throw new IOException("no WebSocket key in: " + request);
        }
        send(ByteBuffer.wrap(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept(key.group(1))
                + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII)));
    }

    private static String accept(String key) throws IOException {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SALT).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("every JDK has SHA-1", e);
        }
    }

    /** The next text of the client; anything else is passed over. */
    private String nextText() throws IOException {
        while (true) {
            int opcode = next() & OPCODE_BITS;
            int length = next() & LENGTH_BITS;
            if (length == LENGTH_16) {
                length = next() << Byte.SIZE | next();
            }
            byte[] mask = new byte[MASK_BYTES];
            for (int i = 0; i < MASK_BYTES; i++) {
                mask[i] = (byte) next();
            }
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append((char) (next() ^ mask[i % MASK_BYTES] & 0xff));
            }
            if (opcode == TEXT) {
                return text.toString();
            }
        }
    }

    private int next() throws IOException {
        if (!input.hasRemaining()) {
            input.clear();
            if (socket.read(input) < 0) {
                throw new IOException("the engine hung up");
            }
            input.flip();
        }
        return input.get() & 0xff;
    }
}
