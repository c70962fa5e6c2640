package com.waickoff.venue.wire;

import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.SyntheticMarket;
import java.util.List;

/**
 * Binance USD-M and COIN-M futures: {@code @trade}, {@code @depth@0ms}, {@code @bookTicker}. Update ids are
 * shared by all instruments and skip, so only {@code pu} chains differences. Some prints are no
 * trades of the book: they take a trade id and are marked by {@code X}. COIN-M counts in contracts,
 * names the pair besides the symbol, and has an order of members of its own.
 */
public final class BinanceFuturesEncoder extends BinanceEncoder {
    private static final int PUSH_JITTER_NS = 20_000_000;
    private static final long PUSH_NS = 40 * NANOS_PER_MS;
    private static final int ACTIONS_A_PRINT = 250;
    private static final long AGGREGATE_NS = 100 * NANOS_PER_MS;

    private final boolean coin;
    private final byte[][] pairAndType;
    private long updateId;

    /** @param coin whether margins and profits are coins: COIN-M */
    public BinanceFuturesEncoder(boolean coin, List<Listing> listings,
            List<SyntheticMarket> markets,
            WireSettings settings, long seed, FrameListener listener) {
        super(listings, markets, settings, seed, -1, "@depth@0ms", AGGREGATE_NS, listener);
        this.coin = coin;
        this.updateId = 5_000_000_000_000L + (random.nextLong() >>> 24);
        this.pairAndType = new byte[listings.size()][];
        for (int i = 0; i < pairAndType.length; i++) {
            pairAndType[i] = ascii(",\"ps\":\"" + pair(listings.get(i).symbol()) + "\",\"st\":"
                    + (coin ? 2 : 1));
        }
    }

    @Override
    void addOtherBooks(Stream stream) {
        stream.addDifferences("@depth", 250);
        stream.addDifferences("@depth@100ms", 100);
        stream.addDifferences("@depth@500ms", 500);
        stream.addPartialBooks("", DIFFERENCE, 250);
        stream.addPartialBooks("@100ms", DIFFERENCE, 100);
        stream.addPartialBooks("@500ms", DIFFERENCE, 500);
    }

    @Override
    String connectUrl() {
        return coin
                ? "wss://dstream.binance.com/stream"
                : "wss://fstream.binance.com/public/stream";
    }

    @Override
    String depthUrl(String symbol) {
        return (coin
                ? "https://dapi.binance.com/dapi/v1/depth"
                : "https://fapi.binance.com/fapi/v1/depth") + "?limit=1000&symbol=" + symbol;
    }

    @Override
    long pushNs() {
        return PUSH_NS + random.below(PUSH_JITTER_NS);
    }

    @Override
    long nextUpdateId(int instrument) {
        updateId += 1 + random.below(40);
        return updateId;
    }

    @Override
    void writeTrade(WireText text, int instrument, long timeMs, long tradeId, boolean buy,
            long priceTicks, long lots) {
        writePrint(text, instrument, timeMs, tradeId, buy, priceTicks, lots,
                random.below(100) == 0 ? "RPI" : "MARKET");
    }

    @Override
    void afterTrades(int instrument, long timeNs) {
        if (random.below(ACTIONS_A_PRINT) == 0) {
            // The ids of an aggregate are those of its fills and of nothing else.
            endAggregate(instrument, timeNs);
            Stream stream = stream(instrument);
            long timeMs = timeNs / NANOS_PER_MS;
            frame.begin(FrameContent.OFF_BOOK_PRINT, instrument);
            boolean buy = random.below(2) == 0;
            long ticks = market(instrument).book().bestBid() + random.below(200);
            switch (random.below(4)) {
                case 0 -> writePrint(frame.text(), instrument, timeMs, stream.tradeId, buy, ticks,
                        100, "INSURANCE_FUND");
                case 1 -> writePrint(frame.text(), instrument, timeMs, stream.tradeId, buy, ticks,
                        100, "ADL");
                default -> writeEmptyPrint(frame.text(), instrument, timeMs, stream.tradeId);
            }
            stream.tradeId++;
            if (settings.isWanted("@trade")) {
                receive(frame, timeNs);
            }
        }
    }

    @Override
    void writeAggregate(WireText text, int instrument, long timeMs) {
        text.append(timeMs);
        appendAggregate(text, instrument, coin ? "" : ",\"nq\":\"");
        text.append(coin ? ",\"st\":2}}" : ",\"st\":1}}");
    }

    @Override
    void writePartialIds(WireText text, int instrument, DepthStream depth, long timeNs) {
        writeDepthIds(text, instrument, depth, timeNs);
        text.append(",\"b\":[");
    }

    @Override
    String partialAsks() {
        return "a";
    }

    @Override
    void writePartialEnd(WireText text, int instrument) {
        appendPairAndType(text, instrument);
    }

    @Override
    void writeDepthIds(WireText text, int instrument, DepthStream depth, long timeNs) {
        Stream stream = stream(instrument);
        text.append(timeNs / NANOS_PER_MS).append(",\"T\":")
                .append(stream.bookTimeNs / NANOS_PER_MS).append(",\"s\":\"")
                .append(stream.symbol).append("\",\"U\":").append(depth.firstId)
                .append(",\"u\":").append(stream.lastId).append(",\"pu\":")
                .append(depth.pushedId);
    }

    @Override
    void writeDepthEnd(WireText text, int instrument) {
        appendPairAndType(text, instrument);
    }

    @Override
    boolean depthBidsDescend() {
        return false;
    }

    @Override
    void writeBestPrices(WireText text, int instrument, long timeMs) {
        if (coin) {
            text.append("\"u\":").append(stream(instrument).lastId)
                    .append(",\"e\":\"bookTicker\"");
        } else {
            text.append("\"e\":\"bookTicker\",\"u\":").append(stream(instrument).lastId);
        }
        appendBestPrices(text, instrument);
        text.append(",\"T\":").append(timeMs).append(",\"E\":").append(timeMs);
        appendPairAndType(text, instrument);
    }

    @Override
    void writeAnswerTimes(WireText text, int instrument, long timeNs) {
        if (coin) {
            String symbol = stream(instrument).symbol;
            text.append(",\"symbol\":\"").append(symbol).append("\",\"pair\":\"")
                    .append(pair(symbol)).append('"');
        }
        text.append(",\"E\":").append(timeNs / NANOS_PER_MS).append(",\"T\":")
                .append(stream(instrument).bookTimeNs / NANOS_PER_MS);
    }

    private void writePrint(WireText text, int instrument, long timeMs, long tradeId, boolean buy,
            long priceTicks, long lots, String origin) {
        beginPrint(text, instrument, timeMs, tradeId);
        appendPrice(text, instrument, priceTicks);
        text.append("\",\"q\":\"");
        appendLots(text, instrument, lots);
        text.append("\",\"X\":\"").append(origin).append("\",\"m\":")
                .append(buy ? "false" : "true").append(coin ? ",\"st\":2}}" : ",\"st\":1}}");
    }

    private void writeEmptyPrint(WireText text, int instrument, long timeMs, long tradeId) {
        beginPrint(text, instrument, timeMs, tradeId);
        text.append("0\",\"q\":\"0\",\"X\":\"NA\",\"m\":true,\"st\":")
                .append(coin ? '2' : '1').append('}').append('}');
    }

    private void beginPrint(WireText text, int instrument, long timeMs, long tradeId) {
        text.append(stream(instrument).tradeHead).append(timeMs + random.below(2))
                .append(",\"T\":").append(timeMs).append(",\"s\":\"")
                .append(stream(instrument).symbol).append("\",\"t\":").append(tradeId)
                .append(",\"p\":\"");
    }

    /** Since USD-M and COIN-M share hosts, frames name the pair and the kind of futures. */
    private void appendPairAndType(WireText text, int instrument) {
        text.append(pairAndType[instrument]);
    }

    /** {@code BTCUSD} of {@code BTCUSD_PERP}. */
    private static String pair(String symbol) {
        int end = symbol.indexOf('_');
        return end < 0 ? symbol : symbol.substring(0, end);
    }
}
