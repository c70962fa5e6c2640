package com.waickoff.marketdata.report;

import com.waickoff.marketdata.report.WindowReport.Bar;
import com.waickoff.marketdata.report.WindowReport.Liveness;
import com.waickoff.marketdata.report.WindowReport.Quality;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.report.WindowReport.Span;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Vwap;
import java.util.List;

/** Windows to draw. */
public final class ReportFixtures {
    public static final long START_MS = 1_767_621_600_000L; // 2026-01-05 14:00 UTC
    public static final Scales BTC = new Scales("bybit-linear:BTCUSDT", 1, 1, "USDT", 5, "BTC");
    public static final Quality WHOLE = new Quality(Liveness.LIVE, true, false, false, false, false,
            START_MS + 3_600_000, 1_000_000, 0, 0, BookState.SYNCED, START_MS + 3_660_000, 250, 0,
            4711);

    private ReportFixtures() {}

    /** Rows as they are given: buy and sell volume, from the lowest. */
    public record PlainRows(long lowRow, long rowSize, long[][] volumes) implements RowVolumes {
        @Override
        public long highRow() {
            return lowRow + volumes.length - 1;
        }

        @Override
        public long buyVolume(long row) {
            return volume(row, 0);
        }

        @Override
        public long sellVolume(long row) {
            return volume(row, 1);
        }

        private long volume(long row, int side) {
            return row < lowRow || row > highRow() ? 0 : volumes[(int) (row - lowRow)][side];
        }
    }

    /** A bell of volume with a second, smaller one below it. */
    public static PlainRows twoBells(long lowRow, int rows) {
        long[][] volumes = new long[rows][2];
        for (int i = 0; i < rows; i++) {
            double high = (i - rows * 0.6) / (rows * 0.15);
            double low = (i - rows * 0.2) / (rows * 0.08);
            double weight = Math.exp(-high * high / 2) + 0.6 * Math.exp(-low * low / 2);
            volumes[i][0] = Math.round(weight * 10_000 * (1 + i % 3));
            volumes[i][1] = Math.round(weight * 10_000 * (1 + i % 4));
        }
        return new PlainRows(lowRow, 1, volumes);
    }

    /** A window whose bar follows from its rows. */
    public static WindowReport report(Scales scales, RowVolumes rows, Quality quality) {
        long volume = 0;
        long buy = 0;
        for (long row = rows.lowRow(); row <= rows.highRow(); row++) {
            volume += rows.volume(row);
            buy += rows.buyVolume(row);
        }
        long low = rows.lowRow() * rows.rowSize();
        long high = rows.highRow() * rows.rowSize();
        return new WindowReport(scales, Span.of(Timeframe.H1, START_MS),
                new Bar(low, high, low, high, volume, buy, -5, 7, 12_345, 0, 0, Vwap.NONE), rows,
                2 * buy - volume, quality);
    }

    /** A profile of such a window without anything special about it. */
    public static ProfileReport profile(Scales scales, RowVolumes rows, Quality quality) {
        return ProfileReport.of(report(scales, rows, quality),
                ProfileWishes.plain(Timeframe.H1, null), List.of());
    }
}
