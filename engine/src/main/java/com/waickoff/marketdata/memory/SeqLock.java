package com.waickoff.marketdata.memory;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Lets one writer change a section of shared memory while readers, also of other processes, copy
 * it: a reader never blocks the writer, and never takes a half-written section for a whole one.
 *
 * <pre>
 *   0        8        16         24                 64
 *   +--------+--------+----------+------------------+----------------------
 *   | begin  |  end   | sequence |     (unused)     |  section, not ours …
 *   +--------+--------+----------+------------------+----------------------
 *
 *   writer: begin = n      store-store fence   section, sequence   release: end = n
 *   reader: n = acquire end    section, sequence    load-load fence    begin == n ?
 * </pre>
 *
 * <p>{@code begin} and {@code end} count the writes; they differ while one is under way, and for
 * ever if the writer died in it. {@code sequence} is the last engine sequence the section holds, 0
 * before the first write.
 *
 * <p>A reader that saw any store of write n has its fence after it, so it also sees that write's
 * begin, which is not the end it started from: it copies again. Retries are bounded, because a dead
 * writer never ends.
 */
public final class SeqLock {
    /** Bytes of the lock: one cache line, so that a section behind it begins on its own. */
    public static final int LENGTH = 64;
    /** Answer of {@link #read} when each of its attempts met a write. */
    public static final long RETRIES_EXHAUSTED = -1;

    /** A write takes well under a microsecond: spinning through it is right at first. */
    private static final int SPINNING_ATTEMPTS = 100;
    /** Later the writer has lost its CPU or its life: wait for it, a tenth of a second in all. */
    private static final int WAITING_ATTEMPTS = 1000;
    private static final long WAIT_NS = 50_000;

    private static final int BEGIN_OFFSET_64 = 0;
    private static final int END_OFFSET_64 = BEGIN_OFFSET_64 + Long.BYTES;
    private static final int SEQUENCE_OFFSET_64 = END_OFFSET_64 + Long.BYTES;

    private final AtomicBuffer buffer;
    private final int beginIndex;
    private final int endIndex;
    private final int sequenceIndex;
    private final SingleWriter writer = new SingleWriter();
    private long change;

    /** Copies the section that the lock guards. */
    @FunctionalInterface
    public interface Copier {
        /**
         * Copies everything that is wanted, and nothing more. May be called several times, and may
         * see a mixture of old and new: any length or index found in the section has to be checked
         * before it is used, and no conclusion drawn before {@link SeqLock#read} returns.
         */
        void copy();
    }

    /**
     * A lock over existing memory.
     *
     * @param offset of the lock in {@code buffer}, a multiple of 8
     */
    public SeqLock(AtomicBuffer buffer, int offset) {
        buffer.boundsCheck(offset, LENGTH);
        if ((offset & (Long.BYTES - 1)) != 0) {
            throw new IllegalArgumentException("offset " + offset + " is no multiple of 8");
        }
        this.buffer = buffer;
        beginIndex = offset + BEGIN_OFFSET_64;
        endIndex = offset + END_OFFSET_64;
        sequenceIndex = offset + SEQUENCE_OFFSET_64;
        change = buffer.getLong(beginIndex);
    }

    /** Writer: from here on readers start over. */
    public void beginWrite() {
        assert writer.isThisThread() : writer.cure("section");
        assert buffer.getLong(endIndex) == change
                : "section: beginWrite twice. End each write with endWrite";
        signalWriteIntent(++change);
    }

    /**
     * Writer: the section is whole again.
     *
     * @param sequence last engine sequence that the section now holds
     */
    public void endWrite(long sequence) {
        assert buffer.getLong(endIndex) == change - 1
                : "section: endWrite without beginWrite. Begin each write first";
        buffer.putLong(sequenceIndex, sequence);
        buffer.putLongRelease(endIndex, change);
    }

    /**
     * Reader: copies the section, again and again until the copy is whole, but not for ever.
     *
     * @return the engine sequence of the copy, or {@link #RETRIES_EXHAUSTED}, which makes the copy
     *     worthless
     */
    public long read(Copier copier) {
        for (int attempt = 0; attempt < SPINNING_ATTEMPTS + WAITING_ATTEMPTS; attempt++) {
            long observed = buffer.getLongAcquire(endIndex);
            copier.copy();
            long sequence = buffer.getLong(sequenceIndex);
            if (isUnchangedSince(observed)) {
                return sequence;
            }
            if (attempt < SPINNING_ATTEMPTS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(WAIT_NS);
            }
        }
        return RETRIES_EXHAUSTED;
    }

    /**
     * Reader that must not wait: as {@link #read}, but given up after some attempts in a row.
     *
     * @return as {@link #read}
     */
    public long readNow(Copier copier) {
        for (int attempt = 0; attempt < SPINNING_ATTEMPTS; attempt++) {
            long observed = buffer.getLongAcquire(endIndex);
            copier.copy();
            long sequence = buffer.getLong(sequenceIndex);
            if (isUnchangedSince(observed)) {
                return sequence;
            }
            Thread.onSpinWait();
        }
        return RETRIES_EXHAUSTED;
    }

    /** Reader: how many writes the section has seen to their end, with acquire order. */
    public long completedWrites() {
        return buffer.getLongAcquire(endIndex);
    }

    /**
     * Reader: whether nobody has written, or begun to, since there were so many completed writes: a
     * copy made in between is whole, and still what the section holds. No load of that copy can
     * happen after this check.
     *
     * @param completed what {@link #completedWrites} said
     */
    public boolean isUnchangedSince(long completed) {
        VarHandle.loadLoadFence();
        return buffer.getLongOpaque(beginIndex) == completed;
    }

    /** Lets the next thread that writes become the single writer. */
    public void handOver() {
        writer.handOver();
    }

    /** No store to the section may become visible before the intent to change it. */
    private void signalWriteIntent(long newChange) {
        buffer.putLongOpaque(beginIndex, newChange);
        VarHandle.storeStoreFence();
    }
}
