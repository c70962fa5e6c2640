package com.waickoff.venue.serve;

import com.waickoff.venue.market.SeededRandom;
import com.waickoff.venue.recording.Json;
import com.waickoff.venue.wire.WireText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bybit v5: spot, linear or inverse contracts.
 *
 * <pre>
 *   {"req_id":"x","op":"subscribe","args":["publicTrade.BTCUSDT"]}
 *   {"success":true,"ret_msg":"","conn_id":"…","req_id":"x","op":"subscribe"}
 *   {"op":"ping"}
 *   {"success":true,"ret_msg":"pong","conn_id":"…","req_id":"","op":"ping"}
 * </pre>
 *
 * <p>One topic that is not there fails the whole request.
 */
final class BybitDialect extends Dialect {
    private static final int FORBIDDEN = 403;
    /** The quotes of an argument, and what stands before or behind it. */
    private static final int ARG_MARKS = 3;

    private final BybitRest rest;
    private final String path;
    private final boolean spot;

    BybitDialect(Exchange exchange) {
        super(exchange);
        this.rest = new BybitRest(exchange);
        this.spot = exchange.venue().isSpot();
        this.path = "/v5/public/" + exchange.venue().category();
    }

    @Override
    @Nullable
    Door door(String asked, Map<String, List<String>> query) {
        return asked.equals(path) ? new Door(List.of(), true, Route.ANY) : null;
    }

    @Override
    void onOpen(VenueConnection connection, Door door) {}

    @Override
    void onText(VenueConnection connection, String text) {
        Json request;
        try {
            request = Json.parse(text);
        } catch (IllegalArgumentException e) {
            answer(connection, false, "error:request is not json", "", "");
            return;
        }
        String operation = member(request, "op");
        String requestId = member(request, "req_id");
        switch (operation) {
            case "ping" -> answer(connection, true, "pong", requestId, "ping");
            case "subscribe" -> subscribe(connection, topics(request), requestId);
            case "unsubscribe" -> {
                topics(request).forEach(topic -> {
                    if (connection.subscriptions().contains(topic)) {
                        connection.addArgsCharacters(-(topic.length() + ARG_MARKS));
                        exchange.unsubscribe(connection, topic);
                    }
                });
                answer(connection, true, "", requestId, operation);
            }
            default -> answer(connection, false, "error:unknown op:" + operation, requestId,
                    operation);
        }
    }

    @Override
    String unknownEvent(VenueConnection connection) {
        return "{\"topic\":\"dancing.BTCUSDT\",\"type\":\"snapshot\",\"ts\":"
                + exchange.venueTimeMs() + ",\"data\":{\"steps\":[1,2,3]}}";
    }

    /** Bybit ends without a word. */
    @Override
    void announceShutdown(VenueConnection connection) {}

    @Override
    int tooManyConnectsStatus() {
        return FORBIDDEN;
    }

    @Override
    void onRequest(RestCall call) {
        rest.onRequest(call);
    }

    private void subscribe(VenueConnection connection, List<String> topics, String requestId) {
        String refusal = refusal(connection, topics);
        if (!refusal.isEmpty()) {
            answer(connection, false, refusal, requestId, "subscribe");
            return;
        }
        if (isAny(exchange.ignored(), topics)) {
            return;
        }
        for (String topic : topics) {
            connection.addArgsCharacters(topic.length() + ARG_MARKS);
            exchange.subscribe(connection, topic, true);
        }
        if (!isAny(exchange.unacknowledged(), topics)) {
            answer(connection, true, spot ? "subscribe" : "", requestId, "subscribe");
        }
        for (String topic : topics) {
            sendSnapshot(connection, topic);
        }
        exchange.flush();
        exchange.player().onSubscribed();
    }

    /** Why a request is refused as a whole; empty if it is not. */
    private String refusal(VenueConnection connection, List<String> topics) {
        int characters = connection.argsCharacters();
        for (String topic : topics) {
            if (!isThere(topic) || exchange.nacked().take(topic)) {
                return "error:handler not found,topic:" + topic;
            }
            if (connection.subscriptions().contains(topic)) {
                return "error:already subscribed,topic:" + topic;
            }
            characters += topic.length() + ARG_MARKS;
        }
        if (topics.isEmpty()) {
            return "error:args is empty";
        }
        VenueLimits limits = exchange.limits();
        if (exchange.watch().isOver(Limit.ARGS_PER_REQUEST, topics.size(),
                limits.argsPerRequest())) {
            return "error:args size >" + limits.argsPerRequest();
        }
        return exchange.watch().isOver(Limit.ARGS_CHARACTERS, characters, limits.argsCharacters())
                ? "error:args exceed " + limits.argsCharacters() + " characters"
                : "";
    }

    private boolean isThere(String topic) {
        MarketStream stream = exchange.streams().get(topic);
        return stream != null && exchange.board().find(stream.symbol()) != null;
    }

    /** The book so far, for one who comes when others have it already. */
    private void sendSnapshot(VenueConnection connection, String topic) {
        MarketStream stream = exchange.streams().get(topic);
        KeptTopic kept = exchange.kept().topic(topic);
        if (stream != null && kept != null && kept.isKnown()
                && stream.subscribers().contains(connection)) {
            WireText snapshot = kept.snapshot();
            connection.deliver(stream, snapshot.bytes(), 0, snapshot.length());
        }
    }

    private void answer(VenueConnection connection, boolean success, String message,
            String requestId, String operation) {
        String connectionId = "venue" + Long.toString(
                SeededRandom.mix(connection.number()) >>> 12, Character.MAX_RADIX) + "-"
                + connection.number();
        connection.answer("{\"success\":" + success + ",\"ret_msg\":\"" + plain(message)
                + "\",\"conn_id\":\"" + connectionId + '"'
                // Spot leaves out what it was not given.
                + (spot && requestId.isEmpty() ? "" : ",\"req_id\":\"" + plain(requestId) + '"')
                + ",\"op\":\"" + plain(operation) + "\"}");
    }

    /** What a client sent must not end the string it is put in. */
    private static String plain(String text) {
        return text.replace("\"", "").replace("\\", "");
    }

    private static String member(Json request, String name) {
        return request.has(name) && request.get(name) instanceof Json.Scalar value
                ? value.value()
                : "";
    }

    private static List<String> topics(Json request) {
        List<String> topics = new ArrayList<>();
        if (request.has("args") && request.get("args") instanceof Json.Items(List<Json> items)) {
            for (Json item : items) {
                if (item instanceof Json.Scalar topic) {
                    topics.add(topic.value());
                }
            }
        }
        return topics;
    }
}
