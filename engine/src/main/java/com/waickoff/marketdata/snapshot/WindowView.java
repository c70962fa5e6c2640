package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.snapshot.SnapshotFormat.ProfileSlot;
import com.waickoff.marketdata.window.PriceMoments;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Vwap;
import com.waickoff.marketdata.window.Window;
import org.agrona.DirectBuffer;

/**
 * A copy of one window: its bar and its rows, in the instrument's scaled units.
 *
 * <p>Threads: one.
 */
public final class WindowView implements RowVolumes {
    private Timeframe timeframe = Timeframe.M1;
    private long startMs;
    private long lowRow;
    private long highRow = -1;
    private long rowSize;
    private int flags;
    private int revision;
    private long trades;
    private long open;
    private long high;
    private long low;
    private long close;
    private long volume;
    private long buyVolume;
    private long minDelta;
    private long maxDelta;
    private long blockVolume;
    private long rpiVolume;
    private final PriceMoments moments = new PriceMoments();
    private long[] cells = {};

    WindowView() {}

    void copyFrom(DirectBuffer buffer, int at, Timeframe ofTimeframe, int rowCapacity) {
        timeframe = ofTimeframe;
        startMs = buffer.getLong(at + ProfileSlot.START_MS_OFFSET_64);
        lowRow = buffer.getLong(at + ProfileSlot.LOW_ROW_OFFSET_64);
        highRow = buffer.getLong(at + ProfileSlot.HIGH_ROW_OFFSET_64);
        rowSize = buffer.getLong(at + ProfileSlot.ROW_SIZE_OFFSET_64);
        flags = buffer.getInt(at + ProfileSlot.FLAGS_OFFSET_32);
        revision = buffer.getInt(at + ProfileSlot.REVISION_OFFSET_32);
        trades = buffer.getLong(at + ProfileSlot.TRADES_OFFSET_64);
        open = buffer.getLong(at + ProfileSlot.OPEN_OFFSET_64);
        high = buffer.getLong(at + ProfileSlot.HIGH_OFFSET_64);
        low = buffer.getLong(at + ProfileSlot.LOW_OFFSET_64);
        close = buffer.getLong(at + ProfileSlot.CLOSE_OFFSET_64);
        volume = buffer.getLong(at + ProfileSlot.VOLUME_OFFSET_64);
        buyVolume = buffer.getLong(at + ProfileSlot.BUY_VOLUME_OFFSET_64);
        minDelta = buffer.getLong(at + ProfileSlot.MIN_DELTA_OFFSET_64);
        maxDelta = buffer.getLong(at + ProfileSlot.MAX_DELTA_OFFSET_64);
        blockVolume = buffer.getLong(at + ProfileSlot.BLOCK_VOLUME_OFFSET_64);
        rpiVolume = buffer.getLong(at + ProfileSlot.RPI_VOLUME_OFFSET_64);
        MomentsField.get(buffer, at + ProfileSlot.MOMENTS_OFFSET, moments);
        if (!isPresent()) {
            highRow = lowRow - 1;
        }
        copyCells(buffer, at + ProfileSlot.CELLS_OFFSET, rowCapacity);
    }

    private void copyCells(DirectBuffer buffer, int at, int rowCapacity) {
        if (cells.length < 2 * rowCapacity) {
            cells = new long[2 * rowCapacity];
        }
        // A torn copy may hold any range: never more rows than there are cells.
        long rows = Math.clamp(highRow - lowRow + 1, 0, rowCapacity);
        int mask = rowCapacity - 1;
        for (int i = 0; i < rows; i++) {
            int cell = at + ((int) (lowRow + i) & mask) * SnapshotFormat.CELL_LENGTH;
            cells[2 * i] = buffer.getLong(cell);
            cells[2 * i + 1] = buffer.getLong(cell + Long.BYTES);
        }
    }

    /** Whether there is a window; all else is meaningless if not. */
    public boolean isPresent() {
        return rowSize > 0;
    }

    /** Length of the window. */
    public Timeframe timeframe() {
        return timeframe;
    }

    /** Start, included, in ms since the epoch of match times. */
    public long startMs() {
        return startMs;
    }

    /** End, excluded, in ms since the epoch of match times. */
    public long endMs() {
        return startMs + timeframe.lengthMs();
    }

    /** Bits such as {@link Window#CLOSED}. */
    public int flags() {
        return flags;
    }

    /** Whether any bit of {@code flag} is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** How often the window changed after it closed. */
    public int revision() {
        return revision;
    }

    /** Number of trades. */
    public long trades() {
        return trades;
    }

    /** Price of the first trade in tape order. */
    public long open() {
        return open;
    }

    /** Highest price. */
    public long high() {
        return high;
    }

    /** Lowest price. */
    public long low() {
        return low;
    }

    /** Price of the last trade in tape order. */
    public long close() {
        return close;
    }

    /** Quantity traded. */
    public long volume() {
        return volume;
    }

    /** Quantity bought by aggressors. */
    public long buyVolume() {
        return buyVolume;
    }

    /** Quantity sold by aggressors. */
    public long sellVolume() {
        return volume - buyVolume;
    }

    /** Buy volume minus sell volume. */
    public long delta() {
        return buyVolume - sellVolume();
    }

    /** Smallest running delta, at most 0. */
    public long minDelta() {
        return minDelta;
    }

    /** Largest running delta, at least 0. */
    public long maxDelta() {
        return maxDelta;
    }

    /** The part of the volume that block trades made. */
    public long blockVolume() {
        return blockVolume;
    }

    /** The part of the volume filled against retail-price-improvement orders. */
    public long rpiVolume() {
        return rpiVolume;
    }

    /** Volume-weighted average price. */
    public Vwap vwap() {
        return Vwap.of(moments, volume);
    }

    @Override
    public long lowRow() {
        return lowRow;
    }

    @Override
    public long highRow() {
        return highRow;
    }

    @Override
    public long rowSize() {
        return rowSize;
    }

    @Override
    public long buyVolume(long row) {
        return cell(row, 0);
    }

    @Override
    public long sellVolume(long row) {
        return cell(row, 1);
    }

    private long cell(long row, int side) {
        return row < lowRow || row > highRow ? 0 : cells[2 * (int) (row - lowRow) + side];
    }
}
