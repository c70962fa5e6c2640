package com.waickoff.venue;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.venue.recording.Json;
import com.waickoff.venue.reference.ReferenceBook;
import com.waickoff.venue.wire.Frame;
import com.waickoff.venue.wire.FrameContent;
import com.waickoff.venue.wire.WireSettings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where every stream is asked for, each tells the same market at its own depth and pace. */
class EveryStreamTest {
    private static final long SECOND_NS = 1_000_000_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 200, 1_000})
    void shouldTellEveryDepthOfBybit(int depth) {
        String topic = "orderbook." + depth + ".BTCUSDT";
        List<Json> frames = new ArrayList<>();
        VenueSession session = play(Venue.BYBIT_LINEAR, "\"" + topic + "\"", frames);
        Book book = new Book();
        long lastId = 0;
        for (Json frame : frames) {
            Json data = frame.get("data");
            long id = Long.parseLong(data.get("u").value());
            if (frame.get("type").value().equals("snapshot")) {
                book.clear();
            } else {
                assertThat(id).isEqualTo(lastId + 1);
                assertThat(depth).isNotEqualTo(1);
            }
            book.apply(data, "b", "a");
            lastId = id;
        }

        assertThat(frames).hasSizeGreaterThan(50);
        book.shouldBeTop(session.trueBook(0), depth);
    }

    @ParameterizedTest
    @ValueSource(strings = {"depth", "depth@100ms", "depth@500ms", "depth@0ms"})
    void shouldChainEveryPaceOfUsdm(String name) {
        List<Json> frames = new ArrayList<>();
        VenueSession session = play(Venue.BINANCE_USDM, "btcusdt@" + name, frames);
        Book book = new Book();
        Json answer = frames.removeFirst();
        book.apply(answer, "bids", "asks");
        String lastId = answer.get("lastUpdateId").value();
        for (Json frame : frames) {
            Json data = frame.get("data");
            assertThat(data.get("pu").value()).isEqualTo(lastId);
            assertThat(Long.parseLong(data.get("U").value())).isGreaterThan(Long.parseLong(lastId));
            lastId = data.get("u").value();
            book.apply(data, "b", "a");
        }

        assertThat(frames).hasSizeGreaterThan(30);
        book.shouldBeTop(session.trueBook(0), Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"depth", "depth@100ms"})
    void shouldChainEveryPaceOfSpot(String name) {
        List<Json> frames = new ArrayList<>();
        VenueSession session = play(Venue.BINANCE_SPOT, "btcusdt@" + name, frames);
        Book book = new Book();
        Json answer = frames.removeFirst();
        book.apply(answer, "bids", "asks");
        long lastId = Long.parseLong(answer.get("lastUpdateId").value());
        for (Json frame : frames) {
            Json data = frame.get("data");
            assertThat(data.get("U").value()).isEqualTo(Long.toString(lastId + 1));
            lastId = Long.parseLong(data.get("u").value());
            book.apply(data, "b", "a");
        }

        assertThat(frames).hasSizeGreaterThan(15);
        book.shouldBeTop(session.trueBook(0), Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"depth5", "depth10", "depth20", "depth20@100ms", "depth10@500ms"})
    void shouldTellPartialBooksOfUsdmWhole(String name) {
        List<Json> frames = new ArrayList<>();
        VenueSession session = play(Venue.BINANCE_USDM, "btcusdt@" + name, frames);
        Book book = new Book();
        book.apply(frames.getLast().get("data"), "b", "a");

        assertThat(frames).hasSizeGreaterThan(30);
        book.shouldBeTop(session.trueBook(0), levels(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"depth5", "depth10@100ms", "depth20@100ms"})
    void shouldTellPartialBooksOfSpotWhole(String name) {
        List<Json> frames = new ArrayList<>();
        VenueSession session = play(Venue.BINANCE_SPOT, "btcusdt@" + name, frames);
        Json last = frames.getLast().get("data");
        Book book = new Book();
        book.apply(last, "bids", "asks");

        assertThat(last.has("e")).isFalse();
        book.shouldBeTop(session.trueBook(0), levels(name));
    }

    @Test
    void shouldTellInPartialBooksOfSpotTheIdOfADifference() {
        List<String> ids = new ArrayList<>();
        List<String> partialIds = new ArrayList<>();
        VenueSession session = VenueSession.builder(Venue.BINANCE_SPOT, 6).symbols("BTCUSDT")
                .wire(WireSettings.standard().withEveryStream()).frames(frame -> {
                    String text = frame.text().toString();
                    if (text.startsWith("{\"stream\":\"btcusdt@depth@100ms\"")) {
                        ids.add(Json.parse(text).get("data").get("u").value());
                    } else if (text.startsWith("{\"stream\":\"btcusdt@depth20@100ms\"")) {
                        partialIds.add(Json.parse(text).get("data").get("lastUpdateId").value());
                    }
                }).open();
        session.runFor(20 * SECOND_NS);

        assertThat(partialIds).hasSizeGreaterThan(100).isSubsetOf(ids);
    }

    @ParameterizedTest
    @EnumSource(names = "BINANCE_.*", mode = EnumSource.Mode.MATCH_ALL)
    void shouldAggregateEveryTradeOnce(Venue venue) {
        List<Json> trades = new ArrayList<>();
        List<Json> aggregates = new ArrayList<>();
        VenueSession session = VenueSession.builder(venue, 7)
                .symbols(venue.listings().getFirst().symbol())
                .wire(WireSettings.standard().withEveryStream()).frames(frame -> {
                    if (frame.content() == FrameContent.TRADES) {
                        trades.add(Json.parse(frame.text().toString()).get("data"));
                    } else if (frame.content() == FrameContent.AGGREGATE) {
                        aggregates.add(Json.parse(frame.text().toString()).get("data"));
                    }
                }).open();
        session.runFor(60 * SECOND_NS);
        session.close();
        Map<Long, Json> byId = new TreeMap<>();
        trades.forEach(trade -> byId.put(Long.parseLong(trade.get("t").value()), trade));
        long lastId = Long.parseLong(aggregates.getFirst().get("a").value()) - 1;
        int told = 0;
        for (Json aggregate : aggregates) {
            assertThat(aggregate.get("a").value()).isEqualTo(Long.toString(++lastId));
            BigDecimal sum = BigDecimal.ZERO;
            for (long id = Long.parseLong(aggregate.get("f").value()); id <= Long
                    .parseLong(aggregate.get("l").value()); id++) {
                Json trade = byId.get(id);
                // On futures, prints that are no trades of the book take ids too.
                if (trade != null) {
                    assertThat(trade.get("p").value()).isEqualTo(aggregate.get("p").value());
                    assertThat(trade.get("m").value()).isEqualTo(aggregate.get("m").value());
                    sum = sum.add(new BigDecimal(trade.get("q").value()));
                    told++;
                }
            }
            assertThat(aggregate.get("q").value()).isEqualTo(sum.toPlainString());
        }

        assertThat(told).isEqualTo(trades.size()).isGreaterThan(aggregates.size());
    }

    @ParameterizedTest
    @EnumSource(names = "BYBIT_.*", mode = EnumSource.Mode.MATCH_ALL)
    void shouldTellTheSameBestPricesAtTheSameSequence(Venue venue) {
        Map<String, String> bestBySequence = new TreeMap<>();
        TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>();
        String symbol = venue.listings().getFirst().symbol();
        int[] checked = new int[1];
        VenueSession session = VenueSession.builder(venue, 9).symbols(symbol)
                .wire(WireSettings.standard().withEveryStream()).frames(frame -> {
                    String text = frame.text().toString();
                    if (text.startsWith("{\"topic\":\"orderbook.1.")) {
                        Json data = Json.parse(text).get("data");
                        bestBySequence.put(data.get("seq").value(),
                                data.get("b").list().getFirst().text());
                    } else if (text.startsWith("{\"topic\":\"orderbook.50.")) {
                        Json data = Json.parse(text).get("data");
                        data.get("b").list().forEach(level -> set(bids, level));
                        String best = bestBySequence.get(data.get("seq").value());
                        if (best != null) {
                            Json level = Json.parse(best);
                            assertThat(new BigDecimal(level.list().get(0).value()))
                                    .isEqualByComparingTo(bids.lastKey());
                            assertThat(new BigDecimal(level.list().get(1).value()))
                                    .isEqualByComparingTo(bids.lastEntry().getValue());
                            checked[0]++;
                        }
                    }
                }).open();
        session.runFor(20 * SECOND_NS);

        assertThat(checked[0]).isGreaterThan(100);
    }

    private static void set(TreeMap<BigDecimal, BigDecimal> side, Json level) {
        BigDecimal price = new BigDecimal(level.list().get(0).value());
        BigDecimal quantity = new BigDecimal(level.list().get(1).value());
        if (quantity.signum() == 0) {
            side.remove(price);
        } else {
            side.put(price, quantity);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellTheSameTruthWithMoreStreams(Venue venue) {
        TrueTape few = new TrueTape(venue, venue.listings());
        TrueTape all = new TrueTape(venue, venue.listings());
        VenueSession.builder(venue, 8).truth(few).open().runFor(10 * SECOND_NS);
        VenueSession.builder(venue, 8).truth(all).wire(WireSettings.standard().withEveryStream())
                .open().runFor(10 * SECOND_NS);

        assertThat(all.tape().inTapeOrder(venue.instrument(venue.listings().getFirst())))
                .isNotEmpty()
                .isEqualTo(few.tape().inTapeOrder(venue.instrument(venue.listings().getFirst())));
    }

    /** The frames of one stream; of a stream of differences the whole book stands before them. */
    private static VenueSession play(Venue venue, String name, List<Json> frames) {
        boolean differences = !venue.isBybit() && name.matches(".*@depth(@.*)?");
        VenueSession session = VenueSession.builder(venue, 5).symbols("BTCUSDT")
                .wire(WireSettings.standard().withEveryStream()).frames(frame -> {
                    if (isOf(frame, name)) {
                        frames.add(Json.parse(frame.text().toString()));
                    } else if (differences && frame.content() == FrameContent.BOOK_ANSWER) {
                        frames.add(Json
                                .parse(frame.text().toString().substring(frame.bodyOffset())));
                    }
                }).open();
        session.runFor(20 * SECOND_NS);
        session.close();
        return session;
    }

    private static boolean isOf(Frame frame, String name) {
        String text = frame.text().toString();
        return text.startsWith("{\"stream\":\"" + name + "\"")
                || text.startsWith("{\"topic\":" + name);
    }

    private static int levels(String name) {
        return Integer.parseInt(name.replaceAll("depth(\\d+).*", "$1"));
    }

    /** A book as a reader keeps it. */
    private static final class Book {
        private final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(
                Comparator.reverseOrder());
        private final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();

        void clear() {
            bids.clear();
            asks.clear();
        }

        void apply(Json data, String bidsName, String asksName) {
            data.get(bidsName).list().forEach(level -> apply(bids, level));
            data.get(asksName).list().forEach(level -> apply(asks, level));
        }

        void shouldBeTop(ReferenceBook truth, int depth) {
            assertThat(texts(bids, Integer.MAX_VALUE)).isEqualTo(texts(truth.bids(), depth));
            assertThat(texts(asks, Integer.MAX_VALUE)).isEqualTo(texts(truth.asks(), depth));
        }

        private static void apply(Map<BigDecimal, BigDecimal> side, Json level) {
            BigDecimal price = new BigDecimal(level.list().getFirst().value())
                    .stripTrailingZeros();
            BigDecimal quantity = new BigDecimal(level.list().get(1).value());
            if (quantity.signum() == 0) {
                side.remove(price);
            } else {
                side.put(price, quantity);
            }
        }

        private static List<String> texts(Map<BigDecimal, BigDecimal> side, int most) {
            return side.entrySet().stream().limit(most)
                    .map(level -> level.getKey().stripTrailingZeros().toPlainString() + " "
                            + level.getValue().stripTrailingZeros().toPlainString())
                    .toList();
        }
    }
}
