package com.waickoff.venue.serve;

import com.waickoff.venue.recording.Json;
import com.waickoff.venue.wire.WireText;
import java.util.ArrayList;
import java.util.List;

/** Bybit's REST requests about one category of its markets. Belongs to the event loop. */
final class BybitRest {
    private static final String PREFIX = "/v5/market/";
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int PARAMS_ERROR = 10_001;
    private static final int TOO_MANY_VISITS = 10_006;
    private static final int MOST_TRADES = 1_000;
    private static final int MOST_SPOT_TRADES = 60;
    private static final int MOST_LEVELS = 1_000;

    private final Exchange exchange;
    private final BybitListings listings;
    private final String category;

    BybitRest(Exchange exchange) {
        this.exchange = exchange;
        this.listings = new BybitListings(exchange);
        this.category = exchange.venue().category();
    }

    void onRequest(RestCall call) {
        if (!exchange.takesRequest(1)) {
            call.answer(FORBIDDEN, "{\"retCode\":" + TOO_MANY_VISITS
                    + ",\"retMsg\":\"access too frequent\"}");
            return;
        }
        switch (call.path()) {
            case PREFIX + "time" -> onTime(call);
            case PREFIX + "instruments-info" -> onInstruments(call);
            case PREFIX + "tickers" -> onTickers(call);
            case PREFIX + "orderbook" -> onBook(call);
            case PREFIX + "recent-trade" -> onTrades(call);
            default -> call.answer(NOT_FOUND, "{\"retCode\":404,\"retMsg\":\"not found\"}");
        }
    }

    private void onTime(RestCall call) {
        long ms = exchange.venueTimeMs();
        answer(call, "{\"timeSecond\":\"" + ms / 1_000 + "\",\"timeNano\":\"" + ms + "000000\"}");
    }

    private void onInstruments(RestCall call) {
        if (isOfOtherCategory(call)) {
            return;
        }
        byte[] recorded = exchange.metadata().get(call.path());
        if (recorded != null) {
            call.answer(OK, recorded);
        } else {
            answer(call, listings.instruments(call));
        }
    }

    private void onTickers(RestCall call) {
        if (!isOfOtherCategory(call)) {
            answer(call, listings.tickers(call));
        }
    }

    private void onBook(RestCall call) {
        if (isOfOtherCategory(call)) {
            return;
        }
        String symbol = call.parameter("symbol", "");
        KeptTopic topic = exchange.kept().deepestTopic(symbol);
        if (topic == null || exchange.board().find(symbol) == null) {
            refuse(call, "params error: symbol invalid");
            return;
        }
        WireText text = new WireText();
        topic.appendResult(text, Math.clamp(call.number("limit", 25), 1, MOST_LEVELS));
        answer(call, text.toString());
    }

    private void onTrades(RestCall call) {
        if (isOfOtherCategory(call)) {
            return;
        }
        String symbol = call.parameter("symbol", "");
        KeptTape tape = exchange.kept().trades(symbol);
        if (tape == null || exchange.board().find(symbol) == null) {
            refuse(call, "params error: symbol invalid");
            return;
        }
        boolean spot = exchange.venue().isSpot();
        int most = spot ? MOST_SPOT_TRADES : MOST_TRADES;
        int limit = Math.clamp(call.number("limit", spot ? MOST_SPOT_TRADES : 500), 1, most);
        List<String> newest = new ArrayList<>();
        for (KeptTape.Told told : tape.newest()) {
            for (Json trade : told.read().get("data").list().reversed()) {
                newest.add(trade(symbol, trade));
            }
            // No more is read than is asked for: the market waits meanwhile.
            if (newest.size() >= limit) {
                break;
            }
        }
        answer(call, "{\"category\":\"" + category + "\",\"list\":["
                + String.join(",", newest.subList(0, Math.min(limit, newest.size()))) + "]}");
    }

    private static String trade(String symbol, Json trade) {
        return "{\"execId\":\"" + trade.get("i").value() + "\",\"symbol\":\"" + symbol
                + "\",\"price\":\"" + trade.get("p").value() + "\",\"size\":\""
                + trade.get("v").value() + "\",\"side\":\"" + trade.get("S").value()
                + "\",\"time\":\"" + trade.get("T").value() + "\",\"isBlockTrade\":"
                + flag(trade, "BT") + ",\"isRPITrade\":" + flag(trade, "RPI") + ",\"seq\":\""
                + (trade.has("seq") ? trade.get("seq").value() : "") + "\"}";
    }

    private static String flag(Json trade, String name) {
        return trade.has(name) ? trade.get(name).value() : "false";
    }

    private boolean isOfOtherCategory(RestCall call) {
        boolean other = !call.parameter("category", "").equals(category);
        if (other) {
            refuse(call, "params error: category invalid");
        }
        return other;
    }

    private void answer(RestCall call, String result) {
        call.answer(OK, "{\"retCode\":0,\"retMsg\":\"OK\",\"result\":" + result
                + ",\"retExtInfo\":{},\"time\":" + exchange.venueTimeMs() + "}");
    }

    private void refuse(RestCall call, String message) {
        call.answer(OK, "{\"retCode\":" + PARAMS_ERROR + ",\"retMsg\":\"" + message
                + "\",\"result\":{},\"retExtInfo\":{},\"time\":" + exchange.venueTimeMs() + "}");
    }
}
