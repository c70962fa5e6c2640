package com.waickoff.marketdata.storage.mongo;

import com.waickoff.marketdata.storage.effect.EffectId;
import com.waickoff.marketdata.window.Timeframe;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Ids of documents: text that sorts by instrument, then by time or sequence, so that the index on
 * {@code _id}, which every collection has, serves every range that is asked for.
 *
 * <pre>
 *   bars_1m         venue:SYMBOL:1m:1785585600000[~definition]
 *   signals, states venue:SYMBOL:1785585600123:0000000000000004711-00002
 *   trades_20260801 venue:SYMBOL:JOURNAL:0000000000000004711[~definition]   first trade's sequence
 *   instruments     venue:SYMBOL
 *   coverage        venue:SYMBOL~definition
 * </pre>
 *
 * <p>A definition is named where it is not the first one that the journal has of the instrument: the
 * windows during which a tick changed are kept in two parts.
 */
final class DocumentIds {
    /** Above every digit and colon, and below no letter of a symbol that could follow. */
    static final String DEFINITION_MARK = "~";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd",
            Locale.ROOT);
    private static final String TRADES = "trades_";
    private static final long NS_PER_MS = 1_000_000L;

    private DocumentIds() {}

    /** {@code suffix} is empty or names a definition. */
    static String bar(String instrument, Timeframe timeframe, long startMs, String suffix) {
        return instrument + ':' + timeframe.label() + ':' + time(startMs) + suffix;
    }

    static String effect(String instrument, long timeNs, EffectId id) {
        return at(instrument, Math.floorDiv(timeNs, NS_PER_MS)) + ':' + sequence(id.sequence())
                + '-' + String.format(Locale.ROOT, "%05d", id.ordinal());
    }

    /** Lower bound of what happened at a time. */
    static String at(String instrument, long timeMs) {
        return instrument + ':' + time(timeMs);
    }

    static String bucket(String instrument, long journalId, long firstSequence,
            String suffix) {
        return bucketsOf(instrument, journalId) + sequence(firstSequence) + suffix;
    }

    /** Begins every bucket that was filled from a journal. */
    static String bucketsOf(String instrument, long journalId) {
        return instrument + ':' + sequence(journalId) + ':';
    }

    static String definition(int id) {
        return DEFINITION_MARK + id;
    }

    /** Behind every id that goes on with a digit or a colon after {@code prefix}. */
    static String behind(String prefix) {
        return prefix + ';';
    }

    static String barCollection(Timeframe timeframe) {
        return "bars_" + timeframe.label();
    }

    /** The collection of the UTC day that holds a match time. */
    static String tradeCollection(long matchMs) {
        return TRADES + DAY.format(Instant.ofEpochMilli(matchMs).atOffset(ZoneOffset.UTC));
    }

    static boolean isTradeCollection(String name) {
        return name.matches(TRADES + "[0-9]{8}");
    }

    /** First ms of the day of a collection of trades. */
    static long dayOf(String collection) {
        return LocalDate.parse(collection.substring(TRADES.length()), DAY)
                .atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }

    private static String time(long ms) {
        return padded(Math.max(0, ms), 13);
    }

    private static String sequence(long sequence) {
        return padded(sequence, 19);
    }

    private static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
