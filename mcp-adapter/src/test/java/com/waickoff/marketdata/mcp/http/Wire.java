package com.waickoff.marketdata.mcp.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that sends exactly what a test says, which no library for clients does. */
public final class Wire implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    /** Nothing takes so long; a busy machine may for a while. */
    private static final int PATIENCE_MS = 240_000;

    private final Socket socket;
    private final InputStream in;

    /** An answer with a length. */
    record Answer(int status, Map<String, String> headers, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    public Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A POST of the protocol with these lines among its headers. */
    static String post(String body, String... headers) {
        return request("POST", "/mcp", body, headers);
    }

    static String request(String method, String path, String body, String... headers) {
        StringBuilder text = new StringBuilder(method + ' ' + path + " HTTP/1.1\r\n");
        Map<String, String> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        lines.put("Host", "localhost");
        lines.put("Accept", "application/json, text/event-stream");
        if (!body.isEmpty()) {
            lines.put("Content-Type", "application/json");
            lines.put("Content-Length",
                    Integer.toString(body.getBytes(StandardCharsets.UTF_8).length));
        }
        for (String header : headers) {
            int colon = header.indexOf(':');
            lines.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        lines.forEach((name, value) -> {
            if (!value.isEmpty()) {
                text.append(name).append(": ").append(value).append("\r\n");
            }
        });
        return text.append("\r\n").append(body).toString();
    }

    Answer ask(String raw) throws IOException {
        send(raw);
        return answer();
    }

    public void send(String raw) throws IOException {
        socket.getOutputStream().write(raw.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** The server may hang up before it has read all of it; what it said is there to be read. */
    void sendWhatIsTaken(String raw) {
        try {
            send(raw);
        } catch (IOException hungUp) {
            assertThat(socket.isConnected()).isTrue();
        }
    }

    Answer answer() throws IOException {
        String status = line();
        Map<String, String> headers = headers();
        String length = headers.get("content-length");
        byte[] body = length != null ? in.readNBytes(Integer.parseInt(length))
                : headers.containsKey("transfer-encoding") ? chunks() : new byte[0];
        return new Answer(Integer.parseInt(status.split(" ")[1]), headers,
                new String(body, StandardCharsets.UTF_8));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
            body.write(chunk);
        }
        return body.toByteArray();
    }

    private byte[] chunk() throws IOException {
        byte[] chunk = in.readNBytes(Integer.parseInt(line(), 16));
        line();
        return chunk;
    }

    /** The head of an answer that goes on: its status. */
    public int streaming() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        headers();
        return status;
    }

    /** The next event of a stream, without comments. */
    public JsonNode event() throws IOException {
        while (true) {
            String text = new String(chunk(), StandardCharsets.UTF_8);
            int data = text.indexOf("data: ");
            if (data >= 0) {
                return JSON.readTree(text.substring(data + "data: ".length()).strip());
            }
        }
    }

    /** Whether the server has closed the connection. */
    public boolean isEnded() throws IOException {
        return in.read() < 0;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server ended the connection after '" + line + "'");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
