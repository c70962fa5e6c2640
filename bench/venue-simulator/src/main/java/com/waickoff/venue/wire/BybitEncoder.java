package com.waickoff.venue.wire;

import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.PriceLadder;
import com.waickoff.venue.market.SeededRandom;
import com.waickoff.venue.market.SyntheticMarket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Bybit v5 linear, inverse and spot: {@code publicTrade}, {@code orderbook.200} and, to be ignored,
 * {@code tickers}; where every stream is asked for, also the books of 1, 50 and 1000 levels.
 *
 * <p>Spot writes its members in another order, knows no tick direction, and counts trade ids up by
 * small steps where the others have UUIDs; of inverse contracts a quantity is money.
 *
 * <p>A trade frame holds what matched within a ms; fills of one taker order share {@code seq}. The
 * book comes as a snapshot, then as differences of the best 200 levels a side: {@code u} counts up
 * by one, size 0 removes, levels that fall out are removed too. Where full books are asked for
 * again, every second one restarts {@code u} at 1, as the venue does after a restart. The book of
 * one level is always whole, and is told again after 3 s without a change, with the same {@code u}.
 */
public final class BybitEncoder extends VenueEncoder {
    private static final int DEPTH = 200;
    private static final int MOST_DEPTH = 1_000;
    private static final int MOST_TRADES_A_FRAME = 1_024;
    private static final long PUSH_NS = 100 * NANOS_PER_MS;
    private static final long OTHER_BOOKS_NS = 10 * NANOS_PER_MS;
    private static final long REPEAT_NS = 3 * NANOS_PER_SECOND;
    private static final long CONFLATE_NS = NANOS_PER_MS;
    // Slow enough that some data overtakes the acknowledgement, as it does at the venue.
    private static final long ACK_NS = 30 * NANOS_PER_MS;
    private static final long PING_NS = 20 * NANOS_PER_SECOND;
    private static final String[] TOPICS = {"orderbook.200.", "publicTrade.", "tickers."};
    private static final byte[] TYPE = ascii("\",\"type\":\"");
    private static final byte[] TIME = ascii("\",\"ts\":");
    private static final byte[] SPOT_TIME = ascii(",\"T\":");
    private static final byte[] SPOT_SIZE = ascii("\",\"v\":\"");
    private static final byte[] SPOT_BUY = ascii("\",\"S\":\"Buy\",\"seq\":");
    private static final byte[] SPOT_SELL = ascii("\",\"S\":\"Sell\",\"seq\":");
    private static final byte[] SPOT_PRICE = ascii(",\"p\":\"");
    private static final long FIRST_SPOT_ID = 2_290_000_000_000_000_000L;
    private static final int MOST_SPOT_STEP = 22;
    private static final byte[] TRADE_SIDE = ascii("\",\"S\":\"");
    private static final byte[] BUY = ascii("Buy\",\"v\":\"");
    private static final byte[] SELL = ascii("Sell\",\"v\":\"");
    private static final byte[] TRADE_PRICE = ascii("\",\"p\":\"");
    private static final byte[] TRADE_TICK = ascii("\",\"L\":\"");
    private static final byte[] TRADE_ID = ascii("\",\"i\":\"");
    private static final byte[] TRADE_BLOCK = ascii("\",\"BT\":");
    private static final byte[] TRADE_RPI = ascii(",\"RPI\":");
    private static final byte[] TRADE_SEQ = ascii(",\"seq\":");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] PLUS = ascii("PlusTick");
    private static final byte[] ZERO_PLUS = ascii("ZeroPlusTick");
    private static final byte[] MINUS = ascii("MinusTick");
    private static final byte[] ZERO_MINUS = ascii("ZeroMinusTick");

    /** One side as it was told, or as it is now; best price first. */
    private static final class Side {
        final long[] ticks;
        final long[] lots;
        int count;

        Side(int depth) {
            ticks = new long[depth];
            lots = new long[depth];
        }
    }

    /** A topic of one depth, and what it has told. */
    private static final class BookTopic {
        final int depth;
        final byte[] head;
        final long intervalNs;
        Side bids;
        Side asks;
        // What is read of the market; changes places with what is told.
        Side spareBids;
        Side spareAsks;
        long updateId;
        int snapshots;
        long dueNs;
        long toldNs;
        /** Of how many changes of the market it has told. */
        long toldChanges = -1;

        BookTopic(int depth, String symbol, long intervalMs, long updateId) {
            this.depth = depth;
            this.head = ascii("{\"topic\":\"orderbook." + depth + '.' + symbol);
            this.intervalNs = intervalMs * NANOS_PER_MS;
            this.updateId = updateId;
            this.bids = new Side(depth);
            this.asks = new Side(depth);
            this.spareBids = new Side(depth);
            this.spareAsks = new Side(depth);
        }

        void read(PriceLadder book) {
            spareBids.count = Math.min(depth,
                    book.copyTop(true, spareBids.ticks, spareBids.lots));
            spareAsks.count = Math.min(depth,
                    book.copyTop(false, spareAsks.ticks, spareAsks.lots));
        }

        void told(long timeNs) {
            Side olderBids = bids;
            Side olderAsks = asks;
            bids = spareBids;
            asks = spareAsks;
            spareBids = olderBids;
            spareAsks = olderAsks;
            toldNs = timeNs;
        }
    }

    /** What is known of one instrument's streams. */
    private static final class Stream {
        final byte[] tradeHead;
        final byte[] tradeItem;
        final byte[] tickerHead;
        final BookTopic book;
        final List<BookTopic> otherBooks;
        final Frame trades = new Frame();
        final long idSeed;
        long sequence;
        long bookSequence;
        long bookTimeNs;
        /** Changes of levels so far. */
        long changes;
        long tradeNumber;
        long spotId = FIRST_SPOT_ID;
        long lastTradeTicks;
        boolean lastMoveUp = true;

        Stream(Listing listing, SeededRandom random, WireSettings settings) {
            String symbol = listing.symbol();
            tradeHead = ascii("{\"topic\":\"publicTrade." + symbol);
            tradeItem = ascii(",\"s\":\"" + symbol);
            tickerHead = ascii("{\"topic\":\"tickers." + symbol);
            idSeed = random.nextLong();
            sequence = 100_000_000_000L + (random.nextLong() >>> 28);
            bookSequence = sequence;
            long updateId = 10_000_000L + random.below(5_000_000);
            book = new BookTopic(DEPTH, symbol, PUSH_NS / NANOS_PER_MS, updateId);
            otherBooks = new ArrayList<>();
            if (settings.everyStream()) {
                addBook(settings, 1, symbol, 10, 4 * updateId);
                addBook(settings, 50, symbol, 20, 2 * updateId);
                addBook(settings, MOST_DEPTH, symbol, 200, updateId / 2);
            }
            lastTradeTicks = listing.startTicks();
        }

        private void addBook(WireSettings settings, int depth, String symbol, long intervalMs,
                long updateId) {
            if (settings.isWanted("orderbook." + depth + '.')) {
                otherBooks.add(new BookTopic(depth, symbol, intervalMs, updateId));
            }
        }
    }

    private final String category;
    private final boolean spot;
    private final Stream[] streams;
    private final String connectionId;
    private int acknowledged;

    /** @param category {@code linear}, {@code inverse} or {@code spot} */
    public BybitEncoder(String category, List<Listing> listings, List<SyntheticMarket> markets,
            WireSettings settings, long seed, FrameListener listener) {
        super(listings, markets, settings, seed, -1, listener);
        this.category = category;
        this.spot = category.equals("spot");
        this.streams = new Stream[listings.size()];
        for (int i = 0; i < streams.length; i++) {
            streams[i] = new Stream(listings.get(i), random, settings);
        }
        this.connectionId = "sim" + Long.toString(random.nextLong() >>> 20, 36) + "-"
                + Long.toString(random.nextLong() >>> 44, 36);
    }

    @Override
    void subscribe(long timeNs) {
        frame.begin(FrameContent.CONNECT, Frame.NO_INSTRUMENT).text()
                .append("wss://stream.bybit.com/v5/public/").append(category);
        record(frame, timeNs);
        for (int topic = 0; topic < topics(); topic++) {
            WireText text = frame.begin(FrameContent.SENT, Frame.NO_INSTRUMENT).text();
            text.append("{\"req_id\":\"").append(topic + 1L)
                    .append("\",\"op\":\"subscribe\",\"args\":[");
            for (int i = 0; i < instruments(); i++) {
                text.append(i == 0 ? "\"" : ",\"").append(TOPICS[topic])
                        .append(listing(i).symbol()).append('"');
            }
            text.append("]}");
            record(frame, timeNs + 1_000L * topic);
        }
        schedule(Task.DELIVER_ANSWER, 0, timeNs + ACK_NS);
        for (int i = 0; i < instruments(); i++) {
            // Nobody's streams tick in step.
            long phaseNs = random.below((int) PUSH_NS);
            if (settings.isWanted("orderbook.200.")) {
                schedule(Task.SNAPSHOT, i, timeNs + NANOS_PER_MS + phaseNs);
            }
            if (!streams[i].otherBooks.isEmpty()) {
                schedule(Task.PUSH_OTHER_BOOKS, i, timeNs + NANOS_PER_MS + phaseNs / 10);
            }
            if (settings.tickerMs() > 0 && settings.isWanted("tickers.")) {
                schedule(Task.TICKER, i, timeNs + 2 * phaseNs);
            }
        }
        schedule(Task.PING, 0, timeNs + PING_NS);
    }

    @Override
    void run(Task task, int instrument, long timeNs) {
        switch (task) {
            case FLUSH_TRADES -> flushTrades(instrument, timeNs);
            case PUSH_BOOK -> {
                pushBook(instrument, streams[instrument].book, timeNs);
                if (isClosing()) {
                    pushOtherBooks(instrument, timeNs);
                }
                schedule(Task.PUSH_BOOK, instrument, timeNs + pushNs());
            }
            case PUSH_OTHER_BOOKS -> {
                pushOtherBooks(instrument, timeNs);
                schedule(Task.PUSH_OTHER_BOOKS, instrument, timeNs + OTHER_BOOKS_NS);
            }
            case SNAPSHOT -> {
                pushSnapshot(instrument, streams[instrument].book, timeNs);
                schedule(Task.PUSH_BOOK, instrument, timeNs + pushNs());
                if (settings.snapshotSeconds() > 0) {
                    schedule(Task.SNAPSHOT, instrument,
                            timeNs + settings.snapshotSeconds() * NANOS_PER_SECOND);
                }
            }
            case TICKER -> {
                pushTicker(instrument, timeNs);
                schedule(Task.TICKER, instrument, timeNs + settings.tickerMs() * NANOS_PER_MS);
            }
            case PING -> {
                ping(timeNs);
                schedule(Task.PING, 0, timeNs + PING_NS);
            }
            case DELIVER_ANSWER -> {
                acknowledge(timeNs);
                if (acknowledged < topics()) {
                    schedule(Task.DELIVER_ANSWER, 0, timeNs + ACK_NS);
                }
            }
        }
    }

    @Override
    public void onTrade(int instrument, long timeNs, long takerSequence, boolean buy,
            boolean block, long priceTicks, long lots) {
        Stream stream = streams[instrument];
        if (stream.trades.tradeCount() == MOST_TRADES_A_FRAME) {
            flushTrades(instrument, timeNs);
        }
        WireText text = stream.trades.text();
        long timeMs = timeNs / NANOS_PER_MS;
        if (stream.trades.tradeCount() == 0) {
            stream.trades.begin(FrameContent.TRADES, instrument);
            // The venue pushes after the last match of the frame.
            beginFrame(text.append(stream.tradeHead), "snapshot", timeMs + 2)
                    .append(",\"data\":[");
            schedule(Task.FLUSH_TRADES, instrument, timeNs + CONFLATE_NS);
        } else {
            text.append(',');
        }
        long number = stream.tradeNumber++;
        if (spot) {
            number = nextSpotId(instrument);
            writeSpotTrade(text, instrument, timeMs, number, buy, priceTicks, lots);
        } else {
            writeTrade(text, instrument, timeMs, number, buy, priceTicks, lots);
        }
        text.append(TRADE_BLOCK).append(block ? TRUE : FALSE).append(TRADE_RPI)
                .append(random.below(250) == 0 ? TRUE : FALSE);
        if (!spot) {
            text.append(TRADE_SEQ).append(stream.sequence);
        }
        text.append('}');
        stream.trades.addTrade(number, timeMs, priceTicks, lots, buy);
    }

    @Override
    public void onLevel(int instrument, long timeNs, boolean bid, long priceTicks, long lots) {
        streams[instrument].changes++;
        streams[instrument].bookTimeNs = timeNs;
        streams[instrument].bookSequence = streams[instrument].sequence;
    }

    @Override
    public void onActionEnd(int instrument, long timeNs) {
        streams[instrument].sequence += 1 + random.below(60);
    }

    private void writeTrade(WireText text, int instrument, long timeMs, long number, boolean buy,
            long priceTicks, long lots) {
        Stream stream = streams[instrument];
        text.append("{\"T\":").append(timeMs).append(stream.tradeItem).append(TRADE_SIDE)
                .append(buy ? BUY : SELL);
        appendLots(text, instrument, lots);
        text.append(TRADE_PRICE);
        appendPrice(text, instrument, priceTicks);
        text.append(TRADE_TICK).append(tickDirection(stream, priceTicks)).append(TRADE_ID);
        appendUuid(text, stream.idSeed, number);
    }

    private void writeSpotTrade(WireText text, int instrument, long timeMs, long id, boolean buy,
            long priceTicks, long lots) {
        Stream stream = streams[instrument];
        text.append("{\"i\":\"").append(id).append('"').append(SPOT_TIME).append(timeMs)
                .append(SPOT_PRICE);
        appendPrice(text, instrument, priceTicks);
        text.append(SPOT_SIZE);
        appendLots(text, instrument, lots);
        text.append(buy ? SPOT_BUY : SPOT_SELL).append(stream.sequence).append(stream.tradeItem);
    }

    /** The busiest counts by one, the others share their numbers with somebody. */
    private long nextSpotId(int instrument) {
        Stream stream = streams[instrument];
        stream.spotId += instrument == 0 ? 1 : 1 + random.below(MOST_SPOT_STEP);
        return stream.spotId;
    }

    /** From behind the topic's name to the time. */
    private WireText beginFrame(WireText text, String type, long timeMs) {
        return spot
                ? text.append(TIME).append(timeMs).append(",\"type\":\"").append(type).append('"')
                : text.append(TYPE).append(type).append(TIME).append(timeMs);
    }

    private int topics() {
        return settings.tickerMs() == 0 ? TOPICS.length - 1 : TOPICS.length;
    }

    private void acknowledge(long timeNs) {
        acknowledged++;
        frame.begin(FrameContent.CONTROL, Frame.NO_INSTRUMENT).text()
                .append("{\"success\":true,\"ret_msg\":\"").append(spot ? "subscribe" : "")
                .append("\",\"conn_id\":\"").append(connectionId).append("\",\"req_id\":\"")
                .append((long) acknowledged)
                .append("\",\"op\":\"subscribe\"}");
        receive(frame, timeNs);
    }

    private long pushNs() {
        return settings.bookPushMs() == 0 ? PUSH_NS : settings.bookPushMs() * NANOS_PER_MS;
    }

    private void flushTrades(int instrument, long timeNs) {
        Frame trades = streams[instrument].trades;
        if (trades.tradeCount() > 0) {
            trades.text().append(']').append('}');
            receive(trades, timeNs);
            trades.clearTrades();
        }
    }

    private static byte[] tickDirection(Stream stream, long priceTicks) {
        long move = priceTicks - stream.lastTradeTicks;
        stream.lastTradeTicks = priceTicks;
        if (move == 0) {
            return stream.lastMoveUp ? ZERO_PLUS : ZERO_MINUS;
        }
        stream.lastMoveUp = move > 0;
        return move > 0 ? PLUS : MINUS;
    }

    /** A UUID of version 5's shape, unique by the number in it. */
    private void appendUuid(WireText text, long idSeed, long number) {
        long high = settings.countedIds() ? idSeed : SeededRandom.mix(idSeed ^ number);
        long low = settings.countedIds() ? number : SeededRandom.mix(high + number);
        text.appendHex(high, 0, 8).append('-').appendHex(high, 8, 12).append("-5")
                .appendHex(high, 13, 16).append("-9").appendHex(low, 1, 4).append('-')
                .appendHex(low, 4, 16);
    }

    private void pushOtherBooks(int instrument, long timeNs) {
        List<BookTopic> topics = streams[instrument].otherBooks;
        for (int i = 0; i < topics.size(); i++) {
            BookTopic topic = topics.get(i);
            if (timeNs < topic.dueNs && !isClosing()) {
                continue;
            }
            topic.dueNs = timeNs + topic.intervalNs;
            if (topic.snapshots == 0) {
                pushSnapshot(instrument, topic, timeNs);
            } else if (topic.depth > 1) {
                pushBook(instrument, topic, timeNs);
            } else {
                pushBestLevels(instrument, topic, timeNs);
            }
        }
    }

    private void pushSnapshot(int instrument, BookTopic topic, long timeNs) {
        topic.read(market(instrument).book());
        // The venue restarts its count when it restarts itself.
        boolean restarted = topic.snapshots++ > 0 && topic.snapshots % 2 == 0;
        topic.updateId = restarted ? 1 : topic.updateId + 1;
        writeSnapshot(instrument, topic, timeNs);
    }

    /** The book of one level: whole if it has changed, and now and then if not. */
    private void pushBestLevels(int instrument, BookTopic topic, long timeNs) {
        long changes = streams[instrument].changes;
        if (topic.toldChanges == changes && timeNs - topic.toldNs < REPEAT_NS) {
            return;
        }
        topic.toldChanges = changes;
        topic.read(market(instrument).book());
        boolean changed = isOther(topic.spareBids, topic.bids)
                || isOther(topic.spareAsks, topic.asks);
        if (changed || timeNs - topic.toldNs >= REPEAT_NS) {
            topic.updateId += changed ? 1 : 0;
            writeSnapshot(instrument, topic, timeNs);
        }
    }

    private static boolean isOther(Side one, Side other) {
        return one.ticks[0] != other.ticks[0] || one.lots[0] != other.lots[0];
    }

    private void writeSnapshot(int instrument, BookTopic topic, long timeNs) {
        Stream stream = streams[instrument];
        if (stream.bookTimeNs == 0) {
            stream.bookTimeNs = timeNs;
        }
        WireText text = beginBook(FrameContent.BOOK_SNAPSHOT, instrument, topic, timeNs);
        text.append("\"b\":[");
        appendSide(text, instrument, topic.spareBids);
        text.append("],\"a\":[");
        appendSide(text, instrument, topic.spareAsks);
        endBook(instrument, topic, timeNs);
    }

    private void appendSide(WireText text, int instrument, Side side) {
        for (int i = 0; i < side.count; i++) {
            appendLevel(text, instrument, i == 0, side.ticks[i], side.lots[i]);
        }
    }

    private void pushBook(int instrument, BookTopic topic, long timeNs) {
        if (topic.snapshots == 0 || topic.toldChanges == streams[instrument].changes) {
            return;
        }
        topic.toldChanges = streams[instrument].changes;
        topic.read(market(instrument).book());
        topic.updateId++;
        WireText text = beginBook(FrameContent.BOOK_DELTA, instrument, topic, timeNs);
        text.append("\"b\":[");
        int changes = appendChanges(text, instrument, true, topic.bids, topic.spareBids);
        text.append("],\"a\":[");
        changes += appendChanges(text, instrument, false, topic.asks, topic.spareAsks);
        if (changes == 0) {
            topic.updateId--;
        } else {
            endBook(instrument, topic, timeNs);
        }
    }

    private WireText beginBook(FrameContent content, int instrument, BookTopic topic,
            long timeNs) {
        WireText text = frame.begin(content, instrument).text();
        beginFrame(text.append(topic.head),
                content == FrameContent.BOOK_SNAPSHOT ? "snapshot" : "delta", timeNs / NANOS_PER_MS)
                .append(",\"data\":{\"s\":\"")
                .append(listing(instrument).symbol()).append("\",");
        return text;
    }

    private void endBook(int instrument, BookTopic topic, long timeNs) {
        Stream stream = streams[instrument];
        frame.text().append("],\"u\":").append(topic.updateId).append(",\"seq\":")
                .append(stream.bookSequence).append("},\"cts\":")
                .append(stream.bookTimeNs / NANOS_PER_MS).append('}');
        receive(frame, timeNs);
        topic.told(timeNs);
    }

    /** Merges two sides, best price first, and writes where they differ. */
    private int appendChanges(WireText text, int instrument, boolean bid, Side told, Side now) {
        int changes = 0;
        int o = 0;
        int n = 0;
        while (o < told.count || n < now.count) {
            long order = o == told.count
                    ? 1
                    : n == now.count ? -1 : (bid ? -1 : 1) * (told.ticks[o] - now.ticks[n]);
            if (order < 0) {
                appendLevel(text, instrument, changes++ == 0, told.ticks[o++], 0);
            } else if (order > 0 || told.lots[o] != now.lots[n]) {
                appendLevel(text, instrument, changes++ == 0, now.ticks[n], now.lots[n]);
                o += order == 0 ? 1 : 0;
                n++;
            } else {
                o++;
                n++;
            }
        }
        return changes;
    }

    private void appendLevel(WireText text, int instrument, boolean first, long ticks, long lots) {
        text.append(first ? "[\"" : ",[\"");
        appendPrice(text, instrument, ticks);
        text.append("\",\"");
        if (lots == 0) {
            text.append('0');
        } else {
            appendLots(text, instrument, lots);
        }
        text.append("\"]");
    }

    private void pushTicker(int instrument, long timeNs) {
        Stream stream = streams[instrument];
        PriceLadder book = market(instrument).book();
        boolean full = stream.tradeNumber == 0;
        WireText text = frame.begin(FrameContent.TICKER, instrument).text();
        text.append(stream.tickerHead).append(TYPE).append(full || spot ? "snapshot" : "delta")
                .append("\",\"data\":{\"symbol\":\"").append(listing(instrument).symbol())
                .append("\",\"lastPrice\":\"");
        appendPrice(text, instrument, stream.lastTradeTicks);
        text.append("\",\"bid1Price\":\"");
        appendPrice(text, instrument, book.bestBid());
        text.append("\",\"bid1Size\":\"");
        appendLots(text, instrument, book.lots(true, book.bestBid()));
        text.append("\",\"ask1Price\":\"");
        appendPrice(text, instrument, book.bestAsk());
        text.append("\",\"ask1Size\":\"");
        appendLots(text, instrument, book.lots(false, book.bestAsk()));
        text.append("\"},\"cs\":").append(stream.bookSequence).append(",\"ts\":")
                .append(timeNs / NANOS_PER_MS).append('}');
        receive(frame, timeNs);
    }

    private void ping(long timeNs) {
        frame.begin(FrameContent.SENT, Frame.NO_INSTRUMENT).text().append("{\"op\":\"ping\"}");
        record(frame, timeNs);
        frame.begin(FrameContent.CONTROL, Frame.NO_INSTRUMENT).text()
                .append("{\"success\":true,\"ret_msg\":\"pong\",\"conn_id\":\"")
                .append(connectionId).append(spot ? "\"" : "\",\"req_id\":\"\"")
                .append(",\"op\":\"ping\"}");
        receive(frame, timeNs);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
