package com.waickoff.venue.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The trades that have been played and that nobody was sent, alone or within an aggregate. Belongs
 * to the event loop.
 */
final class UnsentTrades {
    private static final byte[] TRADE_ID = WireScan.key("t");
    private static final byte[] BYBIT_ID = WireScan.key("i");
    private static final byte[] TIME = WireScan.key("T");
    private static final byte[] FIRST = WireScan.key("f");
    private static final byte[] LAST = WireScan.key("l");

    /** Match time in ms by id, in the order of play, for each symbol. */
    private final Map<String, Map<String, Long>> unsent = new TreeMap<>();
    /** Symbol and id: an aggregate may be told before the last of its trades. */
    private final Set<String> sentBefore = new HashSet<>();

    /** A frame of any stream is played: until it is sent, its trades are not. */
    void onPlayed(MarketStream stream, byte[] bytes, int start, int length) {
        if (stream.kind() != StreamKind.TRADES || !KeptTape.isOfTheBook(bytes, start, length)) {
            return;
        }
        Map<String, Long> ofSymbol = ofSymbol(stream);
        int end = start + length;
        if (WireScan.value(bytes, start, end, TRADE_ID) != WireScan.MISSING) {
            String id = Long.toString(WireScan.number(bytes, start, end, TRADE_ID));
            if (!sentBefore.remove(stream.symbol() + id)) {
                ofSymbol.put(id, WireScan.number(bytes, start, end, TIME));
            }
            return;
        }
        // The time stands before or behind the id, but within the same braces.
        for (int open = nextTrade(bytes, start + 1, end); open < end;) {
            int next = nextTrade(bytes, open + 1, end);
            String id = WireScan.text(bytes, open, next, BYBIT_ID);
            if (!id.isEmpty()) {
                ofSymbol.put(id, WireScan.number(bytes, open, next, TIME));
            }
            open = next;
        }
    }

    /** A frame has been put into the buffer of a connection, whole. */
    void onSent(MarketStream stream, byte[] bytes, int start, int length) {
        if (!stream.kind().isTape()) {
            return;
        }
        Map<String, Long> ofSymbol = ofSymbol(stream);
        int end = start + length;
        if (stream.kind() == StreamKind.AGGREGATES) {
            long last = WireScan.number(bytes, start, end, LAST);
            for (long id = WireScan.number(bytes, start, end, FIRST); id <= last; id++) {
                if (ofSymbol.remove(Long.toString(id)) == null) {
                    sentBefore.add(stream.symbol() + id);
                }
            }
        } else if (WireScan.value(bytes, start, end, TRADE_ID) != WireScan.MISSING) {
            ofSymbol.remove(Long.toString(WireScan.number(bytes, start, end, TRADE_ID)));
        } else {
            int at = WireScan.value(bytes, start, end, BYBIT_ID);
            while (at != WireScan.MISSING) {
                int close = at + 1;
                while (close < end && bytes[close] != '"') {
                    close++;
                }
                ofSymbol.remove(
                        new String(bytes, at + 1, close - at - 1, StandardCharsets.UTF_8));
                at = WireScan.value(bytes, close, end, BYBIT_ID);
            }
        }
    }

    /** By symbol, then in the order of play. */
    List<UnsentTrade> all() {
        List<UnsentTrade> all = new ArrayList<>();
        unsent.forEach((symbol, trades) -> trades
                .forEach((id, timeMs) -> all.add(new UnsentTrade(symbol, id, timeMs))));
        return all;
    }

    private Map<String, Long> ofSymbol(MarketStream stream) {
        return unsent.computeIfAbsent(stream.symbol(), _ -> new LinkedHashMap<>());
    }

    private static int nextTrade(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '{') {
            at++;
        }
        return at;
    }
}
