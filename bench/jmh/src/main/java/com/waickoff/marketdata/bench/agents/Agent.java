package com.waickoff.marketdata.bench.agents;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One client of an adapter.
 *
 * <p>Threads: one at a time.
 */
final class Agent {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SESSION = "Mcp-Session-Id";
    private static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"bench","version":"1"}}}""";

    private final HttpClient client;
    private final URI address;
    private @Nullable String session;

    /** An agent without a session. */
    Agent(HttpClient client, URI address) {
        this.client = client;
        this.address = address;
    }

    /** What agents share: connections of HTTP/1.1 that are kept. */
    static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /** Begins a session; it has one if the answer is 200. */
    HttpResponse<String> begin() throws IOException, InterruptedException {
        HttpResponse<String> answer = post(INITIALIZE);
        session = answer.headers().firstValue(SESSION).orElse(null);
        return answer;
    }

    /** Calls a tool in its session. */
    HttpResponse<String> call(String tool, String arguments)
            throws IOException, InterruptedException {
        return post(
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/call\",\"params\":{\"name\":\""
                        + tool + "\",\"arguments\":" + arguments + "}}");
    }

    /** Whether a call was answered with what was asked for. */
    static boolean isAnswered(HttpResponse<String> answer) {
        return answer.statusCode() == 200 && answer.body().contains("\"result\"")
                && !answer.body().contains("\"isError\":true");
    }

    /** Sends what it is given; pairs of names and values go to the headers. */
    HttpResponse<String> post(String body, String... headers)
            throws IOException, InterruptedException {
        return send(body, BodyHandlers.ofString(), headers);
    }

    /** Ends its session. */
    int end() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE).DELETE();
        addSession(request);
        session = null;
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    /** Asks to be told of resources, without a session; news come as they are read. */
    HttpResponse<InputStream> listen(List<String> uris) throws IOException, InterruptedException {
        return send(listening(uris), BodyHandlers.ofInputStream(), "MCP-Protocol-Version",
                "2026-07-28", "Mcp-Method", "subscriptions/listen");
    }

    /** The message that asks for it. */
    static String listening(List<String> uris) {
        String list = uris.stream().map(uri -> '"' + uri + '"').collect(Collectors.joining(","));
        return "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"subscriptions/listen\","
                + "\"params\":{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":"
                + "\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}},"
                + "\"notifications\":{\"resourceSubscriptions\":[" + list + "]}}}";
    }

    private <T> HttpResponse<T> send(String body, BodyHandler<T> handler, String... headers)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/json", "Accept",
                "application/json, text/event-stream"));
        all.addAll(List.of(headers));
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE)
                .headers(all.toArray(String[]::new)).POST(BodyPublishers.ofString(body));
        addSession(request);
        return client.send(request.build(), handler);
    }

    private void addSession(HttpRequest.Builder request) {
        if (session != null) {
            request.header(SESSION, session);
        }
    }
}
