package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What clients are configured with is what they read. */
class ClientSnippetsTest {
    private static final Pattern PART = Pattern.compile(
            "(?m)^# ([^:]+):[^\n]*\n\n(.*?)(?=\n\n# |\\z)",
            Pattern.DOTALL);

    @Test
    void shouldStartTheProgram() {
        Map<String, String> parts = parts(ClientSnippets.stdio("/opt/my tools/waickoff",
                List.of("mcp", "--data-dir", "/var/lib/\"x\"")).text());

        assertThat(parts).containsOnlyKeys("Claude Desktop", "Claude Code", "Cursor", "VS Code",
                "Windsurf", "Codex", "Gemini CLI");
        for (String client : List.of("Claude Desktop", "Cursor", "Windsurf", "Gemini CLI")) {
            JsonNode server = json(parts.get(client)).get("mcpServers").get("waickoff");
            assertThat(server.get("command").asString()).isEqualTo("/opt/my tools/waickoff");
            assertThat(server.get("args").get(2).asString()).isEqualTo("/var/lib/\"x\"");
        }
        assertThat(json(parts.get("VS Code")).get("servers").get("waickoff").get("type")
                .asString()).isEqualTo("stdio");
        assertThat(parts.get("Claude Code")).startsWith(
                "claude mcp add waickoff -- '/opt/my tools/waickoff' mcp --data-dir '/var/lib/\"x\"'");
        assertThat(parts.get("Codex")).isEqualTo("[mcp_servers.waickoff]\n"
                + "command = \"/opt/my tools/waickoff\"\n"
                + "args = [\"mcp\", \"--data-dir\", \"/var/lib/\\\"x\\\"\"]");
    }

    @Test
    void shouldPointToAServer() {
        Map<String, String> parts = parts(
                ClientSnippets.http("http://127.0.0.1:8321/mcp", true).text());

        assertThat(json(parts.get("Cursor")).toString()).isEqualTo("{\"mcpServers\":{\"waickoff\":"
                + "{\"url\":\"http://127.0.0.1:8321/mcp\","
                + "\"headers\":{\"Authorization\":\"Bearer YOUR-TOKEN\"}}}}");
        assertThat(json(parts.get("Claude Desktop")).toString()).contains("mcp-remote",
                "--allow-http");
        assertThat(json(parts.get("Windsurf")).toString()).contains("serverUrl");
        assertThat(parts.get("Claude Code")).startsWith(
                "claude mcp add --transport http waickoff http://127.0.0.1:8321/mcp --header");
        assertThat(parts.get("Codex")).contains("url = \"http://127.0.0.1:8321/mcp\"",
                "bearer_token_env_var");
    }

    private static JsonNode json(String part) {
        return Dialogue.JSON.readTree(part.substring(part.indexOf('{')));
    }

    private static Map<String, String> parts(String text) {
        Map<String, String> parts = new java.util.LinkedHashMap<>();
        Matcher matcher = PART.matcher(text.strip());
        while (matcher.find()) {
            parts.put(matcher.group(1), matcher.group(2).strip());
        }
        return parts;
    }
}
