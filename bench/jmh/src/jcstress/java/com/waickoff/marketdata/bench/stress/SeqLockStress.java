package com.waickoff.marketdata.bench.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import com.waickoff.marketdata.memory.SeqLock;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** The seqlock of the mapped sections: a reader never takes a half-written section for a whole. */
public final class SeqLockStress {
    private SeqLockStress() {}

    /** A section of two words on two cache lines; every write gives both the same value. */
    static class Section {
        private static final int FIRST = SeqLock.LENGTH;
        private static final int SECOND = FIRST + 128;
        private static final int LENGTH = SECOND + Long.BYTES;
        /** An array's first byte need not be aligned for longs. */
        private static final int ALIGNED = (int) (-BufferUtil.ARRAY_BASE_OFFSET & (Long.BYTES - 1));

        private final AtomicBuffer buffer = new UnsafeBuffer(new byte[ALIGNED + LENGTH], ALIGNED,
                LENGTH);
        private final SeqLock writer = new SeqLock(buffer, 0);
        private final SeqLock reader = new SeqLock(buffer, 0);
        long first;
        long second;

        void write(long value) {
            writer.beginWrite();
            buffer.putLong(FIRST, value);
            buffer.putLong(SECOND, value);
            writer.endWrite(value);
        }

        long readBoth() {
            return reader.read(this::copy);
        }

        private void copy() {
            first = buffer.getLong(FIRST);
            second = buffer.getLong(SECOND);
        }
    }

    /** One write, one read. */
    @JCStressTest
    @Description("One write of a section against one read of it.")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "reader -> writer")
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "writer -> reader")
    @Outcome(id = "-1, .*", expect = ACCEPTABLE_INTERESTING,
            desc = "the writer lost its CPU inside the write; the reader gave up and said so")
    @Outcome(expect = FORBIDDEN, desc = "a torn section, or one with another's sequence")
    @State
    public static class OneWrite extends Section {
        /** Writes. */
        @Actor
        public void writer() {
            write(1);
        }

        /** Reads; the result is sequence, first word, second word. */
        @Actor
        public void reader(JJJ_Result result) {
            result.r1 = readBoth();
            result.r2 = first;
            result.r3 = second;
        }
    }

    /** Two writes, one read: the case in which a reader can start in one write and end in another. */
    @JCStressTest
    @Description("Two writes of a section, one after the other, against one read of it.")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "reader -> both writes")
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "first write -> reader -> second write")
    @Outcome(id = "2, 2, 2", expect = ACCEPTABLE, desc = "both writes -> reader")
    @Outcome(id = "-1, .*", expect = ACCEPTABLE_INTERESTING,
            desc = "the writer lost its CPU inside a write; the reader gave up and said so")
    @Outcome(expect = FORBIDDEN, desc = "a torn section, or one with another's sequence")
    @State
    public static class TwoWrites extends Section {
        /** Writes twice. */
        @Actor
        public void writer() {
            write(1);
            write(2);
        }

        /** Reads; the result is sequence, first word, second word. */
        @Actor
        public void reader(JJJ_Result result) {
            result.r1 = readBoth();
            result.r2 = first;
            result.r3 = second;
        }
    }

    /** Two reads never go back in time. */
    @JCStressTest
    @Description("Two writes of a section against two reads of it, one after the other.")
    @Outcome(id = {"0, 0, 0", "0, 1, 0", "0, 2, 0", "1, 1, 0", "1, 2, 0",
            "2, 2, 0"}, expect = ACCEPTABLE,
            desc = "the second read saw the same write or a later one")
    @Outcome(id = {"-1, .*, 0",
            ".*, -1, 0"}, expect = ACCEPTABLE_INTERESTING,
            desc = "the writer lost its CPU inside a write; the reader gave up and said so")
    @Outcome(expect = FORBIDDEN, desc = "back in time, or a torn section")
    @State
    public static class TwoReads extends Section {
        /** Writes twice. */
        @Actor
        public void writer() {
            write(1);
            write(2);
        }

        /** Reads twice; the result is both sequences and the number of torn copies. */
        @Actor
        public void reader(JJJ_Result result) {
            result.r1 = readBoth();
            long torn = tornFrom(result.r1);
            result.r2 = readBoth();
            result.r3 = torn + tornFrom(result.r2);
        }

        private long tornFrom(long sequence) {
            boolean whole = first == sequence && second == sequence;
            return whole || sequence == SeqLock.RETRIES_EXHAUSTED ? 0 : 1;
        }
    }
}
