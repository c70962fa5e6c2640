package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.feed.JsonCursor;
import com.waickoff.marketdata.feed.StreamLanguage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Texts of requests to Binance. They allocate.
 *
 * <pre>
 *   {"method":"SUBSCRIBE","params":["btcusdt@trade","btcusdt@depth@100ms"],"id":7}
 *   {"result":null,"id":7}                        also for a stream that is not there
 *   {"code":2,"msg":"Invalid request: …","id":7}
 *
 *   newest trade of     tape         market      weight
 *     trades            trades       futures     5
 *     aggTrades         aggregates   futures     20
 *     aggTrades         any          spot        4; the last fill of the aggregate is the newest trade
 * </pre>
 */
final class BinanceRequests implements StreamLanguage {
    private static final int MOST_STREAMS = 100;

    private final Market market;
    private final BinanceSettings settings;
    private final boolean isAggregateTape;
    private final JsonCursor cursor = new JsonCursor();

    BinanceRequests(Market market, BinanceSettings settings) {
        this.market = market;
        this.settings = settings;
        this.isAggregateTape = settings.tape() == BinanceSettings.Tape.AGG_TRADE;
    }

    @Override
    public String name(String symbol, boolean isTape) {
        if (isTape) {
            return BinanceStreams.name(symbol, isAggregateTape ? "aggTrade" : "trade");
        }
        return BinanceStreams.name(symbol, settings.depthStream().isEmpty()
                ? BinanceSettings.DEFAULT_DEPTH_STREAM : settings.depthStream());
    }

    @Override
    public String checkName(String symbol) {
        return BinanceStreams.name(symbol, market.bestLevelsStream());
    }

    @Override
    public int mostPerRequest() {
        return MOST_STREAMS;
    }

    @Override
    public String request(boolean isSubscription, long id, List<String> names) {
        return "{\"method\":\"" + (isSubscription ? "SUBSCRIBE" : "UNSUBSCRIBE")
                + "\",\"params\":[\"" + String.join("\",\"", names) + "\"],\"id\":" + id + '}';
    }

    @Override
    public String newestTrade(String symbol) {
        boolean areAggregates = isAggregateTape || !market.isFutures();
        return (areAggregates ? market.aggregatesPath : market.newestPath) + "?symbol="
                + URLEncoder.encode(symbol, StandardCharsets.UTF_8) + ONE_TRADE;
    }

    @Override
    public long newest(long address, int length) {
        long newest = NO_TRADE;
        String key = isAggregateTape ? "a" : market.isFutures() ? "id" : "l";
        cursor.wrap(address, length);
        if (cursor.next() != JsonCursor.BEGIN_ARRAY) {
            return UNREADABLE;
        }
        while (cursor.next() == JsonCursor.BEGIN_OBJECT) {
            while (cursor.next() == JsonCursor.KEY) {
                boolean isId = cursor.textIs(key);
                int token = cursor.next();
                if (token == JsonCursor.BEGIN_OBJECT || token == JsonCursor.BEGIN_ARRAY) {
                    cursor.skipOut(1);
                } else if (isId && token == JsonCursor.NUMBER) {
                    newest = Math.max(newest,
                            Decimal.parse(cursor.textAddress(), cursor.textLength(), 0));
                }
            }
        }
        return cursor.error() == JsonCursor.NO_ERROR ? newest : UNREADABLE;
    }

    /** Single trades are no documented stream of the futures; they have come and gone before. */
    @Override
    public String hint(boolean isTape) {
        return isTape && !isAggregateTape && market.isFutures()
                ? "set feeds." + market.venue.code() + ".tape: agg-trade"
                : "";
    }
}
