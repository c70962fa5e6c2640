package com.waickoff.marketdata.bench.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.MarketEvent;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The decoder one writes with a good library, and with care: Jackson's streaming parser over bytes on
 * the heap, text taken as characters and not as strings, values written to the same slots in the same
 * scales. It follows no sequence of books or trades, and asks nothing of what it reads.
 */
final class JacksonDecoder {
    private static final long NS_PER_MS = 1_000_000;
    private static final int UUID_HALF_DIGITS = 16;

    private final JsonFactory factory = new JsonFactory();
    private final Map<String, Instrument> byTopic = new HashMap<>();
    private final EventSink sink;
    private final FrameShape shape;
    private long receiveTimeNs;

    JacksonDecoder(FrameShape shape, Instrument instrument, EventSink sink) {
        this.shape = shape;
        this.sink = sink;
        byTopic.put("publicTrade.BTCUSDT", instrument);
        byTopic.put("orderbook.200.BTCUSDT", instrument);
        byTopic.put("btcusdt@trade", instrument);
        byTopic.put("btcusdt@depth@100ms", instrument);
    }

    void onFrame(byte[] frame, int length, long timeNs) throws IOException {
        receiveTimeNs = timeNs;
        try (JsonParser parser = factory.createParser(frame, 0, length)) {
            parser.nextToken();
            switch (shape) {
                case BYBIT_TRADE, BYBIT_TRADE_X10 -> bybitTrades(parser);
                case BYBIT_BOOK_X8 -> bybitBook(parser);
                case BINANCE_TRADE, BINANCE_DEPTH_X37 -> binance(parser);
            }
        }
        sink.commit();
    }

    private void bybitTrades(JsonParser parser) throws IOException {
        Instrument instrument = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "topic" -> instrument = byTopic.get(parser.getText());
                case "data" -> {
                    while (instrument != null && parser.nextToken() == JsonToken.START_OBJECT) {
                        bybitTrade(parser, instrument);
                    }
                }
                default -> parser.skipChildren();
            }
        }
    }

    private void bybitTrade(JsonParser parser, Instrument instrument) throws IOException {
        long timeMs = 0;
        long price = 0;
        long quantity = 0;
        long id = 0;
        long sequence = 0;
        int flags = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "T" -> timeMs = parser.getLongValue();
                case "S" -> flags |= parser.getTextCharacters()[parser.getTextOffset()] == 'B'
                        ? EventFlags.BUY : 0;
                case "v" -> quantity = decimal(parser, instrument.quantityScale());
                case "p" -> price = decimal(parser, instrument.priceScale());
                case "i" -> id = foldedUuid(parser);
                case "BT" -> flags |= value == JsonToken.VALUE_TRUE ? EventFlags.BLOCK : 0;
                case "RPI" -> flags |= value == JsonToken.VALUE_TRUE ? EventFlags.RPI : 0;
                case "seq" -> sequence = parser.getLongValue();
                default -> parser.skipChildren();
            }
        }
        sink.next().trade(instrument.id(), timeMs * NS_PER_MS, receiveTimeNs, price, quantity, id,
                sequence, flags);
    }

    private void bybitBook(JsonParser parser) throws IOException {
        Instrument instrument = null;
        long timeMs = 0;
        long updateId = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "topic" -> instrument = byTopic.get(parser.getText());
                case "cts" -> timeMs = parser.getLongValue();
                case "data" -> {
                    while (instrument != null && parser.nextToken() == JsonToken.FIELD_NAME) {
                        updateId = Math.max(updateId, bookMember(parser, instrument));
                    }
                }
                default -> parser.skipChildren();
            }
        }
        stampLevels(timeMs, updateId);
    }

    private void binance(JsonParser parser) throws IOException {
        Instrument instrument = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("stream")) {
                instrument = byTopic.get(parser.getText());
            } else if (instrument != null && shape.isBook()) {
                binanceDepth(parser, instrument);
            } else if (instrument != null) {
                binanceTrade(parser, instrument);
            }
        }
    }

    private void binanceDepth(JsonParser parser, Instrument instrument) throws IOException {
        long timeMs = 0;
        long updateId = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            if (parser.currentName().equals("E")) {
                parser.nextToken();
                timeMs = parser.getLongValue();
            } else {
                updateId = Math.max(updateId, bookMember(parser, instrument));
            }
        }
        stampLevels(timeMs, updateId);
    }

    private void binanceTrade(JsonParser parser, Instrument instrument) throws IOException {
        long timeMs = 0;
        long price = 0;
        long quantity = 0;
        long id = 0;
        boolean buyerIsMaker = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "T" -> timeMs = parser.getLongValue();
                case "q" -> quantity = decimal(parser, instrument.quantityScale());
                case "p" -> price = decimal(parser, instrument.priceScale());
                case "t" -> id = parser.getLongValue();
                case "m" -> buyerIsMaker = value == JsonToken.VALUE_TRUE;
                default -> parser.skipChildren();
            }
        }
        sink.next().trade(instrument.id(), timeMs * NS_PER_MS, receiveTimeNs, price, quantity, id,
                0, buyerIsMaker ? 0 : EventFlags.BUY);
    }

    /** A member of a book update: levels, or the update id, which it returns. */
    private long bookMember(JsonParser parser, Instrument instrument) throws IOException {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
            case "b" -> levels(parser, instrument, EventFlags.BID);
            case "a" -> levels(parser, instrument, 0);
            case "u" -> {
                return parser.getLongValue();
            }
            default -> parser.skipChildren();
        }
        return 0;
    }

    private void levels(JsonParser parser, Instrument instrument, int flags) throws IOException {
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            parser.nextToken();
            long price = decimal(parser, instrument.priceScale());
            parser.nextToken();
            long quantity = decimal(parser, instrument.quantityScale());
            parser.nextToken();
            sink.next().bookLevel(instrument.id(), 0, receiveTimeNs, price, quantity, 0, flags);
        }
    }

    private void stampLevels(long timeMs, long updateId) {
        for (int i = 0; i < sink.pendingCount(); i++) {
            MarketEvent level = sink.pending(i);
            level.matchTimeNs(timeMs * NS_PER_MS);
            level.updateId(updateId);
        }
    }

    private static long decimal(JsonParser parser, int scale) throws IOException {
        char[] text = parser.getTextCharacters();
        int end = parser.getTextOffset() + parser.getTextLength();
        long value = 0;
        int decimals = -1;
        for (int i = parser.getTextOffset(); i < end && decimals < scale; i++) {
            if (text[i] == '.') {
                decimals = 0;
            } else {
                value = value * 10 + text[i] - '0';
                decimals += decimals < 0 ? 0 : 1;
            }
        }
        for (int i = Math.max(decimals, 0); i < scale; i++) {
            value *= 10;
        }
        return value;
    }

    private static long foldedUuid(JsonParser parser) throws IOException {
        char[] text = parser.getTextCharacters();
        int end = parser.getTextOffset() + parser.getTextLength();
        long folded = 0;
        long half = 0;
        int digits = 0;
        for (int i = parser.getTextOffset(); i < end; i++) {
            if (text[i] != '-') {
                half = (half << 4) | Character.digit(text[i], 16);
                if (++digits % UUID_HALF_DIGITS == 0) {
                    folded ^= half;
                }
            }
        }
        return folded;
    }
}
