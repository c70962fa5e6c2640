package com.waickoff.marketdata.event;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A part of the engine whose state of an instrument can be written at a sequence and read back, so
 * that a restart replays only what came after.
 *
 * <p>What is written must be a pure function of the events handled so far: the same journal gives
 * the same bytes. Threads: called while no event is being handled.
 */
public interface Checkpointed {
    /** Unique name of the part within a checkpoint, such as {@code "profile"}. */
    String partName();

    /** Version of what {@link #writeInstrument} writes; raised with every change of it. */
    int partVersion();

    /** Writes all state of an instrument that was defined. */
    void writeInstrument(int instrumentId, DataOutput out) throws IOException;

    /**
     * Takes over what {@link #writeInstrument} of the same version wrote. The instrument was
     * defined, and had no other event yet.
     *
     * @throws IOException if the content cannot be state of this part
     */
    void readInstrument(int instrumentId, DataInput in) throws IOException;
}
