package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.Instrument;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Instrument definitions where no venue's metadata is at hand: from parts, or from a file of
 *
 * <pre>
 *   instrument,tick_size,lot_size[,base][,quote][,contract_size]
 *   bybit-linear:BTCUSDT,0.10,0.001,BTC,USDT,1
 * </pre>
 *
 * <p>The ids of what is returned mean nothing; the catalogue gives them.
 *
 * <p>Cold: allocates, and complains by exceptions. Threads: pure.
 */
public final class InstrumentSource {
    private static final String NAME = "instrument";
    private static final String TICK = "tick_size";
    private static final String LOT = "lot_size";
    /** Column of the base, and what stands for one that is not known. */
    private static final String BASE = "base";
    /** Column of the quote, and what stands for one that is not known. */
    private static final String QUOTE = "quote";
    private static final String CONTRACT_SIZE = "contract_size";
    private static final String CONTRACTS = "contracts";

    private static final Pattern PLAIN = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,24})?");

    private InstrumentSource() {}

    /**
     * An instrument whose currencies are known.
     *
     * @param base what is traded, such as {@code BTC}
     * @param quote what it is priced in, such as {@code USDT}
     * @throws IllegalArgumentException if tick or lot is not positive or too fine
     */
    public static Instrument of(Venue venue, String symbol, BigDecimal tickSize, BigDecimal lotSize,
            String base, String quote) {
        return of(venue, symbol, tickSize, lotSize, base, quote, BigDecimal.ONE);
    }

    /**
     * An instrument whose contract size is known too.
     *
     * @param contractSize what one unit of quantity stands for: of the base, or of the quote where
     *     the venue's contracts are inverse
     * @throws IllegalArgumentException if tick or lot is not positive or too fine
     */
    public static Instrument of(Venue venue, String symbol, BigDecimal tickSize, BigDecimal lotSize,
            String base, String quote, BigDecimal contractSize) {
        try {
            return Instrument.of(0, venue.code(), symbol, tickSize, lotSize, contractSize,
                    venue.isInverse() ? quote : base, venue.isInverse() ? CONTRACTS : base, quote,
                    venue.idsChain());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(venue.code() + ':' + symbol + ": tick " + tickSize
                    + " or lot " + lotSize + " does not fit a long", e);
        }
    }

    /** An instrument whose currencies are not known. */
    public static Instrument of(Venue venue, String symbol, BigDecimal tickSize,
            BigDecimal lotSize) {
        return of(venue, symbol, tickSize, lotSize, BASE, QUOTE);
    }

    /**
     * Reads a file with a header line; columns may stand in any order, further ones are left alone.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if a line cannot be used; the message names file, line and
     *     what is wrong
     */
    public static List<Instrument> readCsv(Path file) throws IOException {
        return parse(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    /**
     * Reads definitions of a configuration: {@code venue:SYMBOL,tick,lot}, separated by semicolons
     * or line ends.
     *
     * @param key of the setting, for messages, which count its entries from 2 like the lines of a
     *     file with a header
     * @throws IllegalArgumentException if an entry cannot be used
     */
    public static List<Instrument> ofSetting(String key, String definitions) {
        List<String> lines = new ArrayList<>();
        lines.add(NAME + ',' + TICK + ',' + LOT);
        lines.addAll(Arrays.asList(definitions.split("[;\\n]", -1)));
        return parse(key, lines);
    }

    private static List<Instrument> parse(String file, List<String> lines) {
        List<String> header = lines.isEmpty() ? List.of() : cells(lines.getFirst());
        if (!header.containsAll(List.of(NAME, TICK, LOT))) {
            throw wrong(file, 1, "the header must name " + NAME + ',' + TICK + ',' + LOT);
        }
        List<Instrument> instruments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).isBlank()) {
                continue;
            }
            List<String> cells = cells(lines.get(i));
            if (cells.size() != header.size()) {
                throw wrong(file, i + 1, cells.size() + " columns, the header has "
                        + header.size());
            }
            Line line = new Line(file, i + 1, header, cells);
            String name = line.cell(NAME, "");
            if (!names.add(name)) {
                throw wrong(file, i + 1, name + " stands here a second time");
            }
            instruments.add(instrument(line, name));
        }
        return instruments;
    }

    /** One line of a file, below its header. */
    private record Line(String file, int number, List<String> header, List<String> cells) {
        /** What stands in a column; the default if it is empty, or not there. */
        private String cell(String column, String ifNone) {
            int index = header.indexOf(column);
            return index < 0 || cells.get(index).isEmpty() ? ifNone : cells.get(index);
        }

        /** The positive decimal of a column. */
        private BigDecimal decimal(String column, String ifNone) {
            String text = cell(column, ifNone);
            BigDecimal decimal = step(text);
            if (decimal == null) {
                throw wrong(column + " is \"" + text + "\", which is no plain decimal");
            }
            if (decimal.signum() <= 0) {
                throw wrong(column + " is " + text + ", must be greater than 0");
            }
            return decimal;
        }

        private IllegalArgumentException wrong(String what) {
            return InstrumentSource.wrong(file, number, what);
        }
    }

    private static Instrument instrument(Line line, String name) {
        BigDecimal tick = line.decimal(TICK, "");
        BigDecimal lot = line.decimal(LOT, "");
        BigDecimal contractSize = line.decimal(CONTRACT_SIZE, "1");
        int colon = name.indexOf(':');
        Venue venue = Venue.of(colon < 0 ? name : name.substring(0, colon));
        String symbol = name.substring(colon + 1);
        if (colon < 0 || symbol.isEmpty()) {
            throw line.wrong('"' + name + "\" is not of the form venue:SYMBOL");
        }
        if (venue == null) {
            throw line.wrong('"' + name + "\" is of no known venue; known are "
                    + Venue.codes());
        }
        if (symbol.getBytes(StandardCharsets.UTF_8).length > SymbolTable.MAX_LENGTH) {
            throw line.wrong('"' + name + "\" is too long");
        }
        try {
            return of(venue, symbol, tick, lot, line.cell(BASE, BASE), line.cell(QUOTE, QUOTE),
                    contractSize);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    line.file + ":" + line.number + ": " + e.getMessage(), e);
        }
    }

    /** A tick or lot step in plain decimals, or null: nothing a venue writes may cost more. */
    public static @Nullable BigDecimal step(String text) {
        return PLAIN.matcher(text).matches() ? new BigDecimal(text) : null;
    }

    private static List<String> cells(String line) {
        String plain = line.startsWith("\ufeff") ? line.substring(1) : line;
        List<String> cells = new ArrayList<>();
        for (String cell : plain.split(",", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }

    private static IllegalArgumentException wrong(String file, int line, String what) {
        return new IllegalArgumentException(file + ":" + line + ": " + what);
    }
}
