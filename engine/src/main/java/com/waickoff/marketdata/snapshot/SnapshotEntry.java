package com.waickoff.marketdata.snapshot;

/**
 * An instrument found in an opened snapshot file. It belongs to that file: after {@link
 * SnapshotReader#refresh()} has answered true, look it up again.
 *
 * @param instrument its definition
 * @param place its block in the file
 * @param epoch of the run that wrote the file
 */
public record SnapshotEntry(SnapshotInstrument instrument, int place, long epoch) {}
