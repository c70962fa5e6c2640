package com.waickoff.venue.serve;

import com.waickoff.venue.Venue;
import com.waickoff.venue.market.Listing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What Bybit says of what it lists. Belongs to the event loop. */
final class BybitListings {
    private static final int MOST_LISTINGS = 1_000;
    private static final int DEFAULT_LISTINGS = 500;
    private static final String TRADING = "Trading";

    private final Exchange exchange;
    private final Venue venue;

    BybitListings(Exchange exchange) {
        this.exchange = exchange;
        this.venue = exchange.venue();
    }

    /** The result of a request for instruments; only those that trade, unless more is asked for. */
    String instruments(RestCall call) {
        String symbol = call.parameter("symbol", "");
        String wanted = call.parameter("status", symbol.isEmpty() ? TRADING : "");
        List<Board.Entry> entries = new ArrayList<>(exchange.board().all());
        entries.removeIf(entry -> (!symbol.isEmpty() && !entry.symbol().equals(symbol))
                || (wanted.isEmpty() ? !entry.isThere() : !status(entry).equals(wanted)));
        entries.sort(Comparator.comparing(Board.Entry::symbol));
        int from = 0;
        int to = entries.size();
        // Spot does not know of pages.
        if (!venue.isSpot()) {
            String cursor = call.parameter("cursor", "");
            from = cursor.matches("page%3A\\d{1,9}|page:\\d{1,9}")
                    ? Math.min(to, Integer.parseInt(cursor.replaceAll("\\D+3A|\\D+", "")))
                    : 0;
            to = Math.min(to, from + Math.clamp(call.number("limit", DEFAULT_LISTINGS), 1,
                    MOST_LISTINGS));
        }
        StringBuilder text = new StringBuilder("{\"category\":\"").append(venue.category())
                .append("\",\"list\":[");
        for (int i = from; i < to; i++) {
            Board.Entry entry = entries.get(i);
            text.append(i == from ? "" : ",")
                    .append(venue.isSpot() ? pair(entry) : contract(entry));
        }
        text.append(']');
        if (!venue.isSpot()) {
            text.append(",\"nextPageCursor\":\"").append(to < entries.size() ? "page%3A" + to : "")
                    .append('"');
        }
        return text.append('}').toString();
    }

    /** The result of a request for the last day's figures. */
    String tickers(RestCall call) {
        String symbol = call.parameter("symbol", "");
        StringBuilder text = new StringBuilder("{\"category\":\"").append(venue.category())
                .append("\",\"list\":[");
        String separator = "";
        for (Board.Entry entry : exchange.board().all()) {
            if (entry.standing() == Board.Standing.TRADING
                    && (symbol.isEmpty() || entry.symbol().equals(symbol))) {
                text.append(separator).append(ticker(entry));
                separator = ",";
            }
        }
        return text.append("]}").toString();
    }

    private static String status(Board.Entry entry) {
        if (!entry.status().isEmpty()) {
            return entry.status();
        }
        return switch (entry.standing()) {
            case UNLISTED -> "PreLaunch";
            case TRADING -> TRADING;
            case HALTED -> "Delivering";
            case DELISTED -> "Closed";
        };
    }

    private String contract(Board.Entry entry) {
        Listing listing = entry.listing();
        String symbol = listing.symbol();
        String base = ListingText.base(symbol);
        String quote = ListingText.quote(symbol);
        return "{\"symbol\":\"" + symbol + "\",\"contractType\":\""
                + (venue.isInverse() ? "InversePerpetual" : "LinearPerpetual")
                + "\",\"status\":\"" + status(entry) + "\",\"baseCoin\":\"" + base
                + "\",\"quoteCoin\":\"" + quote
                + "\",\"launchTime\":\"1585526400000\",\"deliveryTime\":\"0\","
                + "\"deliveryFeeRate\":\"\",\"priceScale\":\"2\",\"priceFilter\":{\"minPrice\":\""
                + listing.tickSize() + "\",\"maxPrice\":\"1999999.80\",\"tickSize\":\""
                + listing.tickSize() + "\"},\"lotSizeFilter\":{\"maxOrderQty\":\"100000\","
                + "\"minOrderQty\":\"" + listing.lotSize() + "\",\"qtyStep\":\""
                + listing.lotSize() + "\",\"minNotionalValue\":\"5\"},"
                + "\"fundingInterval\":480,\"settleCoin\":\"" + (venue.isInverse() ? base : quote)
                + "\"}";
    }

    private static String pair(Board.Entry entry) {
        Listing listing = entry.listing();
        String symbol = listing.symbol();
        return "{\"symbolId\":1,\"symbol\":\"" + symbol + "\",\"baseCoin\":\""
                + ListingText.base(symbol) + "\",\"quoteCoin\":\"" + ListingText.quote(symbol)
                + "\",\"innovation\":\"0\",\"status\":\"" + status(entry)
                + "\",\"marginTrading\":\"none\",\"stTag\":\"0\",\"lotSizeFilter\":{"
                + "\"basePrecision\":\"" + listing.lotSize()
                + "\",\"quotePrecision\":\"0.0000001\",\"minOrderQty\":\"" + listing.lotSize()
                + "\",\"maxOrderQty\":\"230\",\"minOrderAmt\":\"5\",\"maxOrderAmt\":\"8000000\"},"
                + "\"priceFilter\":{\"tickSize\":\"" + listing.tickSize() + "\"}}";
    }

    private String ticker(Board.Entry entry) {
        BigDecimal price = ListingText.lastPrice(entry.listing(),
                exchange.kept().trades(entry.symbol()));
        BigDecimal coins = ListingText.quantity(entry.turnover(), price);
        // Contracts of money turn over coins.
        String turnover = (venue.isInverse() ? coins : entry.turnover()).toPlainString();
        String volume = (venue.isInverse() ? entry.turnover() : coins).toPlainString();
        String last = price.toPlainString();
        return "{\"symbol\":\"" + entry.symbol() + "\",\"lastPrice\":\"" + last
                + "\",\"prevPrice24h\":\"" + last + "\",\"price24hPcnt\":\"0\",\"highPrice24h\":\""
                + last + "\",\"lowPrice24h\":\"" + last + "\",\"turnover24h\":\"" + turnover
                + "\",\"volume24h\":\"" + volume + "\",\"bid1Price\":\"" + last
                + "\",\"bid1Size\":\"1\",\"ask1Price\":\"" + last + "\",\"ask1Size\":\"1\"}";
    }
}
