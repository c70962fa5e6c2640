package com.waickoff.marketdata.bench.agents;

import com.waickoff.marketdata.bench.Launcher;
import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.bench.wire.WireEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What goes wrong around {@code waickoff mcp}, and what each fault gives: an engine and adapters as
 * processes, over real sockets and pipes. Prints a table in Markdown.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/tools.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.agents.AgentFaults
 * </pre>
 *
 * <p>One to two minutes, most of them until the buffers of a client that does not read are full.
 */
public final class AgentFaults {
    private static final int FRAMES_A_SECOND = 200;
    private static final int SESSIONS = 10;
    private static final int BODY_BYTES = 300_000;
    private static final int MAJOR_VERSION_OFFSET = 8;
    private static final int OTHER_VERSION = 99;
    private static final int MOST_CHARACTERS = 110;
    private static final String TOKEN = "0123456789abcdef";
    private static final String PROFILE = "get_volume_profile";
    private static final String INSTRUMENT = "{\"instrument\":\"" + WireEngine.INSTRUMENT + "\"}";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";
    private static final Pattern TEXT = Pattern.compile("\"text\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ERROR = Pattern
            .compile("\"error\":\\{\"code\":(-?\\d+),\"message\":\"([^\"]*)\"");

    private final HttpClient client;
    private final Path directory;
    private final Path data;

    private AgentFaults(HttpClient client, Path directory) {
        this.client = client;
        this.directory = directory;
        this.data = directory.resolve("data");
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        // Only so can a client say that it wants another host than the one it asks.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        Path directory = Files.createTempDirectory("bench-agents");
        HttpClient client = Agent.client();
        try {
            new AgentFaults(client, directory).run();
        } finally {
            client.shutdownNow();
            TemporaryFiles.delete(directory);
        }
    }

    private void run() throws Exception {
        row("fault", "what a client sees");
        row("---", "---");
        try (LiveMarket market = new LiveMarket(data, FRAMES_A_SECOND);
                Adapter adapter = new Adapter(data, directory.resolve("mcp.log"),
                        "mcp.requests-per-second=0", "mcp.max-sessions=" + SESSIONS,
                        "mongo.uri=mongodb://127.0.0.1:" + freePort())) {
            Agent agent = new Agent(client, adapter.at("mcp"));
            agent.begin();
            await("answers", () -> Agent.isAnswered(agent.call(PROFILE, INSTRUMENT)));
            historyAway(agent);
            requests(adapter);
            manySessions(adapter);
            stalled(adapter, agent);
            engineKilled(market, adapter, agent);
            snapshotReplaced(agent);
        }
        tokens();
        malformedLines();
    }

    private void historyAway(Agent agent) throws Exception {
        row("history store away", "`get_trades`: " + words(agent.call("get_trades",
                "{\"instrument\":\"" + WireEngine.INSTRUMENT + "\",\"from_ms\":0,\"to_ms\":5}"))
                + "; `get_volume_profile`: " + words(agent.call(PROFILE, INSTRUMENT)));
    }

    private void requests(Adapter adapter) throws Exception {
        Agent other = new Agent(client, adapter.at("mcp"));
        row("wrong `Host`", words(other.post(PING, "Host", "market.example.com")));
        row("wrong `Origin`", words(other.post(PING, "Origin", "https://market.example.com")));
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":\""
                + "x".repeat(BODY_BYTES) + "\"}}";
        String seen;
        try {
            seen = words(other.post(body));
        } catch (IOException closed) {
            seen = "the connection is closed";
        }
        row("a body of 300 KB", seen);
    }

    private void manySessions(Adapter adapter) throws Exception {
        int accepted = 1;
        HttpResponse<String> answer;
        do {
            answer = new Agent(client, adapter.at("mcp")).begin();
            accepted += answer.statusCode() == 200 ? 1 : 0;
        } while (answer.statusCode() == 200 && accepted <= SESSIONS);
        row("more sessions than `mcp.max-sessions`, here " + SESSIONS, accepted
                + " begin; then " + words(answer) + ", `Retry-After: "
                + answer.headers().firstValue("Retry-After").orElse("absent") + '`');
    }

    private void stalled(Adapter adapter, Agent agent) throws Exception {
        try (StalledSubscriber stalled = new StalledSubscriber(adapter.at("mcp"))) {
            await("the end of a subscriber that does not read",
                    () -> adapter.droppedSubscribers(client) > 0);
            row("a subscriber that does not read", "it is dropped; `get_volume_profile`: "
                    + words(agent.call(PROFILE, INSTRUMENT)));
        }
    }

    private void engineKilled(LiveMarket market, Adapter adapter, Agent agent) throws Exception {
        market.kill();
        await("an answer that says it is stale",
                () -> agent.call(PROFILE, INSTRUMENT).body().contains("\"stale\":true"));
        HttpResponse<String> ready = client.send(
                HttpRequest.newBuilder(adapter.at("health/ready")).build(),
                BodyHandlers.ofString());
        row("engine killed", "`get_volume_profile`: " + words(agent.call(PROFILE, INSTRUMENT))
                + "; `/health/ready`: " + ready.statusCode());
    }

    private void snapshotReplaced(Agent agent) throws Exception {
        Path file = data.resolve("snapshot.bin");
        Path same = Files.copy(file, data.resolve("same"));
        Path other = Files.copy(file, data.resolve("other"));
        try (FileChannel channel = FileChannel.open(other, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(0, OTHER_VERSION), MAJOR_VERSION_OFFSET);
        }
        replace(other, file);
        row("snapshot file of another version", "`get_volume_profile`: "
                + words(agent.call(PROFILE, INSTRUMENT)));
        replace(same, file);
        row("snapshot file replaced, and still no engine", "`get_volume_profile`: "
                + words(agent.call(PROFILE, INSTRUMENT)));
    }

    private static void replace(Path by, Path file) throws IOException {
        Files.move(by, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void tokens() throws Exception {
        try (Adapter adapter = new Adapter(data, directory.resolve("tokens.log"),
                "mcp.token=" + TOKEN)) {
            Agent agent = new Agent(client, adapter.at("mcp"));
            HttpResponse<String> refused = agent.post(PING, "Authorization",
                    "Bearer " + TOKEN.toUpperCase(Locale.ROOT));
            row("no token, wrong token", words(agent.post(PING)) + "; " + words(refused)
                    + (refused.headers().firstValue("WWW-Authenticate").isPresent()
                            ? ", with `WWW-Authenticate`" : ""));
        }
    }

    private void malformedLines() throws Exception {
        Process adapter = Adapter.overStdio(data, directory.resolve("stdio.log"));
        try (Writer lines = adapter.outputWriter();
                BufferedReader answers = adapter.inputReader()) {
            StringBuilder seen = new StringBuilder();
            for (String line : List.of("no message", "{\"jsonrpc\":\"2.0\",\"id\":", "[1,2]")) {
                lines.write(line + '\n');
                lines.flush();
                seen.append('`').append(line).append("`: ").append(error(answers.readLine()))
                        .append("; ");
            }
            lines.write("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"initialize\",\"params\":"
                    + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                    + "\"clientInfo\":{\"name\":\"bench\",\"version\":\"1\"}}}\n");
            lines.flush();
            row("malformed lines on stdio", seen + "then `initialize`: "
                    + (answers.readLine().contains("\"serverInfo\"") ? "answered"
                            : "NOT answered"));
        } finally {
            Launcher.end(adapter);
        }
    }

    /** What an answer says, in a few words. */
    private static String words(HttpResponse<String> answer) {
        String body = answer.body();
        if (answer.statusCode() != 200) {
            Matcher error = ERROR.matcher(body);
            return answer.statusCode() + (error.find()
                    ? " “" + shortened(error.group(2)) + '”' : "");
        }
        if (body.contains("\"isError\":true")) {
            Matcher text = TEXT.matcher(body);
            return text.find() ? '`' + shortened(text.group(1)) + '`' : shortened(body);
        }
        if (!Agent.isAnswered(answer)) {
            return error(body);
        }
        return body.contains("\"stale\":true") ? "answered with `stale: true`" : "answered";
    }

    private static String error(String body) {
        Matcher error = ERROR.matcher(body);
        return error.find() ? error.group(1) + " “" + shortened(error.group(2)) + '”'
                : shortened(body);
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text
                : text.substring(0, text.lastIndexOf(' ', MOST_CHARACTERS)) + " …";
    }

    private static void row(String fault, String gives) {
        System.out.println("| " + fault + " | " + gives.replace("|", "\\|") + " |");
    }

    private static void await(String what, Callable<Boolean> holds) throws Exception {
        long deadlineNs = System.nanoTime()
                + TimeUnit.SECONDS.toNanos(ManyClients.MOST_SECONDS);
        while (!holds.call()) {
            if (System.nanoTime() > deadlineNs) {
                throw new TimeoutException(what + " did not come");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
