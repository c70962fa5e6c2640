package com.waickoff.marketdata.feed.socket;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that does exactly what a test says, byte by byte; one script a connection. */
final class RawServer implements AutoCloseable {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** What happens on a connection. */
    interface Script {
        void run(Line line) throws IOException;
    }

    /** A frame of the client, unmasked. */
    record Frame(int opcode, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        /** Of a close frame. */
        int code() {
            return payload.length < 2 ? 0 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
        }
    }

    private final ServerSocket listening;
    private final List<Script> scripts;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    /** What went wrong in a script, other than the connection's end. */
    final List<Throwable> troubles = new CopyOnWriteArrayList<>();

    /** Plays the scripts in turn, the last one again and again. */
    RawServer(Script... scripts) throws IOException {
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.scripts = List.of(scripts);
        Thread.ofPlatform().daemon().name("raw-server").start(this::accept);
    }

    private void accept() {
        try {
            for (int i = 0; !listening.isClosed(); i++) {
                Line line = new Line(listening.accept());
                lines.add(line);
                Script script = scripts.get(Math.min(i, scripts.size() - 1));
                Thread.ofPlatform().daemon().name("raw-line-" + i).start(() -> play(script, line));
            }
        } catch (IOException e) {
            if (!listening.isClosed()) {
                troubles.add(e);
            }
        }
    }

    private void play(Script script, Line line) {
        try (line) {
            script.run(line);
        } catch (IOException e) {
            line.end = e; // the client has gone
        } catch (RuntimeException | AssertionError e) {
            troubles.add(e);
        }
    }

    URI uri(String scheme) {
        return URI.create(scheme + "://127.0.0.1:" + listening.getLocalPort());
    }

    int connections() {
        return lines.size();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Line line : lines) {
            line.close();
        }
    }

    /** Takes a handshake on any socket and answers it as it should be. */
    static void upgrade(Socket socket) throws IOException {
        new Line(socket).upgrade();
    }

    /** One connection. */
    static final class Line implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;
        volatile IOException end;

        Line(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            this.in = new DataInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        /** The lines of a request, up to the empty one. */
        String request() throws IOException {
            StringBuilder text = new StringBuilder();
            while (text.length() < 4 || !text.substring(text.length() - 4).equals("\r\n\r\n")) {
                text.append((char) in.readUnsignedByte());
            }
            return text.toString();
        }

        /** Takes a handshake and answers it as it should be. */
        Line upgrade() throws IOException {
            return upgrade("");
        }

        /** Takes a handshake and answers it, with bytes behind the answer in the same packet. */
        Line upgrade(String moreHeaders, byte[]... behind) throws IOException {
            String request = request();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            answer.writeBytes(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Accept: " + accept(request) + "\r\n"
                    + moreHeaders + "\r\n").getBytes(StandardCharsets.US_ASCII));
            for (byte[] bytes : behind) {
                answer.writeBytes(bytes);
            }
            return send(answer.toByteArray());
        }

        private static String accept(String request) {
            String key = request.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst()
                    .orElseThrow();
            try {
                return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1")
                        .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        Line send(byte[]... pieces) throws IOException {
            for (byte[] piece : pieces) {
                out.write(piece);
                out.flush();
            }
            return this;
        }

        Line send(String... texts) throws IOException {
            for (String text : texts) {
                out.write(text.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            }
            return this;
        }

        /** The client's next frame. */
        Frame receive() throws IOException {
            return frame(in);
        }

        private static Frame frame(DataInputStream in) throws IOException {
            int first = in.readUnsignedByte();
            int second = in.readUnsignedByte();
            if ((second & 0x80) == 0) {
                throw new AssertionError("a client's frame without a mask");
            }
            long length = second & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes((int) length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i & 3];
            }
            return new Frame(first, payload);
        }

        /** Reads until the client ends the connection. */
        void drain() throws IOException {
            while (in.read() >= 0) {
                // It may still say something.
            }
        }

        /** Whether the client says nothing, and does not end the connection, for a while. */
        boolean isLeftOpen(int ms) throws IOException {
            socket.setSoTimeout(ms);
            try {
                in.read();
                return false;
            } catch (SocketTimeoutException e) {
                return true;
            }
        }

        /** Ends the connection by a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                end = e;
            }
        }
    }

    /** The frame of a client that these bytes are. */
    static Frame frameOf(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        Frame frame = Line.frame(in);
        if (in.available() > 0) {
            throw new AssertionError(in.available() + " bytes behind the frame");
        }
        return frame;
    }

    /** A frame of a server. */
    static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(payload.length);
        } else if (payload.length < 1 << 16) {
            frame.write(126);
            frame.write(payload.length >>> 8);
            frame.write(payload.length);
        } else {
            frame.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >>> shift));
            }
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    static byte[] frame(int first, String payload) {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] text(String payload) {
        return frame(0x81, payload);
    }

    static byte[] close(int code, String reason) {
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[words.length + 2];
        payload[0] = (byte) (code >>> 8);
        payload[1] = (byte) code;
        System.arraycopy(words, 0, payload, 2, words.length);
        return frame(0x88, payload);
    }
}
