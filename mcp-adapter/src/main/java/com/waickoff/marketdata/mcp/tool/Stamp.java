package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.live.Liveness;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.mcp.series.Quality;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What every answer says about its own worth: where it comes from, how old it is, whether it is still
 * kept up to date, how complete it is, what its numbers are units of, and by which rules they were
 * made.
 */
final class Stamp {
    /** Names that an answer may lack. */
    static final List<String> OPTIONAL = List.of("staleReason", "nextCursor", "hint");

    /** What to say of an engine that is not running. */
    static final String ENGINE_STOPPED = "The engine is not running: these are the last known "
            + "numbers.";

    private static final int VERSION = 1;
    private static final String LIVE = "live";
    private static final String HISTORY = "history";
    private static final List<String> SOURCES = List.of(LIVE, HISTORY);
    private static final List<String> STALE_REASONS = Arrays.stream(Liveness.values())
            .filter(Liveness::isStale).map(Liveness::label).toList();

    private Stamp() {}

    /**
     * Says how old something is.
     *
     * @param asOfMs when it was received; 0 for never
     * @param ageMs since then; below 0 for what came while it was read, or by another clock
     */
    static void writeAge(Map<String, Object> json, Liveness liveness, long asOfMs, long ageMs) {
        json.put("source", LIVE);
        json.put("asOfMs", asOfMs == 0 ? null : asOfMs);
        json.put("ageMs", asOfMs == 0 ? null : Math.max(0, ageMs));
        json.put("stale", liveness.isStale());
        if (liveness.isStale()) {
            json.put("staleReason", liveness.label());
        }
    }

    /** The schema of what {@link #writeAge} writes. */
    static void describeAge(Map<String, Object> properties) {
        properties.put("source", Schemas.oneOf(SOURCES));
        properties.put("asOfMs", Schemas.INTEGER_OR_NULL);
        properties.put("ageMs", Schemas.INTEGER_OR_NULL);
        properties.put("stale", Schemas.TRUTH);
        properties.put("staleReason", Schemas.oneOf(STALE_REASONS));
    }

    /** Says all there is to say about what an answer is worth. */
    static void write(Map<String, Object> json, Quality quality, Map<String, Object> algorithm) {
        Instrument instrument = quality.instrument();
        json.put("instrument", instrument.name());
        writeAge(json, quality.liveness(), quality.asOfMs(), quality.ageMs());
        json.put("source", quality.isStored() ? HISTORY : LIVE);
        json.put("seq", quality.sequence());
        Map<String, Object> units = new LinkedHashMap<>();
        units.put("price", instrument.priceUnit());
        units.put("volume", instrument.quantityUnit());
        json.put("units", units);
        CoverageStamp stamp = quality.coverage();
        Map<String, Object> coverage = new LinkedHashMap<>();
        coverage.put("fromMs", stamp.fromMs());
        coverage.put("toMs", stamp.toMs());
        coverage.put("ppm", stamp.ppm());
        coverage.put("gaps", stamp.gaps());
        coverage.put("repaired", stamp.repaired());
        json.put("coverage", coverage);
        json.put("bookState", quality.bookState());
        json.put("revision", quality.revision());
        json.put("algorithm", algorithm);
    }

    /** What the model should know about who keeps the numbers up to date, and all else it is told. */
    static List<String> hints(Quality quality) {
        List<String> hints = new ArrayList<>();
        switch (quality.liveness()) {
            case LIVE -> {}
            case ENGINE_STOPPED ->
                hints.add(ENGINE_STOPPED);
            case BOOK_DOWN -> hints.add("The book is " + quality.bookState()
                    + ": what is told of it are the last known numbers.");
            case FEED_DOWN, SILENT ->
                hints.add("Nothing arrives for this instrument: these are the last known numbers.");
        }
        hints.addAll(quality.hints());
        return hints;
    }

    /**
     * A rule by which numbers were made.
     *
     * @param parameters names and values, in turn
     */
    static Map<String, Object> algorithm(String name, Object... parameters) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            values.put((String) parameters[i], parameters[i + 1]);
        }
        Map<String, Object> algorithm = new LinkedHashMap<>();
        algorithm.put("name", name);
        algorithm.put("version", VERSION);
        algorithm.put("parameters", values);
        return algorithm;
    }

    /** The schema of what {@link #write} writes. */
    static void describe(Map<String, Object> properties,
            Map<String, Object> algorithmParameters) {
        properties.put("instrument", Schemas.TEXT);
        describeAge(properties);
        properties.put("seq", Schemas.INTEGER_OR_NULL);
        properties.put("units", object(Schemas.TEXT, "price", "volume"));
        properties.put("coverage",
                object(Schemas.INTEGER, "fromMs", "toMs", "ppm", "gaps", "repaired"));
        properties.put("bookState", Schemas.TEXT_OR_NULL);
        properties.put("revision", Schemas.INTEGER);
        Map<String, Object> algorithm = new LinkedHashMap<>();
        algorithm.put("name", Schemas.TEXT);
        algorithm.put("version", Schemas.INTEGER);
        algorithm.put("parameters", Schemas.object(algorithmParameters, List.of()));
        properties.put("algorithm", Schemas.object(algorithm, List.of()));
    }

    /** The schema of what is added when an answer is written. */
    static void describeSize(Map<String, Object> properties) {
        properties.put("truncated", Schemas.TRUTH);
        properties.put("nextCursor", Schemas.TEXT);
        properties.put("hint", Schemas.TEXT);
    }

    private static Map<String, Object> object(Map<String, Object> each, String... names) {
        Map<String, Object> properties = new LinkedHashMap<>();
        Stream.of(names).forEach(name -> properties.put(name, each));
        return Schemas.object(properties, List.of());
    }
}
