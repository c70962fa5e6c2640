package com.waickoff.marketdata.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
    private static final int CAPACITY = 128;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldEqualAMapOfRowsWhateverTheOrderOfPrices(long seed) {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Rows rows = rows();
        TreeMap<Long, long[]> base = new TreeMap<>();
        long center = random.nextLong(1_000_000) - 500_000;
        int spread = 1 << random.nextInt(3, 14);
        for (int i = 0; i < 5_000; i++) {
            long row = center + random.nextInt(spread) - spread / 2;
            long quantity = 1L + random.nextInt(1_000);
            boolean buy = random.nextBoolean();
            rows.add(row, quantity, buy);
            base.computeIfAbsent(row, absent -> new long[2])[buy ? 0 : 1] += quantity;
        }
        assertSame(base, rows);
    }

    @Test
    void shouldMergeToTheSameRowsInWhateverOrderTheRangeGrew() {
        Rows upward = rows();
        Rows downward = rows();
        for (int i = 0; i < 1_000; i++) {
            upward.add(i, 1 + i % 7, i % 3 == 0);
        }
        for (int i = 999; i >= 0; i--) {
            downward.add(i, 1 + i % 7, i % 3 == 0);
        }
        assertEquals(upward.rowSize(), downward.rowSize());
        for (long row = upward.lowRow(); row <= upward.highRow(); row++) {
            assertEquals(upward.buyVolume(row), downward.buyVolume(row));
            assertEquals(upward.sellVolume(row), downward.sellVolume(row));
        }
    }

    @Test
    void shouldReportAsChangedAlsoTheEmptyRowsThatARangeTookIn() {
        Rows rows = rows();
        rows.add(-10, 1, true);
        rows.add(10, 1, true);
        rows.clearDirty();

        rows.add(20, 1, true);

        assertEquals(11, rows.dirtyLow());
        assertEquals(20, rows.dirtyHigh());
        rows.clearDirty();
        assertTrue(rows.dirtyLow() > rows.dirtyHigh());

        rows.add(-20, 1, true);

        assertEquals(-20, rows.dirtyLow());
        assertEquals(-11, rows.dirtyHigh());
    }

    @Test
    void shouldGiveItsPagesBackWhenCleared() {
        RowPages pages = new RowPages(CAPACITY, 4);
        Rows rows = new Rows(pages, CAPACITY, 1);
        for (int i = 0; i < CAPACITY; i++) {
            rows.add(i, 1, true);
        }
        assertEquals(0, pages.freeCount());
        assertFalse(rows.lacksPagesFor(5));
        assertTrue(rows.lacksPagesFor(CAPACITY));

        rows.clear();

        assertEquals(4, pages.freeCount());
        assertTrue(rows.isEmpty());
        rows.add(3, 1, false);
        assertEquals(0, rows.buyVolume(3));
        assertEquals(1, rows.sellVolume(3));
    }

    @Test
    void shouldSurviveACheckpoint() throws IOException {
        Rows rows = rows();
        for (int i = 0; i < 500; i++) {
            rows.add(i * 3L, i, i % 2 == 0);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        rows.writeTo(new DataOutputStream(bytes));
        Rows restored = rows();

        restored.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertEquals(rows.lowRow(), restored.lowRow());
        assertEquals(rows.highRow(), restored.highRow());
        assertEquals(rows.rowSize(), restored.rowSize());
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            assertEquals(rows.buyVolume(row), restored.buyVolume(row));
            assertEquals(rows.sellVolume(row), restored.sellVolume(row));
        }
    }

    private static Rows rows() {
        return new Rows(new RowPages(CAPACITY, CAPACITY), CAPACITY, 1);
    }

    private static void assertSame(NavigableMap<Long, long[]> base, Rows rows) {
        long size = 1;
        while (Math.floorDiv(base.lastKey(), size)
                - Math.floorDiv(base.firstKey(), size) >= CAPACITY) {
            size *= 2;
        }
        assertEquals(size, rows.rowSize());
        TreeMap<Long, long[]> expected = new TreeMap<>();
        for (Map.Entry<Long, long[]> entry : base.entrySet()) {
            long[] sums = expected.computeIfAbsent(Math.floorDiv(entry.getKey(), size),
                    absent -> new long[2]);
            sums[0] += entry.getValue()[0];
            sums[1] += entry.getValue()[1];
        }
        assertEquals(expected.firstKey(), rows.lowRow());
        assertEquals(expected.lastKey(), rows.highRow());
        for (long row = rows.lowRow() - 2; row <= rows.highRow() + 2; row++) {
            long[] sums = expected.getOrDefault(row, new long[2]);
            assertEquals(sums[0], rows.buyVolume(row));
            assertEquals(sums[1], rows.sellVolume(row));
        }
    }
}
