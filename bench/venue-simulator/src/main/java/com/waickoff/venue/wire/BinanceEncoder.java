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
 * What Binance spot, USD-M and COIN-M have in common: combined streams of trades, depth differences and
 * best prices, trade ids that count up by one, and a book that starts from a REST answer, which
 * arrives when some differences are already buffered.
 *
 * <p>Every change of a level takes an update id. A difference carries the first and the last id of
 * its changes; the best prices carry the id of the change that made them, so where both bear the
 * same id they tell the same book.
 */
public abstract sealed class BinanceEncoder extends VenueEncoder
        permits BinanceSpotEncoder, BinanceFuturesEncoder {
    static final String DIFFERENCE = "\"e\":\"depthUpdate\",\"E\":";
    private static final int[] PARTIAL_LEVELS = {5, 10, 20};
    private static final int MOST_PARTIAL_LEVELS = 20;
    private static final int ANSWER_LEVELS = 1_000;
    private static final int WHOLE_BOOK_LEVELS = 5_000;
    private static final long ASK_NS = 230 * NANOS_PER_MS;
    private static final long ANSWER_NS = 70 * NANOS_PER_MS;

    /** What is known of one instrument's streams. */
    static final class Stream {
        private final WireSettings settings;
        final String symbol;
        final byte[] tradeHead;
        final byte[] aggregateHead;
        final byte[] bestPricesHead;
        /** The stream of differences that every recording has. */
        final DepthStream differences;
        final List<DepthStream> otherBooks = new ArrayList<>();
        final Aggregate aggregate;
        // The fills of the action being played, held until the best prices after it are known.
        final List<Frame> trades = new ArrayList<>();
        final Frame answer = new Frame();
        int tradeFrames;
        long tradeId;
        long lastId;
        long bookTimeNs;
        long bestBid;
        long bestBidLots;
        long bestAsk;
        long bestAskLots;

        Stream(Listing listing, String depthStream, Aggregate aggregate, WireSettings settings) {
            this.settings = settings;
            symbol = listing.symbol();
            tradeHead = head("@trade", "\"e\":\"trade\",\"E\":");
            aggregateHead = head("@aggTrade", "\"e\":\"aggTrade\",\"E\":");
            bestPricesHead = head("@bookTicker", "");
            differences = new DepthStream(head(depthStream, DIFFERENCE), 0, 0);
            this.aggregate = aggregate;
        }

        private byte[] head(String name, String data) {
            return ascii("{\"stream\":\"" + symbol.toLowerCase(Locale.ROOT) + name
                    + "\",\"data\":{" + data);
        }

        void addDifferences(String name, long intervalMs) {
            addBook(name, DIFFERENCE, 0, intervalMs);
        }

        void addPartialBooks(String pace, String data, long intervalMs) {
            for (int levels : PARTIAL_LEVELS) {
                addBook("@depth" + levels + pace, data, levels, intervalMs);
            }
        }

        private void addBook(String name, String data, int levels, long intervalMs) {
            if (settings.isWanted(name)) {
                otherBooks.add(new DepthStream(head(name, data), levels,
                        intervalMs * NANOS_PER_MS));
            }
        }
    }

    private final Stream[] streams;
    private final boolean tellsTrades;
    private final boolean tellsAggregates;
    private final boolean tellsBestPrices;
    private final boolean tellsDifferences;
    private final String depthStream;
    private final long[] answerTicks;
    private final long[] answerLots;
    private final long[] partialTicks = new long[MOST_PARTIAL_LEVELS];
    private final long[] partialLots = new long[MOST_PARTIAL_LEVELS];

    /** @param aggregateNs longest time between the fills of one aggregate */
    BinanceEncoder(List<Listing> listings, List<SyntheticMarket> markets, WireSettings settings,
            long seed, int decimals, String depthStream, long aggregateNs,
            FrameListener listener) {
        super(listings, markets, settings, seed, decimals, listener);
        int answerLevels = settings.everyStream() ? WHOLE_BOOK_LEVELS : ANSWER_LEVELS;
        this.depthStream = depthStream;
        this.tellsTrades = settings.isWanted("@trade");
        this.tellsAggregates = settings.everyStream() && settings.isWanted("@aggTrade");
        this.tellsBestPrices = settings.isWanted("@bookTicker");
        this.tellsDifferences = settings.isWanted(depthStream);
        this.answerTicks = new long[answerLevels];
        this.answerLots = new long[answerLevels];
        this.streams = new Stream[listings.size()];
        for (int i = 0; i < streams.length; i++) {
            long tradeId = 1_000_000_000L + (random.nextLong() >>> 31);
            // Fewer than there are trades.
            Aggregate aggregate = new Aggregate(tradeId * 3 / 4, aggregateNs);
            streams[i] = new Stream(listings.get(i), depthStream, aggregate, settings);
            streams[i].tradeId = tradeId;
            if (settings.everyStream()) {
                addOtherBooks(streams[i]);
            }
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
            streams[i].differences.told(streams[i].lastId);
            long lastId = streams[i].lastId;
            streams[i].otherBooks.forEach(book -> book.told(lastId));
            schedule(Task.PUSH_BOOK, i, timeNs + random.below((int) (100 * NANOS_PER_MS)));
            if (settings.everyStream()) {
                // Who serves others must know the whole book before its first change.
                writeAnswer(frame, i, timeNs);
                receive(frame, timeNs);
            } else {
                schedule(Task.SNAPSHOT, i,
                        timeNs + ASK_NS + random.below((int) (100 * NANOS_PER_MS)));
            }
        }
    }

    @Override
    final void run(Task task, int instrument, long timeNs) {
        switch (task) {
            case PUSH_BOOK -> {
                if (tellsDifferences) {
                    pushBook(instrument, streams[instrument].differences, timeNs);
                }
                pushOtherBooks(instrument, timeNs);
                long pushNs = settings.bookPushMs() == 0
                        ? pushNs()
                        : settings.bookPushMs() * NANOS_PER_MS;
                schedule(Task.PUSH_BOOK, instrument, timeNs + pushNs);
            }
            case SNAPSHOT -> {
                writeAnswer(streams[instrument].answer, instrument, timeNs);
                schedule(Task.DELIVER_ANSWER, instrument, timeNs + ANSWER_NS);
                if (settings.snapshotSeconds() > 0) {
                    schedule(Task.SNAPSHOT, instrument,
                            timeNs + settings.snapshotSeconds() * NANOS_PER_SECOND);
                }
            }
            case DELIVER_ANSWER -> receive(streams[instrument].answer, timeNs);
            case FLUSH_TRADES -> endAggregate(instrument, timeNs);
            // Neither tickers nor pings are part of these streams.
            case TICKER, PING, PUSH_OTHER_BOOKS -> {
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
        if (tellsAggregates) {
            aggregate(stream, instrument, timeNs, buy, priceTicks, lots);
        }
        stream.tradeId++;
    }

    @Override
    public final void onLevel(int instrument, long timeNs, boolean bid, long priceTicks,
            long lots) {
        Stream stream = streams[instrument];
        stream.lastId = nextUpdateId(instrument);
        long change = priceTicks * 2 + (bid ? 1 : 0);
        if (tellsDifferences) {
            stream.differences.add(change, stream.lastId);
        }
        for (int i = 0; i < stream.otherBooks.size(); i++) {
            stream.otherBooks.get(i).add(change, stream.lastId);
        }
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
        for (int i = 0; i < stream.tradeFrames && tellsTrades; i++) {
            receive(stream.trades.get(i), timeNs);
        }
        if (stream.tradeFrames > 0) {
            stream.tradeFrames = 0;
            if (stream.aggregate.endsWithOrder()) {
                endAggregate(instrument, timeNs);
            }
            afterTrades(instrument, timeNs);
        }
        if (!pricesFirst) {
            pushBestPrices(instrument, timeNs);
        }
    }

    /** Adds the books that {@link WireSettings#everyStream} asks for. */
    abstract void addOtherBooks(Stream stream);

    abstract String connectUrl();

    abstract String depthUrl(String symbol);

    /** Time to the next difference, where the settings leave it to the venue. */
    abstract long pushNs();

    abstract long nextUpdateId(int instrument);

    abstract void writeTrade(WireText text, int instrument, long timeMs, long tradeId, boolean buy,
            long priceTicks, long lots);

    /** From {@code "E"}'s value to the end. */
    abstract void writeAggregate(WireText text, int instrument, long timeMs);

    /** From {@code "E"}'s value to the last id. */
    abstract void writeDepthIds(WireText text, int instrument, DepthStream depth, long timeNs);

    /** A partial book up to where its bids begin, and how its sides are called. */
    abstract void writePartialIds(WireText text, int instrument, DepthStream depth, long timeNs);

    abstract String partialAsks();

    abstract void writePartialEnd(WireText text, int instrument);

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
        if (!tellsBestPrices) {
            return;
        }
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

    /** Price, quantity and ids of what is being told as one trade. */
    final void appendAggregate(WireText text, int instrument, String more) {
        Aggregate aggregate = streams[instrument].aggregate;
        text.append(",\"s\":\"").append(streams[instrument].symbol).append("\",\"a\":")
                .append(aggregate.id).append(",\"p\":\"");
        appendPrice(text, instrument, aggregate.priceTicks);
        text.append("\",\"q\":\"");
        appendLots(text, instrument, aggregate.lots);
        text.append('"');
        if (!more.isEmpty()) {
            text.append(more);
            appendLots(text, instrument, aggregate.lots);
            text.append('"');
        }
        text.append(",\"f\":").append(aggregate.firstTradeId).append(",\"l\":")
                .append(aggregate.lastTradeId).append(",\"T\":").append(aggregate.timeMs)
                .append(",\"m\":").append(aggregate.buy ? "false" : "true");
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

    private void aggregate(Stream stream, int instrument, long timeNs, boolean buy,
            long priceTicks, long lots) {
        if (stream.aggregate.endsBefore(timeNs, buy, priceTicks)) {
            endAggregate(instrument, timeNs);
        }
        stream.aggregate.add(timeNs, stream.tradeId, buy, priceTicks, lots);
    }

    /** Tells the aggregate that is open, if any is. */
    final void endAggregate(int instrument, long timeNs) {
        Stream stream = streams[instrument];
        if (stream.aggregate.isOpen()) {
            WireText text = frame.begin(FrameContent.AGGREGATE, instrument).text();
            writeAggregate(text.append(stream.aggregateHead), instrument, timeNs / NANOS_PER_MS);
            stream.aggregate.close();
            receive(frame, timeNs);
        }
    }

    private void pushOtherBooks(int instrument, long timeNs) {
        Stream stream = streams[instrument];
        if (stream.aggregate.isOver(timeNs)) {
            endAggregate(instrument, timeNs);
        }
        for (int i = 0; i < stream.otherBooks.size(); i++) {
            DepthStream other = stream.otherBooks.get(i);
            if (isClosing() || other.takeTurn(timeNs)) {
                if (other.levels > 0) {
                    pushPartialBook(instrument, other, timeNs);
                } else {
                    pushBook(instrument, other, timeNs);
                }
            }
        }
    }

    private void pushPartialBook(int instrument, DepthStream partial, long timeNs) {
        Stream stream = streams[instrument];
        if (partial.changes == 0) {
            return;
        }
        WireText text = frame.begin(FrameContent.PARTIAL_BOOK, instrument).text();
        text.append(partial.head);
        writePartialIds(text, instrument, partial, timeNs);
        appendSide(text, instrument, true, partialTicks, partialLots, partial.levels);
        text.append("],\"").append(partialAsks()).append("\":[");
        appendSide(text, instrument, false, partialTicks, partialLots, partial.levels);
        text.append(']');
        writePartialEnd(text, instrument);
        text.append('}').append('}');
        partial.told(stream.lastId);
        receive(frame, timeNs);
    }

    private void pushBook(int instrument, DepthStream depth, long timeNs) {
        Stream stream = streams[instrument];
        if (depth.changes == 0) {
            return;
        }
        WireText text = frame.begin(FrameContent.BOOK_DELTA, instrument).text();
        text.append(depth.head);
        writeDepthIds(text, instrument, depth, timeNs);
        Arrays.sort(depth.changed, 0, depth.changes);
        text.append(",\"b\":[");
        appendChanges(text, instrument, depth, true, depthBidsDescend());
        text.append("],\"a\":[");
        appendChanges(text, instrument, depth, false, false);
        text.append(']');
        writeDepthEnd(text, instrument);
        text.append('}').append('}');
        depth.told(stream.lastId);
        receive(frame, timeNs);
    }

    private void appendChanges(WireText text, int instrument, DepthStream depth, boolean bid,
            boolean descend) {
        PriceLadder book = market(instrument).book();
        long last = -1;
        boolean first = true;
        for (int i = 0; i < depth.changes; i++) {
            long change = depth.changed[descend ? depth.changes - 1 - i : i];
            if ((change & 1) == (bid ? 1 : 0) && change != last) {
                long ticks = change >> 1;
                appendLevel(text, instrument, first, ticks, book.lots(bid, ticks));
                last = change;
                first = false;
            }
        }
    }

    private void writeAnswer(Frame answer, int instrument, long timeNs) {
        Stream stream = streams[instrument];
        WireText text = answer.begin(FrameContent.BOOK_ANSWER, instrument).text();
        text.append(depthUrl(stream.symbol)).append('\t');
        answer.markBody();
        text.append("{\"lastUpdateId\":").append(stream.lastId);
        writeAnswerTimes(text, instrument, timeNs);
        text.append(",\"bids\":[");
        appendSide(text, instrument, true, answerTicks, answerLots, answerTicks.length);
        text.append("],\"asks\":[");
        appendSide(text, instrument, false, answerTicks, answerLots, answerTicks.length);
        text.append("]}");
    }

    private void appendSide(WireText text, int instrument, boolean bid, long[] ticks, long[] lots,
            int most) {
        int levels = Math.min(most, market(instrument).book().copyTop(bid, ticks, lots));
        for (int i = 0; i < levels; i++) {
            appendLevel(text, instrument, i == 0, ticks[i], lots[i]);
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
