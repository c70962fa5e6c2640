package com.waickoff.marketdata.config;

import com.waickoff.marketdata.snapshot.HistoryConfig;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.window.Timeframe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How much of the past the snapshot file shows: {@code history.*}.
 *
 * <p>What is left to {@code auto} is what the documents say, and shrinks where so many instruments
 * would not fit a file: rows first, since older ones can be rebuilt from the journal, then bars of all
 * timeframes alike. What is given as a number stays.
 */
public final class HistorySettings {
    /** Rows. */
    static final Setting ROW_BYTES = Setting.text("history.row-bytes", EngineSettings.AUTO,
            "bytes for the rows of closed windows, for each instrument and timeframe",
            HistorySettings::areRowBytes,
            "is auto, or a multiple of 128 from " + HistoryConfig.MIN_ROW_BYTES + " to "
                    + HistoryConfig.MAX_ROW_BYTES);
    /** Signals. */
    static final Setting SIGNALS = Setting.number("history.signals",
            HistoryConfig.DEFAULT.signals(), "last signals kept, for each instrument",
            value -> new HistoryConfig(HistoryConfig.DEFAULT.bars(),
                    HistoryConfig.DEFAULT.rowBytes(), Settings.intOf(value)));
    /** Closed bars of each timeframe, the shortest first. */
    static final List<Setting> BARS = Timeframe.ALL.stream().map(HistorySettings::bars).toList();

    /** All of them. */
    static final List<Setting> ALL = all();

    /** Rows shrink to this before bars do. */
    private static final int MODEST_ROW_BYTES = 16 << 10;
    private static final int WHOLE = 16;

    private HistorySettings() {}

    private static Setting bars(Timeframe timeframe) {
        return Setting.text("history.bars-" + timeframe.label(), EngineSettings.AUTO,
                "closed bars of " + timeframe.label() + " kept, for each instrument; auto is "
                        + HistoryConfig.DEFAULT.bars(timeframe) + " if they fit",
                HistorySettings::isNumberOfBars,
                "is auto, or 1 to " + HistoryConfig.MAX_BARS);
    }

    private static List<Setting> all() {
        List<Setting> all = new ArrayList<>(BARS);
        all.add(ROW_BYTES);
        all.add(SIGNALS);
        return List.copyOf(all);
    }

    private static boolean isNumberOfBars(String text) {
        return text.equals(EngineSettings.AUTO)
                || isNumber(text, 1, HistoryConfig.MAX_BARS);
    }

    private static boolean areRowBytes(String text) {
        return text.equals(EngineSettings.AUTO)
                || (isNumber(text, HistoryConfig.MIN_ROW_BYTES, HistoryConfig.MAX_ROW_BYTES)
                        && Setting.numberOf(text) % HistoryConfig.ROW_BYTES_STEP == 0);
    }

    private static boolean isNumber(String text, long least, long most) {
        return text.matches("[0-9_]{1,12}") && Setting.numberOf(text) >= least
                && Setting.numberOf(text) <= most;
    }

    /**
     * The history that is configured, as much of it as a file can hold.
     *
     * @param fileBytes length of the file that a history makes
     * @return the smallest there is if even that one makes too large a file
     */
    static HistoryConfig of(Configuration configuration, ToLongFunction<HistoryConfig> fileBytes) {
        for (int part = WHOLE; part > 0; part--) {
            int least = part > 1 ? MODEST_ROW_BYTES : HistoryConfig.MIN_ROW_BYTES;
            for (int rows = HistoryConfig.DEFAULT.rowBytes(); rows >= least; rows /= 2) {
                HistoryConfig candidate = of(configuration, part, rows);
                if (fileBytes.applyAsLong(candidate) <= Integer.MAX_VALUE) {
                    return candidate;
                }
            }
        }
        return of(configuration, 1, HistoryConfig.MIN_ROW_BYTES);
    }

    private static HistoryConfig of(Configuration configuration, int part, int rowBytes) {
        List<Integer> bars = new ArrayList<>();
        for (Timeframe timeframe : Timeframe.ALL) {
            int usual = HistoryConfig.DEFAULT.bars(timeframe);
            bars.add(number(configuration, BARS.get(timeframe.ordinal()), usual * part / WHOLE));
        }
        return new HistoryConfig(bars, number(configuration, ROW_BYTES, rowBytes),
                configuration.integer(SIGNALS));
    }

    private static int number(Configuration configuration, Setting setting, int auto) {
        String text = configuration.get(setting).text();
        return text.equals(EngineSettings.AUTO) ? auto : (int) Setting.numberOf(text);
    }

    /** What is kept, in words. */
    public static String described(HistoryConfig history) {
        StringBuilder words = new StringBuilder("closed bars");
        for (Timeframe timeframe : Timeframe.ALL) {
            words.append(' ').append(timeframe.label()).append(' ')
                    .append(history.bars(timeframe));
        }
        words.append("; rows of closed windows ").append(Figures.bytes(history.rowBytes()))
                .append(" a timeframe; ").append(history.signals()).append(" signals");
        return words.toString();
    }
}
