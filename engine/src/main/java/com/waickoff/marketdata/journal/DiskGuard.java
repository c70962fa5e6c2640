package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.memory.FreeSpace;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.DiskLevel;
import com.waickoff.marketdata.status.DiskReading;
import com.waickoff.marketdata.status.DiskStatus;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Watches the disk of a journal, and reserves ahead what the journal is going to need: what the
 * thread that appends must not wait for.
 *
 * <p>What becomes of a disk that fills, in this order:
 *
 * <ol>
 * <li>{@link DiskLevel#NO_BOOKS}: below the mark for it, or where blocks cannot be reserved any more,
 * book levels are to be left out of the journal. They are most of its bytes. From the mark to resume
 * on, and once blocks can be reserved, all is journaled again.
 * <li>{@link DiskLevel#NOTHING}: below the mark to stop, the engine is to stop as it should. That
 * holds until it is started again.
 * <li>Whatever was reserved is there to the last byte. Where even that is used up, appending ends
 * with a {@link DiskFullException}, before anything is lost.
 * </ol>
 *
 * <p>Enforces the {@link DepthCap} too.
 *
 * <p>Threads: {@link #look} by one, which is its own once it is started; {@link #level} by any.
 */
public final class DiskGuard implements AutoCloseable {
    private static final long BETWEEN_LOOKS_NS = 100_000_000;
    private static final int LOOKS_PER_CAP = 300;

    private final Journal journal;
    private final DiskMarks marks;
    private final FreeSpace space;
    private final DiskStatus status;
    private final CounterBlock counters;
    private final LongSupplier clockNs;
    private final DepthCap cap;
    private final Thread thread;
    private volatile DiskLevel level = DiskLevel.ENOUGH;
    private volatile boolean isClosed;

    /**
     * A guard that has not looked yet.
     *
     * @param status shows what was seen
     * @param counters of the thread that looks
     * @param clockNs ns since the epoch
     * @param cap enforced when it begins, and every half minute
     * @param onFailure hears, on the guard's thread, why it cannot go on
     */
    public DiskGuard(Journal journal, DiskMarks marks, FreeSpace space, DiskStatus status,
            CounterBlock counters, LongSupplier clockNs, DepthCap cap,
            Consumer<Throwable> onFailure) {
        this.journal = journal;
        this.marks = marks;
        this.space = space;
        this.status = status;
        this.counters = counters;
        this.clockNs = clockNs;
        this.cap = cap;
        status.marks(marks.pauseBytes(), marks.resumeBytes(), marks.stopBytes());
        thread = new Thread(() -> watch(onFailure), "waickoff-disk");
        thread.setDaemon(true);
    }

    /** From now on it looks ten times a second. */
    public void start() {
        thread.start();
    }

    /** What the room on the disk allows. */
    public DiskLevel level() {
        return level;
    }

    /** What was seen last. */
    public DiskReading seen() {
        return status.read();
    }

    /**
     * Looks at the disk, and reserves what will be needed. Allocates nothing unless it reserves.
     *
     * @throws JournalException if that fails for another reason than a full disk
     */
    public void look() {
        boolean isReserved = journal.reserveAhead();
        boolean isRefused = journal.takeRefusal();
        if (!isReserved || isRefused) {
            counters.increment(Counter.RESERVES_REFUSED);
        }
        long free;
        try {
            free = space.freeBytes();
        } catch (IOException e) {
            throw new JournalException(
                    "the free space of the journal's disk cannot be told: " + e.getMessage(), e);
        }
        level = next(free, isReserved && !isRefused);
        status.show(level, free, clockNs.getAsLong());
    }

    /** Ends its thread. */
    @Override
    public void close() {
        isClosed = true;
        boolean interrupted = false;
        LockSupport.unpark(thread);
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private DiskLevel next(long free, boolean isReserved) {
        if (level == DiskLevel.NOTHING || free < marks.stopBytes()) {
            return DiskLevel.NOTHING;
        }
        if (free < marks.pauseBytes() || !isReserved) {
            return DiskLevel.NO_BOOKS;
        }
        return free < marks.resumeBytes() ? level : DiskLevel.ENOUGH;
    }

    private void watch(Consumer<Throwable> onFailure) {
        try {
            for (int looks = 0; !isClosed; looks++) {
                look();
                if (looks % LOOKS_PER_CAP == 0) {
                    cap.enforce();
                }
                LockSupport.parkNanos(BETWEEN_LOOKS_NS);
            }
        } catch (Throwable cause) {
            onFailure.accept(cause);
        }
    }
}
