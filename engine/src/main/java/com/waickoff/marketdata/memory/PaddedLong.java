package com.waickoff.marketdata.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** What stands before the value of a {@link PaddedLong}. */
@SuppressWarnings({"unused", "MultiVariableDeclaration", "UnusedVariable"})
abstract class PaddingBefore {
    private long before01, before02, before03, before04, before05;
    private long before06, before07, before08, before09, before10;
    private long before11, before12, before13, before14, before15;
}

/** The value of a {@link PaddedLong}: a superclass of its own, so that it stays in the middle. */
abstract class PaddedValue extends PaddingBefore {
    static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(PaddedValue.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    long value;
}

/**
 * A long that shares its cache lines with nothing else. The only padding in the project: extend it
 * or hold one.
 *
 * <p>Why: a core that writes takes the whole line away from all others. Two counters of two threads
 * on one line make each wait for the other at every write. Lines are 64 bytes, but Intel's
 * prefetcher fetches them in pairs, so 120 bytes on either side keep neighbours off the pair. The
 * virtual machine lays out the fields of a superclass before those of its subclasses; within one
 * class it may reorder them, hence three classes.
 *
 * <p>Threads: one writer, any number of readers.
 */
@SuppressWarnings({"unused", "MultiVariableDeclaration", "UnusedVariable"})
public class PaddedLong extends PaddedValue {
    private long behind01, behind02, behind03, behind04, behind05;
    private long behind06, behind07, behind08, behind09, behind10;
    private long behind11, behind12, behind13, behind14, behind15;

    /** Starts at 0. */
    public PaddedLong() {}

    /** The value without any order: for the writer itself. */
    public final long getPlain() {
        return value;
    }

    /** The value, and with it all that was written before its release. */
    public final long getAcquire() {
        return (long) VALUE.getAcquire(this);
    }

    /** Stores the value after everything written before. */
    public final void setRelease(long newValue) {
        VALUE.setRelease(this, newValue);
    }
}
