package com.waickoff.marketdata.bench;

import com.waickoff.marketdata.memory.MappedFile;
import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.AtomicBuffer;

/**
 * The other way to publish windows: they live in the mapped file, and each trade changes them there
 * under the lock of their section. What the engine copies at the end of a batch is here at once; what
 * it keeps besides (late trades, older windows, flags, revisions, checkpoints) is left out, so this
 * is the least such a design can cost.
 *
 * <pre>
 *   a section for each timeframe:   lock, slot of the even window, slot of the odd window
 *   a slot:                         start, bar (12 longs), low and high row, row height, cells
 *   a cell:                         buy volume, sell volume
 * </pre>
 */
final class InPlaceProfile implements AutoCloseable {
    private static final int START_NS = 0;
    private static final int TRADES = 8;
    private static final int OPEN = 16;
    private static final int HIGH = 24;
    private static final int LOW = 32;
    private static final int CLOSE = 40;
    private static final int VOLUME = 48;
    private static final int BUY_VOLUME = 56;
    private static final int MIN_DELTA = 64;
    private static final int MAX_DELTA = 72;
    private static final int CUMULATIVE_DELTA = 80;
    private static final int FIRST_TAPE_KEY = 88;
    private static final int LAST_TAPE_KEY = 96;
    private static final int LOW_ROW = 104;
    private static final int HIGH_ROW = 112;
    private static final int MERGE_SHIFT = 120;
    private static final int CELLS = 128;
    private static final int CELL_LENGTH = 16;
    private static final int CAPACITY = 2048;
    private static final int SLOT_LENGTH = CELLS + CAPACITY * CELL_LENGTH;
    private static final int SECTION_LENGTH = SeqLock.LENGTH + 2 * SLOT_LENGTH;

    private final MappedFile file;
    private final AtomicBuffer buffer;
    private final SeqLock[] locks = new SeqLock[Timeframe.COUNT];
    private final int[] newestSlots = new int[Timeframe.COUNT];
    private final long[] foldedCells = new long[2 * CAPACITY];
    private long cumulativeDelta;
    private long newestStartNs = Long.MAX_VALUE;
    private long newestEndNs = Long.MIN_VALUE;

    InPlaceProfile(Path path) throws IOException {
        file = MappedFile.create(path, (long) SECTION_LENGTH * Timeframe.COUNT, unused -> {});
        buffer = file.buffer();
        for (int i = 0; i < Timeframe.COUNT; i++) {
            locks[i] = new SeqLock(buffer, i * SECTION_LENGTH);
            newestSlots[i] = i * SECTION_LENGTH + SeqLock.LENGTH;
        }
    }

    /** Takes in a trade of a tape that is in order; rows have the height of one price unit. */
    void onTrade(long timeNs, long price, long quantity, boolean buy, long tapeKey,
            long sequence) {
        cumulativeDelta += buy ? quantity : -quantity;
        boolean opens = timeNs < newestStartNs || timeNs >= newestEndNs;
        for (int i = 0; i < Timeframe.COUNT; i++) {
            SeqLock lock = locks[i];
            lock.beginWrite();
            if (opens) {
                openSlowPath(i, timeNs);
            }
            int slot = newestSlots[i];
            addToBar(slot, price, quantity, buy, tapeKey);
            addToRows(slot, price, quantity, buy);
            lock.endWrite(sequence);
        }
    }

    private void addToBar(int slot, long price, long quantity, boolean buy, long tapeKey) {
        long trades = buffer.getLong(slot + TRADES);
        if (trades == 0) {
            buffer.putLong(slot + OPEN, price);
            buffer.putLong(slot + FIRST_TAPE_KEY, tapeKey);
            buffer.putLong(slot + HIGH, price);
            buffer.putLong(slot + LOW, price);
        } else if (price > buffer.getLong(slot + HIGH)) {
            buffer.putLong(slot + HIGH, price);
        } else if (price < buffer.getLong(slot + LOW)) {
            buffer.putLong(slot + LOW, price);
        }
        buffer.putLong(slot + TRADES, trades + 1);
        buffer.putLong(slot + CLOSE, price);
        buffer.putLong(slot + LAST_TAPE_KEY, tapeKey);
        buffer.putLong(slot + CUMULATIVE_DELTA, cumulativeDelta);
        long volume = buffer.getLong(slot + VOLUME) + quantity;
        long buyVolume = buffer.getLong(slot + BUY_VOLUME) + (buy ? quantity : 0);
        long delta = buyVolume - (volume - buyVolume);
        buffer.putLong(slot + VOLUME, volume);
        buffer.putLong(slot + BUY_VOLUME, buyVolume);
        if (delta > buffer.getLong(slot + MAX_DELTA)) {
            buffer.putLong(slot + MAX_DELTA, delta);
        } else if (delta < buffer.getLong(slot + MIN_DELTA)) {
            buffer.putLong(slot + MIN_DELTA, delta);
        }
    }

    private void addToRows(int slot, long price, long quantity, boolean buy) {
        long row = price >> buffer.getLong(slot + MERGE_SHIFT);
        if (row < buffer.getLong(slot + LOW_ROW) || row > buffer.getLong(slot + HIGH_ROW)) {
            row = extendSlowPath(slot, price);
        }
        int at = cell(slot, row) + (buy ? 0 : Long.BYTES);
        buffer.putLong(at, buffer.getLong(at) + quantity);
    }

    private long extendSlowPath(int slot, long price) {
        int shift = (int) buffer.getLong(slot + MERGE_SHIFT);
        long row = price >> shift;
        long low = Math.min(row, buffer.getLong(slot + LOW_ROW));
        long high = Math.max(row, buffer.getLong(slot + HIGH_ROW));
        int more = 0;
        while ((high >> more) - (low >> more) >= CAPACITY) {
            more++;
        }
        if (more > 0) {
            merge(slot, more);
        }
        buffer.putLong(slot + MERGE_SHIFT, shift + more);
        buffer.putLong(slot + LOW_ROW, low >> more);
        buffer.putLong(slot + HIGH_ROW, high >> more);
        return row >> more;
    }

    private void merge(int slot, int more) {
        long low = buffer.getLong(slot + LOW_ROW);
        long high = buffer.getLong(slot + HIGH_ROW);
        for (long row = low; row <= high; row++) {
            int from = cell(slot, row);
            int to = 2 * (int) ((row >> more) - (low >> more));
            foldedCells[to] += buffer.getLong(from);
            foldedCells[to + 1] += buffer.getLong(from + Long.BYTES);
            buffer.putLong(from, 0);
            buffer.putLong(from + Long.BYTES, 0);
        }
        for (long row = low >> more; row <= high >> more; row++) {
            int from = 2 * (int) (row - (low >> more));
            int to = cell(slot, row);
            buffer.putLong(to, foldedCells[from]);
            buffer.putLong(to + Long.BYTES, foldedCells[from + 1]);
            foldedCells[from] = 0;
            foldedCells[from + 1] = 0;
        }
    }

    private static int cell(int slot, long row) {
        return slot + CELLS + ((int) row & (CAPACITY - 1)) * CELL_LENGTH;
    }

    /** Takes the slot of the window before the last one where a new window begins. */
    private void openSlowPath(int timeframeIndex, long timeNs) {
        Timeframe timeframe = Timeframe.at(timeframeIndex);
        int slot = timeframeIndex * SECTION_LENGTH + SeqLock.LENGTH
                + (int) (timeframe.indexOf(timeNs) & 1) * SLOT_LENGTH;
        long startNs = timeframe.startOf(timeNs);
        newestSlots[timeframeIndex] = slot;
        if (timeframeIndex == 0) {
            newestStartNs = startNs;
            newestEndNs = startNs + timeframe.lengthNs();
        }
        if (buffer.getLong(slot + START_NS) != startNs) {
            buffer.setMemory(slot, SLOT_LENGTH, (byte) 0);
            buffer.putLong(slot + START_NS, startNs);
            buffer.putLong(slot + LOW_ROW, Long.MAX_VALUE);
            buffer.putLong(slot + HIGH_ROW, Long.MIN_VALUE);
        }
    }

    /** Buy volume of the newest window of a timeframe, by its rows. */
    long buyVolumeOfRows(Timeframe timeframe) {
        int slot = newestSlots[timeframe.ordinal()];
        long sum = 0;
        for (int i = 0; i < CAPACITY; i++) {
            sum += buffer.getLong(slot + CELLS + i * CELL_LENGTH);
        }
        return sum;
    }

    @Override
    public void close() {
        file.close();
    }
}
