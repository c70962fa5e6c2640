package com.waickoff.venue.serve;

import com.waickoff.venue.Venue;
import com.waickoff.venue.recording.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Binance spot, USD-M and COIN-M futures.
 *
 * <pre>
 *   /ws/a/b           raw payloads                  /stream?streams=a/b   {"stream":"a","data":…}
 *   /public/…, /market/…   the same on USD-M, each for streams of its kind only
 *
 *   {"method":"SUBSCRIBE","params":["btcusdt@trade"],"id":1}      {"result":null,"id":1}
 *   {"method":"LIST_SUBSCRIPTIONS","id":2}                        {"result":["btcusdt@trade"],"id":2}
 *   {"method":"SUBSCRIBE","params":"x","id":3}                    {"code":2,"msg":"…","id":3}
 * </pre>
 *
 * <p>A stream that is not there, or that comes another way, is acknowledged and never heard of.
 */
final class BinanceDialect extends Dialect {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNKNOWN_PROPERTY = 0;
    private static final int WRONG_TYPE = 1;
    private static final int INVALID_REQUEST = 2;
    private static final int INVALID_JSON = 3;
    private static final int LONGEST_ID = 36;
    private static final String STREAM = "/stream";
    private static final String RAW = "/ws";

    /** Whether URLs tell streams apart: USD-M since 2026. */
    private final boolean routed;
    private final BinanceRest rest;

    BinanceDialect(Exchange exchange, boolean futures) {
        super(exchange);
        this.routed = exchange.venue() == Venue.BINANCE_USDM;
        this.rest = new BinanceRest(exchange, futures);
    }

    @Override
    @Nullable
    Door door(String path, Map<String, List<String>> query) {
        // What comes without a route is led as if it were public.
        Route route = routed ? Route.PUBLIC : Route.ANY;
        String rest = path;
        if (routed && path.startsWith("/public/")) {
            rest = path.substring("/public".length());
        } else if (routed && path.startsWith("/market/")) {
            route = Route.MARKET;
            rest = path.substring("/market".length());
        }
        if (rest.equals(STREAM)) {
            List<String> values = query.getOrDefault("streams", List.of());
            return new Door(values.isEmpty() ? List.of() : names(values.getFirst()), true, route);
        }
        if (rest.equals(RAW)) {
            return new Door(List.of(), false, route);
        }
        return rest.startsWith(RAW + '/')
                ? new Door(names(rest.substring(RAW.length() + 1)), false, route)
                : null;
    }

    @Override
    void onOpen(VenueConnection connection, Door door) {
        if (isTooMany(connection, door.streams())) {
            exchange.expel(connection, "Too many streams");
            return;
        }
        door.streams().forEach(name -> subscribe(connection, name));
        if (!door.streams().isEmpty()) {
            exchange.player().onSubscribed();
        }
    }

    @Override
    void onText(VenueConnection connection, String text) {
        Json request;
        try {
            request = Json.parse(text);
        } catch (IllegalArgumentException e) {
            refuse(connection, INVALID_JSON, "Invalid JSON: expected value at line 1 column 1", "");
            return;
        }
        String id = id(request);
        if (id.isEmpty()) {
            refuse(connection, INVALID_REQUEST,
                    "Invalid request: request ID must be an unsigned integer", "");
            return;
        }
        String method = request.has("method") && request.get("method") instanceof Json.Scalar name
                ? name.value()
                : "";
        switch (method) {
            case "SUBSCRIBE" -> onSubscribe(connection, request, id);
            case "UNSUBSCRIBE" -> onUnsubscribe(connection, request, id);
            case "LIST_SUBSCRIPTIONS" -> accept(connection,
                    connection.subscriptions().isEmpty()
                            ? "[]"
                            : "[\"" + String.join("\",\"", connection.subscriptions()) + "\"]",
                    id);
            case "SET_PROPERTY", "GET_PROPERTY" -> onProperty(connection, request, method, id);
            default -> refuse(connection, INVALID_REQUEST, "Invalid request: unknown variant `"
                    + plain(method) + "`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`,"
                    + " `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`, `GET_PROPERTY`", id);
        }
    }

    @Override
    String unknownEvent(VenueConnection connection) {
        return inEnvelope(connection, "btcusdt@dancing", "{\"e\":\"dancing\",\"E\":"
                + exchange.venueTimeMs() + ",\"s\":\"BTCUSDT\",\"steps\":[1,2,3]}");
    }

    @Override
    void announceShutdown(VenueConnection connection) {
        connection.answer(inEnvelope(connection, "!serverShutdown",
                "{\"e\":\"serverShutdown\",\"E\":" + exchange.venueTimeMs() + "}"));
    }

    private static String inEnvelope(VenueConnection connection, String name, String data) {
        return connection.isCombined()
                ? "{\"stream\":\"" + name + "\",\"data\":" + data + "}"
                : data;
    }

    @Override
    int tooManyConnectsStatus() {
        return TOO_MANY_REQUESTS;
    }

    @Override
    void onRequest(RestCall call) {
        rest.onRequest(call);
    }

    private void onSubscribe(VenueConnection connection, Json request, String id) {
        List<String> names = parameters(request);
        if (names == null) {
            refuse(connection, INVALID_REQUEST,
                    "Invalid request: params must be an array of strings", id);
            return;
        }
        if (isTooMany(connection, names)) {
            refuse(connection, INVALID_REQUEST, "Invalid request: too many streams", id);
            return;
        }
        for (String name : names) {
            if (exchange.nacked().take(name)) {
                refuse(connection, INVALID_REQUEST, "Invalid request: stream " + plain(name), id);
                return;
            }
        }
        if (isAny(exchange.ignored(), names)) {
            return;
        }
        if (!isAny(exchange.unacknowledged(), names)) {
            accept(connection, "null", id);
        }
        names.forEach(name -> subscribe(connection, name));
        exchange.player().onSubscribed();
    }

    /** Counts the streams that a connection would have. */
    private boolean isTooMany(VenueConnection connection, List<String> names) {
        Set<String> all = new HashSet<>(connection.subscriptions());
        all.addAll(names);
        return exchange.watch().isOver(Limit.STREAMS_PER_CONNECTION, all.size(),
                exchange.limits().streamsPerConnection());
    }

    private void onUnsubscribe(VenueConnection connection, Json request, String id) {
        List<String> names = parameters(request);
        if (names == null) {
            refuse(connection, INVALID_REQUEST,
                    "Invalid request: params must be an array of strings", id);
            return;
        }
        names.forEach(name -> exchange.unsubscribe(connection, name));
        accept(connection, "null", id);
    }

    private void onProperty(VenueConnection connection, Json request, String method, String id) {
        List<Json> parameters = request.has("params")
                && request.get("params") instanceof Json.Items(List<Json> items)
                        ? items
                        : List.of();
        String name = parameters.isEmpty() ? "" : parameters.getFirst().text();
        if (!name.startsWith("\"")) {
            refuse(connection, INVALID_REQUEST,
                    "Invalid request: property name must be a string", id);
        } else if (!name.equals("\"combined\"")) {
            refuse(connection, UNKNOWN_PROPERTY, "Unknown property", id);
        } else if (method.equals("GET_PROPERTY")) {
            accept(connection, Boolean.toString(connection.isCombined()), id);
        } else if (parameters.size() < 2
                || !parameters.get(1).text().matches("true|false")) {
            refuse(connection, WRONG_TYPE, "Invalid value type: expected Boolean", id);
        } else {
            connection.setCombined(Boolean.parseBoolean(parameters.get(1).text()));
            accept(connection, "null", id);
        }
    }

    private void subscribe(VenueConnection connection, String name) {
        boolean delivers = connection.route().leadsTo(name,
                MarketStream.kindOf(exchange.venue(), name));
        exchange.subscribe(connection, name, delivers);
    }

    private static void accept(VenueConnection connection, String result, String id) {
        connection.answer("{\"result\":" + result + ",\"id\":" + id + "}");
    }

    private static void refuse(VenueConnection connection, int code, String message, String id) {
        connection.answer("{\"code\":" + code + ",\"msg\":\"" + message + "\""
                + (id.isEmpty() ? "}" : ",\"id\":" + id + "}"));
    }

    /** The request's id as it was written; empty without one that is allowed. */
    private static String id(Json request) {
        if (!request.has("id") || !(request.get("id") instanceof Json.Scalar id)) {
            return "";
        }
        String token = id.token();
        boolean text = token.startsWith("\"") && token.length() <= LONGEST_ID + 2;
        return text || token.equals("null") || token.matches("-?\\d{1,19}") ? token : "";
    }

    private static @Nullable List<String> parameters(Json request) {
        if (!request.has("params")
                || !(request.get("params") instanceof Json.Items(List<Json> items))) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (Json item : items) {
            if (!item.text().startsWith("\"")) {
                return null;
            }
            names.add(item.value());
        }
        return names;
    }

    private static List<String> names(String text) {
        List<String> names = new ArrayList<>(List.of(text.split("/", -1)));
        names.removeIf(String::isEmpty);
        return names;
    }

    private static String plain(String text) {
        return text.replace("\"", "").replace("\\", "");
    }
}
