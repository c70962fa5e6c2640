package com.waickoff.marketdata.mcp.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Names under which this server may be addressed, and pages that may address it. A page of somebody
 * else can make a browser send requests to loopback under a name of that page's own; it cannot make it
 * lie about that name.
 *
 * <p>Threads: immutable.
 */
public final class Places {
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    private final List<String> hosts;
    private final List<String> origins;

    /**
     * Loopback, on any port, and these.
     *
     * @param hosts {@code name} for any port, or {@code name:port}
     * @param origins such as {@code https://app.example.com}
     */
    public Places(List<String> hosts, List<String> origins) {
        this.hosts = hosts.stream().map(Places::lower).toList();
        this.origins = origins.stream().map(Places::lower).toList();
    }

    /** Whether the value of a {@code Host} header is a name of this server. */
    public boolean isHost(String host) {
        String given = lower(host);
        List<String> names = new ArrayList<>(hosts);
        names.addAll(LOOPBACK);
        return names.contains(given) || names.contains(withoutPort(given));
    }

    /** Whether the value of an {@code Origin} header is a page that may ask. */
    public boolean isOrigin(String origin) {
        String given = lower(origin);
        if (origins.contains(given)) {
            return true;
        }
        int scheme = given.indexOf("://");
        String name = scheme < 0 ? "" : withoutPort(given.substring(scheme + "://".length()));
        return (given.startsWith("http://") || given.startsWith("https://"))
                && LOOPBACK.contains(name);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > 0 && colon > host.lastIndexOf(']')
                && host.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
        return port ? host.substring(0, colon) : host;
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
