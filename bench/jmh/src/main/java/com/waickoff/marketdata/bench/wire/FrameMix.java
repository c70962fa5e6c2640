package com.waickoff.marketdata.bench.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Frames of Bybit linear, one instrument, in a fixed cycle of ten: five of one trade, four book
 * updates of eight levels, one of ten trades. Every frame is a template of fixed width in which only
 * times, ids and quantities are written anew, so that making one costs little beside sending it.
 *
 * <pre>
 *   place in the cycle   0  1  2  3  4  5  6  7  8  9
 *   kind                 t  b  t  b  T  b  t  b  t  t       t: one trade, T: ten, b: book
 * </pre>
 *
 * <p>Threads: one.
 */
public final class FrameMix {
    /** Frames in a cycle. */
    static final int CYCLE = 10;
    /** Levels a side of the snapshot that comes first. */
    static final int SNAPSHOT_LEVELS = 200;

    private static final String SYMBOL = "BTCUSDT";
    private static final int[] TRADES = {1, 0, 1, 0, 10, 0, 1, 0, 1, 1};
    private static final int TRADES_A_CYCLE = 15;
    private static final int BOOKS_A_CYCLE = 4;
    private static final int MID_TICKS = 971_000;
    private static final int BOOK_SIDE_LEVELS = 4;
    private static final int TICKS_TRADED = 16;
    private static final int TIME_DIGITS = 13;
    private static final int SEQUENCE_DIGITS = 12;
    private static final int UPDATE_DIGITS = 9;
    private static final int ID_DIGITS = 12;
    private static final int QUANTITY_DIGITS = 3;
    private static final int DECIMAL = 10;
    private static final int SHORT_HEADER = 2;
    private static final int LONG_HEADER = 4;
    private static final int LONGEST_SHORT = 125;
    private static final int FIRST_TEXT = 0x81;
    private static final int LENGTH_16 = 126;
    private static final long FIRST_UPDATE = 100_000_000L;
    private static final long FIRST_SEQUENCE = 100_000_000_000L;

    private final Template oneTrade = new Template(trades(1));
    private final Template tenTrades = new Template(trades(DECIMAL));
    private final Template book = new Template(book());
    private long frames;
    private long trades;
    private long books;

    /** A frame whose variable fields are marked by letters in the text it is made from. */
    private static final class Template {
        private final ByteBuffer frame;
        private final int[] times;
        private final int[] sequences;
        private final int[] updates;
        private final int[] ids;
        private final int[] quantities;
        private final int[] prices;

        Template(String text) {
            byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
            frame = framed(payload);
            int header = frame.limit() - payload.length;
            times = places(text, "t".repeat(TIME_DIGITS), header);
            sequences = places(text, "s".repeat(SEQUENCE_DIGITS), header);
            updates = places(text, "u".repeat(UPDATE_DIGITS), header);
            ids = places(text, "i".repeat(ID_DIGITS), header);
            quantities = places(text, "q".repeat(QUANTITY_DIGITS), header);
            prices = places(text, "p".repeat(2), header);
        }

        private static int[] places(String text, String mark, int offset) {
            List<Integer> places = new ArrayList<>();
            int at = text.indexOf(mark);
            while (at >= 0) {
                places.add(at + offset);
                at = text.indexOf(mark, at + mark.length());
            }
            return places.stream().mapToInt(Integer::intValue).toArray();
        }

        void put(int[] places, int digits, long first, int step) {
            for (int i = 0; i < places.length; i++) {
                putDigits(places[i], digits, first + (long) i * step);
            }
        }

        private void putDigits(int at, int digits, long value) {
            long rest = value;
            for (int i = at + digits - 1; i >= at; i--) {
                frame.put(i, (byte) ('0' + rest % DECIMAL));
                rest /= DECIMAL;
            }
        }
    }

    /**
     * The next frame, header included.
     *
     * @param timeMs of its trades, or of its book, in ms since the epoch
     */
    public ByteBuffer next(long timeMs) {
        int count = TRADES[(int) (frames % CYCLE)];
        Template template = count == 0 ? book : count == 1 ? oneTrade : tenTrades;
        template.put(template.times, TIME_DIGITS, timeMs, 0);
        template.put(template.sequences, SEQUENCE_DIGITS, FIRST_SEQUENCE + frames, 0);
        template.put(template.quantities, QUANTITY_DIGITS, 1 + frames % 900, 7);
        if (count == 0) {
            books++;
            template.put(template.updates, UPDATE_DIGITS, FIRST_UPDATE + books, 0);
        } else {
            template.put(template.ids, ID_DIGITS, trades, 1);
            template.put(template.prices, 2, 10 + trades % TICKS_TRADED, 1);
            trades += count;
        }
        frames++;
        template.frame.rewind();
        return template.frame;
    }

    /** The frame that begins the book. */
    public static ByteBuffer snapshot(long timeMs) {
        StringBuilder text = new StringBuilder("{\"topic\":\"orderbook.200." + SYMBOL
                + "\",\"type\":\"snapshot\",\"ts\":" + timeMs + ",\"data\":{\"s\":\"" + SYMBOL
                + "\",\"b\":[");
        side(text, -1);
        text.append("],\"a\":[");
        side(text, 1);
        return framed(text.append("],\"u\":").append(FIRST_UPDATE).append(",\"seq\":")
                .append(FIRST_SEQUENCE).append("},\"cts\":").append(timeMs).append('}').toString()
                .getBytes(StandardCharsets.US_ASCII));
    }

    /** A text message, unmasked as servers send them. */
    static ByteBuffer framed(byte[] payload) {
        boolean isShort = payload.length <= LONGEST_SHORT;
        ByteBuffer frame = ByteBuffer.allocateDirect(
                payload.length + (isShort ? SHORT_HEADER : LONG_HEADER));
        frame.put((byte) FIRST_TEXT);
        if (isShort) {
            frame.put((byte) payload.length);
        } else {
            frame.put((byte) LENGTH_16).putShort((short) payload.length);
        }
        return frame.put(payload).flip();
    }

    /** How many frames were made when the book showed this update id; 0 if it shows none yet. */
    static long framesOfUpdate(long updateId) {
        long count = updateId - FIRST_UPDATE;
        return count <= 0 ? 0 : lastFrame(count, BOOKS_A_CYCLE, true);
    }

    /** How many frames were made when so many trades had been. */
    static long framesOfTrades(long tradeCount) {
        return tradeCount == 0 ? 0 : lastFrame(tradeCount, TRADES_A_CYCLE, false);
    }

    /** Whether the frame is a book update. */
    static boolean isBook(long frame) {
        return TRADES[(int) (frame % CYCLE)] == 0;
    }

    private static long lastFrame(long count, int aCycle, boolean ofBooks) {
        long cycles = (count - 1) / aCycle;
        long rest = count - cycles * aCycle;
        int place = -1;
        while (rest > 0) {
            place++;
            rest -= ofBooks ? TRADES[place] == 0 ? 1 : 0 : TRADES[place];
        }
        return cycles * CYCLE + place + 1;
    }

    private static void side(StringBuilder text, int sign) {
        for (int level = 1; level <= SNAPSHOT_LEVELS; level++) {
            text.append(level == 1 ? "" : ",").append("[\"").append(price(sign * level))
                    .append("\",\"1.500\"]");
        }
    }

    private static String price(int ticksFromMid) {
        int ticks = MID_TICKS + ticksFromMid;
        return ticks / DECIMAL + "." + ticks % DECIMAL + "0";
    }

    private static String trades(int count) {
        StringBuilder text = new StringBuilder("{\"topic\":\"publicTrade." + SYMBOL
                + "\",\"type\":\"snapshot\",\"ts\":" + "t".repeat(TIME_DIGITS) + ",\"data\":[");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",").append("{\"T\":").append("t".repeat(TIME_DIGITS))
                    .append(",\"s\":\"" + SYMBOL + "\",\"S\":\"").append(i % 2 == 0 ? "Buy"
                            : "Sell")
                    .append("\",\"v\":\"0.").append("q".repeat(QUANTITY_DIGITS))
                    .append("\",\"p\":\"971pp.00\",\"L\":\"PlusTick\",\"i\":\"6f1ec2ab-").append(
                            "0d5c-5a5b-8e3f-")
                    .append("i".repeat(ID_DIGITS)).append("\",\"BT\":false,\"RPI\":false,\"seq\":")
                    .append("s".repeat(SEQUENCE_DIGITS)).append('}');
        }
        return text.append("]}").toString();
    }

    private static String book() {
        StringBuilder text = new StringBuilder("{\"topic\":\"orderbook.200." + SYMBOL
                + "\",\"type\":\"delta\",\"ts\":" + "t".repeat(TIME_DIGITS)
                + ",\"data\":{\"s\":\"" + SYMBOL + "\",\"b\":[");
        levels(text, -1);
        text.append("],\"a\":[");
        levels(text, 1);
        return text.append("],\"u\":").append("u".repeat(UPDATE_DIGITS)).append(",\"seq\":")
                .append("s".repeat(SEQUENCE_DIGITS)).append("},\"cts\":")
                .append("t".repeat(TIME_DIGITS)).append('}').toString();
    }

    private static void levels(StringBuilder text, int sign) {
        for (int level = 1; level <= BOOK_SIDE_LEVELS; level++) {
            text.append(level == 1 ? "" : ",").append("[\"").append(price(sign * level * 3))
                    .append("\",\"1.").append("q".repeat(QUANTITY_DIGITS)).append("\"]");
        }
    }
}
