package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.Checkpointed;
import com.waickoff.marketdata.event.Instrument;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A checkpoint that was verified. Its parts stay in the file until they are restored, one at a time:
 * with their history they may be larger than the heap.
 *
 * @param journalId the journal whose events it holds
 * @param sequence last engine sequence it holds
 * @param instruments all definitions, in order of ids
 * @param file where it is
 * @param partsOffset where the parts begin in it
 */
public record Checkpoint(long journalId, long sequence, List<Instrument> instruments, Path file,
        long partsOffset) {
    /** What one part of the engine wrote for one instrument. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and read once.
    record Part(int instrumentId, String name, int version, byte[] content) {}

    /**
     * Gives every part its state; the instruments must be defined in the parts by now.
     *
     * @param partsOf the parts that hold state of an instrument
     * @throws IOException if a part is missing, of another version, or refuses its content
     */
    public void restore(IntFunction<List<Checkpointed>> partsOf) throws IOException {
        CheckpointFormat.readParts(this, part -> restore(part, partsOf.apply(part.instrumentId)));
    }

    private static void restore(Part part, List<Checkpointed> candidates) throws IOException {
        Checkpointed target = find(candidates, part.name);
        if (target.partVersion() != part.version) {
            throw new IOException("its part " + part.name + " has version " + part.version
                    + ", this program reads " + target.partVersion());
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(part.content));
        target.readInstrument(part.instrumentId, in);
        if (in.available() > 0) {
            throw new IOException("its part " + part.name + " has " + in.available()
                    + " bytes too many");
        }
    }

    private static Checkpointed find(List<Checkpointed> candidates, String name)
            throws IOException {
        for (Checkpointed candidate : candidates) {
            if (candidate.partName().equals(name)) {
                return candidate;
            }
        }
        throw new IOException("its part " + name + " is unknown to this program");
    }
}
