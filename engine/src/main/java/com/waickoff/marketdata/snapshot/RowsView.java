package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.io.DirectBufferDataInput;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the rows of closed windows of one timeframe, oldest first: reusable, filled by {@link
 * SnapshotReader}. Windows without trades, and those too old, are not there.
 *
 * <p>Threads: one.
 */
public final class RowsView {
    private Timeframe timeframe = Timeframe.M1;
    private long sequence;
    private @Nullable CopyMark mark;
    private byte[] bytes = {};
    private int used;
    private int[] places = {};
    private int count;

    /** The rows of one closed window. */
    public static final class ClosedRows implements RowVolumes {
        private final Timeframe timeframe;
        private final long startMs;
        private final int flags;
        private final int revision;
        private final long rowSize;
        private final long lowRow;
        private final long[] cells;

        private ClosedRows(Timeframe timeframe, DirectBuffer window, DataInput rows)
                throws IOException {
            this.timeframe = timeframe;
            startMs = window.getLong(RowsEncoder.START_MS_OFFSET_64);
            flags = window.getInt(RowsEncoder.FLAGS_OFFSET_32);
            revision = window.getInt(RowsEncoder.REVISION_OFFSET_32);
            rowSize = window.getLong(RowsEncoder.ROW_SIZE_OFFSET_64);
            lowRow = window.getLong(RowsEncoder.LOW_ROW_OFFSET_64);
            long unit = window.getLong(RowsEncoder.UNIT_OFFSET_64);
            int withVolume = window.getInt(RowsEncoder.ROW_COUNT_OFFSET_32);
            long[] read = new long[3 * withVolume];
            long row = 0;
            for (int i = 0; i < withVolume; i++) {
                row += Varint.read(rows);
                read[3 * i] = row++;
                read[3 * i + 1] = Varint.read(rows) * unit;
                read[3 * i + 2] = Varint.read(rows) * unit;
            }
            cells = new long[2 * Math.toIntExact(row)];
            for (int i = 0; i < read.length; i += 3) {
                cells[2 * (int) read[i]] = read[i + 1];
                cells[2 * (int) read[i] + 1] = read[i + 2];
            }
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

        /** Bits such as {@link Window#UNORDERED}. */
        public int flags() {
            return flags;
        }

        /** How often the window had changed after it closed. */
        public int revision() {
            return revision;
        }

        @Override
        public long lowRow() {
            return lowRow;
        }

        @Override
        public long highRow() {
            return lowRow + (cells.length >> 1) - 1;
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
            return row < lowRow || row > highRow() ? 0 : cells[2 * (int) (row - lowRow) + side];
        }
    }

    void copyFrom(DirectBuffer buffer, int section, Timeframe ofTimeframe, int capacity) {
        timeframe = ofTimeframe;
        int header = section + SeqLock.LENGTH;
        used = Math.clamp(buffer.getInt(header + RowsSection.USED_OFFSET_32), 0, capacity);
        if (bytes.length < used) {
            bytes = new byte[capacity];
        }
        buffer.getBytes(header + RowsSection.HEADER_LENGTH, bytes, 0, used);
    }

    /** Finds the windows in a copy that is whole. */
    void arrange(long copied) {
        sequence = copied;
        count = 0;
        UnsafeBuffer whole = new UnsafeBuffer(bytes);
        int at = 0;
        while (at < used) {
            if (places.length == count) {
                places = Arrays.copyOf(places, Math.max(16, 2 * count));
            }
            places[count++] = at;
            at += Math.max(RowsEncoder.ROWS_OFFSET,
                    whole.getInt(at + RowsEncoder.LENGTH_OFFSET_32));
        }
    }

    /** What this is a whole copy of; null of nothing. */
    @Nullable
    CopyMark mark() {
        return mark;
    }

    void mark(@Nullable CopyMark of) {
        mark = of;
    }

    /** Last engine sequence of the copy; 0 if nothing was ever written. */
    public long sequence() {
        return sequence;
    }

    /** Length of each window. */
    public Timeframe timeframe() {
        return timeframe;
    }

    /** Number of windows; 0 is the oldest. */
    public int count() {
        return count;
    }

    /** Start of a window, in ms since the epoch of match times. */
    public long startMs(int index) {
        return new UnsafeBuffer(bytes).getLong(
                places[Objects.checkIndex(index, count)] + RowsEncoder.START_MS_OFFSET_64);
    }

    /** The rows of a window as they stand in the file. */
    public byte[] toBytes(int index) {
        int at = places[Objects.checkIndex(index, count)];
        return Arrays.copyOfRange(bytes, at, index + 1 < count ? places[index + 1] : used);
    }

    /** The rows of a window. */
    public ClosedRows rows(int index) {
        int at = places[Objects.checkIndex(index, count)];
        try {
            return new ClosedRows(timeframe, new UnsafeBuffer(bytes, at, RowsEncoder.ROWS_OFFSET),
                    new DirectBufferDataInput(new UnsafeBuffer(bytes, at + RowsEncoder.ROWS_OFFSET,
                            used - at - RowsEncoder.ROWS_OFFSET)));
        } catch (IOException e) {
            throw new IllegalStateException("the rows of window " + startMs(index)
                    + " of the snapshot file do not end where they should", e);
        }
    }

    /** The rows of the window that starts at {@code startMs}, or null if they are not kept. */
    public @Nullable ClosedRows find(long startMs) {
        for (int i = count - 1; i >= 0; i--) {
            if (startMs(i) == startMs) {
                return rows(i);
            }
        }
        return null;
    }

    /** The rows of all windows that start from {@code fromMs} up to, but without, {@code toMs}. */
    public List<ClosedRows> between(long fromMs, long toMs) {
        List<ClosedRows> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (startMs(i) >= fromMs && startMs(i) < toMs) {
                found.add(rows(i));
            }
        }
        return found;
    }
}
