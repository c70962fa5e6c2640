package com.waickoff.venue;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.MarketSettings;
import com.waickoff.venue.recording.Json;
import com.waickoff.venue.recording.RecordingWriter;
import com.waickoff.venue.reference.ReferenceBook;
import com.waickoff.venue.reference.ReferenceExport;
import com.waickoff.venue.wire.Frame;
import com.waickoff.venue.wire.FrameContent;
import com.waickoff.venue.wire.WireSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VenueSessionTest {
    private static final long SECOND_NS = 1_000_000_000;

    @ParameterizedTest
    @EnumSource
    void shouldTellTheTruthInTheVenuesOwnWords(Venue venue) throws IOException {
        shouldBeReadAsItTrulyIs(venue, 21, WireSettings.standard());
    }

    @ParameterizedTest
    @EnumSource
    void shouldTellTheTruthAcrossFullBooks(Venue venue) throws IOException {
        shouldBeReadAsItTrulyIs(venue, 22, WireSettings.standard().withSnapshotSeconds(5));
    }

    private static void shouldBeReadAsItTrulyIs(Venue venue, long seed, WireSettings wire)
            throws IOException {
        System.out.println(venue + " seed " + seed);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RecordingWriter writer = new RecordingWriter(bytes);
        TrueTape truth = new TrueTape(venue, venue.listings());
        VenueSession session = VenueSession.builder(venue, seed).wire(wire).frames(writer)
                .truth(truth).open();
        session.runFor(20 * SECOND_NS);
        session.close();
        writer.close();

        RecordingReader reader = new RecordingReader(venue,
                VenueSession.tickSizes(venue, venue.listings()));
        bytes.toString(StandardCharsets.UTF_8).lines().forEach(reader::readLine);

        assertThat(reader.unreadable()).isZero();
        assertThat(reader.duplicates()).isZero();
        assertThat(reader.brokenChains()).isZero();
        assertThat(reader.tradeGaps()).isZero();
        assertThat(reader.receiveTimesGoBack()).isFalse();
        assertThat(reader.bestPricesWrong()).isZero();
        if (!venue.isBybit()) {
            assertThat(reader.bestPricesChecked()).isGreaterThan(20);
        }
        assertThat(truth.tape().size()).isGreaterThan(500);
        assertThat(ReferenceExport.windows(reader.tape().windows()))
                .isEqualTo(ReferenceExport.windows(truth.tape().windows()));
        assertThat(ReferenceExport.profiles(reader.tape().windows()))
                .isEqualTo(ReferenceExport.profiles(truth.tape().windows()));
        assertThat(ReferenceExport.books(reader.books()))
                .isEqualTo(ReferenceExport.books(trueBooks(session)))
                .hasSize(1 + 40 * venue.listings().size());
        assertThat(reader.books().values()).noneMatch(ReferenceBook::isCrossed);
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepTheVenuesKeyOrder(Venue venue) {
        Map<FrameContent, String> first = firstOfEach(venue);

        switch (venue) {
            case BYBIT_SPOT -> {
                assertThat(keys(first.get(FrameContent.TRADES))).isEqualTo("topic,ts,type,data");
                assertThat(keys(Json.parse(first.get(FrameContent.TRADES)).get("data").list()
                        .getFirst())).isEqualTo("i,T,p,v,S,seq,s,BT,RPI");
                assertThat(Json.parse(first.get(FrameContent.TRADES)).get("data").list().getFirst()
                        .get("i").value()).matches("229\\d{16}");
                assertThat(keys(first.get(FrameContent.BOOK_DELTA)))
                        .isEqualTo("topic,ts,type,data,cts");
                assertThat(first.get(FrameContent.CONTROL)).contains("\"ret_msg\":\"subscribe\"");
            }
            case BINANCE_COINM -> {
                assertThat(dataKeys(first, FrameContent.TRADES))
                        .isEqualTo("e,E,T,s,t,p,q,X,m,st");
                assertThat(dataKeys(first, FrameContent.BOOK_DELTA))
                        .isEqualTo("e,E,T,s,U,u,pu,b,a,ps,st");
                assertThat(dataKeys(first, FrameContent.BEST_PRICES))
                        .isEqualTo("u,e,s,b,B,a,A,T,E,ps,st");
                assertThat(keys(first.get(FrameContent.BOOK_ANSWER)))
                        .isEqualTo("lastUpdateId,symbol,pair,E,T,bids,asks");
                assertThat(first.get(FrameContent.BOOK_DELTA))
                        .contains("\"s\":\"BTCUSD_PERP\"").contains("\"ps\":\"BTCUSD\",\"st\":2");
            }
            case BYBIT_LINEAR, BYBIT_INVERSE -> {
                assertThat(keys(first.get(FrameContent.TRADES))).isEqualTo("topic,type,ts,data");
                assertThat(keys(Json.parse(first.get(FrameContent.TRADES)).get("data").list()
                        .getFirst())).isEqualTo("T,s,S,v,p,L,i,BT,RPI,seq");
                assertThat(keys(first.get(FrameContent.BOOK_DELTA)))
                        .isEqualTo("topic,type,ts,data,cts");
                assertThat(keys(Json.parse(first.get(FrameContent.BOOK_SNAPSHOT)).get("data")))
                        .isEqualTo("s,b,a,u,seq");
                assertThat(keys(first.get(FrameContent.CONTROL)))
                        .isEqualTo("success,ret_msg,conn_id,req_id,op");
            }
            case BINANCE_USDM -> {
                assertThat(dataKeys(first, FrameContent.TRADES))
                        .isEqualTo("e,E,T,s,t,p,q,X,m,st");
                assertThat(dataKeys(first, FrameContent.OFF_BOOK_PRINT))
                        .isEqualTo("e,E,T,s,t,p,q,X,m,st");
                assertThat(dataKeys(first, FrameContent.BOOK_DELTA))
                        .isEqualTo("e,E,T,s,U,u,pu,b,a,ps,st");
                assertThat(dataKeys(first, FrameContent.BEST_PRICES))
                        .isEqualTo("e,u,s,b,B,a,A,T,E,ps,st");
                assertThat(keys(first.get(FrameContent.BOOK_ANSWER)))
                        .isEqualTo("lastUpdateId,E,T,bids,asks");
            }
            case BINANCE_SPOT -> {
                assertThat(dataKeys(first, FrameContent.TRADES)).isEqualTo("e,E,s,t,p,q,T,m,M");
                assertThat(dataKeys(first, FrameContent.BOOK_DELTA)).isEqualTo("e,E,s,U,u,b,a");
                assertThat(dataKeys(first, FrameContent.BEST_PRICES)).isEqualTo("u,s,b,B,a,A");
                assertThat(keys(first.get(FrameContent.BOOK_ANSWER)))
                        .isEqualTo("lastUpdateId,bids,asks");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldWritePricesAndQuantitiesWithTheVenuesDecimals(Venue venue) {
        Json frame = Json.parse(firstOfEach(venue).get(FrameContent.TRADES));
        Json trade = venue.isBybit()
                ? frame.get("data").list().getFirst()
                : frame.get("data");
        String quantity = trade.get(venue.isBybit() ? "v" : "q").value();

        Listing listing = venue.listings().getFirst();
        boolean eight = venue == Venue.BINANCE_SPOT;
        assertThat(new BigDecimal(trade.get("p").value()).scale())
                .isEqualTo(eight ? 8 : listing.tick().scale());
        assertThat(new BigDecimal(quantity).scale()).isEqualTo(eight ? 8 : listing.lot().scale());
    }

    @Test
    void shouldHoldTwoHundredLevelsASideOnBybit() {
        List<Json> books = new ArrayList<>();
        VenueSession session = VenueSession.builder(Venue.BYBIT_LINEAR, 31).symbols("BTCUSDT")
                .frames(frame -> {
                    if (frame.content() == FrameContent.BOOK_SNAPSHOT
                            || frame.content() == FrameContent.BOOK_DELTA) {
                        books.add(Json.parse(frame.text().toString()).get("data"));
                    }
                }).open();
        session.runFor(60 * SECOND_NS);
        TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>();

        assertThat(books).hasSizeGreaterThan(500);
        for (Json book : books) {
            for (Json level : book.get("b").list()) {
                BigDecimal price = new BigDecimal(level.list().getFirst().value());
                BigDecimal size = new BigDecimal(level.list().get(1).value());
                if (size.signum() == 0) {
                    bids.remove(price);
                } else {
                    bids.put(price, size);
                }
            }
            assertThat(bids).hasSize(200);
        }
    }

    @Test
    void shouldReachThePeaksOfABusyVenue() {
        long[] bySecond = new long[700];
        VenueSession session = VenueSession.builder(Venue.BINANCE_USDM, 41).symbols("BTCUSDT")
                .frames(frame -> bySecond[(int) ((frame.receiveTimeNs()
                        - VenueSession.DEFAULT_START_NS) / SECOND_NS)]++)
                .open();
        session.runFor(600 * SECOND_NS);

        assertThat(Arrays.stream(bySecond).max().orElseThrow()).isGreaterThanOrEqualTo(2_500);
    }

    @Test
    void shouldShareATakersSequenceAmongItsFills() {
        Map<String, Integer> fills = new TreeMap<>();
        List<Integer> tradesAFrame = new ArrayList<>();
        VenueSession session = VenueSession.builder(Venue.BYBIT_LINEAR, 51).symbols("BTCUSDT")
                .frames(frame -> {
                    if (frame.content() == FrameContent.TRADES) {
                        List<Json> trades = Json.parse(frame.text().toString()).get("data").list();
                        tradesAFrame.add(trades.size());
                        trades.forEach(trade -> fills.merge(trade.get("seq").value(), 1,
                                Integer::sum));
                    }
                }).open();
        session.runFor(60 * SECOND_NS);

        assertThat(fills.values()).contains(1).anyMatch(count -> count > 2);
        assertThat(tradesAFrame).contains(1).anyMatch(count -> count > 20);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendTheSameFramesFromTheSameSeed(Venue venue) throws IOException {
        assertThat(recording(venue, 61)).isEqualTo(recording(venue, 61))
                .isNotEqualTo(recording(venue, 62));
    }

    @Test
    void shouldAcceptInstrumentsOfAnyTick() throws IOException {
        Listing tiny = new Listing("TINYUSDT", "0.0000001", "100", "0.0012345", 7);
        List<Frame> trades = new ArrayList<>();
        VenueSession session = VenueSession.builder(Venue.BYBIT_LINEAR, 71)
                .listings(List.of(tiny)).market(MarketSettings.thin()).frames(frame -> {
                    if (frame.content() == FrameContent.TRADES) {
                        trades.add(new Frame().copyFrom(frame));
                    }
                }).open();
        session.runFor(20 * SECOND_NS);

        Json trade = Json.parse(trades.getFirst().text().toString()).get("data").list().getFirst();
        assertThat(trade.get("p").value()).matches("0\\.\\d{7}");
        assertThat(trade.get("v").value()).matches("\\d+00");
    }

    private static String recording(Venue venue, long seed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RecordingWriter writer = new RecordingWriter(bytes);
        VenueSession.builder(venue, seed).frames(writer).open().runFrames(5_000);
        writer.close();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Map<FrameContent, String> firstOfEach(Venue venue) {
        Map<FrameContent, String> first = new EnumMap<>(FrameContent.class);
        VenueSession session = VenueSession.builder(venue, 81)
                .symbols(venue.listings().getFirst().symbol())
                .frames(frame -> first.putIfAbsent(frame.content(),
                        frame.text().toString().substring(frame.bodyOffset())))
                .open();
        session.runFor(60 * SECOND_NS);
        return first;
    }

    private static String dataKeys(Map<FrameContent, String> first, FrameContent content) {
        Json frame = Json.parse(first.get(content));
        assertThat(keys(frame)).isEqualTo("stream,data");
        return keys(frame.get("data"));
    }

    private static String keys(String text) {
        return keys(Json.parse(text));
    }

    private static String keys(Json json) {
        return String.join(",", ((Json.Members) json).byName().keySet());
    }

    private static SortedMap<String, ReferenceBook> trueBooks(VenueSession session) {
        SortedMap<String, ReferenceBook> books = new TreeMap<>();
        for (int i = 0; i < session.listings().size(); i++) {
            Listing listing = session.listings().get(i);
            books.put(session.venue().instrument(listing), session.trueBook(i));
        }
        return books;
    }
}
