package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.report.SignalFigures;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SignalKind.Field;
import com.waickoff.marketdata.snapshot.SignalKind.Unit;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Flow;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.window.Timeframe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** A signal in words: what was seen where and when, its inputs, and the rule. */
final class SignalText {
    private static final int PPM_TO_PERCENT_DECIMALS = 4;
    private static final int SIDE_WIDTH = 4;
    private static final long NS_PER_MS = 1_000_000L;

    private SignalText() {}

    /** The lines of a signal; what does not fit in one goes on in the next. */
    static List<String> lines(Signal signal, Scales scales, int width, Ink ink) {
        Timeframe timeframe = signal.timeframe();
        String time = Figures.second(signal.matchTimeNs() / NS_PER_MS);
        String head = time.substring(time.indexOf(' ') + 1) + ' '
                + Shown.left(SignalFigures.side(signal), SIDE_WIDTH) + ' '
                + words(signal.kind().label())
                + (timeframe == null ? "" : ' ' + timeframe.label()) + " at "
                + Figures.exact(signal.price(), scales.priceScale())
                + (signal.revision() == 0 ? "" : ", revision " + signal.revision()) + ':';
        List<String> parts = new ArrayList<>(
                parts(signal.kind().inputs(), signal::input, scales));
        List<String> rule = parts(signal.kind().parameters(), signal::parameter, scales);
        if (!rule.isEmpty()) {
            rule.set(0, "by " + rule.getFirst());
        }
        parts.addAll(rule);
        // Broken as bare text, coloured afterwards: the side is at its place in the first line.
        List<String> lines = new ArrayList<>(Flow.of(head, parts, width));
        Tone tone = tone(signal);
        String first = lines.getFirst();
        int side = first.indexOf(' ') + 1;
        if (tone != null) {
            lines.set(0, first.substring(0, side)
                    + ink.paint(tone, first.substring(side, side + SIDE_WIDTH))
                    + first.substring(side + SIDE_WIDTH));
        }
        return lines;
    }

    private static @Nullable Tone tone(Signal signal) {
        return ProfileColumns.toneOf(signal.side());
    }

    private static List<String> parts(List<Field> fields, IntToLongFunction value,
            Scales scales) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            parts.add(words(fields.get(i).name()) + ' '
                    + figure(fields.get(i).unit(), value.applyAsLong(i), scales));
        }
        return parts;
    }

    private static String figure(Unit unit, long value, Scales scales) {
        return switch (unit) {
            case PRICE -> Figures.exact(value, scales.priceScale());
            case QUANTITY -> Figures.exact(value, scales.quantityScale());
            case COUNT -> Figures.count(value);
            case RATIO -> Figures.exact(value, SignalFigures.RATIO_DECIMALS);
            case PPM -> Figures.exact(value, PPM_TO_PERCENT_DECIMALS) + " %";
            case SECONDS -> value + " s";
        };
    }

    private static String words(String name) {
        return name.replace('_', ' ');
    }
}
