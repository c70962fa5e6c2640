package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.report.EngineRates;
import com.waickoff.marketdata.report.EngineRates.Measured;
import com.waickoff.marketdata.status.Latency;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.ScreenLine;
import com.waickoff.marketdata.terminal.Shown;
import java.util.ArrayList;
import java.util.List;

/**
 * What an engine does and how quickly, in a few lines.
 *
 * <p>Threads: immutable.
 */
final class EnginePane {
    private static final long NS_PER_SECOND = 1_000_000_000L;
    /** The most telling ones first. */
    private static final List<Latency> SHOWN = List.of(Latency.RECEIVE_TO_SNAPSHOT,
            Latency.JOURNAL_APPEND, Latency.HICCUP, Latency.VENUE_TO_RECEIVE);

    private final int width;
    private final Ink ink;
    private final Glyphs glyphs;

    EnginePane(int width, Ink ink, Glyphs glyphs) {
        this.width = width;
        this.ink = ink;
        this.glyphs = glyphs;
    }

    /** How much passes through the engine. */
    String rates(EngineRates rates) {
        ScreenLine line = new ScreenLine(width, ink);
        rate(line, "frames", rates.frames(), rates);
        rate(line, "trades", rates.trades(), rates);
        rate(line, "levels", rates.levels(), rates);
        rate(line, "events", rates.events(), rates);
        return line.end(null, bytes(rates));
    }

    private static void rate(ScreenLine line, String label, long count, EngineRates rates) {
        line.add(label, null, rates.stretchNs() <= 0 ? "-"
                : Figures.perSecond(count, rates.stretchNs()) + "/s");
    }

    private static String bytes(EngineRates rates) {
        return rates.stretchNs() <= 0 ? "-" : Figures.bytes(
                Math.round((double) rates.bytes() * NS_PER_SECOND / rates.stretchNs())) + "/s";
    }

    /** How quickly: one latency to a line, exactly so many lines. */
    List<String> latencies(EngineRates rates, int count) {
        List<String> lines = new ArrayList<>();
        for (Latency latency : SHOWN) {
            for (Measured measured : rates.latencies()) {
                if (measured.latency() == latency && lines.size() < count) {
                    lines.add(line(measured));
                }
            }
        }
        while (lines.size() < count) {
            lines.add("");
        }
        return lines;
    }

    private String line(Measured measured) {
        return new ScreenLine(width, ink)
                .add(null, Shown.left(words(measured.latency()), "frame to snapshot".length()))
                .add("p50", null, time(measured.p50Ns()))
                .add("p99", null, time(measured.p99Ns()))
                .add("p99.9", null, time(measured.p999Ns()))
                .add("max", null, time(measured.maxNs())).toString();
    }

    private static String words(Latency latency) {
        return switch (latency) {
            case RECEIVE_TO_SNAPSHOT -> "frame to snapshot";
            case JOURNAL_APPEND -> "journal append";
            case HICCUP -> "machine hiccups";
            case VENUE_TO_RECEIVE -> "venue to frame";
            default -> latency.label();
        };
    }

    private String time(long ns) {
        return Shown.left(Figures.duration(ns).replace('µ', glyphs.micro()), "99.9 us".length());
    }
}
