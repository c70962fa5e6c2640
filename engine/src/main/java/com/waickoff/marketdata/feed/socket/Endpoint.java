package com.waickoff.marketdata.feed.socket;

import java.net.URI;
import java.util.Locale;

/**
 * Where a connection goes.
 *
 * @param isTls whether it is encrypted
 * @param host name or address, IPv6 without brackets
 * @param port of the host
 * @param authority as a {@code Host} header says it: without the port if it is the scheme's
 * @param prefix path before every path that is asked for, without a slash at its end
 */
record Endpoint(boolean isTls, String host, int port, String authority, String prefix) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    static Endpoint of(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean isTls = scheme.equals("wss") || scheme.equals("https");
        String host = uri.getHost();
        int usual = isTls ? HTTPS_PORT : HTTP_PORT;
        int port = uri.getPort() < 0 ? usual : uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return new Endpoint(isTls, host.startsWith("[") ? host.substring(1, host.length() - 1)
                : host, port, port == usual ? host : host + ':' + port,
                path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    /** For people: {@code host:port}. */
    String peer() {
        return host.indexOf(':') < 0 ? host + ':' + port : '[' + host + "]:" + port;
    }

    /** The path to ask for. */
    String path(String pathAndQuery) {
        return prefix + (pathAndQuery.startsWith("/") ? pathAndQuery : '/' + pathAndQuery);
    }
}
