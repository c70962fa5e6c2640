package com.waickoff.venue.wire;

import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.PriceLadder;
import com.waickoff.venue.market.SyntheticMarket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What Binance spot and USD-M have in common: combined streams of trades, depth differences and
 * best prices, trade ids that count up by one, and a book that starts from a REST answer, which
 * arrives when some differences are already buffered.
 *
 * <p>Every change of a level takes an update id. A difference carries the first and the last id of
 * its changes; the best prices carry the id of the change that made them, so where both bear the
 * same id they tell the same book.
 */
public abstract sealed class BinanceEncoder extends VenueEncoder
        permits BinanceSpotEncoder, BinanceUsdmEncoder {
    private static final int ANSWER_LEVELS = 1_000;
    private static final long ASK_NS = 230 * NANOS_PER_MS;
    private static final long ANSWER_NS = 70 * NANOS_PER_MS;

    /** What is known of one instrument's streams. */
    static final class Stream {
        final String symbol;
        final byte[] tradeHead;
        final byte[] depthHead;
        final byte[] bestPricesHead;
        // The fills of the action being played, held until the best prices after it are known.
        final List<Frame> trades = new ArrayList<>();
        final Frame answer = new Frame();
        int tradeFrames;
        // Prices of changed levels × 2, plus 1 for bids, each as often as it changed.
        long[] changed = new long[256];
        int changes;
        long tradeId;
        long firstId;
        long lastId;
        long pushedId;
        long bookTimeNs;
        long bestBid;
        long bestBidLots;
        long bestAsk;
        long bestAskLots;

        Stream(Listing listing, String depthStream) {
            symbol = listing.symbol();
            String lower = symbol.toLowerCase(Locale.ROOT);
            tradeHead = ascii("{\"stream\":\"" + lower
                    + "@trade\",\"data\":{\"e\":\"trade\",\"E\":");
            depthHead = ascii("{\"stream\":\"" + lower + depthStream
                    + "\",\"data\":{\"e\":\"depthUpdate\",\"E\":");
            bestPricesHead = ascii("{\"stream\":\"" + lower + "@bookTicker\",\"data\":{");
        }
    }

    private final Stream[] streams;
    private final String depthStream;
    private final long[] answerTicks = new long[ANSWER_LEVELS];
    private final long[] answerLots = new long[ANSWER_LEVELS];

    BinanceEncoder(List<Listing> listings, List<SyntheticMarket> markets, WireSettings settings,
            long seed, int decimals, String depthStream, FrameListener listener) {
        super(listings, markets, settings, seed, decimals, listener);
        this.depthStream = depthStream;
        this.streams = new Stream[listings.size()];
        for (int i = 0; i < streams.length; i++) {
            streams[i] = new Stream(listings.get(i), depthStream);
            streams[i].tradeId = 1_000_000_000L + (random.nextLong() >>> 31);
        }
    }

    @Override
    final void subscribe(long timeNs) {
        frame.begin(FrameContent.CONNECT, Frame.NO_INSTRUMENT).text().append(connectUrl());
        record(frame, timeNs);
        WireText text = frame.begin(FrameContent.SENT, Frame.NO_INSTRUMENT).text();
        text.append("{\"method\":\"SUBSCRIBE\",\"params\":[");
        for (int i = 0; i < streams.length; i++) {
            String lower = streams[i].symbol.toLowerCase(Locale.ROOT);
            text.append(i == 0 ? "\"" : ",\"").append(lower).append("@trade\",\"").append(lower)
                    .append(depthStream).append("\",\"").append(lower).append("@bookTicker\"");
        }
        text.append("],\"id\":1}");
        record(frame, timeNs + 1_000);
        frame.begin(FrameContent.CONTROL, Frame.NO_INSTRUMENT).text()
                .append("{\"result\":null,\"id\":1}");
        receive(frame, timeNs);
        for (int i = 0; i < streams.length; i++) {
            streams[i].lastId = nextUpdateId(i);
            streams[i].pushedId = streams[i].lastId;
            schedule(Task.PUSH_BOOK, i, timeNs + random.below((int) (100 * NANOS_PER_MS)));
            schedule(Task.SNAPSHOT, i,
                    timeNs + ASK_NS + random.below((int) (100 * NANOS_PER_MS)));
        }
    }

    @Override
    final void run(Task task, int instrument, long timeNs) {
        switch (task) {
            case PUSH_BOOK -> {
                pushBook(instrument, timeNs);
                long pushNs = settings.bookPushMs() == 0
                        ? pushNs()
                        : settings.bookPushMs() * NANOS_PER_MS;
                schedule(Task.PUSH_BOOK, instrument, timeNs + pushNs);
            }
            case SNAPSHOT -> {
                answerBook(instrument, timeNs);
                schedule(Task.DELIVER_ANSWER, instrument, timeNs + ANSWER_NS);
                if (settings.snapshotSeconds() > 0) {
                    schedule(Task.SNAPSHOT, instrument,
                            timeNs + settings.snapshotSeconds() * NANOS_PER_SECOND);
                }
            }
            case DELIVER_ANSWER -> receive(streams[instrument].answer, timeNs);
            // Trades do not wait here, and neither tickers nor pings are part of these streams.
            case FLUSH_TRADES, TICKER, PING -> {
            }
        }
    }

    @Override
    public final void onTrade(int instrument, long timeNs, long takerSequence, boolean buy,
            boolean block, long priceTicks, long lots) {
        Stream stream = streams[instrument];
        if (stream.tradeFrames == stream.trades.size()) {
            stream.trades.add(new Frame());
        }
        Frame trade = stream.trades.get(stream.tradeFrames++);
        trade.begin(FrameContent.TRADES, instrument);
        long timeMs = timeNs / NANOS_PER_MS;
        writeTrade(trade.text(), instrument, timeMs, stream.tradeId, buy, priceTicks, lots);
        trade.addTrade(stream.tradeId, timeMs, priceTicks, lots, buy);
        stream.tradeId++;
    }

    @Override
    public final void onLevel(int instrument, long timeNs, boolean bid, long priceTicks,
            long lots) {
        Stream stream = streams[instrument];
        stream.lastId = nextUpdateId(instrument);
        if (stream.changes == 0) {
            stream.firstId = stream.lastId;
        }
        if (stream.changes == stream.changed.length) {
            stream.changed = Arrays.copyOf(stream.changed, 2 * stream.changes);
        }
        stream.changed[stream.changes++] = priceTicks * 2 + (bid ? 1 : 0);
        stream.bookTimeNs = timeNs;
    }

    @Override
    public final void onActionEnd(int instrument, long timeNs) {
        Stream stream = streams[instrument];
        // At times the venue tells the new best prices before the trade that made them.
        boolean pricesFirst = stream.tradeFrames > 0 && random.below(5) == 0;
        if (pricesFirst) {
            pushBestPrices(instrument, timeNs);
        }
        for (int i = 0; i < stream.tradeFrames; i++) {
            receive(stream.trades.get(i), timeNs);
        }
        if (stream.tradeFrames > 0) {
            stream.tradeFrames = 0;
            afterTrades(instrument, timeNs);
        }
        if (!pricesFirst) {
            pushBestPrices(instrument, timeNs);
        }
    }

    abstract String connectUrl();

    abstract String depthUrl(String symbol);

    /** Time to the next difference, where the settings leave it to the venue. */
    abstract long pushNs();

    abstract long nextUpdateId(int instrument);

    abstract void writeTrade(WireText text, int instrument, long timeMs, long tradeId, boolean buy,
            long priceTicks, long lots);

    /** From {@code "E"}'s value to the last id. */
    abstract void writeDepthIds(WireText text, int instrument, long timeNs);

    abstract void writeDepthEnd(WireText text, int instrument);

    abstract boolean depthBidsDescend();

    abstract void writeBestPrices(WireText text, int instrument, long timeMs);

    abstract void writeAnswerTimes(WireText text, int instrument, long timeNs);

    /** After the trades of an action: room for prints that are none. */
    void afterTrades(int instrument, long timeNs) {}

    final Stream stream(int instrument) {
        return streams[instrument];
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void pushBestPrices(int instrument, long timeNs) {
        Stream stream = streams[instrument];
        PriceLadder book = market(instrument).book();
        long bid = book.bestBid();
        long ask = book.bestAsk();
        long bidLots = book.lots(true, bid);
        long askLots = book.lots(false, ask);
        if (bid == stream.bestBid && ask == stream.bestAsk && bidLots == stream.bestBidLots
                && askLots == stream.bestAskLots) {
            return;
        }
        stream.bestBid = bid;
        stream.bestBidLots = bidLots;
        stream.bestAsk = ask;
        stream.bestAskLots = askLots;
        WireText text = frame.begin(FrameContent.BEST_PRICES, instrument).text();
        text.append(stream.bestPricesHead);
        writeBestPrices(text, instrument, timeNs / NANOS_PER_MS);
        text.append('}').append('}');
        receive(frame, timeNs);
    }

    final void appendBestPrices(WireText text, int instrument) {
        Stream stream = streams[instrument];
        text.append(",\"s\":\"").append(stream.symbol).append("\",\"b\":\"");
        appendPrice(text, instrument, stream.bestBid);
        text.append("\",\"B\":\"");
        appendLots(text, instrument, stream.bestBidLots);
        text.append("\",\"a\":\"");
        appendPrice(text, instrument, stream.bestAsk);
        text.append("\",\"A\":\"");
        appendLots(text, instrument, stream.bestAskLots);
        text.append('"');
    }

    private void pushBook(int instrument, long timeNs) {
        Stream stream = streams[instrument];
        if (stream.changes == 0) {
            return;
        }
        WireText text = frame.begin(FrameContent.BOOK_DELTA, instrument).text();
        text.append(stream.depthHead);
        writeDepthIds(text, instrument, timeNs);
        Arrays.sort(stream.changed, 0, stream.changes);
        text.append(",\"b\":[");
        appendChanges(text, instrument, true, depthBidsDescend());
        text.append("],\"a\":[");
        appendChanges(text, instrument, false, false);
        text.append(']');
        writeDepthEnd(text, instrument);
        text.append('}').append('}');
        stream.changes = 0;
        stream.pushedId = stream.lastId;
        receive(frame, timeNs);
    }

    private void appendChanges(WireText text, int instrument, boolean bid, boolean descend) {
        Stream stream = streams[instrument];
        PriceLadder book = market(instrument).book();
        long last = -1;
        boolean first = true;
        for (int i = 0; i < stream.changes; i++) {
            long change = stream.changed[descend ? stream.changes - 1 - i : i];
            if ((change & 1) == (bid ? 1 : 0) && change != last) {
                long ticks = change >> 1;
                appendLevel(text, instrument, first, ticks, book.lots(bid, ticks));
                last = change;
                first = false;
            }
        }
    }

    private void answerBook(int instrument, long timeNs) {
        Stream stream = streams[instrument];
        Frame answer = stream.answer.begin(FrameContent.BOOK_ANSWER, instrument);
        WireText text = answer.text();
        text.append(depthUrl(stream.symbol)).append('\t');
        answer.markBody();
        text.append("{\"lastUpdateId\":").append(stream.lastId);
        writeAnswerTimes(text, instrument, timeNs);
        text.append(",\"bids\":[");
        appendSide(text, instrument, true);
        text.append("],\"asks\":[");
        appendSide(text, instrument, false);
        text.append("]}");
    }

    private void appendSide(WireText text, int instrument, boolean bid) {
        int levels = market(instrument).book().copyTop(bid, answerTicks, answerLots);
        for (int i = 0; i < levels; i++) {
            appendLevel(text, instrument, i == 0, answerTicks[i], answerLots[i]);
        }
    }

    private void appendLevel(WireText text, int instrument, boolean first, long ticks, long lots) {
        text.append(first ? "[\"" : ",[\"");
        appendPrice(text, instrument, ticks);
        text.append("\",\"");
        appendLots(text, instrument, lots);
        text.append("\"]");
    }
}
