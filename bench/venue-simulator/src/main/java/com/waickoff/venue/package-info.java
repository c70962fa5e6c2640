/**
 * A venue on this machine: invented markets, told in the venues' own wire shapes, and the exact
 * truth to compare with.
 *
 * <pre>
 *   SyntheticMarket ──┬─► VenueEncoder ─► FaultInjector ─► RecordingWriter      what an engine sees
 *     (market)        │      (wire)         (recording)      (recording)
 *                     └─► TrueTape ─────► ReferenceTape ──► ReferenceExport     what is true
 *                                           (reference)       (reference)
 * </pre>
 *
 * <p>{@link com.waickoff.venue.VenueSession} plays the upper row; everything is seeded, and the same
 * seed gives the same bytes.
 */
@NullMarked
package com.waickoff.venue;

import org.jspecify.annotations.NullMarked;
