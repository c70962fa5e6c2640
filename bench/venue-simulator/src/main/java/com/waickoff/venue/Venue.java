package com.waickoff.venue;

import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.MarketSettings;
import com.waickoff.venue.market.SyntheticMarket;
import com.waickoff.venue.wire.BinanceSpotEncoder;
import com.waickoff.venue.wire.BinanceFuturesEncoder;
import com.waickoff.venue.wire.BybitEncoder;
import com.waickoff.venue.wire.FrameListener;
import com.waickoff.venue.wire.VenueEncoder;
import com.waickoff.venue.wire.WireSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The venues that can be played, and what they list. Ticks and lots are real, prices invented. */
public enum Venue {
    BYBIT_LINEAR("bybit-linear", false, 300, 1, 0.0005), BINANCE_USDM("binance-usdm", true, 800, 1,
            0), BINANCE_SPOT("binance-spot", true, 300, 3, 0), BYBIT_SPOT("bybit-spot", false,
                    300, 1, 0.0005), BYBIT_INVERSE("bybit-inverse", false, 300, 1,
                            0.0005), BINANCE_COINM("binance-coinm", true, 300, 1, 0);

    private static final List<Listing> BYBIT_LINEAR_LISTINGS = List.of(
            new Listing("BTCUSDT", "0.10", "0.001", "97250.0", 25),
            new Listing("ETHUSDT", "0.01", "0.01", "3412.50", 40),
            new Listing("SOLUSDT", "0.010", "0.1", "187.340", 60),
            new Listing("DOGEUSDT", "0.00001", "1", "0.31250", 4_000));
    private static final List<Listing> BINANCE_USDM_LISTINGS = List.of(
            new Listing("BTCUSDT", "0.10", "0.001", "97250.0", 25),
            new Listing("ETHUSDT", "0.01", "0.001", "3412.50", 400));
    private static final List<Listing> BINANCE_SPOT_LISTINGS = List.of(
            new Listing("BTCUSDT", "0.01", "0.00001", "97250.00", 900),
            new Listing("ETHUSDT", "0.01", "0.0001", "3412.50", 2_000));

    private static final List<Listing> BYBIT_SPOT_LISTINGS = List.of(
            new Listing("BTCUSDT", "0.1", "0.000001", "97250.0", 9_000),
            new Listing("ETHUSDT", "0.01", "0.00001", "3412.50", 20_000));
    private static final List<Listing> BYBIT_INVERSE_LISTINGS = List.of(
            new Listing("BTCUSD", "0.10", "1", "97250.0", 2_400),
            new Listing("ETHUSD", "0.01", "1", "3412.50", 1_400));
    private static final List<Listing> BINANCE_COINM_LISTINGS = List.of(
            new Listing("BTCUSD_PERP", "0.1", "1", "97250.0", 24),
            new Listing("ETHUSD_PERP", "0.01", "1", "3412.50", 140));

    private final String label;
    private final boolean chainsTradeIds;
    private final int actionsPerSecond;
    private final int tickScale;
    private final double blockShare;

    Venue(String label, boolean chainsTradeIds, int actionsPerSecond, int tickScale,
            double blockShare) {
        this.label = label;
        this.chainsTradeIds = chainsTradeIds;
        this.actionsPerSecond = actionsPerSecond;
        this.tickScale = tickScale;
        this.blockShare = blockShare;
    }

    /**
     * The venue of a label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Venue of(String label) {
        for (Venue venue : values()) {
            if (venue.label.equals(label)) {
                return venue;
            }
        }
        throw new IllegalArgumentException("no venue " + label + "; there are: " + Arrays
                .stream(values()).map(Venue::label).collect(Collectors.joining(", ")));
    }

    /** The venue's part of an instrument's name, e.g. {@code bybit-linear}. */
    public String label() {
        return label;
    }

    /** An instrument's name, {@code venue:SYMBOL}. */
    public String instrument(Listing listing) {
        return label + ":" + listing.symbol();
    }

    /** Whether it speaks Bybit's protocol; else it speaks Binance's. */
    public boolean isBybit() {
        return label.startsWith("bybit-");
    }

    /** Whether coins are traded, not contracts. */
    public boolean isSpot() {
        return label.endsWith("-spot");
    }

    /** Whether quantities are contracts of money, and profits are coins. */
    public boolean isInverse() {
        return this == BYBIT_INVERSE || this == BINANCE_COINM;
    }

    /** How the symbols of its perpetual contracts, or of its pairs, end. */
    public String symbolEnd() {
        return switch (this) {
            case BYBIT_INVERSE -> "USD";
            case BINANCE_COINM -> "USD_PERP";
            default -> "USDT";
        };
    }

    /** Which of its markets, as Bybit's requests name them: {@code linear}. */
    public String category() {
        return label.substring(label.indexOf('-') + 1);
    }

    /** Whether each trade's id is one more than the last one's. */
    public boolean chainsTradeIds() {
        return chainsTradeIds;
    }

    /** What the venue lists. */
    public List<Listing> listings() {
        return switch (this) {
            case BYBIT_LINEAR -> BYBIT_LINEAR_LISTINGS;
            case BINANCE_USDM -> BINANCE_USDM_LISTINGS;
            case BINANCE_SPOT -> BINANCE_SPOT_LISTINGS;
            case BYBIT_SPOT -> BYBIT_SPOT_LISTINGS;
            case BYBIT_INVERSE -> BYBIT_INVERSE_LISTINGS;
            case BINANCE_COINM -> BINANCE_COINM_LISTINGS;
        };
    }

    /**
     * What the venue lists under a symbol.
     *
     * @throws IllegalArgumentException if that is nothing
     */
    public Listing listing(String symbol) {
        return listings().stream().filter(l -> l.symbol().equals(symbol)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(label + " does not list " + symbol
                        + "; give it as SYMBOL:tick:lot:price:typical-lots"));
    }

    /**
     * Names of the streams an instrument has.
     *
     * @param every those of {@link WireSettings#everyStream()}, not only a recording's
     */
    public List<String> streamNames(Listing listing, boolean every) {
        List<String> names = new ArrayList<>(switch (this) {
            case BYBIT_LINEAR, BYBIT_INVERSE, BYBIT_SPOT ->
                List.of("publicTrade.", "orderbook.200.", "tickers.");
            case BINANCE_USDM, BINANCE_COINM -> List.of("@trade", "@depth@0ms", "@bookTicker");
            case BINANCE_SPOT -> List.of("@trade", "@depth@100ms", "@bookTicker");
        });
        if (every) {
            names.addAll(switch (this) {
                case BYBIT_LINEAR, BYBIT_INVERSE, BYBIT_SPOT ->
                    List.of("orderbook.1.", "orderbook.50.", "orderbook.1000.");
                case BINANCE_USDM, BINANCE_COINM -> List.of("@aggTrade", "@depth", "@depth@100ms",
                        "@depth@500ms", "@depth5", "@depth10", "@depth20", "@depth5@100ms",
                        "@depth10@100ms", "@depth20@100ms", "@depth5@500ms", "@depth10@500ms",
                        "@depth20@500ms");
                case BINANCE_SPOT -> List.of("@aggTrade", "@depth", "@depth5", "@depth10",
                        "@depth20", "@depth5@100ms", "@depth10@100ms", "@depth20@100ms");
            });
        }
        String symbol = listing.symbol();
        names.replaceAll(name -> isBybit()
                ? name + symbol
                : symbol.toLowerCase(Locale.ROOT) + name);
        return names;
    }

    /** A busy market with the venue's habits. */
    public MarketSettings liquid() {
        return MarketSettings.liquid().withActionsPerSecond(actionsPerSecond)
                .withTickScale(tickScale).withBlockShare(blockShare);
    }

    /** @param markets filled later: the markets need the encoder as their listener */
    VenueEncoder encoder(List<Listing> listings, List<SyntheticMarket> markets,
            WireSettings settings, long seed, FrameListener listener) {
        return switch (this) {
            case BYBIT_LINEAR, BYBIT_INVERSE, BYBIT_SPOT ->
                new BybitEncoder(category(), listings, markets, settings, seed, listener);
            case BINANCE_USDM, BINANCE_COINM ->
                new BinanceFuturesEncoder(this == BINANCE_COINM, listings, markets, settings, seed,
                        listener);
            case BINANCE_SPOT ->
                new BinanceSpotEncoder(listings, markets, settings, seed, listener);
        };
    }
}
