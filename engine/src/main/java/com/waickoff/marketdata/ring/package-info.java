/**
 * The Disruptor, all of it: how events get from the feed thread to the journal and the studies.
 *
 * <pre>
 *  inline   feed thread:  publish ─► ring ─► [poll journal] ─► [poll studies]      all on the feed thread
 *
 *  fused    feed thread:  publish ─► ring ─► one consumer: journal, then studies
 *
 *  staged   feed thread:  publish ─► ring ─► journal ─┬► studies of shard 0
 *                                                     └► studies of shard 1 …      gated on the journal
 * </pre>
 *
 * <p>{@link com.waickoff.marketdata.ring.Pipeline} is the main class. All three topologies hand the
 * same events in the same order to the same handlers, and a study never sees an event at the end
 * of a batch before the journal has it.
 */
@NullMarked
package com.waickoff.marketdata.ring;

import org.jspecify.annotations.NullMarked;
