package com.waickoff.marketdata.bench.framing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** One WebSocket that gets the same text for ever, as fast as it takes it, so many frames a write. */
final class FrameSender implements AutoCloseable {
    /** Bytes of a payload: what venues send on average. */
    static final int PAYLOAD_BYTES = 442;
    /** Bytes of a frame. */
    static final int FRAME_BYTES = PAYLOAD_BYTES + 4;

    private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");

    private final ServerSocket listening;
    private final byte[] frames;
    private volatile @Nullable Socket socket;

    FrameSender(ServerSocketFactory sockets, int framesAWrite) throws IOException {
        byte[] frame = new byte[FRAME_BYTES];
        Arrays.fill(frame, (byte) 'x');
        frame[0] = (byte) 0x81;
        frame[1] = 126;
        frame[2] = (byte) (PAYLOAD_BYTES >>> 8);
        frame[3] = (byte) PAYLOAD_BYTES;
        frames = new byte[framesAWrite * FRAME_BYTES];
        for (int i = 0; i < framesAWrite; i++) {
            System.arraycopy(frame, 0, frames, i * FRAME_BYTES, FRAME_BYTES);
        }
        listening = sockets.createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("sender").start(this::send);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void send() {
        try (Socket accepted = listening.accept()) {
            socket = accepted;
            shakeHands(accepted);
            OutputStream out = accepted.getOutputStream();
            while (!listening.isClosed()) {
                out.write(frames);
            }
        } catch (IOException e) {
            socket = null; // the client has gone, which is how it ends
        }
    }

    private static void shakeHands(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            request.append((char) in.readUnsignedByte());
        }
        Matcher key = KEY.matcher(request);
        if (!key.find()) {
            throw new IOException("no WebSocket key in: " + request);
        }
        socket.getOutputStream().write(("HTTP/1.1 101 Switching Protocols\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + accept(key.group(1)) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String accept(String key) throws IOException {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SALT).getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IOException("every JDK has SHA-1", e);
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
