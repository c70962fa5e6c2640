package com.waickoff.venue.serve;

import com.waickoff.venue.Venue;
import com.waickoff.venue.market.Listing;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plays what was recorded, of this program or of a real venue. */
public final class RecordingSource implements FrameSource {
    private static final byte[] TOPIC = WireScan.key("topic");
    private static final byte[] STREAM = WireScan.key("stream");
    private static final byte[] PREVIOUS = WireScan.key("pu");
    private static final byte[] PRICE = WireScan.key("p");
    private static final byte[] BYBIT_SIZE = WireScan.key("v");
    private static final byte[] BINANCE_SIZE = WireScan.key("q");
    private static final Pattern SYMBOL = Pattern.compile("[?&]symbol=([^&]+)");

    private final Path file;
    private final Venue venue;
    private final List<Listing> listings;
    private final Set<String> streams;
    private final Set<String> answeredSymbols;
    private final long frames;

    private RecordingSource(Path file, Venue venue, List<Listing> listings, Survey survey) {
        this.file = file;
        this.venue = venue;
        this.listings = List.copyOf(listings);
        this.streams = survey.streams;
        this.answeredSymbols = survey.answeredSymbols;
        this.frames = survey.frames;
    }

    /** Opens a recording whose venue its frames tell. */
    public static RecordingSource open(Path file) throws IOException {
        return open(file, Optional.empty(), List.of());
    }

    /**
     * Opens a recording: reads it once, to know what it holds.
     *
     * @param venue which venue it is of, where that is known better than the frames tell
     * @param listings what the venue is to list; what is missing is as the real venue lists it, or
     *        else made up from the decimals of its trades
     * @throws IOException if it cannot be read, or holds no frame of a stream
     */
    public static RecordingSource open(Path file, Optional<Venue> venue, List<Listing> listings)
            throws IOException {
        Survey survey = new Survey();
        try (RecordingLines lines = new RecordingLines(file)) {
            while (lines.next()) {
                survey.add(lines);
            }
        }
        if (survey.frames == 0) {
            throw new IOException(file + " holds no frame of a stream");
        }
        Venue known = venue.orElseGet(survey::venue);
        return new RecordingSource(file, known, survey.listings(known, listings), survey);
    }

    @Override
    public Venue venue() {
        return venue;
    }

    @Override
    public List<Listing> listings() {
        return listings;
    }

    @Override
    public Set<String> streams() {
        return streams;
    }

    @Override
    public Set<String> answeredSymbols() {
        return answeredSymbols;
    }

    /** Number of frames of all streams. */
    public long frames() {
        return frames;
    }

    @Override
    public void produce(ItemTaker taker) throws IOException {
        try (RecordingLines lines = new RecordingLines(file)) {
            while (lines.next()) {
                taker.take(lines.timeNs(), lines.kind(), lines.bytes(), lines.payloadStart(),
                        lines.payloadLength());
            }
        }
    }

    /** The symbol that a URL asks for; empty without one. */
    static String symbolOf(String url) {
        Matcher matcher = SYMBOL.matcher(url);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** What a recording holds. */
    private static final class Survey {
        final Set<String> streams = new LinkedHashSet<>();
        final Set<String> answeredSymbols = new LinkedHashSet<>();
        private final Map<String, String> firstTrades = new LinkedHashMap<>();
        private final StringBuilder urls = new StringBuilder();
        private String lastStream = "";
        private boolean bybit;
        private boolean futures;
        long frames;

        void add(RecordingLines lines) {
            byte[] bytes = lines.bytes();
            int from = lines.payloadStart();
            int to = from + lines.payloadLength();
            switch (lines.kind()) {
                case 'R' -> addFrame(bytes, from, to);
                case 'C' -> urls.append(new String(bytes, from, to - from, StandardCharsets.UTF_8));
                case 'H' -> {
                    int end = from;
                    while (end < to && bytes[end] != '\t') {
                        end++;
                    }
                    String url = new String(bytes, from, end - from, StandardCharsets.UTF_8);
                    urls.append(url);
                    if (url.contains("/depth?")) {
                        answeredSymbols.add(symbolOf(url));
                    }
                }
                default -> {
                }
            }
        }

        Venue venue() {
            if (bybit) {
                return urls.indexOf("/public/spot") >= 0
                        ? Venue.BYBIT_SPOT
                        : urls.indexOf("/public/inverse") >= 0
                                ? Venue.BYBIT_INVERSE
                                : Venue.BYBIT_LINEAR;
            }
            if (urls.indexOf("dapi") >= 0 || urls.indexOf("dstream") >= 0) {
                return Venue.BINANCE_COINM;
            }
            return futures || urls.indexOf("fapi") >= 0 || urls.indexOf("fstream") >= 0
                    ? Venue.BINANCE_USDM
                    : Venue.BINANCE_SPOT;
        }

        List<Listing> listings(Venue venue, List<Listing> given) {
            Map<String, Listing> bySymbol = new LinkedHashMap<>();
            given.forEach(listing -> bySymbol.put(listing.symbol(), listing));
            for (String name : streams) {
                String symbol = MarketStream.symbolOf(venue, name);
                if (!symbol.isEmpty() && !bySymbol.containsKey(symbol)) {
                    bySymbol.put(symbol, listing(venue, symbol));
                }
            }
            return new ArrayList<>(bySymbol.values());
        }

        private Listing listing(Venue venue, String symbol) {
            for (Listing real : venue.listings()) {
                if (real.symbol().equals(symbol)) {
                    return real;
                }
            }
            byte[] trade = firstTrades.getOrDefault(symbol, "")
                    .getBytes(StandardCharsets.UTF_8);
            String price = WireScan.text(trade, 0, trade.length, PRICE);
            String size = WireScan.text(trade, 0, trade.length,
                    venue.isBybit() ? BYBIT_SIZE : BINANCE_SIZE);
            String tick = step(price);
            return new Listing(symbol, tick, step(size), price.isEmpty() ? tick : price, 1);
        }

        private static String step(String decimal) {
            int scale = decimal.isEmpty() ? 2 : Math.max(0, new BigDecimal(decimal).scale());
            return BigDecimal.ONE.movePointLeft(scale).toPlainString();
        }

        private void addFrame(byte[] bytes, int from, int to) {
            String name = streamOf(bytes, from, to);
            if (name == null) {
                return;
            }
            frames++;
            if (!name.equals(lastStream) && streams.add(name)) {
                futures |= WireScan.value(bytes, from, to, PREVIOUS) != WireScan.MISSING
                        || name.endsWith("@depth@0ms");
                StreamKind kind = MarketStream
                        .kindOf(bybit ? Venue.BYBIT_LINEAR : Venue.BINANCE_SPOT, name);
                if (kind.isTape()) {
                    firstTrades.put(symbolOfStream(name),
                            new String(bytes, from, to - from, StandardCharsets.UTF_8));
                }
            }
            lastStream = name;
        }

        private String symbolOfStream(String name) {
            return MarketStream.symbolOf(bybit ? Venue.BYBIT_LINEAR : Venue.BINANCE_SPOT, name);
        }

        private @Nullable String streamOf(byte[] bytes, int from, int to) {
            String topic = WireScan.text(bytes, from, to, TOPIC);
            if (!topic.isEmpty()) {
                bybit = true;
                return topic;
            }
            String stream = WireScan.text(bytes, from, to, STREAM);
            return stream.isEmpty() ? null : stream;
        }
    }
}
