/**
 * The past once more: recordings and journals through the same decoders and handlers as live data,
 * and what is kept of it.
 *
 * <ul>
 *   <li>{@link com.waickoff.marketdata.replay.RecordingReplay} drives a venue's protocol with the
 *       frames of a {@link com.waickoff.marketdata.replay.RecordingReader};
 *   <li>{@link com.waickoff.marketdata.replay.WindowLedger},
 *       {@link com.waickoff.marketdata.replay.Exports} and
 *       {@link com.waickoff.marketdata.replay.StateHash} keep, write and fingerprint the outcome;
 *   <li>{@link com.waickoff.marketdata.replay.CheckpointStore} lets a restart begin at a sequence.
 * </ul>
 */
@NullMarked
package com.waickoff.marketdata.replay;

import org.jspecify.annotations.NullMarked;
