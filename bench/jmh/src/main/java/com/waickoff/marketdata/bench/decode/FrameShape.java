package com.waickoff.marketdata.bench.decode;

import com.waickoff.marketdata.feed.Venue;
import java.util.Random;
import java.util.UUID;

/**
 * Frames in the shapes that the venues document, written from a seed.
 *
 * <p>Lengths and digits are those of real frames of BTCUSDT (August 2024 and 2026): prices of five
 * digits before the point; Bybit writes two decimals of a price and three of a quantity, and of the
 * changed levels about one in five is removed; Binance spot always writes eight decimals. Ids count
 * up by one and have eleven digits, the first eight of which are those of the pass: see
 * {@link FrameSet}.
 */
public enum FrameShape {
    /** One trade, about 250 bytes. */
    BYBIT_TRADE(Venue.BYBIT_LINEAR),
    /** Ten trades, about 1.9 KB. */
    BYBIT_TRADE_X10(Venue.BYBIT_LINEAR),
    /** Book update of eight levels, about 340 bytes. */
    BYBIT_BOOK_X8(Venue.BYBIT_LINEAR),
    /** One trade, about 180 bytes. */
    BINANCE_TRADE(Venue.BINANCE_SPOT),
    /** Depth update of 37 levels, about 1.3 KB. */
    BINANCE_DEPTH_X37(Venue.BINANCE_SPOT);

    /** The only symbol. */
    static final String SYMBOL = "BTCUSDT";
    /** The first eight digits of ids as frames are written. */
    static final long FIRST_PASS = 10_000_000;
    /** Ids of a pass. */
    static final int IDS_PER_PASS = 1000;

    private static final long TIME_MS = 1_786_310_819_681L;
    private static final int MANY_TRADES = 10;
    private static final int BYBIT_LEVELS = 8;
    private static final int BINANCE_LEVELS = 37;

    final Venue venue;

    FrameShape(Venue venue) {
        this.venue = venue;
    }

    /** Whether its events are levels of a book. */
    boolean isBook() {
        return this == BYBIT_BOOK_X8 || this == BINANCE_DEPTH_X37;
    }

    /**
     * A frame.
     *
     * @param id its update or trade id within the pass, below {@link #IDS_PER_PASS}
     */
    String frame(Random random, int id) {
        long timeMs = TIME_MS + 40L * id;
        return switch (this) {
            case BYBIT_TRADE -> bybitTrades(random, timeMs, 1);
            case BYBIT_TRADE_X10 -> bybitTrades(random, timeMs, MANY_TRADES);
            case BYBIT_BOOK_X8 -> bybitBook(random, timeMs, "delta", longId(id), BYBIT_LEVELS);
            case BINANCE_TRADE -> "{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":"
                    + (timeMs + 1) + ",\"s\":\"BTCUSDT\",\"t\":" + longId(id) + ",\"p\":\""
                    + binancePrice(random) + "\",\"q\":\"" + binanceQuantity(random)
                    + "\",\"T\":" + timeMs + ",\"m\":" + random.nextBoolean()
                    + ",\"M\":true}}";
            case BINANCE_DEPTH_X37 -> binanceDepth(random, timeMs, longId(id));
        };
    }

    /** The snapshot that the first frame follows, as the venue sends it; empty if none is needed. */
    String snapshot() {
        long id = longId(0) - 1;
        return switch (this) {
            case BYBIT_BOOK_X8 -> bybitBook(new Random(1), TIME_MS - 1, "snapshot", id, 2);
            case BINANCE_DEPTH_X37 -> "{\"lastUpdateId\":" + id
                    + ",\"bids\":[[\"1.00000000\",\"1.00000000\"]],"
                    + "\"asks\":[[\"2.00000000\",\"1.00000000\"]]}";
            default -> "";
        };
    }

    private static long longId(int id) {
        return FIRST_PASS * IDS_PER_PASS + id;
    }

    private static String bybitTrades(Random random, long timeMs, int count) {
        StringBuilder text = new StringBuilder("{\"topic\":\"publicTrade.BTCUSDT\","
                + "\"type\":\"snapshot\",\"ts\":").append(timeMs + 1).append(",\"data\":[");
        for (int i = 0; i < count; i++) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            text.append(i == 0 ? "" : ",").append("{\"T\":").append(timeMs)
                    .append(",\"s\":\"BTCUSDT\",\"S\":\"")
                    .append(random.nextBoolean() ? "Buy" : "Sell").append("\",\"v\":\"")
                    .append(bybitQuantity(random)).append("\",\"p\":\"")
                    .append(bybitPrice(random)).append("\",\"L\":\"")
                    .append(random.nextBoolean() ? "ZeroMinusTick" : "PlusTick")
                    .append("\",\"i\":\"").append(id)
                    .append("\",\"BT\":false,\"RPI\":false,\"seq\":")
                    .append(753_843_954_913L + timeMs % 1_000_000).append('}');
        }
        return text.append("]}").toString();
    }

    private static String bybitBook(Random random, long timeMs, String type, long id, int levels) {
        StringBuilder text = new StringBuilder("{\"topic\":\"orderbook.200.BTCUSDT\",\"type\":\"")
                .append(type).append("\",\"ts\":").append(timeMs + 1)
                .append(",\"data\":{\"s\":\"BTCUSDT\",\"b\":[");
        for (int i = 0; i < levels; i++) {
            text.append(i == levels / 2 ? "],\"a\":[" : i == 0 ? "" : ",").append("[\"")
                    .append(bybitPrice(random)).append("\",\"")
                    .append(random.nextInt(5) == 0 ? "0" : bybitQuantity(random)).append("\"]");
        }
        return text.append("],\"u\":").append(id).append(",\"seq\":753843954913},\"cts\":")
                .append(timeMs).append('}').toString();
    }

    private static String binanceDepth(Random random, long timeMs, long id) {
        StringBuilder text = new StringBuilder("{\"stream\":\"btcusdt@depth@100ms\",\"data\":{"
                + "\"e\":\"depthUpdate\",\"E\":").append(timeMs)
                .append(",\"s\":\"BTCUSDT\",\"U\":").append(id).append(",\"u\":").append(id)
                .append(",\"b\":[");
        for (int i = 0; i < BINANCE_LEVELS; i++) {
            text.append(i == BINANCE_LEVELS / 2 ? "],\"a\":[" : i == 0 ? "" : ",").append("[\"")
                    .append(binancePrice(random)).append("\",\"")
                    .append(random.nextInt(2) == 0 ? "0.00000000" : binanceQuantity(random))
                    .append("\"]");
        }
        return text.append("]}}").toString();
    }

    private static String bybitPrice(Random random) {
        return decimal(651_000 + random.nextInt(2_000), 1) + '0';
    }

    private static String bybitQuantity(Random random) {
        return decimal(1 + random.nextInt(random.nextInt(10) == 0 ? 20_000 : 9_999), 3);
    }

    private static String binancePrice(Random random) {
        return decimal(6_180_000 + random.nextInt(20_000), 2) + "000000";
    }

    private static String binanceQuantity(Random random) {
        return decimal(1 + random.nextInt(200_000), 5) + "000";
    }

    private static String decimal(int units, int decimals) {
        String digits = String.format("%0" + (decimals + 1) + "d", units);
        int point = digits.length() - decimals;
        return digits.substring(0, point) + '.' + digits.substring(point);
    }
}
