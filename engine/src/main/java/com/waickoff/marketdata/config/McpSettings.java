package com.waickoff.marketdata.config;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * How agents are answered over HTTP: {@code mcp.*}. The adapter is a program of another module and reads
 * them as it reads the engine's.
 */
public final class McpSettings {
    private static final String IN_FILE = "is nothing, or a file's path";
    private static final Predicate<String> NAMES = Pattern.compile("[^\\s/]*").asMatchPredicate();

    /** All of them. */
    public static final List<Setting> ALL = List.of(
            Setting.text("mcp.host", "127.0.0.1",
                    "where the server listens; beyond this machine only with tokens",
                    Pattern.compile("[A-Za-z0-9.:-]{1,253}").asMatchPredicate(),
                    "is a name or an address"),
            number("mcp.port", 8_321, 0, 65_535, "its port; 0 for any that is free"),
            Setting.text("mcp.allowed-hosts", "",
                    "names beside loopback under which clients reach it, separated by commas",
                    NAMES, "is name or name:port, separated by commas"),
            Setting.text("mcp.allowed-origins", "",
                    "web pages beside those of loopback that may ask, separated by commas",
                    Pattern.compile("(https?://[^\\s/,]+(,https?://[^\\s/,]+)*)?")
                            .asMatchPredicate(),
                    "is scheme://name[:port], separated by commas"),
            Setting.text("mcp.public-url", "",
                    "how clients reach it where a proxy stands before it",
                    Pattern.compile("(https?://[^\\s/]+)?").asMatchPredicate(),
                    "is nothing, or scheme://name[:port]"),
            Setting.text("mcp.token", "",
                    "what a client has to show; better given in the environment or a file",
                    Pattern.compile("(\\p{Graph}{16,512})?").asMatchPredicate(),
                    "is 16 to 512 visible characters"),
            Setting.text("mcp.token-file", "", "file with such tokens, one on each line",
                    McpSettings::isPath, IN_FILE),
            Setting.text("mcp.jwt.issuer", "",
                    "authorization server whose signed tokens are taken",
                    Pattern.compile("\\S*").asMatchPredicate(), "is its address"),
            Setting.text("mcp.jwt.audience", "", "for whom they must be issued",
                    Pattern.compile("\\S*").asMatchPredicate(), "is a text without blanks"),
            Setting.text("mcp.jwt.keys", "",
                    "its public keys (JWKS): a file, or where they are fetched",
                    McpSettings::isPath, "is a file's path, or https://..."),
            Setting.text("mcp.jwt.scope", "market:read",
                    "scope that such a token must have; nothing for none",
                    Pattern.compile("[\\x21-\\x7e&&[^\"\\\\]]*").asMatchPredicate(),
                    "is one word"),
            number("mcp.requests-per-second", 100, 0, 1_000_000,
                    "requests of a client in the long run; 0 for no limit"),
            number("mcp.burst", 300, 1, 1_000_000, "requests of a client at once"),
            number("mcp.max-sessions", 1_000, 1, 100_000,
                    "sessions at once, of clients that have any"),
            number("mcp.session-idle-minutes", 30, 1, 1_440,
                    "how long a session that nobody uses is kept"),
            number("mcp.max-body-bytes", 262_144, 1_024, 16_777_216, "longest request"),
            number("mcp.idle-timeout-ms", 30_000, 1_000, 600_000,
                    "after how long without a byte a connection is closed"),
            number("mcp.max-connections", 512, 1, 65_536, "connections at once"));

    private McpSettings() {}

    private static Setting number(String key, long value, int least, int most, String meaning) {
        return Setting.number(key, value, meaning,
                number -> EngineSettings.range(key, number, least, most));
    }

    private static boolean isPath(String text) {
        return text.isEmpty() || (!text.isBlank() && text.chars()
                .noneMatch(Character::isISOControl));
    }
}
