package com.waickoff.venue.serve;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A frame that says something else than it should. */
final class FrameChange {
    private static final byte[] TYPE = WireScan.key("type");
    private static final byte[] DELTA = "\"delta\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BIDS = WireScan.key("b");
    private static final byte[] TIME = WireScan.key("T");
    private static final byte[] NEW_FIELD = "\"zz\":{\"a\":[1,\"x\",null,true,{}]},"
            .getBytes(StandardCharsets.US_ASCII);
    private static final long YEAR_MS = 365L * 24 * 3_600_000;
    private static final int WILD_TIMES = 3;
    /** Levels of partial books and of best prices, by which a wrong quantity can be found. */
    private static final int BINANCE_REACH = 5;
    private static final int BYBIT_REACH = 1;
    /** A bid at the third ask stays crossed for a while. */
    private static final int CROSSED_PLACE = 2;

    private final byte[] bytes;
    private final int length;
    private final int innerStart;
    private final int innerLength;

    private FrameChange(byte[] bytes, int innerStart, int innerLength) {
        this.bytes = bytes;
        this.length = bytes.length;
        this.innerStart = innerStart;
        this.innerLength = innerLength;
    }

    /**
     * Changes a frame as a fault does.
     *
     * @param turn number of the change, where changes take turns
     * @return null if it cannot befall this frame
     */
    static @Nullable FrameChange of(LineFault fault, Exchange exchange, MarketStream stream,
            byte[] bytes, int start, int length, int innerStart, int innerLength, long turn) {
        byte[] frame = Arrays.copyOfRange(bytes, start, start + length);
        FrameChange whole = new FrameChange(frame, innerStart - start, innerLength);
        return switch (fault) {
            case CORRUPT_LEVEL -> whole.corrupted(exchange, stream);
            case CROSS -> whole.crossed(exchange, stream);
            case WILD_TIME -> whole.mistimed(stream, turn);
            case NEW_FIELD -> whole.replaced(whole.innerStart + 1, 0, NEW_FIELD);
            default -> throw new IllegalArgumentException(fault + " changes no frame");
        };
    }

    /** The changed frame, from the first byte to the last one. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Where the bare payload begins. */
    int innerStart() {
        return innerStart;
    }

    int innerLength() {
        return innerLength;
    }

    private @Nullable FrameChange corrupted(Exchange exchange, MarketStream stream) {
        KeptBook book = book(exchange, stream);
        if (book == null) {
            return null;
        }
        int reach = exchange.venue().isBybit() ? BYBIT_REACH : BINANCE_REACH;
        int at = book.quantityNearTop(bytes, innerStart, innerStart + innerLength, reach);
        if (at == WireScan.MISSING) {
            return null;
        }
        while (bytes[at] == '0' || bytes[at] == '.') {
            at++;
        }
        byte other = bytes[at] == '9' ? (byte) '1' : (byte) (bytes[at] + 1);
        return replaced(at, 1, new byte[]{other});
    }

    private @Nullable FrameChange crossed(Exchange exchange, MarketStream stream) {
        KeptBook book = book(exchange, stream);
        int bids = WireScan.value(bytes, innerStart, innerStart + innerLength, BIDS);
        if (book == null || bids == WireScan.MISSING) {
            return null;
        }
        byte[] ask = book.levelAt(false, CROSSED_PLACE);
        int first = WireScan.skipSpace(bytes, bids + 1, length);
        if (ask.length == 0 || bytes[bids] != '[') {
            return null;
        }
        boolean alone = bytes[first] == ']';
        byte[] level = Arrays.copyOf(ask, ask.length + (alone ? 0 : 1));
        if (!alone) {
            level[ask.length] = ',';
        }
        return replaced(first, 0, level);
    }

    private @Nullable FrameChange mistimed(MarketStream stream, long turn) {
        int at = WireScan.value(bytes, innerStart, innerStart + innerLength, TIME);
        if (!stream.kind().isTape() || at == WireScan.MISSING) {
            return null;
        }
        int end = WireScan.digitsEnd(bytes, at, length);
        String time = switch ((int) (turn % WILD_TIMES)) {
            case 0 -> "0";
            case 1 -> Long.toString(WireScan.number(bytes, at, end) + YEAR_MS);
            default -> "-1";
        };
        return end == at
                ? null
                : replaced(at, end - at, time.getBytes(StandardCharsets.US_ASCII));
    }

    /** The true book behind a frame that tells what changes in it. */
    private @Nullable KeptBook book(Exchange exchange, MarketStream stream) {
        if (stream.kind() == StreamKind.DIFFERENCES) {
            KeptDifferences kept = exchange.kept().differences(stream.symbol());
            return kept == null ? null : kept.book();
        }
        KeptTopic topic = exchange.kept().topic(stream.name());
        int type = WireScan.value(bytes, innerStart, innerStart + innerLength, TYPE);
        return topic != null && WireScan.isAt(bytes, type, DELTA) ? topic.book() : null;
    }

    private FrameChange replaced(int at, int count, byte[] letters) {
        byte[] text = new byte[length - count + letters.length];
        System.arraycopy(bytes, 0, text, 0, at);
        System.arraycopy(letters, 0, text, at, letters.length);
        System.arraycopy(bytes, at + count, text, at + letters.length, length - at - count);
        return new FrameChange(text, innerStart, innerLength - count + letters.length);
    }
}
