package com.waickoff.marketdata.feed.binance;

import java.util.ArrayList;
import java.util.List;

/** Texts of requests to Binance. Made when a connection begins; they allocate. */
final class BinanceRequests {
    private static final int MOST_STREAMS = 100;

    private BinanceRequests() {}

    /**
     * Requests about what of these instruments' tapes and books is on a line, numbered from {@code
     * firstId}.
     *
     * @param method {@code SUBSCRIBE} or {@code UNSUBSCRIBE}
     */
    static List<String> requests(String method, List<BinanceInstrument> instruments, int line,
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
            requests.add("{\"method\":\"" + method + "\",\"params\":[\""
                    + String.join("\",\"", some)
                    + "\"],\"id\":" + (firstId + requests.size()) + '}');
        }
        return requests;
    }
}
