package com.waickoff.marketdata.feed.binance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts of requests to Binance. Made when a connection begins; they allocate. */
final class BinanceRequests {
    private static final int MOST_STREAMS = 100;

    private BinanceRequests() {}

    /**
     * Subscriptions to what of these instruments' tapes and books is on a line, numbered from {@code
     * firstId}.
     */
    static List<String> subscriptions(List<BinanceInstrument> instruments, int line,
            BinanceSettings settings, int firstId) {
        String tape = settings.tape() == BinanceSettings.Tape.TRADE ? "trade" : "aggTrade";
        String diffs = settings.depthStream().isEmpty()
                ? BinanceSettings.DEFAULT_DEPTH_STREAM
                : settings.depthStream();
        List<String> streams = new ArrayList<>();
        for (BinanceInstrument instrument : instruments) {
            if (instrument.tapeLine() == line) {
                streams.add(BinanceStreams.name(instrument.definition().symbol(), tape));
            }
            if (instrument.bookLine() == line) {
                streams.add(BinanceStreams.name(instrument.definition().symbol(), diffs));
            }
        }
        List<String> requests = new ArrayList<>();
        for (int from = 0; from < streams.size(); from += MOST_STREAMS) {
            List<String> some = streams.subList(from,
                    Math.min(from + MOST_STREAMS, streams.size()));
            requests.add("{\"method\":\"SUBSCRIBE\",\"params\":[\"" + String.join("\",\"", some)
                    + "\"],\"id\":" + (firstId + requests.size()) + '}');
        }
        return requests;
    }

    /** The request for definitions; futures give all symbols or none. */
    static String metadata(Market market, List<String> symbols) {
        return market == Market.SPOT
                ? market.metadataPath + "?symbols=" + URLEncoder.encode(
                        "[\"" + String.join("\",\"", symbols) + "\"]", StandardCharsets.UTF_8)
                : market.metadataPath;
    }
}
