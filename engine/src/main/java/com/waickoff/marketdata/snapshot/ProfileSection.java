package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.snapshot.SnapshotFormat.ProfileSlot;
import com.waickoff.marketdata.window.Bar;
import com.waickoff.marketdata.window.Rows;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Writes the windows of one timeframe: bars and rows.
 *
 * <p>Nearly always only the rows that changed are copied. When a slot passes to another window, or
 * the window's rows were made coarser, what was shown is zeroed and all rows are written: the bytes
 * depend on the window alone, not on how it got there.
 *
 * <p>Threads: one study thread.
 */
public final class ProfileSection {
    private static final long NS_PER_MS = 1_000_000L;
    private static final int NOTHING_SHOWN = 0;

    private final AtomicBuffer buffer;
    private final Timeframe timeframe;
    private final int rowCapacity;
    private final SeqLock lock;
    private final int[] slotOffset = new int[SnapshotFormat.SLOTS];
    private final long[] shownStartNs = new long[SnapshotFormat.SLOTS];
    private final long[] shownRowSize = new long[SnapshotFormat.SLOTS];
    private final long[] shownLow = new long[SnapshotFormat.SLOTS];
    private final long[] shownHigh = new long[SnapshotFormat.SLOTS];

    ProfileSection(AtomicBuffer buffer, int offset, Timeframe timeframe, SnapshotConfig config) {
        this.buffer = buffer;
        this.timeframe = timeframe;
        rowCapacity = config.rowCapacity();
        lock = new SeqLock(buffer, offset);
        for (int slot = 0; slot < SnapshotFormat.SLOTS; slot++) {
            slotOffset[slot] = offset + SeqLock.LENGTH
                    + slot * SnapshotLayout.profileSlotLength(config);
            shownRowSize[slot] = NOTHING_SHOWN;
            shownHigh[slot] = -1;
        }
    }

    /**
     * Shows what changed of a window, and marks it clean. A window older than the one that has its
     * slot is no longer shown.
     *
     * @param sequence last engine sequence the window holds
     * @return whether the window is shown
     * @throws IllegalStateException if the window has more rows than the file has room for
     */
    public boolean write(Window window, long sequence) {
        assert window.timeframe() == timeframe
                : window.timeframe() + " written to " + timeframe + ": use that one's section";
        int slot = (int) timeframe.indexOf(window.startNs()) & 1;
        boolean replaced = shownStartNs[slot] != window.startNs();
        if (replaced && shownRowSize[slot] != NOTHING_SHOWN
                && window.startNs() < shownStartNs[slot]) {
            window.clearDirty();
            return false;
        }
        Rows rows = window.rows();
        checkFits(rows);
        boolean sameRows = !replaced && shownRowSize[slot] == rows.rowSize()
                && rows.lowRow() <= shownLow[slot] && rows.highRow() >= shownHigh[slot];
        lock.beginWrite();
        writeBar(slotOffset[slot], window);
        if (sameRows) {
            writeCells(slot, rows, rows.dirtyLow(), rows.dirtyHigh());
        } else {
            replaceCellsSlowPath(slot, rows);
        }
        writeRange(slot, rows);
        lock.endWrite(sequence);
        shownStartNs[slot] = window.startNs();
        window.clearDirty();
        return true;
    }

    private void checkFits(Rows rows) {
        if (!rows.isEmpty() && rows.highRow() - rows.lowRow() >= rowCapacity) {
            throw new IllegalStateException("rows " + rows.lowRow() + " to " + rows.highRow()
                    + " do not fit the snapshot's row capacity of " + rowCapacity);
        }
    }

    private void writeBar(int at, Window window) {
        Bar bar = window.bar();
        buffer.putLong(at + ProfileSlot.START_MS_OFFSET_64, window.startNs() / NS_PER_MS);
        buffer.putInt(at + ProfileSlot.FLAGS_OFFSET_32, window.flags());
        buffer.putInt(at + ProfileSlot.REVISION_OFFSET_32, window.revision());
        buffer.putLong(at + ProfileSlot.TRADES_OFFSET_64, bar.trades());
        buffer.putLong(at + ProfileSlot.OPEN_OFFSET_64, bar.open());
        buffer.putLong(at + ProfileSlot.HIGH_OFFSET_64, bar.high());
        buffer.putLong(at + ProfileSlot.LOW_OFFSET_64, bar.low());
        buffer.putLong(at + ProfileSlot.CLOSE_OFFSET_64, bar.close());
        buffer.putLong(at + ProfileSlot.VOLUME_OFFSET_64, bar.volume());
        buffer.putLong(at + ProfileSlot.BUY_VOLUME_OFFSET_64, bar.buyVolume());
        buffer.putLong(at + ProfileSlot.MIN_DELTA_OFFSET_64, bar.minDelta());
        buffer.putLong(at + ProfileSlot.MAX_DELTA_OFFSET_64, bar.maxDelta());
        buffer.putLong(at + ProfileSlot.BLOCK_VOLUME_OFFSET_64, bar.blockVolume());
        buffer.putLong(at + ProfileSlot.RPI_VOLUME_OFFSET_64, bar.rpiVolume());
        MomentsField.put(buffer, at + ProfileSlot.MOMENTS_OFFSET, bar.moments());
    }

    private void writeCells(int slot, Rows rows, long from, long to) {
        int cells = slotOffset[slot] + ProfileSlot.CELLS_OFFSET;
        int mask = rowCapacity - 1;
        for (long row = from; row <= to; row++) {
            int at = cells + ((int) row & mask) * SnapshotFormat.CELL_LENGTH;
            buffer.putLong(at, rows.buyVolume(row));
            buffer.putLong(at + Long.BYTES, rows.sellVolume(row));
        }
    }

    private void writeRange(int slot, Rows rows) {
        int at = slotOffset[slot];
        shownRowSize[slot] = rows.rowSize();
        shownLow[slot] = rows.isEmpty() ? 0 : rows.lowRow();
        shownHigh[slot] = rows.isEmpty() ? -1 : rows.highRow();
        buffer.putLong(at + ProfileSlot.LOW_ROW_OFFSET_64, shownLow[slot]);
        buffer.putLong(at + ProfileSlot.HIGH_ROW_OFFSET_64, shownHigh[slot]);
        buffer.putLong(at + ProfileSlot.ROW_SIZE_OFFSET_64, shownRowSize[slot]);
    }

    private void replaceCellsSlowPath(int slot, Rows rows) {
        int cells = slotOffset[slot] + ProfileSlot.CELLS_OFFSET;
        int mask = rowCapacity - 1;
        for (long row = shownLow[slot]; row <= shownHigh[slot]; row++) {
            int at = cells + ((int) row & mask) * SnapshotFormat.CELL_LENGTH;
            buffer.putLong(at, 0);
            buffer.putLong(at + Long.BYTES, 0);
        }
        writeCells(slot, rows, rows.lowRow(), rows.highRow());
    }

    void handOver() {
        lock.handOver();
    }
}
