/**
 * The mapped snapshot file: what the engine knows now, for readers in other processes.
 *
 * <p>{@link com.waickoff.marketdata.snapshot.SnapshotFormat} is the specification.
 * {@link com.waickoff.marketdata.snapshot.SnapshotWriter} creates the file and hands each study the
 * sections it writes; {@link com.waickoff.marketdata.snapshot.SnapshotReader} copies sections into
 * views. What is a pure function of a section, such as a value area, readers compute.
 */
@NullMarked
package com.waickoff.marketdata.snapshot;

import org.jspecify.annotations.NullMarked;
