package com.waickoff.venue.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;

/**
 * The export lines of windows, profiles and books: header first, plain decimals without trailing
 * zeros, sorted by instrument, timeframe, start.
 *
 * <p>Two columns of the engine's {@code windows.csv} are not here, {@code coverage_ppm} and
 * {@code revision}: they tell how a reader came to know the numbers, not what they are.
 */
public final class ReferenceExport {
    private static final int BOOK_LEVELS = 20;

    private ReferenceExport() {}

    /** Lines of {@code windows.csv}. */
    public static List<String> windows(List<ReferenceWindow> windows) {
        List<String> lines = new ArrayList<>();
        lines.add("instrument,timeframe,start,open,high,low,close,volume,buy_volume,sell_volume,"
                + "delta,min_delta,max_delta,cvd,trades,poc,vah,val");
        for (ReferenceWindow w : windows) {
            ReferenceProfile profile = w.profile();
            ReferenceProfile.ValueArea area = profile.valueArea();
            lines.add(String.join(",", w.instrument(), w.timeframe().label(),
                    Long.toString(w.startMs()), plain(w.open()), plain(w.high()), plain(w.low()),
                    plain(w.close()), plain(w.volume()), plain(w.buyVolume()),
                    plain(w.sellVolume()), plain(w.delta()), plain(w.minDelta()),
                    plain(w.maxDelta()), plain(w.cvd()), Long.toString(w.trades()),
                    plain(profile.lowEdge(profile.pointOfControl())),
                    plain(profile.lowEdge(area.highRow())), plain(profile.lowEdge(area.lowRow()))));
        }
        return lines;
    }

    /** Lines of {@code profile.csv}: rows with volume only. */
    public static List<String> profiles(List<ReferenceWindow> windows) {
        List<String> lines = new ArrayList<>();
        lines.add("instrument,timeframe,start,row_low,buy_volume,sell_volume");
        for (ReferenceWindow w : windows) {
            w.profile().rows()
                    .forEach((row, volume) -> lines.add(String.join(",", w.instrument(),
                            w.timeframe().label(), Long.toString(w.startMs()),
                            plain(w.profile().lowEdge(row)), plain(volume.buyVolume()),
                            plain(volume.sellVolume()))));
        }
        return lines;
    }

    /** Lines of {@code book.csv}: the best 20 levels a side, level 0 the best. */
    public static List<String> books(SortedMap<String, ReferenceBook> books) {
        List<String> lines = new ArrayList<>();
        lines.add("instrument,side,level,price,quantity");
        books.forEach((instrument, book) -> {
            addSide(lines, instrument, "bid", book.bids());
            addSide(lines, instrument, "ask", book.asks());
        });
        return lines;
    }

    /** Plain digits without trailing zeros, e.g. {@code 100} and {@code 0.05}. */
    public static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static void addSide(List<String> lines, String instrument, String side,
            NavigableMap<BigDecimal, BigDecimal> levels) {
        int level = 0;
        for (Map.Entry<BigDecimal, BigDecimal> entry : levels.entrySet()) {
            if (level == BOOK_LEVELS) {
                return;
            }
            lines.add(String.join(",", instrument, side, Integer.toString(level),
                    plain(entry.getKey()), plain(entry.getValue())));
            level++;
        }
    }
}
