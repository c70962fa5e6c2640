package com.waickoff.venue.wire;

import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.SyntheticMarket;
import java.util.List;

/**
 * Binance spot: {@code @trade}, {@code @depth@100ms}, {@code @bookTicker}. All decimals are eight
 * long; update ids are an instrument's own and without gaps.
 */
public final class BinanceSpotEncoder extends BinanceEncoder {
    private static final int DECIMALS = 8;
    private static final long PUSH_NS = 100 * NANOS_PER_MS;

    private final long[] updateIds;

    public BinanceSpotEncoder(List<Listing> listings, List<SyntheticMarket> markets,
            WireSettings settings, long seed, FrameListener listener) {
        super(listings, markets, settings, seed, DECIMALS, "@depth@100ms", 0, listener);
        this.updateIds = new long[listings.size()];
        for (int i = 0; i < updateIds.length; i++) {
            updateIds[i] = 10_000_000_000L + (random.nextLong() >>> 29);
        }
    }

    @Override
    void addOtherBooks(Stream stream) {
        stream.addDifferences("@depth", 1_000);
        stream.addPartialBooks("", "", 1_000);
        stream.addPartialBooks("@100ms", "", 100);
    }

    @Override
    String connectUrl() {
        return "wss://stream.binance.com:9443/stream";
    }

    @Override
    String depthUrl(String symbol) {
        return "https://api.binance.com/api/v3/depth?limit=1000&symbol=" + symbol;
    }

    @Override
    long pushNs() {
        return PUSH_NS;
    }

    @Override
    long nextUpdateId(int instrument) {
        return ++updateIds[instrument];
    }

    @Override
    void writeTrade(WireText text, int instrument, long timeMs, long tradeId, boolean buy,
            long priceTicks, long lots) {
        text.append(stream(instrument).tradeHead).append(timeMs + random.below(2))
                .append(",\"s\":\"").append(stream(instrument).symbol).append("\",\"t\":")
                .append(tradeId).append(",\"p\":\"");
        appendPrice(text, instrument, priceTicks);
        text.append("\",\"q\":\"");
        appendLots(text, instrument, lots);
        text.append("\",\"T\":").append(timeMs).append(",\"m\":").append(buy ? "false" : "true")
                .append(",\"M\":true}}");
    }

    @Override
    void writeAggregate(WireText text, int instrument, long timeMs) {
        text.append(timeMs);
        appendAggregate(text, instrument, "");
        text.append(",\"M\":true}}");
    }

    @Override
    void writePartialIds(WireText text, int instrument, DepthStream depth, long timeNs) {
        text.append("\"lastUpdateId\":").append(stream(instrument).lastId)
                .append(",\"bids\":[");
    }

    @Override
    String partialAsks() {
        return "asks";
    }

    @Override
    void writePartialEnd(WireText text, int instrument) {}

    @Override
    void writeDepthIds(WireText text, int instrument, DepthStream depth, long timeNs) {
        Stream stream = stream(instrument);
        text.append(timeNs / NANOS_PER_MS).append(",\"s\":\"").append(stream.symbol)
                .append("\",\"U\":").append(depth.firstId).append(",\"u\":")
                .append(stream.lastId);
    }

    @Override
    void writeDepthEnd(WireText text, int instrument) {}

    @Override
    boolean depthBidsDescend() {
        return true;
    }

    @Override
    void writeBestPrices(WireText text, int instrument, long timeMs) {
        text.append("\"u\":").append(stream(instrument).lastId);
        appendBestPrices(text, instrument);
    }

    @Override
    void writeAnswerTimes(WireText text, int instrument, long timeNs) {}
}
