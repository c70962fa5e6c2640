package com.waickoff.venue.serve;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket client that does nothing by itself: it answers no ping and no close, and sees where a
 * socket ends. Not thread safe.
 */
final class RawClient implements AutoCloseable {
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    private static final int PATIENCE_MS = 120_000;

    /**
     * One frame.
     *
     * @param letters the payload, a char a byte
     */
    record Received(int opcode, String letters) {
        byte[] payload() {
            return letters.getBytes(StandardCharsets.ISO_8859_1);
        }

        String text() {
            return new String(payload(), StandardCharsets.UTF_8);
        }

        int closeCode() {
            return letters.charAt(0) << 8 | letters.charAt(1);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final String status;
    private int head;
    private boolean isMasked;

    /** Connects and shakes hands, which may be refused. */
    RawClient(int port, String path) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port), path);
    }

    RawClient(Socket socket, String path) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 20));
        this.out = socket.getOutputStream();
        out.write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        this.status = head.toString();
    }

    /** Status line and headers of the handshake. */
    String status() {
        return status;
    }

    RawClient send(String text) throws IOException {
        return send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    RawClient send(int opcode, byte[] payload) throws IOException {
        int lengthBytes = payload.length < 126 ? 0 : 2;
        byte[] frame = new byte[6 + lengthBytes + payload.length];
        frame[0] = (byte) (0x80 | opcode);
        if (lengthBytes == 0) {
            frame[1] = (byte) (0x80 | payload.length);
        } else {
            frame[1] = (byte) (0x80 | 126);
            frame[2] = (byte) (payload.length >>> 8);
            frame[3] = (byte) payload.length;
        }
        int at = 2 + lengthBytes;
        byte[] mask = {0x12, 0x34, 0x56, 0x78};
        System.arraycopy(mask, 0, frame, at, mask.length);
        for (int i = 0; i < payload.length; i++) {
            frame[at + 4 + i] = (byte) (payload[i] ^ mask[i % 4]);
        }
        out.write(frame);
        return this;
    }

    /**
     * The next frame.
     *
     * @throws EOFException where the stream ends, between frames or within one
     */
    Received next() throws IOException {
        head = in.readUnsignedByte();
        int opcode = head & 0x0f;
        byte[] payload = new byte[length()];
        in.skipNBytes(isMasked ? 4 : 0);
        in.readFully(payload);
        return new Received(opcode, new String(payload, StandardCharsets.ISO_8859_1));
    }

    /** Passes over the next frame. @return its length */
    int skip() throws IOException {
        int _ = in.readUnsignedByte();
        int length = length();
        in.skipNBytes(length);
        return length;
    }

    /** Everything up to a frame of a kind; others are left out. */
    Received next(int opcode) throws IOException {
        Received received = next();
        while (received.opcode() != opcode) {
            received = next();
        }
        return received;
    }

    /** The first byte of the last frame: FIN, three reserved bits, opcode. */
    int head() {
        return head;
    }

    /** Whether the last frame was masked. */
    boolean isMasked() {
        return isMasked;
    }

    /** The next byte of the stream, whatever it belongs to. */
    int readByte() throws IOException {
        return in.readUnsignedByte();
    }

    /** Lets a read end after so long, with a {@link java.net.SocketTimeoutException}. */
    void patience(int ms) throws IOException {
        socket.setSoTimeout(ms);
    }

    int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private int length() throws IOException {
        int second = in.readUnsignedByte();
        isMasked = second >= 0x80;
        int length = second & 0x7f;
        return length < 126
                ? length
                : length == 126 ? in.readUnsignedShort() : Math.toIntExact(in.readLong());
    }
}
