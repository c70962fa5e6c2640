package com.waickoff.marketdata.feed.bybit;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.status.Counter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Instruments spread over lines, and two links of one line at once. */
class BybitLinesTest {
    private static final long MS = 1_000_000;
    private static final int ELDER = 0;
    private static final int SUCCESSOR = 1;

    private FeedHarness harness = Frames.connected();

    @AfterEach
    void shouldHaveOneFateForEachFrame() {
        harness.assertConserved();
        harness.close();
    }

    @Test
    void shouldFollowTheEldersTapeUntilTheSuccessorHasBeenHeard() {
        harness.frame(trade(1));
        harness.on(SUCCESSOR).connect();
        acknowledge();
        harness.frame(trade(3));
        harness.on(ELDER).frame(trade(2)).frame(trade(3));
        assertThat(harness.count(Counter.IGNORED_OVERLAP)).isEqualTo(1);
        harness.nowNs += 1_000 * MS;
        harness.on(SUCCESSOR).frame(trade(4)).frame(trade(5));
        harness.on(ELDER).frame(trade(4)).frame(trade(5)).frame(trade(6));
        harness.disconnect();
        harness.on(SUCCESSOR).frame(trade(6)).frame(trade(7));

        assertThat(harness.takeKinds()).containsExactly("FEED_UP", "TRADE", "TRADE", "TRADE",
                "TRADE", "TRADE", "TRADE", "TRADE");
        assertThat(harness.count(Counter.TRADES_DECODED)).isEqualTo(7);
        assertThat(harness.count(Counter.DUPLICATE_TRADES)).isEqualTo(3);
        assertThat(harness.count(Counter.TRADE_GAPS)).isZero();
    }

    @Test
    void shouldDeclareWhatAnEldersEarlyEndMayHaveCost() {
        harness.frame(trade(1));
        harness.on(SUCCESSOR).connect().frame(trade(3));
        harness.on(ELDER).disconnect();
        harness.on(SUCCESSOR).frame(trade(4));
        assertThat(harness.takeKinds()).containsExactly("FEED_UP", "TRADE", "FEED_DOWN", "FEED_UP",
                "TRADE");
    }

    @Test
    void shouldTakeTheBookOfTheSuccessorFromItsSnapshotOn() {
        String snapshot = Frames.read(Frames.SNAPSHOT);
        String delta = Frames.read(Frames.DELTA);
        harness.frame(snapshot).frame(delta);
        harness.takeKinds();
        harness.on(SUCCESSOR).connect().frame(snapshot);
        harness.on(ELDER).frame(delta.replace("\"u\":5001", "\"u\":5002"));
        assertThat(harness.count(Counter.IGNORED_OVERLAP)).isEqualTo(1);
        harness.on(SUCCESSOR).frame(delta);
        harness.on(ELDER).disconnect();
        harness.on(SUCCESSOR).frame(delta.replace("\"u\":5001", "\"u\":5002"));

        assertThat(harness.takeKinds()).doesNotContain("BOOK_RESET");
        assertThat(harness.count(Counter.REJECTED_OUT_OF_SEQUENCE)).isZero();
        assertThat(harness.count(Counter.BOOK_READY)).isEqualTo(1);
    }

    @Test
    void shouldResetABookWhoseLinkEndsBeforeTheSuccessorBroughtOne() {
        harness.frame(Frames.read(Frames.SNAPSHOT));
        harness.takeKinds();
        harness.on(SUCCESSOR).connect();
        harness.on(ELDER).disconnect();
        assertThat(harness.takeKinds()).contains("BOOK_RESET");
        harness.on(SUCCESSOR).frame(Frames.read(Frames.SNAPSHOT));
        assertThat(harness.takeKinds()).endsWith("BOOK_READY");
    }

    @Test
    void shouldSpreadInstrumentsOverLines() {
        List<Instrument> many = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            many.add(InstrumentSource.of(Venue.BYBIT_LINEAR, "COIN" + i + "USDT",
                    new BigDecimal("0.1"), new BigDecimal("0.001"), "COIN" + i, "USDT"));
        }
        harness.close();
        harness = new FeedHarness(ports -> new BybitFeed(Venue.BYBIT_LINEAR, ports,
                BybitSettings.of(many.stream().map(Instrument::symbol).toList()), many), 512);
        int lines = harness.feed.lines();
        assertThat(lines).isEqualTo(3); // of 400 topics each
        int topics = 0;
        for (int line = 0; line < lines; line++) {
            harness.sent.clear();
            harness.on(2 * line).connect();
            for (int i = 0; i < 20; i++) { // as the acknowledgements come
                harness.passTime(100 * MS);
            }
            List<String> names = harness.sent.stream().filter(text -> text.contains("subscribe"))
                    .map(text -> text.substring(text.indexOf('[') + 1, text.indexOf(']')))
                    .flatMap(text -> List.of(text.split(",")).stream()).distinct().toList();
            assertThat(String.join(",", names).length()).isLessThan(21_000);
            topics += (int) names.stream().filter(name -> name.contains("publicTrade")
                    || name.contains("orderbook.200")).count();
        }
        assertThat(topics).isEqualTo(1_000);
    }

    /** The venue takes every subscription. */
    private void acknowledge() {
        for (String request : List.copyOf(harness.sent)) {
            int id = request.indexOf("\"req_id\"");
            if (id >= 0) {
                harness.frame("{\"success\":true,\"ret_msg\":\"\",\"conn_id\":\"c\","
                        + request.substring(id, request.indexOf(',', id))
                        + ",\"op\":\"subscribe\"}");
            }
        }
    }

    private static String trade(int number) {
        return Frames.read(Frames.TRADE)
                .replace("4b5a", String.format("%04x", 0x1000 + number))
                .replace("795219200010", "79521920001" + number);
    }
}
