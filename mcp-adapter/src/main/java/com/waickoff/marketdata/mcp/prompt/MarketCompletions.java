package com.waickoff.marketdata.mcp.prompt;

import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.catalogue.Completions;
import com.waickoff.marketdata.mcp.series.Market;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Completes instruments, venues, symbols, windows and timeframes, by what the engine knows now. */
public final class MarketCompletions implements Completions {
    private final Market market;
    private final List<String> windows;

    /**
     * Completions.
     *
     * @param windows that a profile can be read of
     */
    public MarketCompletions(Market market, List<String> windows) {
        this.market = market;
        this.windows = List.copyOf(windows);
    }

    @Override
    public Proposal propose(Reference reference, String argument, String begun,
            Map<String, String> others) {
        return switch (argument) {
            case "instrument" -> fitting(names(), begun);
            case "venue" -> fitting(names().stream().map(MarketCompletions::venue)
                    .collect(Collectors.toCollection(TreeSet::new)), begun);
            case "symbol" -> fitting(names().stream()
                    .filter(name -> venue(name).equals(others.getOrDefault("venue", venue(name))))
                    .map(name -> name.substring(name.indexOf(':') + 1))
                    .collect(Collectors.toCollection(TreeSet::new)), begun);
            case "window" -> fitting(windows, begun);
            case "timeframe" -> fitting(Questions.TIMEFRAMES, begun);
            default -> new Proposal(List.of(), 0);
        };
    }

    private Set<String> names() {
        try {
            return new TreeSet<>(market.liveInstruments().keySet());
        } catch (ToolFailure away) {
            return new TreeSet<>(market.storedInstruments().keySet());
        }
    }

    private static String venue(String name) {
        return name.substring(0, name.indexOf(':'));
    }

    /** Those that begin so come before those that have it somewhere. */
    private static Proposal fitting(Collection<String> all, String begun) {
        String wanted = begun.toLowerCase(Locale.ROOT);
        List<String> found = all.stream()
                .filter(value -> value.toLowerCase(Locale.ROOT).contains(wanted))
                .sorted(Comparator.comparing(
                        (String value) -> !value.toLowerCase(Locale.ROOT).startsWith(wanted)))
                .toList();
        return new Proposal(found.subList(0, Math.min(MOST, found.size())), found.size());
    }
}
