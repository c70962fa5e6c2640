package com.waickoff.venue.serve;

import com.waickoff.venue.wire.WireText;

/**
 * The book of a topic that begins with a snapshot, kept so that who comes later gets one too.
 * Belongs to the event loop.
 */
final class KeptTopic {
    private static final byte[] TYPE = WireScan.key("type");
    private static final byte[] SNAPSHOT = WireScan.key("snapshot");
    private static final byte[] UPDATE_ID = WireScan.key("u");
    private static final byte[] SEQUENCE = WireScan.key("seq");
    private static final byte[] TIME = WireScan.key("ts");
    private static final byte[] MATCH_TIME = WireScan.key("cts");

    private final MarketStream stream;
    private final KeptBook book = new KeptBook();
    private long updateId;
    private long sequence;
    private long timeMs;
    private long matchTimeMs;
    private boolean known;
    private boolean spot;

    KeptTopic(MarketStream stream) {
        this.stream = stream;
    }

    void onFrame(byte[] bytes, int start, int length) {
        int end = start + length;
        long id = WireScan.number(bytes, start, end, UPDATE_ID);
        int type = WireScan.value(bytes, start, end, TYPE);
        if (id < 0 || type < 0) {
            return;
        }
        if (WireScan.isAt(bytes, type, SNAPSHOT) || id == 1) {
            book.clear();
            known = true;
        }
        // Spot has an order of members of its own.
        spot = type > WireScan.value(bytes, start, end, TIME);
        if (known) {
            book.apply(bytes, start, end);
            updateId = id;
            sequence = WireScan.number(bytes, start, end, SEQUENCE);
            timeMs = WireScan.number(bytes, start, end, TIME);
            matchTimeMs = WireScan.number(bytes, start, end, MATCH_TIME);
        }
    }

    /** Whether a whole book has been told. */
    boolean isKnown() {
        return known;
    }

    /** Levels a side of the topic. */
    int depth() {
        return stream.depth();
    }

    KeptBook book() {
        return book;
    }

    /** A snapshot of what has been told, for one who has not heard it. */
    WireText snapshot() {
        WireText text = new WireText();
        text.append("{\"topic\":\"").append(stream.nameBytes()).append('"');
        if (spot) {
            text.append(",\"ts\":").append(Math.max(0, timeMs))
                    .append(",\"type\":\"snapshot\"");
        } else {
            text.append(",\"type\":\"snapshot\",\"ts\":").append(Math.max(0, timeMs));
        }
        text.append(",\"data\":{\"s\":\"").append(stream.symbol()).append("\",\"b\":[");
        book.append(text, true, Integer.MAX_VALUE);
        text.append("],\"a\":[");
        book.append(text, false, Integer.MAX_VALUE);
        return text.append("],\"u\":").append(updateId).append(",\"seq\":")
                .append(Math.max(0, sequence)).append("},\"cts\":")
                .append(Math.max(0, matchTimeMs)).append('}');
    }

    /** Appends the result of a REST request for so many levels a side. */
    void appendResult(WireText text, int most) {
        text.append("{\"s\":\"").append(stream.symbol()).append("\",\"b\":[");
        book.append(text, true, most);
        text.append("],\"a\":[");
        book.append(text, false, most);
        text.append("],\"ts\":").append(Math.max(0, timeMs)).append(",\"u\":").append(updateId)
                .append(",\"seq\":").append(Math.max(0, sequence)).append(",\"cts\":")
                .append(Math.max(0, matchTimeMs)).append('}');
    }
}
