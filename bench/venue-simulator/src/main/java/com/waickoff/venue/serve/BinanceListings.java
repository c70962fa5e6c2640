package com.waickoff.venue.serve;

import com.waickoff.venue.Venue;
import com.waickoff.venue.market.Listing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Binance says of what it lists. Belongs to the event loop. */
final class BinanceListings {
    private static final int SPOT_DECIMALS = 8;
    private static final String TRADING = "TRADING";

    private final Exchange exchange;
    private final Venue venue;

    BinanceListings(Exchange exchange) {
        this.exchange = exchange;
        this.venue = exchange.venue();
    }

    /** Symbols that a request names; none for all. */
    static List<String> wantedSymbols(RestCall call) {
        String one = call.parameter("symbol", "");
        if (!one.isEmpty()) {
            return List.of(one);
        }
        String list = call.parameter("symbols", "").replaceAll("[\\[\\]\" ]", "");
        return list.isEmpty() ? List.of() : List.of(list.split(",", -1));
    }

    /** The listings of these symbols, or null if one of them is not known; no symbol means all. */
    @Nullable
    List<Board.Entry> entries(List<String> symbols) {
        List<Board.Entry> entries = new ArrayList<>();
        if (symbols.isEmpty()) {
            exchange.board().all().stream().filter(Board.Entry::isThere).forEach(entries::add);
            return entries;
        }
        for (String symbol : symbols) {
            Board.Entry entry = exchange.board().find(symbol);
            if (entry == null) {
                return null;
            }
            entries.add(entry);
        }
        return entries;
    }

    String exchangeInfo(List<Board.Entry> entries) {
        StringBuilder text = new StringBuilder("{\"timezone\":\"UTC\",\"serverTime\":")
                .append(exchange.venueTimeMs())
                .append(venue.isSpot() || venue.isInverse()
                        ? ""
                        : ",\"futuresType\":\"U_MARGINED\"")
                .append(",\"rateLimits\":[{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":"
                        + "\"MINUTE\",\"intervalNum\":1,\"limit\":")
                .append(exchange.limits().restWeight())
                .append("}],\"exchangeFilters\":[],\"symbols\":[");
        String separator = "";
        for (Board.Entry entry : entries) {
            text.append(separator).append(symbol(entry));
            separator = ",";
        }
        return text.append("]}").toString();
    }

    /** The last day's figures of a listing. */
    String ticker(Board.Entry entry) {
        String symbol = entry.symbol();
        BigDecimal price = ListingText.lastPrice(entry.listing(),
                exchange.kept().trades(symbol));
        BigDecimal coins = ListingText.quantity(entry.turnover(), price);
        String last = step(price.toPlainString());
        String volumes;
        if (venue.isInverse()) {
            BigDecimal contracts = entry.turnover()
                    .divideToIntegralValue(BigDecimal.valueOf(contractSize(symbol)));
            volumes = ",\"volume\":\"" + contracts.toPlainString() + "\",\"baseVolume\":\""
                    + coins.toPlainString() + '"';
        } else {
            volumes = ",\"volume\":\"" + coins.toPlainString() + "\",\"quoteVolume\":\""
                    + entry.turnover().toPlainString() + '"';
        }
        long now = exchange.venueTimeMs();
        return "{\"symbol\":\"" + symbol + "\""
                + (venue.isInverse() ? ",\"pair\":\"" + ListingText.pair(symbol) + '"' : "")
                + ",\"priceChange\":\"0\",\"priceChangePercent\":\"0.000\",\"weightedAvgPrice\":\""
                + last + "\",\"lastPrice\":\"" + last + "\",\"lastQty\":\"1\",\"openPrice\":\""
                + last + "\",\"highPrice\":\"" + last + "\",\"lowPrice\":\"" + last + '"' + volumes
                + ",\"openTime\":" + (now - 86_400_000) + ",\"closeTime\":" + now
                + ",\"firstId\":0,\"lastId\":0,\"count\":0}";
    }

    /** Money that one contract is worth (COIN-M). */
    static int contractSize(String symbol) {
        return symbol.startsWith("BTC") ? 100 : 10;
    }

    private String status(Board.Entry entry) {
        if (!entry.status().isEmpty()) {
            return entry.status();
        }
        if (entry.standing() == Board.Standing.TRADING) {
            return TRADING;
        }
        return venue.isSpot() ? "HALT" : "SETTLING";
    }

    private String symbol(Board.Entry entry) {
        Listing listing = entry.listing();
        String symbol = listing.symbol();
        String base = ListingText.base(symbol);
        String quote = ListingText.quote(symbol);
        String head = "{\"symbol\":\"" + symbol + "\","
                + (venue.isSpot()
                        ? ""
                        : "\"pair\":\"" + ListingText.pair(symbol)
                                + "\",\"contractType\":\"PERPETUAL\",")
                + (venue.isInverse()
                        ? "\"contractStatus\":\"" + status(entry) + "\",\"contractSize\":"
                                + contractSize(symbol)
                        : "\"status\":\"" + status(entry) + '"')
                + ",\"baseAsset\":\"" + base + "\",\"quoteAsset\":\"" + quote + "\","
                + (venue.isSpot()
                        ? ""
                        : "\"marginAsset\":\"" + (venue.isInverse() ? base : quote)
                                + "\",\"pricePrecision\":2,\"quantityPrecision\":3,")
                + "\"baseAssetPrecision\":8,\"quotePrecision\":8,\"filters\":[";
        return head + "{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"" + step(listing.tickSize())
                + "\",\"maxPrice\":\"" + step("1000000") + "\",\"tickSize\":\""
                + step(listing.tickSize()) + "\"},{\"filterType\":\"LOT_SIZE\",\"minQty\":\""
                + step(listing.lotSize()) + "\",\"maxQty\":\"" + step("9000")
                + "\",\"stepSize\":\"" + step(listing.lotSize()) + "\"}"
                + (venue.isInverse()
                        ? ""
                        : ",{\"filterType\":\"" + (venue.isSpot()
                                ? "NOTIONAL\",\"minNotional\":\"5"
                                : "MIN_NOTIONAL\",\"notional\":\"5") + "\"}")
                + "]}";
    }

    /** Spot writes every number with eight decimals. */
    private String step(String size) {
        return venue.isSpot()
                ? new BigDecimal(size).setScale(SPOT_DECIMALS).toPlainString()
                : size;
    }
}
