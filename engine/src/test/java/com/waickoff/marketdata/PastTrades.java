package com.waickoff.marketdata;

import com.waickoff.venue.market.Listing;
import com.waickoff.venue.recording.Json;
import com.waickoff.venue.wire.Frame;
import com.waickoff.venue.wire.FrameContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a venue answers to requests for past trades: all that was told so far, whoever heard it. */
final class PastTrades {
    private record Told(long id, long timeMs, String price, String quantity, boolean buy,
            String text) {}

    private final Listing listing;
    private final List<Told> trades = new ArrayList<>();

    PastTrades(Listing listing) {
        this.listing = listing;
    }

    /** Takes notice of the trades of a frame. */
    void add(Frame frame) {
        if (frame.content() != FrameContent.TRADES) {
            return;
        }
        Json data = Json.parse(frame.text().toString()).get("data");
        for (int i = 0; i < frame.tradeCount(); i++) {
            Json trade = data instanceof Json.Items(List<Json> items) ? items.get(i) : data;
            trades.add(new Told(frame.tradeId(i), frame.tradeTimeMs(i),
                    listing.price(frame.tradePriceTicks(i)).toPlainString(),
                    listing.quantity(frame.tradeLots(i)).toPlainString(), frame.tradeBuy(i),
                    trade.has("i") ? trade.get("i").value() : ""));
        }
    }

    /** The body of the answer to a request. */
    String answer(String url) {
        Map<String, String> query = new TreeMap<>();
        for (String parameter : url.substring(url.indexOf('?') + 1).split("&", -1)) {
            query.put(parameter.substring(0, parameter.indexOf('=')),
                    parameter.substring(parameter.indexOf('=') + 1));
        }
        int limit = Integer.parseInt(query.getOrDefault("limit", "500"));
        if (url.contains("/recent-trade")) {
            return recent(limit);
        }
        if (!query.containsKey("fromId") && !query.containsKey("startTime")) {
            return newest(url, limit);
        }
        return url.contains("/aggTrades")
                ? aggregates(query, limit)
                : history(Long.parseLong(query.get("fromId")), limit);
    }

    private String newest(String url, int limit) {
        long fromId = trades.isEmpty() ? 0 : trades.getLast().id + 1 - limit;
        if (!url.contains("/aggTrades")) {
            return history(fromId, limit);
        }
        String all = aggregates(Map.of(), Integer.MAX_VALUE);
        return "[" + all.substring(Math.max(1, all.lastIndexOf('{')));
    }

    private String history(long fromId, int limit) {
        return "[" + String.join(",", trades.stream().filter(told -> told.id >= fromId).limit(limit)
                .map(told -> "{\"id\":" + told.id + ",\"price\":\"" + told.price + "\",\"qty\":\""
                        + told.quantity + "\",\"quoteQty\":\"0\",\"time\":" + told.timeMs
                        + ",\"isBuyerMaker\":" + !told.buy + ",\"isBestMatch\":true}")
                .toList()) + "]";
    }

    /** Fills of one ms, price and side are one aggregate. */
    private String aggregates(Map<String, String> query, int limit) {
        long fromId = Long.parseLong(query.getOrDefault("fromId", "0"));
        long startMs = Long.parseLong(query.getOrDefault("startTime", "0"));
        List<String> rows = new ArrayList<>();
        long number = 700;
        for (int from = 0; from < trades.size() && rows.size() < limit;) {
            Told first = trades.get(from);
            int to = from;
            java.math.BigDecimal quantity = java.math.BigDecimal.ZERO;
            while (to < trades.size() && trades.get(to).timeMs == first.timeMs
                    && trades.get(to).price.equals(first.price)
                    && trades.get(to).buy == first.buy) {
                quantity = quantity.add(new java.math.BigDecimal(trades.get(to).quantity));
                to++;
            }
            if (number >= fromId && first.timeMs >= startMs) {
                rows.add("{\"a\":" + number + ",\"p\":\"" + first.price + "\",\"q\":\""
                        + quantity.toPlainString() + "\",\"f\":" + first.id + ",\"l\":"
                        + trades.get(to - 1).id + ",\"T\":" + first.timeMs + ",\"m\":" + !first.buy
                        + "}");
            }
            number++;
            from = to;
        }
        return "[" + String.join(",", rows) + "]";
    }

    private String recent(int limit) {
        List<String> rows = trades.subList(Math.max(0, trades.size() - limit), trades.size())
                .stream()
                .map(told -> "{\"execId\":\"" + told.text + "\",\"symbol\":\"" + listing.symbol()
                        + "\",\"price\":\"" + told.price + "\",\"size\":\"" + told.quantity
                        + "\",\"side\":\"" + (told.buy ? "Buy" : "Sell") + "\",\"time\":\""
                        + told.timeMs
                        + "\",\"isBlockTrade\":false,\"isRPITrade\":false,\"seq\":\"1\"}")
                .toList();
        return "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{\"category\":\"linear\",\"list\":["
                + String.join(",", rows.reversed()) + "]},\"retExtInfo\":{},\"time\":1}";
    }
}
