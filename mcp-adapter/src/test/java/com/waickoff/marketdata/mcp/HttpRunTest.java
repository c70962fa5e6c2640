package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The whole of {@code waickoff mcp --http}, from its command line to its pages. */
@Timeout(300)
class HttpRunTest {
    private static final long NOW_MS = 1_800_000_000_000L;
    private static final Pattern ADDRESS = Pattern.compile("listens on (http://\\S+/)mcp");

    @TempDir
    Path directory;

    /** A run in this process, which ends with its input. */
    private static final class Run implements AutoCloseable {
        private final PipedOutputStream in = new PipedOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> exitCode;

        Run(Map<String, String> env, Path directory, String... more) throws IOException {
            List<String> args = new ArrayList<>(List.of("--http", "--port", "0",
                    "--end-with-stdin", "--data-dir", directory.toString()));
            args.addAll(List.of(more));
            InputStream input = new PipedInputStream(in);
            exitCode = CompletableFuture.supplyAsync(() -> McpCommand.run(
                    args.toArray(String[]::new), input, new ByteArrayOutputStream(),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    new McpCommand.Surroundings(env, directory, null, () -> NOW_MS)),
                    Thread::startVirtualThread);
        }

        URI page(String path) {
            while (!exitCode.isDone()) {
                Matcher address = ADDRESS.matcher(err.toString(StandardCharsets.UTF_8));
                if (address.find()) {
                    return URI.create(address.group(1) + path);
                }
                LockSupport.parkNanos(1_000_000);
            }
            throw new AssertionError(err.toString(StandardCharsets.UTF_8));
        }

        HttpResponse<String> get(String path, String... headers)
                throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(page(path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(request.build(), BodyHandlers.ofString());
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
            exitCode.join();
        }
    }

    @Test
    void shouldTellHowEverythingIs() throws Exception {
        Path dataDir = ReplayedEngine.sample(directory.resolve("data"));
        try (Run run = new Run(Map.of(), dataDir)) {
            assertThat(run.get("health/live").body()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(run.get("health/ready").statusCode()).isIn(200, 503);
            JsonNode health = Dialogue.JSON.readTree(run.get("health").body());
            assertThat(health.get("components").get(0).get("kind").asString())
                    .isEqualTo("engine");
            assertThat(health.toString()).doesNotContain(directory.toString());
            HttpResponse<String> metrics = run.get("metrics");
            assertThat(metrics.headers().firstValue("content-type").orElse(""))
                    .startsWith("text/plain; version=0.0.4");
            assertThat(metrics.body().lines()).allMatch(line -> line.matches(
                    "# (HELP|TYPE) .+|[a-z_]+(\\{([a-z_]+=\"[^\"]*\",?)+})? -?[0-9.]+"));
            assertThat(metrics.body())
                    .contains("waickoff_frames_received_total{owner=\"bybit-linear\"} 5666");
        }
    }

    @Test
    void shouldSayThatThereIsNoEngine() throws Exception {
        try (Run run = new Run(Map.of(), directory)) {
            assertThat(run.get("health/live").statusCode()).isEqualTo(200);
            assertThat(run.get("health/ready").statusCode()).isEqualTo(503);
            assertThat(run.get("health").body()).contains("\"status\":\"down\"");
            assertThat(run.get("metrics").body()).contains("waickoff_up 0");
        }
    }

    @Test
    void shouldAskForATokenOfTheEnvironment() throws Exception {
        try (Run run = new Run(Map.of("WAICKOFF_MCP_TOKEN", "0123456789abcdef"), directory)) {
            assertThat(run.get("health").statusCode()).isEqualTo(401);
            assertThat(run.get("health", "Authorization", "Bearer 0123456789abcdef")
                    .statusCode()).isEqualTo(503);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mcp.host=0.0.0.0                                       | needs mcp.token
            mcp.host=::                                            | needs mcp.token
            mcp.host=no.such.host.invalid                          | no name of this machine
            mcp.token=short                                        | 16 to 512
            mcp.port=70000                                         | 0 to 65535
            mcp.token-file=absent                                  | cannot be read
            mcp.token-file=empty                                   | holds no token
            mcp.token-file=weak                                    | less than 16
            mcp.jwt.issuer=https://a mcp.jwt.audience=b            | mcp.jwt.keys
            mcp.jwt.issuer=https://a mcp.jwt.audience=b mcp.jwt.keys=empty | no set of keys
            mcp.jwt.issuer=https://a mcp.jwt.audience=b mcp.jwt.keys=http://example.com/k | https only
            mcp.allowed-origins=example.com                        | scheme://name
            """)
    void shouldNotStartWithSettingsThatDoNotGoTogether(String settings, String complaint)
            throws Exception {
        Files.createFile(directory.resolve("empty"));
        Files.writeString(directory.resolve("weak"), "tooshort\n");
        Map<String, String> env = new HashMap<>();
        for (String setting : settings.split(" ", -1)) {
            int equals = setting.indexOf('=');
            env.put("WAICKOFF_" + setting.substring(0, equals).toUpperCase(java.util.Locale.ROOT)
                    .replaceAll("[^A-Z0-9]", "_"), setting.substring(equals + 1));
        }
        env.computeIfPresent("WAICKOFF_MCP_TOKEN_FILE",
                (key, file) -> directory.resolve(file).toString());
        env.computeIfPresent("WAICKOFF_MCP_JWT_KEYS", (key, file) -> file.contains("://") ? file
                : directory.resolve(file).toString());
        Run run = new Run(env, directory);

        assertThat(run.exitCode.join()).as("%s", run.err).isEqualTo(78);
        assertThat(run.err.toString(StandardCharsets.UTF_8)).contains(complaint)
                .doesNotContain("tooshort");
    }

    @Test
    void shouldNotStartTwiceOnOnePort() throws Exception {
        try (Run first = new Run(Map.of(), directory)) {
            int port = first.page("").getPort();
            var err = new ByteArrayOutputStream();
            assertThat(McpCommand.run(new String[]{"--http", "--port", Integer.toString(port),
                    "--data-dir", directory.toString()}, InputStream.nullInputStream(),
                    new ByteArrayOutputStream(), new PrintStream(err, true,
                            StandardCharsets.UTF_8),
                    new McpCommand.Surroundings(Map.of(), directory, null, () -> NOW_MS)))
                    .isEqualTo(74);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot listen");
        }
    }
}
