package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.window.Bar;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import com.waickoff.marketdata.window.WindowListener;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps every window that a replay retires, for exports and the state hash: about 200 bytes a window
 * and 16 a row of its range.
 *
 * <p>Threads: one study thread writes it; read after that has ended.
 */
public final class WindowLedger implements WindowListener {
    private final List<Entry> entries = new ArrayList<>();

    @Override
    public void onRetired(int instrumentId, Window window, long cumulativeDelta) {
        entries.add(new Entry(instrumentId, window, cumulativeDelta));
    }

    /** What was kept, in the order of retirement. */
    public List<Entry> entries() {
        return entries;
    }

    /** One window as it was when it retired. */
    public static final class Entry implements RowVolumes {
        private static final long NS_PER_MS = 1_000_000L;

        final int instrumentId;
        final Timeframe timeframe;
        final long startMs;
        final long open;
        final long high;
        final long low;
        final long close;
        final long volume;
        final long buyVolume;
        final long minDelta;
        final long maxDelta;
        final long cumulativeDelta;
        final long trades;
        final boolean unordered;
        final int revision;
        private final long rowSize;
        private final long lowRow;
        private final long[] cells;

        Entry(int instrumentId, Window window, long cumulativeDelta) {
            this.instrumentId = instrumentId;
            this.cumulativeDelta = cumulativeDelta;
            timeframe = window.timeframe();
            startMs = window.startNs() / NS_PER_MS;
            Bar bar = window.bar();
            open = bar.open();
            high = bar.high();
            low = bar.low();
            close = bar.close();
            volume = bar.volume();
            buyVolume = bar.buyVolume();
            minDelta = bar.minDelta();
            maxDelta = bar.maxDelta();
            trades = bar.trades();
            unordered = window.has(Window.UNORDERED);
            revision = window.revision();
            RowVolumes rows = window.rows();
            rowSize = rows.rowSize();
            lowRow = rows.lowRow();
            cells = rows.isEmpty() ? new long[0] : copy(rows);
        }

        private static long[] copy(RowVolumes rows) {
            long[] cells = new long[(int) (rows.highRow() - rows.lowRow() + 1) << 1];
            for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
                int at = (int) (row - rows.lowRow()) << 1;
                cells[at] = rows.buyVolume(row);
                cells[at + 1] = rows.sellVolume(row);
            }
            return cells;
        }

        @Override
        public long lowRow() {
            return lowRow;
        }

        @Override
        public long highRow() {
            return cells.length == 0 ? lowRow - 1 : lowRow + (cells.length >> 1) - 1;
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
            long at = ((row - lowRow) << 1) + side;
            return row < lowRow || at >= cells.length ? 0 : cells[(int) at];
        }
    }
}
