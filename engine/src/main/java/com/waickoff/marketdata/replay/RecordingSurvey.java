package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.decimal.Ascii;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What must be known of a recording before it is replayed.
 *
 * @param holdsTrades whether single trades are in it, so that aggregates of them must not be counted
 *     too
 * @param symbols whose trades or books are in it, in alphabetical order; empty where nobody asked
 */
public record RecordingSurvey(boolean holdsTrades, List<String> symbols) {
    private static final int HEAD_BYTES = 240;
    private static final Pattern TRADE = Pattern.compile("@trade\"|\"e\"\\s*:\\s*\"trade\"");
    private static final Pattern SYMBOL = Pattern.compile(
            "\"(?:publicTrade|orderbook\\.\\d+)\\.([^\"]+)\"|\"s\"\\s*:\\s*\"([^\"]+)\"");

    /** The symbols are copied. */
    public RecordingSurvey {
        symbols = List.copyOf(symbols);
    }

    /** Looks at the frames up to the first trade; a recording without trades is read whole. */
    public static RecordingSurvey ofTrades(Path recording) throws IOException {
        try (RecordingReader reader = RecordingReader.open(recording, (line, what) -> {})) {
            while (reader.next()) {
                if (reader.kind() == 'R' && TRADE.matcher(head(reader)).find()) {
                    return new RecordingSurvey(true, List.of());
                }
            }
        }
        return new RecordingSurvey(false, List.of());
    }

    /** Looks at every frame, for the symbols too. */
    public static RecordingSurvey ofAll(Path recording) throws IOException {
        boolean holdsTrades = false;
        Set<String> symbols = new TreeSet<>();
        try (RecordingReader reader = RecordingReader.open(recording, (line, what) -> {})) {
            while (reader.next()) {
                if (reader.kind() == 'R') {
                    String head = head(reader);
                    holdsTrades |= TRADE.matcher(head).find();
                    Matcher symbol = SYMBOL.matcher(head);
                    if (symbol.find()) {
                        symbols.add(symbol.group(1) == null ? symbol.group(2) : symbol.group(1));
                    }
                }
            }
        }
        return new RecordingSurvey(holdsTrades, new ArrayList<>(symbols));
    }

    private static String head(RecordingReader reader) {
        return Ascii.text(reader.payloadAddress(), Math.min(HEAD_BYTES, reader.payloadLength()));
    }
}
