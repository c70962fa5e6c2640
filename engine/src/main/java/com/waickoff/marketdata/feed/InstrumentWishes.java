package com.waickoff.marketdata.feed;

import java.math.BigDecimal;
import java.util.List;

/**
 * Which instruments of a venue are wanted, and how often the venue is asked about them.
 *
 * @param symbols as the venue writes them
 * @param patterns of further symbols; the busiest of those that match are taken
 * @param leastTurnover what must have been traded of them in 24 hours, in the currency of their
 *     prices
 * @param most most instruments in all, {@code symbols} included; whoever was taken is kept, so that
 *     nothing comes and goes with its turnover
 * @param refreshNs time between two readings of the venue's list; 0 to read it only until everything
 *     is known
 * @param clockNs time between two looks at the venue's clock; 0 for none
 */
public record InstrumentWishes(List<String> symbols, List<SymbolPattern> patterns,
        BigDecimal leastTurnover, int most, long refreshNs, long clockNs) {
    /** Time between two readings of the list unless configured. */
    public static final long DEFAULT_REFRESH_NS = 1_800_000_000_000L;
    /** Time between two looks at the clock. */
    public static final long DEFAULT_CLOCK_NS = 300_000_000_000L;

    /** Checks ranges. */
    public InstrumentWishes {
        symbols = List.copyOf(symbols);
        patterns = List.copyOf(patterns);
        if (most < symbols.size()) {
            throw new IllegalArgumentException("most instruments is " + most + ", but "
                    + symbols.size() + " are named");
        }
        if (refreshNs < 0 || clockNs < 0 || leastTurnover.signum() < 0) {
            throw new IllegalArgumentException("refresh " + refreshNs + " ns, clock " + clockNs
                    + " ns and least turnover " + leastTurnover + " must not be negative");
        }
    }

    /** These symbols and no others, whose metadata is asked for once. */
    public static InstrumentWishes of(List<String> symbols) {
        return new InstrumentWishes(symbols, List.of(), BigDecimal.ZERO, symbols.size(), 0, 0);
    }

    /** These symbols and no others, of a live feed. */
    public static InstrumentWishes live(List<String> symbols) {
        return new InstrumentWishes(symbols, List.of(), BigDecimal.ZERO, symbols.size(),
                DEFAULT_REFRESH_NS, DEFAULT_CLOCK_NS);
    }

    /** Whether a symbol is named, or looks like a wanted one. */
    public boolean isWanted(String symbol) {
        return symbols.contains(symbol) || isLikeWanted(symbol);
    }

    /** Whether a symbol looks like a wanted one. */
    public boolean isLikeWanted(String symbol) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(symbol));
    }
}
