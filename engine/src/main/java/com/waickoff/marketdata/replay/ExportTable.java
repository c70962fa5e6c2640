package com.waickoff.marketdata.replay;

import static com.waickoff.marketdata.replay.ExportTable.Type.DECIMAL;
import static com.waickoff.marketdata.replay.ExportTable.Type.FLAG;
import static com.waickoff.marketdata.replay.ExportTable.Type.INTEGER;
import static com.waickoff.marketdata.replay.ExportTable.Type.TEXT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A table that a replay exports, in any format: its columns in their order. A change of columns is a
 * new version.
 *
 * <p>{@code instrument} is {@code venue:SYMBOL}; {@code start} is in ms since the epoch; times end
 * with their unit; prices and quantities are in the venue's units; {@code poc}, {@code vah},
 * {@code val} and {@code row_low} are low edges of rows.
 */
public enum ExportTable {
    /** Windows, sorted by instrument, timeframe and start. */
    WINDOWS(1, none()
            .add(TEXT, "instrument", "timeframe").add(INTEGER, "start")
            .add(DECIMAL, "open", "high", "low", "close", "volume", "buy_volume", "sell_volume",
                    "delta", "min_delta", "max_delta", "cvd")
            .add(INTEGER, "trades").addOptional(DECIMAL, "poc", "vah", "val")
            .add(INTEGER, "coverage_ppm", "revision")),
    /** Rows of these windows that have volume, from the lowest. */
    PROFILE(1, none()
            .add(TEXT, "instrument", "timeframe").add(INTEGER, "start")
            .add(DECIMAL, "row_low", "buy_volume", "sell_volume")),
    /** The top levels of each side of the last synced book of each instrument. */
    BOOK(1, none()
            .add(TEXT, "instrument", "side").add(INTEGER, "level")
            .add(DECIMAL, "price", "quantity")),
    /** Signals, by instrument in the order in which they were raised. */
    SIGNALS(1, none()
            .add(TEXT, "instrument", "id").add(INTEGER, "time_ms").add(TEXT, "kind", "side")
            .add(DECIMAL, "price").addOptional(TEXT, "timeframe").addOptional(INTEGER, "start")
            .add(INTEGER, "revision").add(TEXT, "inputs", "parameters")),
    /** Trades as they came, in the order of their engine sequence. */
    TRADES(1, none()
            .add(TEXT, "instrument").add(INTEGER, "sequence", "match_time_ns", "receive_time_ns")
            .add(TEXT, "side").add(DECIMAL, "price", "quantity")
            .add(INTEGER, "trade_id", "aux", "fills")
            .add(FLAG, "block", "rpi", "repaired", "off_book")),
    /** Changes of book levels as they came, in the order of their engine sequence. */
    LEVELS(1, none()
            .add(TEXT, "instrument").add(INTEGER, "sequence", "match_time_ns", "receive_time_ns")
            .add(TEXT, "side").add(DECIMAL, "price", "quantity").add(INTEGER, "update_id")
            .add(FLAG, "snapshot", "last"));

    /** What the studies found; the others are what they found it in. */
    public static final Set<ExportTable> FINDINGS = EnumSet.of(WINDOWS, PROFILE, BOOK, SIGNALS);

    private final int version;
    @SuppressWarnings("ImmutableEnumChecker") // a list of records that cannot change
    private final List<Column> columns;

    /** What a column holds. */
    enum Type {
        TEXT, INTEGER, DECIMAL, FLAG
    }

    /** A column. */
    record Column(String name, Type type, boolean optional) {}

    private static final class Columns {
        private final List<Column> list = new ArrayList<>();

        Columns add(Type type, String... names) {
            Arrays.stream(names).forEach(name -> list.add(new Column(name, type, false)));
            return this;
        }

        Columns addOptional(Type type, String... names) {
            Arrays.stream(names).forEach(name -> list.add(new Column(name, type, true)));
            return this;
        }
    }

    ExportTable(int version, Columns columns) {
        this.version = version;
        this.columns = List.copyOf(columns.list);
    }

    private static Columns none() {
        return new Columns();
    }

    /** As people write it; also the name of its files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Counts changes of the columns, from 1. */
    public int version() {
        return version;
    }

    List<Column> all() {
        return columns;
    }

    /** The header line of its CSV files. */
    public String header() {
        return String.join(",", columns.stream().map(Column::name).toList());
    }
}
