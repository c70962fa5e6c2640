package com.waickoff.marketdata.feed.socket;

/**
 * What all feeds of a loop share.
 *
 * @param sockets which interface to sockets is used
 * @param tls whom to trust, for WebSockets and REST alike
 */
public record LoopSettings(SocketKind sockets, TlsSettings tls) {
    /** The best sockets there are, and the authorities of the system. */
    public static final LoopSettings DEFAULTS = new LoopSettings(SocketKind.AUTO,
            TlsSettings.SYSTEM);
}
