package com.waickoff.marketdata.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowCloseListenerTest {
    private static final long MS = 1_000_000L;
    private static final long MINUTE = 60_000 * MS;
    private static final long NOON = 20_000 * 1_440 * MINUTE + 720 * MINUTE;

    private final List<String> told = new ArrayList<>();
    private final MarketWindows market = new MarketWindows(8,
            new WindowConfig(1, 64, 2_000, 0), WindowListener.NONE);
    private final InstrumentWindows windows = market.define(7, 1);
    private long nextId = 1;

    @BeforeEach
    void listen() {
        market.addListener(new Teller("first"));
        market.addListener(new Teller("second"));
    }

    @Test
    void shouldTellWindowsThatCloseShortestFirst() {
        trade(NOON, 100);
        windows.onClock(NOON + 5 * MINUTE + 1_999 * MS);
        assertEquals(List.of("first closed 1m 0", "second closed 1m 0"), taken());

        windows.onClock(NOON + 5 * MINUTE + 2_000 * MS);
        assertEquals(List.of("first closed 5m 0", "second closed 5m 0"), taken());
        windows.onClock(NOON + 15 * MINUTE + 2_000 * MS);
        assertEquals(List.of("first closed 15m 0", "second closed 15m 0"), taken());
    }

    @Test
    void shouldTellARevisionOnceTheTradeIsInTheWindow() {
        trade(NOON, 100);
        trade(NOON + MINUTE + 2_000 * MS, 100);
        taken();

        trade(NOON + MS, 103);

        assertEquals(List.of("first revised 1m 0 revision 1 volume 2 rows to 103",
                "second revised 1m 0 revision 1 volume 2 rows to 103"), taken());
    }

    @Test
    void shouldTellOfAWindowThatALateTradeOpensOnlyThatItIsRevised() {
        trade(NOON, 100);
        trade(NOON + 2 * MINUTE + 2_000 * MS, 100);
        taken();

        trade(NOON + MINUTE, 103);

        assertEquals("first revised 1m 1 revision 1 volume 1 rows to 103", taken().getFirst());
    }

    @Test
    void shouldTellATradeLeftOutOfAClosedWindow() {
        windows.onTrade(NOON, NOON, 100, Long.MAX_VALUE, Bar.BUY, nextId++, 1);
        trade(NOON + MINUTE + 2_000 * MS, 100);
        taken();

        trade(NOON + MS, 100);

        assertEquals("first revised 1m 0 revision 1 volume 9223372036854775807 rows to 100",
                taken().getFirst());
    }

    @Test
    void shouldTellAWindowThatLeavesWhileItIsWhole() {
        for (int minute = 0; minute < 4; minute++) {
            trade(NOON + minute * MINUTE + 2_000 * MS, 100);
        }
        assertEquals("first leaving 1m 0 rows to 100", told.get(told.size() - 2));
    }

    @Test
    void shouldTellATradeWhoseWindowIsNoLongerKept() {
        trade(NOON + 10 * MINUTE, 100);
        taken();

        trade(NOON, 98);

        assertEquals("first too late 1m 0 price 98", taken().getFirst());
    }

    @Test
    void shouldTellWindowsThatMakeRoomInMemoryBeforeTheirRowsGo() {
        MarketWindows tight = new MarketWindows(1, new WindowConfig(1, 64, 2_000, 14_400_000),
                WindowListener.NONE);
        InstrumentWindows instrument = tight.define(0, 1);
        tight.addListener(new Teller("first"));
        for (int minute = 0; minute < 80; minute++) {
            for (int price = 0; price < 64; price++) {
                instrument.onTrade(NOON + minute * MINUTE, NOON + minute * MINUTE, price, 1,
                        Bar.BUY, minute, 1);
            }
        }
        assertFalse(told.stream().filter(line -> line.equals("first leaving 1m 0 rows to 63"))
                .findFirst().isEmpty());
    }

    private List<String> taken() {
        List<String> taken = List.copyOf(told);
        told.clear();
        return taken;
    }

    private void trade(long timeNs, long price) {
        windows.onTrade(timeNs, timeNs, price, 1, Bar.BUY, nextId++, 1);
    }

    private static String nameOf(Timeframe timeframe, long startNs) {
        return timeframe.label() + ' ' + (startNs - NOON) / MINUTE;
    }

    private final class Teller implements WindowCloseListener {
        private final String name;

        Teller(String name) {
            this.name = name;
        }

        private void tell(String what, Window window, String more) {
            told.add(name + ' ' + what + ' ' + nameOf(window.timeframe(), window.startNs()) + more);
        }

        @Override
        public void onClosed(int instrumentId, Window window) {
            tell("closed", window, "");
        }

        @Override
        public void onRevised(int instrumentId, Window window) {
            tell("revised", window, " revision " + window.revision() + " volume "
                    + window.bar().volume() + " rows to " + window.rows().highRow());
        }

        @Override
        public void onLeaving(int instrumentId, Window window) {
            tell("leaving", window, " rows to " + window.rows().highRow());
        }

        @Override
        public void onTooLate(int instrumentId, Timeframe timeframe, long startNs, long price,
                long quantity, int traits, long tapeKey, long fills) {
            told.add(name + " too late " + nameOf(timeframe, startNs) + " price " + price);
        }
    }
}
