package com.waickoff.marketdata.mcp;

import com.waickoff.marketdata.mcp.access.JwtTokens;
import com.waickoff.marketdata.mcp.access.Places;
import com.waickoff.marketdata.mcp.access.StaticTokens;
import com.waickoff.marketdata.mcp.access.TokenCheck;
import com.waickoff.marketdata.mcp.http.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code mcp.*} comes to: each value is allowed by itself, but not all go together. */
final class HttpSetup {
    private static final long SIGN_OF_LIFE_MS = 15_000;
    private static final long MS_PER_MINUTE = 60_000;
    private static final String KEYS = "mcp.jwt.keys";

    private final Map<String, String> values;
    private final Path base;
    private final List<String> problems = new ArrayList<>();

    /** Settings that cannot be used; the message says all that is wrong, without secrets. */
    static final class WrongSettingsException extends Exception {
        private static final long serialVersionUID = 1;

        WrongSettingsException(List<String> problems) {
            super(String.join("\n", problems));
        }
    }

    private HttpSetup(Map<String, String> values, Path base) {
        this.values = values;
        this.base = base;
    }

    /**
     * The settings of the server.
     *
     * @param values of {@code mcp.*}
     * @param base where relative paths begin
     * @throws WrongSettingsException if they do not go together
     */
    static HttpSettings of(Map<String, String> values, Path base) throws WrongSettingsException {
        return new HttpSetup(values, base).settings();
    }

    private HttpSettings settings() throws WrongSettingsException {
        TokenCheck tokens = tokens();
        String host = text("mcp.host");
        if (tokens == null && problems.isEmpty() && !isLoopback(host)) {
            problems.add("mcp.host is " + host + ", which others can reach: that needs mcp.token,"
                    + " mcp.token-file or mcp.jwt.issuer");
        }
        if (!problems.isEmpty()) {
            throw new WrongSettingsException(problems);
        }
        return new HttpSettings(host, (int) number("mcp.port"), new Places(hosts(host),
                list("mcp.allowed-origins")), tokens, metadata(), text("mcp.public-url"),
                (int) number("mcp.requests-per-second"), (int) number("mcp.burst"),
                (int) number("mcp.max-sessions"),
                number("mcp.session-idle-minutes") * MS_PER_MINUTE,
                (int) number("mcp.max-body-bytes"), number("mcp.idle-timeout-ms"),
                (int) number("mcp.max-connections"), SIGN_OF_LIFE_MS);
    }

    /** An address that stands for all of them is no name. */
    private List<String> hosts(String host) {
        List<String> hosts = new ArrayList<>(list("mcp.allowed-hosts"));
        if (!host.equals("0.0.0.0") && !host.equals("::")) {
            hosts.add(host.indexOf(':') >= 0 ? '[' + host + ']' : host);
        }
        if (!text("mcp.public-url").isEmpty()) {
            hosts.add(URI.create(text("mcp.public-url")).getAuthority());
        }
        return hosts;
    }

    private boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            problems.add("mcp.host is " + host + ", which is no name of this machine");
            return false;
        }
    }

    private @Nullable TokenCheck tokens() {
        List<String> given = configuredTokens();
        TokenCheck fixed = given.isEmpty() ? null : new StaticTokens(given);
        TokenCheck signed = signedTokens();
        if (fixed == null || signed == null) {
            return fixed == null ? signed : fixed;
        }
        return token -> {
            var principal = fixed.check(token);
            return principal == null ? signed.check(token) : principal;
        };
    }

    private List<String> configuredTokens() {
        List<String> tokens = new ArrayList<>();
        if (!text("mcp.token").isEmpty()) {
            tokens.add(text("mcp.token"));
        }
        String file = text("mcp.token-file");
        if (!file.isEmpty()) {
            try {
                Files.readAllLines(base.resolve(file)).stream().map(String::strip)
                        .filter(line -> !line.isEmpty()).forEach(tokens::add);
            } catch (IOException e) {
                problems.add("mcp.token-file is " + file + ", which cannot be read");
                return tokens;
            }
            if (tokens.isEmpty()) {
                problems.add("mcp.token-file is " + file + ", which holds no token");
            }
        }
        if (tokens.stream().anyMatch(token -> token.length() < StaticTokens.MIN_LENGTH)) {
            problems.add("mcp.token-file holds a token of less than " + StaticTokens.MIN_LENGTH
                    + " characters");
        }
        return tokens;
    }

    private @Nullable TokenCheck signedTokens() {
        List<String> missing = Stream.of("mcp.jwt.issuer", "mcp.jwt.audience", KEYS)
                .filter(key -> text(key).isEmpty()).toList();
        if (missing.size() == 3) {
            return null;
        }
        if (!missing.isEmpty()) {
            problems.add("signed tokens need " + String.join(" and ", missing) + " as well");
            return null;
        }
        String keys = text(KEYS);
        try {
            if (!keys.contains("://")) {
                return jwt(JwtTokens.keysIn(base.resolve(keys)));
            }
            URI address = URI.create(keys);
            boolean safe = "https".equals(address.getScheme())
                    || ("http".equals(address.getScheme()) && isLoopback(address.getHost()));
            if (!safe) {
                problems.add(KEYS + " is " + keys + ": keys are fetched by https only");
                return null;
            }
            return jwt(JwtTokens.keysAt(address));
        } catch (IOException | IllegalArgumentException unusable) {
            problems.add(KEYS + " is " + keys + ", which holds no set of keys that can be read");
            return null;
        }
    }

    private TokenCheck jwt(JwtTokens.Keys keys) {
        return new JwtTokens(keys, text("mcp.jwt.issuer"), text("mcp.jwt.audience"),
                text("mcp.jwt.scope"));
    }

    private Map<String, Object> metadata() {
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (!text("mcp.jwt.issuer").isEmpty()) {
            metadata.put("authorization_servers", List.of(text("mcp.jwt.issuer")));
            metadata.put("scopes_supported", text("mcp.jwt.scope").isEmpty() ? List.of()
                    : List.of(text("mcp.jwt.scope")));
            metadata.put("bearer_methods_supported", List.of("header"));
            metadata.put("resource_name", "waickoff market data");
        }
        return metadata;
    }

    private List<String> list(String key) {
        return Stream.of(text(key).split(",")).map(String::strip)
                .filter(part -> !part.isEmpty()).toList();
    }

    private String text(String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    private long number(String key) {
        return Long.parseLong(text(key).replace("_", ""));
    }
}
