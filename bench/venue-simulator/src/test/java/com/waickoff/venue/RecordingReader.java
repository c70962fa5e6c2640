package com.waickoff.venue;

import com.waickoff.venue.recording.Json;
import com.waickoff.venue.reference.ReferenceBook;
import com.waickoff.venue.reference.ReferenceTape;
import com.waickoff.venue.reference.ReferenceTrade;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads recordings of the three venues by their documentation, knowing nothing of the encoders:
 * trees of JSON, exact decimals, every difference kept. Reads real recordings and made ones alike.
 */
public final class RecordingReader {
    /** A book and what it takes to keep it in step. */
    private static final class SyncedBook {
        final ReferenceBook book = new ReferenceBook();
        final List<Json> differences = new ArrayList<>();
        final TreeMap<Long, Json> bestPrices = new TreeMap<>();
        boolean answered;
        boolean synced;
        boolean joined;
        long lastId;
    }

    private static final Set<String> NOT_OF_THE_BOOK = Set.of("NA", "INSURANCE_FUND", "ADL");

    private final Venue venue;
    private final ReferenceTape tape;
    private final Map<String, SyncedBook> books = new TreeMap<>();
    private final Set<String> tradeIds = new HashSet<>();
    private final Map<String, Long> lastTradeIds = new HashMap<>();
    private int frames;
    private int unreadable;
    private int unfitting;
    private int duplicates;
    private int brokenChains;
    private int tradeGaps;
    private int bestPricesChecked;
    private int bestPricesWrong;
    private long lastReceiveNs;
    private boolean receiveTimesGoBack;

    public RecordingReader(Venue venue, Map<String, BigDecimal> tickSizes) {
        this.venue = venue;
        this.tape = new ReferenceTape(tickSizes, 1);
    }

    public RecordingReader read(Path file) throws IOException {
        ProjectFiles.lines(file).forEach(this::readLine);
        return this;
    }

    /** Takes a line: receive time, kind, payload. */
    public void readLine(String line) {
        String[] parts = line.split("\t", 3);
        long receiveNs = Long.parseLong(parts[0]);
        receiveTimesGoBack |= receiveNs < lastReceiveNs;
        lastReceiveNs = receiveNs;
        if (parts[1].equals("H")) {
            readAnswer(parts[2]);
        } else if (parts[1].equals("R")) {
            frames++;
            readFrame(parts[2]);
        }
    }

    public ReferenceTape tape() {
        return tape;
    }

    /** The last synced books by instrument. */
    public SortedMap<String, ReferenceBook> books() {
        SortedMap<String, ReferenceBook> synced = new TreeMap<>();
        books.forEach((instrument, book) -> {
            if (book.answered) {
                synced.put(instrument, book.book);
            }
        });
        return synced;
    }

    public int frames() {
        return frames;
    }

    /** Frames that are no JSON. */
    public int unreadable() {
        return unreadable;
    }

    /** Frames with a quantity of more than 10 decimals or 18 digits. */
    public int unfitting() {
        return unfitting;
    }

    /** Trades that had come before. */
    public int duplicates() {
        return duplicates;
    }

    /** Book differences that did not follow from what was there. */
    public int brokenChains() {
        return brokenChains;
    }

    /** Steps of trade ids by other than one. */
    public int tradeGaps() {
        return tradeGaps;
    }

    /** Best prices that bore the id of a book difference. */
    public int bestPricesChecked() {
        return bestPricesChecked;
    }

    /** Those of them that told another best price than the book. */
    public int bestPricesWrong() {
        return bestPricesWrong;
    }

    public boolean receiveTimesGoBack() {
        return receiveTimesGoBack;
    }

    private void readFrame(String payload) {
        Json frame;
        try {
            frame = Json.parse(payload);
        } catch (IllegalArgumentException e) {
            unreadable++;
            return;
        }
        if (venue.isBybit()) {
            readBybit(frame);
        } else if (frame.has("stream")) {
            readBinance(frame.get("stream").value(), frame.get("data"));
        }
    }

    private void readBybit(Json frame) {
        String topic = frame.has("topic") ? frame.get("topic").value() : "";
        if (topic.startsWith("publicTrade.")) {
            for (Json trade : frame.get("data").list()) {
                addTrade(trade.get("s").value(), trade.get("T").value(), trade.get("p").value(),
                        trade.get("v").value(), trade.get("S").value().equals("Buy"),
                        trade.get("i").value(), OptionalLong.empty());
            }
        } else if (topic.startsWith("orderbook.200.")) {
            Json data = frame.get("data");
            SyncedBook synced = book(data.get("s").value());
            long id = longOf(data, "u");
            if (misfits(data)) {
                unfitting++;
                synced.synced = false;
                return;
            }
            if (frame.get("type").value().equals("snapshot") || id == 1) {
                synced.book.clear();
                synced.answered = true;
                synced.synced = true;
            } else if (synced.synced && id != synced.lastId + 1) {
                synced.synced = false;
                brokenChains++;
            }
            if (synced.synced) {
                apply(synced.book, data, "b", "a");
            }
            synced.lastId = id;
        }
    }

    private void readBinance(String stream, Json data) {
        String symbol = data.get("s").value();
        if (stream.endsWith("@trade")) {
            readBinanceTrade(symbol, data);
        } else if (stream.contains("@depth")) {
            SyncedBook synced = book(symbol);
            if (misfits(data)) {
                unfitting++;
                return;
            }
            synced.differences.add(data);
            if (synced.answered) {
                follow(synced, data);
            }
        } else if (stream.endsWith("@bookTicker")) {
            SyncedBook synced = book(symbol);
            synced.bestPrices.put(longOf(data, "u"), data);
            checkBestPrices(synced);
        }
    }

    private void readBinanceTrade(String symbol, Json data) {
        long id = longOf(data, "t");
        Long last = lastTradeIds.put(symbol, id);
        if (last != null && id != last + 1) {
            tradeGaps++;
        }
        boolean offBook = data.has("X") && NOT_OF_THE_BOOK.contains(data.get("X").value());
        if (!offBook) {
            addTrade(symbol, data.get("T").value(), data.get("p").value(), data.get("q").value(),
                    data.get("m").value().equals("false"), data.get("t").value(),
                    OptionalLong.of(id));
        }
    }

    private void addTrade(String symbol, String timeMs, String price, String quantity, boolean buy,
            String id, OptionalLong chainId) {
        if (misfits(quantity)) {
            unfitting++;
        } else if (tradeIds.add(symbol + " " + id)) {
            tape.add(new ReferenceTrade(venue.label() + ":" + symbol, Long.parseLong(timeMs),
                    new BigDecimal(price), new BigDecimal(quantity), buy, chainId));
        } else {
            duplicates++;
        }
    }

    private void readAnswer(String payload) {
        String[] urlAndBody = payload.split("\t", 2);
        String symbol = urlAndBody[0].replaceAll(".*symbol=(\\w+).*", "$1");
        Json body = Json.parse(urlAndBody[1]);
        SyncedBook synced = book(symbol);
        synced.book.clear();
        apply(synced.book, body, "bids", "asks");
        synced.lastId = longOf(body, "lastUpdateId");
        synced.answered = true;
        synced.synced = true;
        synced.joined = false;
        synced.differences.forEach(difference -> follow(synced, difference));
    }

    private void follow(SyncedBook synced, Json data) {
        long first = longOf(data, "U");
        long last = longOf(data, "u");
        boolean spot = venue == Venue.BINANCE_SPOT;
        if (!synced.joined && (spot ? last <= synced.lastId : last < synced.lastId)) {
            return;
        }
        boolean follows;
        if (spot) {
            follows = synced.joined
                    ? first == synced.lastId + 1
                    : first <= synced.lastId + 1 && synced.lastId + 1 <= last;
        } else {
            follows = longOf(data, "pu") == synced.lastId || (!synced.joined
                    && first <= synced.lastId && synced.lastId <= last);
        }
        if (!synced.synced || !follows) {
            brokenChains += synced.synced ? 1 : 0;
            synced.synced = false;
            return;
        }
        apply(synced.book, data, "b", "a");
        synced.joined = true;
        synced.lastId = last;
        checkBestPrices(synced);
    }

    /** At the same update id the best prices and the book must be one; either may come first. */
    private void checkBestPrices(SyncedBook synced) {
        if (!synced.joined || !synced.synced) {
            return;
        }
        Json best = synced.bestPrices.remove(synced.lastId);
        if (best != null) {
            bestPricesChecked++;
            bestPricesWrong += agrees(synced.book, best) ? 0 : 1;
        }
        synced.bestPrices.headMap(synced.lastId).clear();
    }

    private SyncedBook book(String symbol) {
        return books.computeIfAbsent(venue.label() + ":" + symbol, s -> new SyncedBook());
    }

    private static boolean agrees(ReferenceBook book, Json best) {
        return book.bids().firstKey().compareTo(decimal(best, "b")) == 0
                && book.bids().firstEntry().getValue().compareTo(decimal(best, "B")) == 0
                && book.asks().firstKey().compareTo(decimal(best, "a")) == 0
                && book.asks().firstEntry().getValue().compareTo(decimal(best, "A")) == 0;
    }

    private static void apply(ReferenceBook book, Json data, String bids, String asks) {
        for (Json level : data.get(bids).list()) {
            book.set(true, price(level), quantity(level));
        }
        for (Json level : data.get(asks).list()) {
            book.set(false, price(level), quantity(level));
        }
    }

    private static BigDecimal price(Json level) {
        // Keys of a map: 100 and 100.0 must be one.
        return new BigDecimal(level.list().getFirst().value()).stripTrailingZeros();
    }

    private static BigDecimal quantity(Json level) {
        return new BigDecimal(level.list().get(1).value());
    }

    private static boolean misfits(Json data) {
        for (String side : new String[]{"b", "a"}) {
            for (Json level : data.get(side).list()) {
                if (misfits(level.list().get(1).value())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean misfits(String quantity) {
        BigDecimal exact = new BigDecimal(quantity).stripTrailingZeros();
        return exact.scale() > 10 || exact.precision() > 18;
    }

    private static BigDecimal decimal(Json data, String name) {
        return new BigDecimal(data.get(name).value());
    }

    private static long longOf(Json data, String name) {
        return Long.parseLong(data.get(name).value());
    }
}
