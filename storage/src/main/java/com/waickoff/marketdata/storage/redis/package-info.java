/**
 * The bus and the cache in Redis: one stream of events for each instrument, bounded, in the order of
 * the journal, each effect once; beside it what an instrument was last seen doing. The only room
 * that knows Lettuce. Keys and fields are described in {@code docs/events}.
 *
 * <pre>
 *   lane ──effects──► RedisSink ──► StreamWriter ──one transaction a stream──► ev:{venue:SYMBOL}
 *                        │                                       (connection "writer")
 *                        ├────────► DrainPlace ── cursor, epoch, heads ─────► {drain}:…
 *                        └────────► LatestCache ── best effort ─────────────► snap:{…}:latest, wake:{…}
 *                                                                (connection "cache")
 * </pre>
 *
 * <p>No command is ever sent again by the client itself. After a failure a new connection asks the
 * server what is there, and only the rest is sent.
 */
@NullMarked
package com.waickoff.marketdata.storage.redis;

import org.jspecify.annotations.NullMarked;
