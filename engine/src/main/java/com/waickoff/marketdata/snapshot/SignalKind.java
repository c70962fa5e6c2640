package com.waickoff.marketdata.snapshot;

import java.util.List;
import java.util.Locale;

/**
 * What a signal says, with the names and units of its inputs and parameters; the definitions are in
 * {@code docs/studies.md}. The ordinals are written to the file: never reorder, only append.
 */
public enum SignalKind {
    /**
     * A closed window changed, and with it what it shows: what was raised for it before no longer
     * counts. The signals it shows now follow.
     */
    REVISED(List.of(count("signals")), List.of()),
    /** The rows of a window in which one side outweighs the other diagonally, in sum. */
    IMBALANCES(
            List.of(count("buy_rows"), count("sell_rows"), count("stacks"),
                    quantity("largest_difference")),
            List.of(ratio("ratio"), quantity("min_difference"), quantity("min_volume"),
                    price("row_size"), count("stacked_rows"))),
    /** Neighbouring rows with an imbalance of one side; the price is the lowest row's. */
    STACKED_IMBALANCE(
            List.of(count("rows"), price("highest_row"), quantity("volume"), count("stacks")),
            List.of(ratio("ratio"), quantity("min_difference"), quantity("min_volume"),
                    price("row_size"), count("stacked_rows"))),
    /** Both sides traded at a window's extreme row. */
    UNFINISHED_AUCTION(List.of(quantity("buy_volume"), quantity("sell_volume")),
            List.of(quantity("min_volume"), price("row_size"))),
    /** The aggressors' volume dries up towards a window's extreme. */
    EXHAUSTION(List.of(quantity("volume"), quantity("volume_before")),
            List.of(count("rows"), price("row_size"))),
    /** A new extreme of the price that the cumulative delta does not follow. */
    DELTA_DIVERGENCE(
            List.of(price("earlier_extreme"), quantity("cvd_difference"), count("windows_ago"),
                    count("compared")),
            List.of(count("windows"))),
    /** Much aggression and little progress of the price. */
    ABSORPTION(
            List.of(quantity("delta"), quantity("mean_delta"), price("progress"),
                    price("mean_progress")),
            List.of(count("compared"), ratio("delta_factor"), ratio("progress_factor"),
                    count("windows"))),
    /** A taker order that is large among its like. */
    LARGE_TRADE(
            List.of(quantity("quantity"), count("fills"), quantity("threshold"), count("orders")),
            List.of(ppm("share"), count("min_notional"))),
    /** A taker order that went through several rows. */
    SWEEP(List.of(count("rows"), quantity("quantity"), price("first_price"), count("fills")),
            List.of(count("min_rows"), price("row_size"))),
    /** More trades than usual. */
    SPEED_OF_TAPE(List.of(count("trades"), count("trades_before")),
            List.of(seconds("seconds"), count("stretches"), ratio("factor"),
                    count("min_trades"))),
    /** The volume-synchronised probability of informed trading rose over a threshold. */
    VPIN(List.of(ppm("vpin"), quantity("bucket_volume")),
            List.of(count("buckets"), count("bucket_notional"), ppm("threshold")));

    /** Number of kinds. */
    public static final int COUNT = 11;

    private static final SignalKind[] VALUES = values();

    @SuppressWarnings("ImmutableEnumChecker") // lists of records that cannot change
    private final List<Field> inputs;
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Field> parameters;

    /** The unit of a field. */
    public enum Unit {
        /** In the instrument's scaled price. */
        PRICE,
        /** In the instrument's scaled quantity. */
        QUANTITY,
        /** A plain number. */
        COUNT,
        /** A factor, in thousandths. */
        RATIO,
        /** Parts per million. */
        PPM,
        /** Seconds of match time. */
        SECONDS
    }

    /**
     * A number that a signal carries.
     *
     * @param name in lower case with underscores
     */
    public record Field(String name, Unit unit) {}

    SignalKind(List<Field> inputs, List<Field> parameters) {
        this.inputs = inputs;
        this.parameters = parameters;
    }

    /** As it is shown: lower case with underscores. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is found in a window; if not, along the tape. */
    public boolean isOfWindow() {
        return ordinal() <= ABSORPTION.ordinal();
    }

    /** What it was found from; at most {@link Signal#INPUTS}. */
    public List<Field> inputs() {
        return inputs;
    }

    /** By which rule; at most {@link Signal#PARAMETERS}. */
    public List<Field> parameters() {
        return parameters;
    }

    /** The kind with this ordinal: for loops that must not allocate. */
    public static SignalKind at(int ordinal) {
        return VALUES[ordinal];
    }

    private static Field price(String name) {
        return new Field(name, Unit.PRICE);
    }

    private static Field quantity(String name) {
        return new Field(name, Unit.QUANTITY);
    }

    private static Field count(String name) {
        return new Field(name, Unit.COUNT);
    }

    private static Field ratio(String name) {
        return new Field(name, Unit.RATIO);
    }

    private static Field ppm(String name) {
        return new Field(name, Unit.PPM);
    }

    private static Field seconds(String name) {
        return new Field(name, Unit.SECONDS);
    }
}
