package com.waickoff.marketdata.bench.agents;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A client that asks to be told of as much as it may, by long names and into a small buffer, and then
 * does not read. The server's own buffers take some MB, so that it is a while until a write stalls.
 */
final class StalledSubscriber implements AutoCloseable {
    private static final int RECEIVE_BYTES = 4_096;
    private static final int MOST_URIS = 64;

    private final Socket socket = new Socket();

    /** Subscribes. */
    StalledSubscriber(URI address) throws IOException {
        socket.setReceiveBufferSize(RECEIVE_BYTES);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        String body = Agent.listening(names());
        socket.getOutputStream().write(("POST " + address.getPath() + " HTTP/1.1\r\nHost: "
                + address.getAuthority() + "\r\nContent-Type: application/json\r\nAccept:"
                + " application/json, text/event-stream\r\nMCP-Protocol-Version: 2026-07-28\r\n"
                + "Mcp-Method: subscriptions/listen\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
    }

    /** As many names of one resource as may be watched: each escapes other letters of it. */
    private static List<String> names() {
        List<String> names = new ArrayList<>();
        String symbol = "BTCUSDT";
        for (int i = 0; i < MOST_URIS; i++) {
            StringBuilder name = new StringBuilder("market://" + escaped("bybit-linear") + '/');
            for (int at = 0; at < symbol.length(); at++) {
                String letter = symbol.substring(at, at + 1);
                name.append((i >> at & 1) == 0 ? escaped(letter) : letter);
            }
            names.add(name + "/" + escaped("snapshot"));
        }
        return names;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte letter : text.getBytes(StandardCharsets.US_ASCII)) {
            escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits(letter));
        }
        return escaped.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
