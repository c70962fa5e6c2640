package com.waickoff.venue.serve;

import com.waickoff.venue.Venue;
import com.waickoff.venue.recording.Json;
import com.waickoff.venue.wire.WireText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binance's REST requests about spot and USD-M markets. Belongs to the event loop. */
final class BinanceRest {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int TEAPOT = 418;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int MOST_TRADES = 1_000;
    private static final long HOUR_MS = 3_600_000;

    private static final byte[] TRADE_ID = WireScan.key("t");
    private static final byte[] AGGREGATE_ID = WireScan.key("a");
    private static final byte[] TIME = WireScan.key("T");

    /**
     * An aggregate that was told, or that trades make. Read as a tree only if it is asked for: the
     * market waits meanwhile.
     *
     * @param whole whether the one text is the aggregate; else the texts are its fills
     */
    private record Aggregated(long id, boolean whole, List<KeptTape.Told> texts) {
        long timeMs() {
            return texts.getFirst().number(TIME);
        }

        Json read() {
            return whole
                    ? texts.getFirst().read()
                    : join(texts.stream().map(KeptTape.Told::read).toList(), id);
        }

        private static Json join(List<Json> fills, long group) {
            Json first = fills.getFirst();
            BigDecimal quantity = BigDecimal.ZERO;
            for (Json fill : fills) {
                quantity = quantity.add(new BigDecimal(fill.get("q").value()));
            }
            return Json.parse("{\"a\":" + group + ",\"p\":" + first.get("p").text() + ",\"q\":\""
                    + quantity.toPlainString() + "\",\"f\":" + first.get("t").text() + ",\"l\":"
                    + fills.getLast().get("t").text() + ",\"T\":" + first.get("T").text()
                    + ",\"m\":"
                    + first.get("m").text() + "}");
        }
    }

    private final Exchange exchange;
    private final boolean futures;
    private final String prefix;
    private final BinanceListings listings;

    BinanceRest(Exchange exchange, boolean futures) {
        this.exchange = exchange;
        this.futures = futures;
        this.listings = new BinanceListings(exchange);
        this.prefix = prefix(exchange.venue());
    }

    /** What the paths of a venue begin with. */
    static String prefix(Venue venue) {
        return venue.isSpot() ? "/api/v3/" : venue.isInverse() ? "/dapi/v1/" : "/fapi/v1/";
    }

    void onRequest(RestCall call) {
        if (!call.path().startsWith(prefix)) {
            call.answer(NOT_FOUND, "<html>404 Not found</html>");
            return;
        }
        String name = call.path().substring(prefix.length());
        if (isTooHeavy(call, weight(name, call))) {
            return;
        }
        switch (name) {
            case "ping" -> call.answer(OK, "{}");
            case "time" -> call.answer(OK, "{\"serverTime\":" + exchange.venueTimeMs() + "}");
            case "exchangeInfo" -> onListings(call);
            case "ticker/24hr" -> onTickers(call);
            case "depth" -> onBook(call);
            case "trades" -> onTrades(call, false);
            case "historicalTrades" -> onHistoricalTrades(call);
            case "aggTrades" -> onAggregates(call);
            default -> call.answer(NOT_FOUND, "<html>404 Not found</html>");
        }
    }

    private boolean isTooHeavy(RestCall call, int weight) {
        boolean taken = exchange.takesRequest(weight);
        RestBudget budget = exchange.restBudget();
        call.header("X-MBX-USED-WEIGHT-1M", Integer.toString(budget.used()));
        if (taken) {
            return false;
        }
        boolean banned = budget.isBanned();
        int retryAfter = budget.retryAfterSeconds(exchange.wallTimeMs());
        call.header("Retry-After", Integer.toString(retryAfter));
        call.answer(banned ? TEAPOT : TOO_MANY_REQUESTS, "{\"code\":-1003,\"msg\":\""
                + (banned ? "Way too many requests; IP banned." : "Too many requests.") + "\"}");
        return true;
    }

    private int weight(String name, RestCall call) {
        long limit = call.number("limit", futures ? 500 : 100);
        return switch (name) {
            case "depth" -> futures
                    ? limit <= 50 ? 2 : limit <= 100 ? 5 : limit <= 500 ? 10 : 20
                    : limit <= 100 ? 5 : limit <= 500 ? 25 : limit <= 1_000 ? 50 : 250;
            case "trades" -> futures ? 5 : 25;
            case "historicalTrades" -> futures ? 200 : 25;
            case "aggTrades" -> futures ? 20 : 4;
            case "exchangeInfo" -> futures ? 1 : 20;
            case "ticker/24hr" -> tickerWeight(call);
            default -> 1;
        };
    }

    private int tickerWeight(RestCall call) {
        int symbols = BinanceListings.wantedSymbols(call).size();
        if (futures) {
            return symbols == 1 ? 1 : 40;
        }
        return symbols == 0 || symbols > 100 ? 80 : symbols > 20 ? 40 : 2;
    }

    private void onListings(RestCall call) {
        byte[] recorded = exchange.metadata().get(call.path());
        if (recorded != null) {
            call.answer(OK, recorded);
            return;
        }
        // Futures ignore what is asked for and tell all.
        List<Board.Entry> entries = listings
                .entries(futures ? List.of() : BinanceListings.wantedSymbols(call));
        if (entries == null) {
            refuse(call, -1121, "Invalid symbol.");
        } else {
            call.answer(OK, listings.exchangeInfo(entries));
        }
    }

    private void onTickers(RestCall call) {
        List<Board.Entry> entries = listings.entries(BinanceListings.wantedSymbols(call));
        if (entries == null) {
            refuse(call, -1121, "Invalid symbol.");
            return;
        }
        String items = entries.stream().map(listings::ticker).collect(Collectors.joining(","));
        // COIN-M answers with a list, whatever is asked for.
        boolean one = call.hasParameter("symbol") && !exchange.venue().isInverse();
        call.answer(OK, one ? items : "[" + items + "]");
    }

    private void onBook(RestCall call) {
        String symbol = call.parameter("symbol", "").toUpperCase(Locale.ROOT);
        KeptDifferences kept = exchange.kept().differences(symbol);
        if (isUnknown(call, symbol)) {
            return;
        }
        if (kept == null) {
            // Listed, but nobody has told its book.
            call.answer(OK, "{\"lastUpdateId\":-1,\"bids\":[],\"asks\":[]}");
            return;
        }
        long limit = Math.clamp(call.number("limit", futures ? 500 : 100), 1,
                futures ? 1_000 : 5_000);
        exchange.player().ask(symbol, recorded -> answerBook(call, kept, recorded, (int) limit));
    }

    private void answerBook(RestCall call, KeptDifferences kept, byte @Nullable [] recorded,
            int limit) {
        if (recorded == null) {
            WireText text = new WireText();
            kept.appendAnswer(text, limit, futures, symbolAndPair(call));
            call.answer(OK, text);
            return;
        }
        KeptDifferences alone = new KeptDifferences();
        alone.onAnswer(recorded, 0, recorded.length);
        if (Math.max(alone.book().levels(true), alone.book().levels(false)) <= limit) {
            call.answer(OK, recorded);
            return;
        }
        WireText text = new WireText();
        alone.appendAnswer(text, limit, futures, symbolAndPair(call));
        call.answer(OK, text);
    }

    private String symbolAndPair(RestCall call) {
        if (!exchange.venue().isInverse()) {
            return "";
        }
        String symbol = call.parameter("symbol", "").toUpperCase(Locale.ROOT);
        return ",\"symbol\":\"" + symbol + "\",\"pair\":\"" + ListingText.pair(symbol) + '"';
    }

    private void onHistoricalTrades(RestCall call) {
        if (futures && !call.hasHeader("X-MBX-APIKEY")) {
            call.answer(UNAUTHORIZED, "{\"code\":-2014,\"msg\":\"API-key format invalid.\"}");
            return;
        }
        onTrades(call, true);
    }

    private void onTrades(RestCall call, boolean history) {
        String symbol = call.parameter("symbol", "").toUpperCase(Locale.ROOT);
        if (isUnknown(call, symbol)) {
            return;
        }
        List<KeptTape.Told> trades = trades(symbol);
        boolean from = history && call.hasParameter("fromId");
        long fromId = call.number("fromId", 0);
        if (from) {
            trades.removeIf(trade -> trade.number(TRADE_ID) < fromId);
        }
        List<String> items = cut(trades, call, !from).stream()
                .map(told -> trade(told.read())).toList();
        call.answer(OK, "[" + String.join(",", items) + "]");
    }

    private void onAggregates(RestCall call) {
        String symbol = call.parameter("symbol", "").toUpperCase(Locale.ROOT);
        if (isUnknown(call, symbol)) {
            return;
        }
        boolean from = call.hasParameter("fromId");
        boolean timed = call.hasParameter("startTime") || call.hasParameter("endTime");
        long start = call.number("startTime", 0);
        long end = call.number("endTime", Long.MAX_VALUE);
        if (from && timed && futures) {
            refuse(call, -1128, "Combination of optional parameters invalid.");
            return;
        }
        if (futures && call.hasParameter("startTime") && call.hasParameter("endTime")
                && end - start > HOUR_MS) {
            refuse(call, -1127, "More than 1 hour between startTime and endTime.");
            return;
        }
        List<Aggregated> aggregates = aggregates(symbol);
        long fromId = call.number("fromId", 0);
        aggregates.removeIf(aggregate -> (from && aggregate.id() < fromId)
                || aggregate.timeMs() < start || aggregate.timeMs() > end);
        boolean newest = !from && !call.hasParameter("startTime");
        List<String> items = cut(aggregates, call, newest).stream()
                .map(told -> aggregate(told.read())).toList();
        call.answer(OK, "[" + String.join(",", items) + "]");
    }

    private List<KeptTape.Told> trades(String symbol) {
        List<KeptTape.Told> trades = new ArrayList<>();
        KeptTape tape = exchange.kept().trades(symbol);
        if (tape != null) {
            for (KeptTape.Told trade : tape.told()) {
                if (trade.isOfTheBook() && trade.number(TRADE_ID) >= 0) {
                    trades.add(trade);
                }
            }
        }
        return trades;
    }

    /** As they were told; else made of trades, the first one left out if it may not be whole. */
    private List<Aggregated> aggregates(String symbol) {
        List<Aggregated> aggregates = new ArrayList<>();
        KeptTape tape = exchange.kept().aggregates(symbol);
        if (tape != null) {
            for (KeptTape.Told aggregate : tape.told()) {
                if (aggregate.number(AGGREGATE_ID) >= 0) {
                    aggregates.add(new Aggregated(aggregate.number(AGGREGATE_ID), true,
                            List.of(aggregate)));
                }
            }
            return aggregates;
        }
        long group = -1;
        List<KeptTape.Told> fills = List.of();
        for (KeptTape.Told trade : trades(symbol)) {
            if (trade.group() != group) {
                group = trade.group();
                fills = new ArrayList<>();
                aggregates.add(new Aggregated(group, false, fills));
            }
            fills.add(trade);
        }
        KeptTape trades = exchange.kept().trades(symbol);
        if (!aggregates.isEmpty() && trades != null && trades.isCutOff()) {
            aggregates.removeFirst();
        }
        return aggregates;
    }

    private static <T> List<T> cut(List<T> items, RestCall call, boolean newest) {
        int limit = Math.clamp(call.number("limit", 500), 1, MOST_TRADES);
        int count = Math.min(limit, items.size());
        return newest
                ? items.subList(items.size() - count, items.size())
                : items.subList(0, count);
    }

    private String trade(Json trade) {
        BigDecimal price = new BigDecimal(trade.get("p").value());
        BigDecimal quantity = new BigDecimal(trade.get("q").value());
        if (exchange.venue().isInverse()) {
            String symbol = trade.get("s").value();
            BigDecimal coins = ListingText.quantity(quantity.multiply(
                    BigDecimal.valueOf(BinanceListings.contractSize(symbol))), price);
            return "{\"id\":" + trade.get("t").value() + ",\"price\":\"" + trade.get("p").value()
                    + "\",\"qty\":\"" + trade.get("q").value() + "\",\"baseQty\":\""
                    + coins.toPlainString() + "\",\"time\":" + trade.get("T").value()
                    + ",\"isBuyerMaker\":" + trade.get("m").value() + "}";
        }
        BigDecimal money = price.multiply(quantity);
        String quote = futures
                ? money.stripTrailingZeros().toPlainString()
                : money.setScale(8, RoundingMode.HALF_UP).toPlainString();
        String more = futures
                ? ",\"isRPITrade\":" + (trade.has("X") && trade.get("X").value().equals("RPI"))
                : ",\"isBestMatch\":true";
        return "{\"id\":" + trade.get("t").value() + ",\"price\":\"" + trade.get("p").value()
                + "\",\"qty\":\"" + trade.get("q").value() + "\",\"quoteQty\":\"" + quote
                + "\",\"time\":" + trade.get("T").value() + ",\"isBuyerMaker\":"
                + trade.get("m").value() + more + "}";
    }

    private String aggregate(Json aggregate) {
        return "{\"a\":" + aggregate.get("a").value() + ",\"p\":\"" + aggregate.get("p").value()
                + "\",\"q\":\"" + aggregate.get("q").value() + "\",\"f\":"
                + aggregate.get("f").value() + ",\"l\":" + aggregate.get("l").value() + ",\"T\":"
                + aggregate.get("T").value() + ",\"m\":" + aggregate.get("m").value()
                + (futures ? "}" : ",\"M\":true}");
    }

    private boolean isUnknown(RestCall call, String symbol) {
        if (symbol.isEmpty()) {
            refuse(call, -1102,
                    "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.");
            return true;
        }
        if (exchange.board().find(symbol) == null) {
            refuse(call, -1121, "Invalid symbol.");
            return true;
        }
        return false;
    }

    private static void refuse(RestCall call, int code, String message) {
        call.answer(BAD_REQUEST, "{\"code\":" + code + ",\"msg\":\"" + message + "\"}");
    }
}
