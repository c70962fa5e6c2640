package com.waickoff.marketdata.window;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentWindowsTest {
    private static final long MS = 1_000_000L;
    private static final long MINUTE = 60_000 * MS;
    private static final long DAY = 1_440 * MINUTE;
    private static final long NOON = 20_000 * DAY + DAY / 2;

    private final List<String> retired = new ArrayList<>();
    private final InstrumentWindows windows = new InstrumentWindows(7, 1, WindowConfig.DEFAULT,
            (instrumentId, window, cvd) -> retired.add(window.timeframe().label() + ' '
                    + (window.startNs() - NOON) / MINUTE + " cvd " + cvd));
    private long nextId = 1;

    @Test
    void shouldFollowTheTapeInTheNewestWindows() {
        trade(NOON, 100, 5, true);
        trade(NOON + MS, 104, 9, false);
        trade(NOON + 2 * MS, 98, 6, true);

        for (Timeframe timeframe : Timeframe.ALL) {
            Bar bar = newest(timeframe).bar();
            assertEquals(100, bar.open());
            assertEquals(104, bar.high());
            assertEquals(98, bar.low());
            assertEquals(98, bar.close());
            assertEquals(20, bar.volume());
            assertEquals(11, bar.buyVolume());
            assertEquals(2, bar.delta());
            assertEquals(-4, bar.minDelta());
            assertEquals(5, bar.maxDelta());
            assertEquals(3, bar.trades());
        }
    }

    @Test
    void shouldOpenAWindowAtItsStartAndNotBefore() {
        trade(NOON + MINUTE - 1, 100, 1, true);
        assertEquals(NOON, newest(Timeframe.M1).startNs());

        trade(NOON + MINUTE, 101, 1, true);

        assertEquals(NOON + MINUTE, newest(Timeframe.M1).startNs());
        assertEquals(1, newest(Timeframe.M1).bar().trades());
        assertEquals(2, newest(Timeframe.M5).bar().trades());
    }

    @Test
    void shouldCloseAWindowOnlyWhenTheLatenessHasPassedToo() {
        trade(NOON, 100, 1, true);
        windows.onClock(NOON + MINUTE + 2_000 * MS - 1);
        assertFalse(newest(Timeframe.M1).has(Window.CLOSED));

        windows.onClock(NOON + MINUTE + 2_000 * MS);

        assertTrue(newest(Timeframe.M1).has(Window.CLOSED));
        assertFalse(newest(Timeframe.M5).has(Window.CLOSED));
        assertEquals(1, windows.closedCount());
    }

    @Test
    void shouldReviseAClosedWindowAndCarryTheDeltaForward() {
        trade(NOON, 100, 5, true);
        trade(NOON + 2 * MINUTE, 100, 3, false);
        Window first = Objects.requireNonNull(windows.before(newest(Timeframe.M1)));
        assertTrue(first.has(Window.CLOSED));
        assertEquals(5, windows.cumulativeDelta(first));

        int outcome = windows.onTrade(NOON + MS, NOON + 2 * MINUTE, 99, 4, Bar.BUY, nextId++, 1);

        assertTrue((outcome & TradeOutcome.REVISED) != 0);
        assertEquals(1, first.revision());
        assertEquals(9, windows.cumulativeDelta(first));
        assertEquals(6, windows.cumulativeDelta(newest(Timeframe.M1)));
        assertEquals(4, first.rows().buyVolume(99));
    }

    @Test
    void shouldMarkAWindowWhoseTradesCameOutOfTapeOrder() {
        windows.onTrade(NOON, NOON, 100, 1, Bar.BUY, 10, 1);
        windows.onTrade(NOON, NOON, 102, 1, Bar.BUY, 12, 1);

        int outcome = windows.onTrade(NOON, NOON, 101, 1, Bar.BUY, 11, 1);
        windows.onTrade(NOON, NOON, 97, 1, Bar.BUY, 9, 1);

        assertTrue((outcome & TradeOutcome.OUT_OF_ORDER) != 0);
        Window window = newest(Timeframe.M1);
        assertTrue(window.has(Window.UNORDERED));
        assertEquals(97, window.bar().open());
        assertEquals(102, window.bar().close());
    }

    @Test
    void shouldKeepATradeFromTheFarFutureWithoutBelievingItsTime() {
        trade(NOON, 100, 1, true);

        int outcome = windows.onTrade(NOON + 365 * DAY, NOON + MS, 101, 2, Bar.BUY, nextId++, 1);

        assertTrue((outcome & TradeOutcome.SUSPECT_TIME) != 0);
        assertEquals(NOON, newest(Timeframe.M1).startNs());
        assertEquals(3, newest(Timeframe.M1).bar().volume());
        assertTrue(newest(Timeframe.M1).has(Window.SUSPECT_TIME));
        assertEquals(NOON + MS, windows.watermarkNs(NOON + MS));
    }

    @Test
    void shouldGiveInWhenAllTradesContradictTheWatermark() {
        trade(NOON, 100, 1, true);
        for (int i = 0; i < Watermark.MAX_AHEAD_IN_A_ROW; i++) {
            windows.onTrade(NOON + DAY, NOON, 100, 1, Bar.BUY, nextId++, 1);
            assertEquals(NOON, newest(Timeframe.M1).startNs());
        }

        windows.onTrade(NOON + DAY, NOON, 100, 1, Bar.BUY, nextId++, 1);

        assertEquals(NOON + DAY, newest(Timeframe.M1).startNs());
    }

    /** The trades before it came two minutes late; this one does not. */
    @Test
    void shouldBelieveATimeThatIsNotAheadOfTheClock() {
        windows.onTrade(NOON, NOON + 2 * MINUTE, 100, 1, Bar.BUY, nextId++, 1);

        int outcome = windows.onTrade(NOON + 2 * MINUTE, NOON + 2 * MINUTE + 5 * MS, 101, 2,
                Bar.BUY, nextId++, 1);

        assertEquals(0, outcome & TradeOutcome.SUSPECT_TIME);
        assertEquals(NOON + 2 * MINUTE, newest(Timeframe.M1).startNs());
        assertEquals(2, newest(Timeframe.M1).bar().volume());
    }

    /** As of a market of the past that is played now. */
    @Test
    void shouldNotBelieveATimeThatIsFarAheadOfTheTapeThoughNotOfTheClock() {
        windows.onTrade(NOON, NOON + DAY, 100, 1, Bar.BUY, nextId++, 1);

        int outcome = windows.onTrade(NOON + DAY / 2, NOON + DAY + 5 * MS, 101, 2, Bar.BUY,
                nextId++, 1);

        assertTrue((outcome & TradeOutcome.SUSPECT_TIME) != 0);
        assertEquals(NOON, newest(Timeframe.M1).startNs());
    }

    @Test
    void shouldBelieveAFarTimeWhenTheFeedHasJustComeUp() {
        trade(NOON, 100, 1, true);
        windows.onFeedUp();

        windows.onTrade(NOON + DAY, NOON + MS, 101, 2, Bar.BUY, nextId++, 1);

        assertEquals(NOON + DAY, newest(Timeframe.M1).startNs());
    }

    @Test
    void shouldLeaveOutATradeThatWouldOverflowAndSaySo() {
        trade(NOON, 100, Long.MAX_VALUE - 1, true);

        int outcome = windows.onTrade(NOON, NOON, 100, 2, Bar.BUY, nextId++, 1);

        assertTrue((outcome & TradeOutcome.OVERFLOW) != 0);
        assertTrue(newest(Timeframe.D1).has(Window.OVERFLOW));
        assertEquals(Long.MAX_VALUE - 1, newest(Timeframe.D1).bar().volume());
    }

    @Test
    void shouldRetireTheOldestWindowsInOrderAsNewOnesOpen() {
        int kept = WindowConfig.DEFAULT.keptWindows(Timeframe.M1);
        for (int minute = 0; minute < kept + 2; minute++) {
            trade(NOON + minute * MINUTE, 100, 1, true);
        }
        assertEquals(List.of("1m 0 cvd 1", "1m 1 cvd 2"), retired);
    }

    @Test
    void shouldTellATradeThatComesTooLateForItsWindow() {
        trade(NOON + DAY, 100, 1, true);

        int outcome = windows.onTrade(NOON, NOON + DAY, 90, 5, Bar.BUY, 0, 1);

        assertTrue((outcome & TradeOutcome.TOO_LATE) != 0);
        assertEquals(6, windows.cumulativeDelta());
        assertEquals(6, windows.cumulativeDelta(newest(Timeframe.M1)));
    }

    @Test
    void shouldGiveUpTheRowsOfTheOldestClosedWindowWhenMemoryIsFull() {
        WindowConfig small = new WindowConfig(1, 64, 2_000, 14_400_000);
        InstrumentWindows tight = new InstrumentWindows(1, 1, small, (id, window, cvd) -> retired
                .add(window.timeframe().label() + ' ' + (window.startNs() - NOON) / MINUTE));
        int outcome = 0;
        for (int minute = 0; minute < 80; minute++) {
            for (int price = 0; price < 64; price++) {
                outcome |= tight.onTrade(NOON + minute * MINUTE, NOON + minute * MINUTE, price, 1,
                        Bar.BUY, minute, 1);
            }
        }
        assertTrue((outcome & TradeOutcome.EVICTED) != 0);
        assertEquals("1m 0", retired.getFirst());
        Window oldest = Objects.requireNonNull(tight.oldest(Timeframe.M1));
        assertTrue(oldest.has(Window.ROWS_EVICTED));
        assertEquals(64, oldest.bar().volume());
        assertTrue(oldest.rows().isEmpty());
        assertEquals(64, newestOf(tight, Timeframe.M1).rows().highRow() + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void shouldEqualPlainSumsOverARandomTape(long seed) {
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        TreeMap<String, long[]> expected = new TreeMap<>();
        long time = NOON;
        for (int i = 0; i < 20_000; i++) {
            time += random.nextInt(1_500) * MS;
            long late = i > 0 && random.nextInt(50) == 0 ? random.nextInt(600_000) * MS : 0;
            long match = time - late;
            long price = 5_000L + random.nextInt(400);
            long quantity = 1L + random.nextInt(100);
            boolean buy = random.nextBoolean();
            windows.onTrade(match, time, price, quantity, buy ? Bar.BUY : 0, match, 1);
            for (Timeframe timeframe : Timeframe.ALL) {
                long[] sums = expected.computeIfAbsent(
                        timeframe.label() + ' ' + timeframe.startOf(match), absent -> new long[3]);
                sums[0] += quantity;
                sums[1] += buy ? quantity : 0;
                sums[2]++;
            }
        }
        for (Timeframe timeframe : Timeframe.ALL) {
            for (Window window = windows.oldest(timeframe); window != null; window = windows
                    .after(window)) {
                long[] sums = expected.get(timeframe.label() + ' ' + window.startNs());
                assertNotNull(sums);
                assertEquals(sums[0], window.bar().volume());
                assertEquals(sums[1], window.bar().buyVolume());
                assertEquals(sums[2], window.bar().trades());
                long inRows = 0;
                for (long row = window.rows().lowRow(); row <= window.rows().highRow(); row++) {
                    inRows += window.rows().volume(row);
                }
                assertEquals(window.has(Window.ROWS_EVICTED) ? 0 : sums[0], inRows);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 2048})
    void shouldGoOnAfterACheckpointAsIfNothingHadHappened(int rowCapacity) throws IOException {
        Random random = new Random(99);
        WindowConfig config = new WindowConfig(1, rowCapacity, 2_000, 14_400_000);
        InstrumentWindows original = new InstrumentWindows(7, 1, config, WindowListener.NONE);
        InstrumentWindows restored = new InstrumentWindows(7, 1, config, WindowListener.NONE);
        long time = NOON;
        for (int i = 0; i < 10_000; i++) {
            time += random.nextInt(3_000) * MS;
            if (i == 5_000) {
                restored.readFrom(new DataInputStream(new ByteArrayInputStream(bytes(original))));
            }
            long price = 5_000L + random.nextInt(5_000);
            long quantity = 1L + random.nextInt(100);
            boolean buy = random.nextBoolean();
            original.onTrade(time, time, price, quantity, buy ? Bar.BUY : 0, i, 1);
            if (i >= 5_000) {
                restored.onTrade(time, time, price, quantity, buy ? Bar.BUY : 0, i, 1);
            }
        }
        assertArrayEquals(bytes(original), bytes(restored));
    }

    private static byte[] bytes(InstrumentWindows windows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        windows.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private void trade(long timeNs, long price, long quantity, boolean buy) {
        windows.onTrade(timeNs, timeNs, price, quantity, buy ? Bar.BUY : 0, nextId++, 1);
    }

    private Window newest(Timeframe timeframe) {
        return newestOf(windows, timeframe);
    }

    private static Window newestOf(InstrumentWindows windows, Timeframe timeframe) {
        return Objects.requireNonNull(windows.newest(timeframe));
    }
}
