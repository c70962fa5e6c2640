/**
 * The network, all of it: one event loop that carries every feed's WebSocket, REST answers and
 * timers, and the only place that names Netty.
 *
 * <pre>
 *   socket ─► TLS ─► HTTP upgrade ─► FrameParser ─► VenueProtocol ─► EventSink
 *                    (then gone)     (in place)          │
 *   socket ◄─ TLS ◄── FrameWriter ◄── SendQueue ◄────────┤ VenueTransport
 *   REST   ◄────────────────────────── RestClient ◄──────┘
 * </pre>
 *
 * <p>{@link com.waickoff.marketdata.feed.socket.FeedLoop} is the door. What is hot is free of
 * garbage: reading, framing and handing on. Everything that happens once a connection or once a
 * request may allocate.
 *
 * <p>Threads: what is not said to be of any thread belongs to the loop's.
 */
@NullMarked
package com.waickoff.marketdata.feed.socket;

import org.jspecify.annotations.NullMarked;
