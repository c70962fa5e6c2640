package com.waickoff.marketdata.feed.socket;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A proxy between a feed and its venue, which is told the venue's name and opens a tunnel to it. What
 * goes through the tunnel is none of its business: TLS is spoken with the venue.
 *
 * <pre>
 *   http://proxy.example:3128     socks5://user:password@proxy.example:1080
 * </pre>
 *
 * @param kind what it speaks
 * @param host name or address, IPv6 without brackets
 * @param port of the host
 * @param user who to log in as, or null
 * @param password of the user; null without one
 */
public record ProxySettings(Kind kind, String host, int port, @Nullable String user,
        @Nullable String password) {
    /** What an address must be, for people. */
    public static final String FORM = "http:// or socks5:// with a host and a port, and before the"
            + " host maybe user:password@, each with what is special in it as %XX";

    /** Longest user, and longest password, in UTF-8. */
    public static final int MOST_LOGIN_BYTES = 255;

    private static final int MOST_PORT = 65_535;

    /** What a proxy speaks. */
    public enum Kind {
        /** HTTP/1.1 with the method CONNECT. */
        HTTP,
        /** SOCKS 5 (RFC 1928), with or without user and password (RFC 1929). */
        SOCKS5
    }

    /** Checks lengths and the port. */
    public ProxySettings {
        if (host.isEmpty() || port < 1 || port > MOST_PORT || isLong(user) || isLong(password)
                || (user == null && password != null) || (user != null && user.isEmpty())
                || (kind == Kind.HTTP && user != null && user.indexOf(':') >= 0)) {
            throw refused();
        }
    }

    /**
     * The proxy with this address.
     *
     * @throws IllegalArgumentException if it is none; the message holds nothing of it
     */
    public static ProxySettings of(String address) {
        try {
            URI uri = new URI(address.strip());
            String host = uri.getHost();
            String scheme = uri.getScheme();
            if (host == null || scheme == null || uri.getRawQuery() != null
                    || uri.getRawFragment() != null || !isEmptyPath(uri.getRawPath())) {
                throw refused();
            }
            String login = uri.getRawUserInfo();
            int colon = login == null ? -1 : login.indexOf(':');
            return new ProxySettings(kind(scheme),
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                    uri.getPort(), login == null ? null
                            : decoded(colon < 0 ? login : login.substring(0, colon)),
                    login == null || colon < 0 ? null : decoded(login.substring(colon + 1)));
        } catch (URISyntaxException e) {
            throw refused(); // whose message would hold the address
        }
    }

    private static Kind kind(String scheme) {
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "http" -> Kind.HTTP;
            case "socks5" -> Kind.SOCKS5;
            default -> throw refused();
        };
    }

    private static boolean isEmptyPath(@Nullable String path) {
        return path == null || path.isEmpty() || path.equals("/");
    }

    private static String decoded(String raw) {
        return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static boolean isLong(@Nullable String text) {
        return text != null && text.getBytes(StandardCharsets.UTF_8).length > MOST_LOGIN_BYTES;
    }

    private static IllegalArgumentException refused() {
        return new IllegalArgumentException("the proxy's address is not " + FORM);
    }

    /** Whether there is somebody to log in as, and nothing to do it with. */
    public boolean isWithoutPassword() {
        return user != null && password == null;
    }

    /** The same with a password. */
    public ProxySettings withPassword(String word) {
        return new ProxySettings(kind, host, port, user, word);
    }

    /** For people: {@code host:port}. */
    String peer() {
        return host.indexOf(':') < 0 ? host + ':' + port : '[' + host + "]:" + port;
    }

    /** For people: without user and password. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + "://" + peer();
    }
}
