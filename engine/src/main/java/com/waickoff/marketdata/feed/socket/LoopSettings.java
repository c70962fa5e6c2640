package com.waickoff.marketdata.feed.socket;

import java.util.Map;

/**
 * What all feeds of a loop share.
 *
 * @param sockets which interface to sockets is used
 * @param tls whom to trust, for WebSockets and REST alike
 * @param proxies by the names of the feeds whose connections, WebSockets and REST alike, go through
 *     them; others go straight to their venues
 */
public record LoopSettings(SocketKind sockets, TlsSettings tls,
        Map<String, ProxySettings> proxies) {
    /** The best sockets there are, the authorities of the system, and no proxies. */
    public static final LoopSettings DEFAULTS = new LoopSettings(SocketKind.AUTO,
            TlsSettings.SYSTEM);

    /** The proxies are copied. */
    public LoopSettings {
        proxies = Map.copyOf(proxies);
    }

    /** Without proxies. */
    public LoopSettings(SocketKind sockets, TlsSettings tls) {
        this(sockets, tls, Map.of());
    }
}
