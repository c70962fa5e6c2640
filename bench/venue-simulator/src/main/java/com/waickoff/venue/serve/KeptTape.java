package com.waickoff.venue.serve;

import com.waickoff.venue.recording.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;

/** The last trades of a symbol as they were told. Belongs to the event loop. */
final class KeptTape {
    private static final byte[] PRICE = WireScan.key("p");
    private static final byte[] TIME = WireScan.key("T");
    private static final byte[] MAKER = WireScan.key("m");
    private static final byte[] ORIGIN = WireScan.key("X");
    /** Prints that are no trades of the book. */
    private static final byte[][] NOT_OF_THE_BOOK = {quoted("NA"), quoted("INSURANCE_FUND"),
            quoted("ADL")};
    private static final long FIRST_GROUP = 1_000_000;

    /** One told text. */
    static final class Told {
        private final byte[] text;
        private final long group;
        private final boolean ofTheBook;

        Told(byte[] text, long group, boolean ofTheBook) {
            this.text = text;
            this.group = group;
            this.ofTheBook = ofTheBook;
        }

        /** Whether it is a trade of the book: other prints are told, and not repeated. */
        boolean isOfTheBook() {
            return ofTheBook;
        }

        /** Number of the aggregate it belongs to, where fills are told apart. */
        long group() {
            return group;
        }

        /** The number of a key, found without reading the rest; -1 without one. */
        long number(byte[] key) {
            return WireScan.number(text, 0, text.length, key);
        }

        /** The price of the last trade it tells; empty without one. */
        String lastPrice() {
            String price = "";
            int at = WireScan.value(text, 0, text.length, PRICE);
            while (at != WireScan.MISSING) {
                price = WireScan.text(text, at - PRICE.length - 1, text.length, PRICE);
                at = WireScan.value(text, at, text.length, PRICE);
            }
            return price;
        }

        /** The text as a tree; an empty object if it is none. */
        Json read() {
            try {
                return Json.parse(new String(text, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return new Json.Members(new LinkedHashMap<>());
            }
        }
    }

    private final ArrayDeque<Told> told = new ArrayDeque<>();
    private final int mostTexts;
    private final int mostBytes;
    private final boolean groups;
    private int bytes;
    private boolean cutOff;
    private long group = FIRST_GROUP - 1;
    private byte[] lastPrice = new byte[0];
    private long lastTimeMs;
    private byte lastMaker;

    /** @param groups whether fills of one order at one price are to be told apart from others */
    KeptTape(int mostTexts, int mostBytes, boolean groups) {
        this.mostTexts = mostTexts;
        this.mostBytes = mostBytes;
        this.groups = groups;
    }

    /** Whether a told print is a trade of the book. */
    static boolean isOfTheBook(byte[] bytes, int start, int length) {
        int origin = WireScan.value(bytes, start, start + length, ORIGIN);
        for (byte[] other : NOT_OF_THE_BOOK) {
            if (WireScan.isAt(bytes, origin, other)) {
                return false;
            }
        }
        return true;
    }

    void add(byte[] source, int start, int length) {
        byte[] text = Arrays.copyOfRange(source, start, start + length);
        boolean ofTheBook = isOfTheBook(text, 0, text.length);
        if (groups && ofTheBook) {
            findGroup(text);
        } else {
            // The ids of an aggregate are those of its fills: what comes behind begins another one.
            lastPrice = new byte[0];
        }
        told.add(new Told(text, group, ofTheBook));
        bytes += length;
        while (told.size() > mostTexts || bytes > mostBytes) {
            cutOff = true;
            bytes -= told.remove().text.length;
        }
    }

    /** Whether older ones have been let go. */
    boolean isCutOff() {
        return cutOff;
    }

    /** Oldest first. */
    Collection<Told> told() {
        return told;
    }

    /** Newest first. */
    Iterable<Told> newest() {
        return told::descendingIterator;
    }

    private static byte[] quoted(String text) {
        return ('"' + text + '"').getBytes(StandardCharsets.US_ASCII);
    }

    private void findGroup(byte[] text) {
        int price = WireScan.value(text, 0, text.length, PRICE);
        int maker = WireScan.value(text, 0, text.length, MAKER);
        long timeMs = WireScan.number(text, 0, text.length, TIME);
        if (price < 0 || maker < 0) {
            return;
        }
        boolean same = lastPrice.length > 0 && timeMs == lastTimeMs && text[maker] == lastMaker
                && WireScan.isAt(text, price, lastPrice);
        if (same) {
            return;
        }
        group++;
        int priceEnd = price + 1;
        while (priceEnd < text.length && text[priceEnd] != '"') {
            priceEnd++;
        }
        // With its closing quote, so that no price is the beginning of another one.
        lastPrice = Arrays.copyOfRange(text, price, Math.min(text.length, priceEnd + 1));
        lastTimeMs = timeMs;
        lastMaker = text[maker];
    }
}
