package com.waickoff.marketdata.mcp;

import com.waickoff.marketdata.mcp.serve.MarketServer;
import io.modelcontextprotocol.json.McpJsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What people have to put where, so that the common clients know this server. */
final class ClientSnippets {
    private static final String NAME = "waickoff";
    private static final String SERVERS = "mcpServers";

    private final McpJsonMapper mapper = MarketServer.mapper();
    private final Map<String, Object> entry;
    private final boolean overHttp;

    private ClientSnippets(Map<String, Object> entry, boolean overHttp) {
        this.entry = entry;
        this.overHttp = overHttp;
    }

    /**
     * Of a server that clients start.
     *
     * @param launcher the program
     * @param arguments its arguments
     */
    static ClientSnippets stdio(String launcher, List<String> arguments) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("command", launcher);
        entry.put("args", arguments);
        return new ClientSnippets(entry, false);
    }

    /**
     * Of a server that runs already.
     *
     * @param url where
     * @param token whether it asks for one
     */
    static ClientSnippets http(String url, boolean token) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("url", url);
        if (token) {
            entry.put("headers", Map.of("Authorization", "Bearer YOUR-TOKEN"));
        }
        return new ClientSnippets(entry, true);
    }

    /** All of them, one after the other. */
    String text() {
        List<String> parts = new ArrayList<>();
        parts.add(part(
                "Claude Desktop: claude_desktop_config.json (Settings, Developer, Edit Config)",
                overHttp ? json(SERVERS, bridged()) : json(SERVERS, entry)));
        parts.add(part("Claude Code: a command, or .mcp.json of a project",
                claudeCode() + "\n\n" + json(SERVERS, typed())));
        parts.add(part("Cursor: ~/.cursor/mcp.json", json(SERVERS, entry)));
        parts.add(part("VS Code: .vscode/mcp.json", json("servers", typed())));
        parts.add(part("Windsurf: ~/.codeium/windsurf/mcp_config.json",
                json(SERVERS, overHttp ? renamed("serverUrl") : entry)));
        parts.add(part("Codex: ~/.codex/config.toml", toml()));
        parts.add(part("Gemini CLI: ~/.gemini/settings.json",
                json(SERVERS, overHttp ? renamed("httpUrl") : entry)));
        return String.join("\n\n", parts);
    }

    private static String part(String where, String snippet) {
        return "# " + where + "\n\n" + snippet;
    }

    /** With the kind of transport, for those that do not guess it. */
    private Map<String, Object> typed() {
        Map<String, Object> typed = new LinkedHashMap<>();
        typed.put("type", overHttp ? "http" : "stdio");
        typed.putAll(entry);
        return typed;
    }

    private Map<String, Object> renamed(String url) {
        Map<String, Object> renamed = new LinkedHashMap<>();
        entry.forEach((name, value) -> renamed.put(name.equals("url") ? url : name, value));
        return renamed;
    }

    /** Through a bridge, for a client that only starts programs. */
    private Map<String, Object> bridged() {
        List<String> args = new ArrayList<>(List.of("-y", "mcp-remote", url()));
        if (url().startsWith("http:")) {
            args.add("--allow-http");
        }
        if (entry.containsKey("headers")) {
            args.addAll(List.of("--header", "Authorization:Bearer YOUR-TOKEN"));
        }
        Map<String, Object> bridged = new LinkedHashMap<>();
        bridged.put("command", "npx");
        bridged.put("args", args);
        return bridged;
    }

    private String claudeCode() {
        if (overHttp) {
            return "claude mcp add --transport http " + NAME + ' ' + url()
                    + (entry.containsKey("headers")
                            ? " --header \"Authorization: Bearer YOUR-TOKEN\"" : "");
        }
        return "claude mcp add " + NAME + " -- " + command().stream().map(ClientSnippets::word)
                .collect(Collectors.joining(" "));
    }

    private String toml() {
        StringBuilder text = new StringBuilder("[mcp_servers." + NAME + "]\n");
        if (overHttp) {
            text.append("url = ").append(quoted(url()));
            if (entry.containsKey("headers")) {
                text.append("\nbearer_token_env_var = \"WAICKOFF_MCP_TOKEN\"");
            }
        } else {
            List<String> command = command();
            text.append("command = ").append(quoted(command.getFirst())).append("\nargs = [")
                    .append(command.stream().skip(1).map(this::quoted)
                            .collect(Collectors.joining(", ")))
                    .append(']');
        }
        return text.toString();
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(String.valueOf(entry.get("command")));
        ((List<?>) Objects.requireNonNull(entry.get("args")))
                .forEach(argument -> command.add(String.valueOf(argument)));
        return command;
    }

    private String url() {
        return String.valueOf(entry.get("url"));
    }

    /** For a shell. */
    private static String word(String text) {
        return text.matches("[A-Za-z0-9_./:=@%+-]+") ? text
                : '\'' + text.replace("'", "'\\''") + '\'';
    }

    /** Strings of TOML are written as those of JSON are. */
    private String quoted(String text) {
        return MarketServer.text(mapper, text);
    }

    private String json(String servers, Map<String, Object> server) {
        String name = MarketServer.text(mapper, servers);
        StringBuilder text = new StringBuilder("{\n  " + name + ": {\n    \"" + NAME + "\": {\n");
        text.append(server.entrySet().stream()
                .map(field -> "      \"" + field.getKey() + "\": "
                        + MarketServer.text(mapper, field.getValue()))
                .collect(Collectors.joining(",\n")));
        return text.append("\n    }\n  }\n}").toString();
    }
}
