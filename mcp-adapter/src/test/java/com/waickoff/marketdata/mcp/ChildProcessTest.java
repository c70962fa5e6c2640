package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What only a process of its own shows: streams, their end, the exit code. */
@Timeout(300)
class ChildProcessTest {
    @TempDir
    Path directory;

    @Test
    void shouldAnswerOnStandardOutputAndEndWithItsInput() throws Exception {
        Path dataDir = ReplayedEngine.sample(directory.resolve("data"));
        Path err = directory.resolve("err");
        Process adapter = start(err, "--data-dir", dataDir.toString());
        try (BufferedReader out = adapter.inputReader(StandardCharsets.UTF_8)) {
            OutputStream in = adapter.getOutputStream();
            send(in, """
                    {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":\
                    "2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
            JsonNode greeting = Dialogue.JSON.readTree(out.readLine());
            send(in, "no JSON, but 币安");
            JsonNode refusal = Dialogue.JSON.readTree(out.readLine());
            send(in, """
                    {"jsonrpc":"2.0","method":"notifications/initialized"}""");
            send(in, """
                    {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":\
                    "get_volume_profile","arguments":{"instrument":"BTCUSDT"}}}""");
            JsonNode profile = Dialogue.JSON.readTree(out.readLine());
            in.close();

            assertThat(greeting.get("result").get("serverInfo").get("name").asString())
                    .isEqualTo("waickoff");
            assertThat(refusal.get("error").get("code").asInt()).isEqualTo(-32700);
            assertThat(profile.get("result").get("structuredContent").get("trades").asInt())
                    .isPositive();
            assertThat(out.readLine()).isNull();
            assertThat(adapter.waitFor()).isZero();
        }
        assertThat(Files.readString(err)).isEmpty();
    }

    @Test
    void shouldEndWithTheExitCodeOfAWrongConfiguration() throws Exception {
        Path err = directory.resolve("err");
        Process adapter = start(err, "--set", "rows.ticks=none");

        assertThat(adapter.inputReader(StandardCharsets.UTF_8).readLine()).isNull();
        assertThat(adapter.waitFor()).isEqualTo(78);
        assertThat(Files.readString(err)).startsWith("waickoff: the configuration is wrong");
    }

    private Process start(Path err, String... args) throws IOException {
        Path options = ReplayedEngine.project().resolve("config/jvm");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "@" + options.resolve("common.options"), "@" + options.resolve("mcp.options"),
                "-cp", System.getProperty("java.class.path"), McpCommand.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WAICKOFF_"));
        return builder.start();
    }

    private static void send(OutputStream in, String line) throws IOException {
        in.write((line + '\n').getBytes(StandardCharsets.UTF_8));
        in.flush();
    }
}
