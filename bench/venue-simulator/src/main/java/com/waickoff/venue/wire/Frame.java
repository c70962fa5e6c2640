package com.waickoff.venue.wire;

import java.util.Arrays;

/**
 * One item of a recording: its text, and beside it the trades that the text tells, so that a test
 * knows what a frame meant without decoding it. Reused; not thread safe.
 */
public final class Frame {
    /** For items that belong to the connection, not to an instrument. */
    public static final int NO_INSTRUMENT = -1;

    private final WireText text = new WireText();
    private long receiveTimeNs;
    private FrameContent content = FrameContent.CONTROL;
    private int instrument = NO_INSTRUMENT;
    private int bodyOffset;
    private int tradeCount;
    private long[] tradeIds = new long[16];
    private long[] tradeTimesMs = new long[16];
    private long[] tradePriceTicks = new long[16];
    private long[] tradeLots = new long[16];
    private boolean[] tradeBuys = new boolean[16];

    /** Starts a new item. */
    public Frame begin(FrameContent newContent, int newInstrument) {
        text.clear();
        content = newContent;
        instrument = newInstrument;
        bodyOffset = 0;
        tradeCount = 0;
        return this;
    }

    public Frame copyFrom(Frame other) {
        begin(other.content, other.instrument);
        receiveTimeNs = other.receiveTimeNs;
        bodyOffset = other.bodyOffset;
        text.append(other.text.bytes(), 0, other.text.length());
        for (int i = 0; i < other.tradeCount; i++) {
            addTrade(other.tradeIds[i], other.tradeTimesMs[i], other.tradePriceTicks[i],
                    other.tradeLots[i], other.tradeBuys[i]);
        }
        return this;
    }

    /** The payload; of an HTTP answer the URL, a TAB and the body. */
    public WireText text() {
        return text;
    }

    public FrameContent content() {
        return content;
    }

    /** Number of the instrument, or {@link #NO_INSTRUMENT}. */
    public int instrument() {
        return instrument;
    }

    /** Where the body of an HTTP answer begins in the text; 0 for all else. */
    public int bodyOffset() {
        return bodyOffset;
    }

    /** Receive time, ns since the epoch. */
    public long receiveTimeNs() {
        return receiveTimeNs;
    }

    public Frame receiveTimeNs(long newReceiveTimeNs) {
        receiveTimeNs = newReceiveTimeNs;
        return this;
    }

    /** Number of trades that the text tells. */
    public int tradeCount() {
        return tradeCount;
    }

    /** The venue's trade id; on Bybit, whose ids are UUIDs, the number behind the UUID. */
    public long tradeId(int index) {
        return tradeIds[index];
    }

    public long tradeTimeMs(int index) {
        return tradeTimesMs[index];
    }

    public long tradePriceTicks(int index) {
        return tradePriceTicks[index];
    }

    public long tradeLots(int index) {
        return tradeLots[index];
    }

    public boolean tradeBuy(int index) {
        return tradeBuys[index];
    }

    public void clearTrades() {
        tradeCount = 0;
    }

    /** Exchanges two trades, as was done in the text. */
    public void swapTrades(int one, int other) {
        swap(tradeIds, one, other);
        swap(tradeTimesMs, one, other);
        swap(tradePriceTicks, one, other);
        swap(tradeLots, one, other);
        boolean buy = tradeBuys[one];
        tradeBuys[one] = tradeBuys[other];
        tradeBuys[other] = buy;
    }

    void markBody() {
        bodyOffset = text.length();
    }

    void addTrade(long id, long timeMs, long priceTicks, long lots, boolean buy) {
        if (tradeCount == tradeIds.length) {
            int capacity = 2 * tradeCount;
            tradeIds = Arrays.copyOf(tradeIds, capacity);
            tradeTimesMs = Arrays.copyOf(tradeTimesMs, capacity);
            tradePriceTicks = Arrays.copyOf(tradePriceTicks, capacity);
            tradeLots = Arrays.copyOf(tradeLots, capacity);
            tradeBuys = Arrays.copyOf(tradeBuys, capacity);
        }
        tradeIds[tradeCount] = id;
        tradeTimesMs[tradeCount] = timeMs;
        tradePriceTicks[tradeCount] = priceTicks;
        tradeLots[tradeCount] = lots;
        tradeBuys[tradeCount] = buy;
        tradeCount++;
    }

    private static void swap(long[] values, int one, int other) {
        long value = values[one];
        values[one] = values[other];
        values[other] = value;
    }
}
