/**
 * A venue that is listened to: on loopback, over WebSocket and REST, in the venue's own words.
 *
 * <pre>
 *   producing thread                          event loop (all else)
 *   FrameSource ─► BlockWriter ─► ReadAhead ─► Player ─► KeptMarket ─► REST answers, late subscribers
 *   (recording or                                  └──► subscribed VenueConnections ─► sockets
 *    invented market)                                       └ LineFaults
 * </pre>
 *
 * <p>One thread reads or invents frames ahead, at most so many bytes; the event loop plays them by a
 * clock, keeps the books and the last trades as they have been told, and talks to clients. How a
 * venue talks is in its {@code Dialect}; that it may refuse, limit and break is in
 * {@link com.waickoff.venue.serve.VenueLimits} and {@link com.waickoff.venue.serve.LineFaults}.
 */
@NullMarked
package com.waickoff.venue.serve;

import org.jspecify.annotations.NullMarked;
