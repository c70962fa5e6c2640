/**
 * From a venue's bytes to market events.
 *
 * <pre>
 *   WebSocket client ─┐                                   ┌─► EventSink   events of one frame, one batch
 *   recording ────────┼─► VenueProtocol ─► decoder, book ─┤
 *   simulation ───────┘   (VenueFeed)      and id chain   └─► VenueTransport   what the venue is asked for
 * </pre>
 *
 * <p>{@link com.waickoff.marketdata.feed.VenueProtocol} is every venue's door, whoever drives it; no
 * network, clock or thread lives behind it. {@link com.waickoff.marketdata.feed.VenueFeed} is what
 * all venues have in common; a venue's own package adds its decoder, its book sequence and its
 * metadata. {@link com.waickoff.marketdata.feed.JsonCursor} reads any frame,
 * {@link com.waickoff.marketdata.feed.LevelReader} the part of it that is long.
 */
@NullMarked
package com.waickoff.marketdata.feed;

import org.jspecify.annotations.NullMarked;
