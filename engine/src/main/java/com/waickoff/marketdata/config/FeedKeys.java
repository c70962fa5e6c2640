package com.waickoff.marketdata.config;

import com.waickoff.marketdata.feed.InstrumentWishes;
import com.waickoff.marketdata.feed.SymbolPattern;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.socket.ProxySettings;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the feed of one venue.
 *
 * @param venue which one
 * @param instruments what is collected; nothing for a feed that is off
 * @param leastTurnover what must be traded of an instrument that only a pattern names
 * @param mostInstruments bound of the instruments, where there are patterns
 * @param webSocketUrl where frames come from
 * @param restUrl where metadata and snapshots of books come from
 * @param proxy what both go through
 * @param book how deep, or how often, books are asked for, in the words of the venue
 * @param bookCheck whether books are held against what the venue tells of their best levels
 * @param tape which stream trades are taken from; null where there is no choice
 */
record FeedKeys(Venue venue, Setting instruments, Setting leastTurnover, Setting mostInstruments,
        Setting webSocketUrl, Setting restUrl, Setting proxy, Setting book, Setting bookCheck,
        @Nullable Setting tape) {
    /** The value of {@code tape} by which trades come merged. */
    static final String AGGREGATED = "agg-trade";
    /** The value of {@code proxy} by which there is none though {@code feeds.proxy} names one. */
    static final String NO_PROXY = "none";

    /** The value of {@code bookCheck} by which they are. */
    static final String CHECKED = "true";

    private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");
    private static final Pattern SYMBOL = Pattern.compile("[\\p{L}\\p{Nd}._\\-*]+");
    private static final long NS_PER_MINUTE = 60_000_000_000L;
    private static final long MOST_TURNOVER = 1_000_000_000_000_000L;
    /** Leaves room for what topics and streams add to it. */
    private static final int MAX_SYMBOL_BYTES = 40;
    private static final List<String> WEB_SOCKET = List.of("wss", "ws");
    private static final List<String> REST = List.of("https", "http");

    /** Of Bybit: books by their depth, the default first. */
    static FeedKeys bybit(Venue venue, String webSocketUrl, String restUrl, String... depths) {
        return of(venue, webSocketUrl, restUrl,
                Setting.choice(prefix(venue) + "book-depth",
                        "levels a side of the books that are asked for", depths),
                null);
    }

    /** Of Binance: books by the stream of their changes, the default first. */
    static FeedKeys binance(Venue venue, String webSocketUrl, String restUrl,
            String... depthStreams) {
        return of(venue, webSocketUrl, restUrl,
                Setting.choice(prefix(venue) + "depth-stream",
                        "the stream of changes of books that is asked for", depthStreams),
                Setting.choice(prefix(venue) + "tape",
                        "trades one by one, or fills of one order at one price merged", "trade",
                        AGGREGATED));
    }

    private static FeedKeys of(Venue venue, String webSocketUrl, String restUrl, Setting book,
            @Nullable Setting tape) {
        return new FeedKeys(venue,
                Setting.text(prefix(venue) + "instruments", "",
                        "what is collected of " + venue.code(), FeedKeys::areSymbols,
                        "is symbols as the venue writes them, or patterns of them such as *USDT,"
                                + " each once, separated by commas, such as BTCUSDT, ETHUSDT"),
                bounded(venue, "min-turnover-24h", MOST_TURNOVER,
                        "what must be traded in 24 h of an instrument that a pattern names, in"
                                + " the currency of its price"),
                bounded(venue, "most-instruments", EngineSettings.MAX_INSTRUMENTS,
                        "most instruments of this feed, where there are patterns"),
                url(venue, "websocket-url", webSocketUrl, WEB_SOCKET, "frames come from"),
                url(venue, "rest-url", restUrl, REST, "metadata and snapshots come from"),
                Setting.text(prefix(venue) + "proxy", "",
                        "the proxy of this feed; nothing for that of feeds.proxy",
                        text -> text.equals(NO_PROXY) || isProxy(text),
                        "is " + ProxySettings.FORM + "; or none, or nothing for feeds.proxy"),
                book,
                Setting.choice(prefix(venue) + "book-check",
                        "whether books are held against what the venue tells of their best levels",
                        CHECKED, "false"),
                tape);
    }

    private static String prefix(Venue venue) {
        return "feeds." + venue.code() + '.';
    }

    private static Setting bounded(Venue venue, String name, long most, String meaning) {
        String key = prefix(venue) + name;
        return Setting.number(key, 0, meaning,
                value -> EngineSettings.range(key, value, 0, most));
    }

    private static Setting url(Venue venue, String name, String defaultUrl, List<String> schemes,
            String what) {
        return Setting.text(prefix(venue) + name, defaultUrl, "where " + what,
                text -> isUrl(text, schemes),
                "is " + String.join(":// or ", schemes) + ":// with a host and maybe a port, such"
                        + " as " + defaultUrl);
    }

    /** The settings, in the order in which they are shown. */
    List<Setting> all() {
        List<Setting> all = new ArrayList<>(List.of(instruments, leastTurnover, mostInstruments,
                webSocketUrl, restUrl, proxy, book, bookCheck));
        if (tape != null) {
            all.add(tape);
        }
        return all;
    }

    /** The symbols and patterns that a setting lists. */
    static List<String> words(String text) {
        List<String> symbols = new ArrayList<>();
        for (String symbol : SEPARATOR.split(text.strip(), -1)) {
            if (!symbol.isEmpty()) {
                symbols.add(symbol);
            }
        }
        return symbols;
    }

    /**
     * What is configured of this feed; null where it is off.
     *
     * @throws IllegalArgumentException if it does not fit together, saying why
     */
    @Nullable
    InstrumentWishes wishes(Configuration configuration) {
        List<String> words = words(configuration.get(instruments).text());
        if (words.isEmpty()) {
            return null;
        }
        List<String> symbols = words.stream().filter(word -> !SymbolPattern.isPattern(word))
                .toList();
        List<SymbolPattern> patterns = words.stream().filter(SymbolPattern::isPattern)
                .map(SymbolPattern::new).toList();
        int most = configuration.integer(mostInstruments);
        if (!patterns.isEmpty() && most == 0) {
            throw new IllegalArgumentException(instruments.key() + " has the pattern "
                    + patterns.getFirst() + ", so " + mostInstruments.key()
                    + " must say how many instruments there may be, allowed is 1 to "
                    + EngineSettings.MAX_INSTRUMENTS);
        }
        if (most != 0 && most < symbols.size()) {
            throw new IllegalArgumentException(mostInstruments.key() + " is " + most + ", but "
                    + instruments.key() + " names " + symbols.size());
        }
        return new InstrumentWishes(symbols, patterns,
                BigDecimal.valueOf(configuration.number(leastTurnover)),
                patterns.isEmpty() ? symbols.size() : most,
                NS_PER_MINUTE * configuration.number(Settings.FEEDS_METADATA_REFRESH_MINUTES),
                InstrumentWishes.DEFAULT_CLOCK_NS);
    }

    /** Most instruments that this feed may come to; 0 where it is off or wrong. */
    int mostInstruments(Configuration configuration) {
        List<String> words = words(configuration.get(instruments).text());
        boolean hasPatterns = words.stream().anyMatch(SymbolPattern::isPattern);
        return hasPatterns ? configuration.integer(mostInstruments) : words.size();
    }

    private static boolean areSymbols(String text) {
        Set<String> seen = new HashSet<>();
        for (String symbol : words(text)) {
            if (!SYMBOL.matcher(symbol).matches() || !seen.add(symbol) || symbol
                    .getBytes(StandardCharsets.UTF_8).length > MAX_SYMBOL_BYTES) {
                return false;
            }
        }
        return true;
    }

    /** Whether a text is a proxy's address, or nothing. */
    static boolean isProxy(String text) {
        try {
            return text.isEmpty() || ProxySettings.of(text).port() > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isUrl(String text, List<String> schemes) {
        try {
            URI url = new URI(text);
            return url.getScheme() != null && schemes.contains(url.getScheme())
                    && url.getHost() != null && url.getRawUserInfo() == null
                    && url.getRawQuery() == null && url.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
