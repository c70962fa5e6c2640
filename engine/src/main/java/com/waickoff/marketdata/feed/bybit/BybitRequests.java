package com.waickoff.marketdata.feed.bybit;

import java.util.ArrayList;
import java.util.List;

/** Texts of requests on Bybit's WebSocket. Made when a connection begins; they allocate. */
final class BybitRequests {
    static final String HEARTBEAT = "{\"op\":\"ping\"}";

    /** Characters around a topic: two quotes and a comma. */
    static final int AROUND_TOPIC = 3;

    private static final int MOST_TOPICS = 10;

    private BybitRequests() {}

    /** Subscriptions to trades and book of these instruments, with a unique id each. */
    static List<String> subscriptions(List<BybitInstrument> instruments) {
        List<String> topics = new ArrayList<>();
        for (BybitInstrument instrument : instruments) {
            topics.add(BybitTopics.trades(instrument.definition().symbol()));
            topics.add(instrument.bookTopic());
        }
        List<String> requests = new ArrayList<>();
        for (int from = 0; from < topics.size(); from += MOST_TOPICS) {
            List<String> some = topics.subList(from, Math.min(from + MOST_TOPICS, topics.size()));
            requests.add("{\"req_id\":\"" + some.getFirst() + "\",\"op\":\"subscribe\",\"args\":[\""
                    + String.join("\",\"", some) + "\"]}");
        }
        return requests;
    }

    /** The end of both topics of an instrument. */
    static String unsubscription(BybitInstrument instrument) {
        String symbol = instrument.definition().symbol();
        return "{\"req_id\":\"end-" + symbol + "\",\"op\":\"unsubscribe\",\"args\":[\""
                + BybitTopics.trades(symbol) + "\",\"" + instrument.bookTopic() + "\"]}";
    }
}
