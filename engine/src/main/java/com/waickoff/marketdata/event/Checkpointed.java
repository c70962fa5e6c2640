package com.waickoff.marketdata.event;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.IntPredicate;

/**
 * A part of the engine whose state can be written at a sequence and read back, so that a restart
 * replays only what came after.
 *
 * <p>What is written must be a pure function of the events handled so far: the same journal gives
 * the same bytes. Threads: called while no event is being handled.
 */
public interface Checkpointed {
    /** Unique name of the part within a checkpoint, such as {@code "profile"}. */
    String partName();

    /** Version of what {@link #writeTo} writes; raised with every change of it. */
    int partVersion();

    /** Writes the whole state. */
    void writeTo(DataOutput out) throws IOException;

    /**
     * Takes over what {@link #writeTo} of the same version wrote.
     *
     * @param owned the ids of the instruments this part is responsible for; others are skipped
     *
     * @throws IOException if the content cannot be state of this part
     */
    void readFrom(DataInput in, IntPredicate owned) throws IOException;
}
