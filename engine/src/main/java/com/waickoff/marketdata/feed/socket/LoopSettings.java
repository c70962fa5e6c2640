package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.feed.FeedClock;
import java.util.Map;

/**
 * What all feeds of a loop share.
 *
 * @param sockets which interface to sockets is used
 * @param tls whom to trust, for WebSockets and REST alike
 * @param proxies by the names of the feeds whose connections, WebSockets and REST alike, go through
 *     them; others go straight to their venues
 * @param tickNs time of the machine's clock between two looks at what is due, at least 1 ms; less than
 *     usual is of use where the receive clock runs faster than the machine's
 */
public record LoopSettings(SocketKind sockets, TlsSettings tls,
        Map<String, ProxySettings> proxies, long tickNs) {
    private static final long LEAST_TICK_NS = 1_000_000;
    /** The best sockets there are, the authorities of the system, and no proxies. */
    public static final LoopSettings DEFAULTS = new LoopSettings(SocketKind.AUTO,
            TlsSettings.SYSTEM);

    /** Checks ranges; the proxies are copied. */
    public LoopSettings {
        if (tickNs < LEAST_TICK_NS) {
            throw new IllegalArgumentException("tickNs is " + tickNs + ", must be at least "
                    + LEAST_TICK_NS);
        }
        proxies = Map.copyOf(proxies);
    }

    /** With the usual ticks. */
    public LoopSettings(SocketKind sockets, TlsSettings tls, Map<String, ProxySettings> proxies) {
        this(sockets, tls, proxies, FeedClock.PERIOD_NS);
    }

    /** Without proxies. */
    public LoopSettings(SocketKind sockets, TlsSettings tls) {
        this(sockets, tls, Map.of());
    }

    /** The same with other ticks. */
    public LoopSettings withTickNs(long ns) {
        return new LoopSettings(sockets, tls, proxies, ns);
    }
}
