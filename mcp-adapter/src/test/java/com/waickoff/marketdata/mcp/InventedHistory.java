package com.waickoff.marketdata.mcp;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.storage.effect.WindowRows;
import com.waickoff.marketdata.storage.history.CoverageLedger;
import com.waickoff.marketdata.storage.history.History;
import com.waickoff.marketdata.storage.history.HistoryInstrument;
import com.waickoff.marketdata.storage.history.HistorySignal;
import com.waickoff.marketdata.storage.history.HistoryTrade;
import com.waickoff.marketdata.storage.history.HistoryWindow;
import com.waickoff.marketdata.storage.history.Page;
import com.waickoff.marketdata.storage.history.PageRequest;
import com.waickoff.marketdata.window.Timeframe;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A history without end, in which every number is as long as a real one ever is. */
final class InventedHistory implements History {
    private static final int PRICE_SCALE = 1;
    private static final int QUANTITY_SCALE = 3;
    private static final long LOW = 1_234_001;
    private static final int ROWS = 400;
    private static final long VOLUME = 98_765_432;

    private final long fromMs;
    private final long toMs;

    /** A history of every window between these times. */
    InventedHistory(long fromMs, long toMs) {
        this.fromMs = fromMs;
        this.toMs = toMs;
    }

    @Override
    public List<HistoryInstrument> instruments() {
        List<HistoryInstrument> instruments = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            instruments.add(new HistoryInstrument(i + 1, "binance-coinm",
                    "SYMBOL" + i + "USDT_260327", PRICE_SCALE, 1, QUANTITY_SCALE, 1,
                    BigDecimal.TEN, "SYMBOL" + i, "contracts", "USD"));
        }
        return instruments;
    }

    @Override
    public Page<HistoryWindow> bars(String instrument, Timeframe timeframe, PageRequest request) {
        return page(timeframe, request, WindowRows.NONE);
    }

    @Override
    public Page<HistoryWindow> windows(String instrument, Timeframe timeframe,
            PageRequest request) {
        long[] buys = new long[ROWS];
        long[] sells = new long[ROWS];
        for (int i = 0; i < ROWS; i++) {
            buys[i] = VOLUME / 7 + 11L * i;
            sells[i] = VOLUME / 9 + 13L * i;
        }
        return page(timeframe, request, new WindowRows(1, LOW, buys, sells));
    }

    private Page<HistoryWindow> page(Timeframe timeframe, PageRequest request, WindowRows rows) {
        long lengthMs = timeframe.lengthMs();
        long startMs = Math.ceilDiv(Math.max(fromMs, request.fromMs()), lengthMs) * lengthMs;
        long endMs = Math.min(toMs, request.toMs());
        List<HistoryWindow> windows = new ArrayList<>();
        for (; startMs < endMs && windows.size() < request.limit(); startMs += lengthMs) {
            windows.add(window(timeframe, startMs, rows));
        }
        return new Page<>(windows, null);
    }

    private static HistoryWindow window(Timeframe timeframe, long startMs, WindowRows rows) {
        long n = startMs / timeframe.lengthMs() % 90;
        return new HistoryWindow(1, PRICE_SCALE, QUANTITY_SCALE, timeframe, startMs, 1, 0,
                123_456 + n, LOW + 101 + n, LOW + ROWS - 1, LOW, LOW + 203 - n, VOLUME + n,
                VOLUME / 3 + n, -VOLUME / 5, VOLUME / 6, -VOLUME * 9 + n, 0, 0,
                BigInteger.valueOf(VOLUME).multiply(BigInteger.valueOf(LOW)),
                BigInteger.valueOf(VOLUME).multiply(BigInteger.valueOf(LOW).pow(2)), 1, 2,
                HistoryWindow.Area.UNKNOWN,
                new CoverageStamp(startMs, startMs + timeframe.lengthMs(), 999_999, 1, 0), rows);
    }

    @Override
    public Page<HistoryTrade> trades(String instrument, PageRequest request) {
        List<HistoryTrade> trades = new ArrayList<>();
        for (int i = 0; i < request.limit(); i++) {
            trades.add(new HistoryTrade(i, 0, (request.toMs() - 1 - i) * 1_000_000L, 0, LOW + i,
                    VOLUME + i, -9_123_456_789_012_345_678L + i, 1, i % 2 == 0 ? EventFlags.BUY : 0,
                    PRICE_SCALE, QUANTITY_SCALE));
        }
        return new Page<>(trades, "c".repeat(190));
    }

    @Override
    public Page<HistorySignal> signals(String instrument, PageRequest request) {
        List<HistorySignal> signals = new ArrayList<>();
        for (Timeframe timeframe : Timeframe.ALL) {
            long lengthMs = timeframe.lengthMs();
            long startMs = Math.ceilDiv(Math.max(fromMs, request.fromMs()), lengthMs) * lengthMs;
            for (; startMs < Math.min(toMs, request.toMs())
                    && signals.size() < 4_000; startMs += lengthMs) {
                for (SignalKind kind : List.of(SignalKind.DELTA_DIVERGENCE,
                        SignalKind.STACKED_IMBALANCE, SignalKind.UNFINISHED_AUCTION)) {
                    signals.add(new HistorySignal(startMs, (startMs + lengthMs) * 1_000_000L, kind,
                            timeframe, startMs, LOW, 1, 0, List.of(), List.of(), PRICE_SCALE,
                            QUANTITY_SCALE));
                }
            }
        }
        return new Page<>(signals, null);
    }

    @Override
    public Optional<CoverageLedger> coverage(String instrument) {
        return Optional.of(new CoverageLedger(12_345, 12_345,
                List.of(new CoverageLedger.Interval(0, fromMs))));
    }

    @Override
    public void close() {}
}
