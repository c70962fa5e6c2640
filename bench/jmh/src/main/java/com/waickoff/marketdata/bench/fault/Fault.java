package com.waickoff.marketdata.bench.fault;

import com.waickoff.marketdata.feed.socket.FeedSettings;
import com.waickoff.venue.Venue;
import com.waickoff.venue.serve.VenueLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Something that goes wrong.
 *
 * @param group what kind of fault it is; faults of one kind stand together in the table
 * @param name in a few words
 * @param venues where it can go wrong
 * @param orders to the venue, as {@code simulate} takes them; {@code TRADES} and {@code BOOK} stand
 *     for the streams of all instruments. {@code lose PERCENT} is done to its packets instead; {@code
 *     certificate KIND} has it show a bad one for some seconds
 * @param limits other limits of the venue
 * @param line other patience of the engine
 * @param market how much of market time it takes
 * @param breaks whether anything is interrupted: then the time until all is steady again is measured
 */
record Fault(int group, String name, Set<Venue> venues, List<String> orders,
        UnaryOperator<VenueLimits> limits, UnaryOperator<FeedSettings> line, Duration market,
        boolean breaks) {
    private static final Duration USUAL = Duration.ofMinutes(4);
    private static final Duration LONG = Duration.ofMinutes(10);
    /** What an order to show a bad certificate begins with. */
    static final String CERTIFICATE = "certificate ";

    /** A fault of all venues that interrupts something. */
    static Fault of(int group, String name, String... orders) {
        return new Fault(group, name, Set.of(Venue.values()), List.of(orders),
                UnaryOperator.identity(), UnaryOperator.identity(), USUAL, true);
    }

    private Fault harmless() {
        return new Fault(group, name, venues, orders, limits, line, market, false);
    }

    private Fault on(Set<Venue> these) {
        return new Fault(group, name, these, orders, limits, line, market, breaks);
    }

    private Fault longer() {
        return new Fault(group, name, venues, orders, limits, line, LONG, breaks);
    }

    private Fault line(UnaryOperator<FeedSettings> change) {
        return new Fault(group, name, venues, orders, limits, change, market, breaks);
    }

    private Fault limits(UnaryOperator<VenueLimits> change) {
        return new Fault(group, name, venues, orders, change, line, market, breaks);
    }

    /** Whether it is about what TLS guards against. */
    boolean isOfTls() {
        return orders.getFirst().startsWith(CERTIFICATE);
    }

    /** The orders for a venue. */
    List<String> orders(Venue venue) {
        boolean isBybit = venue.label().startsWith("bybit");
        return orders.stream()
                .map(order -> order.replace("TRADES", isBybit ? "publicTrade.*" : "*@trade")
                        .replace("BOOK", isBybit ? "orderbook.200.*" : "*@depth@100ms"))
                .toList();
    }

    /** All of them, by the numbers of the fault matrix. */
    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        all.add(of(17, "trades timed 0, a year ahead, -1", "next wild-time TRADES x3").harmless());
        all.add(of(18, "half-open connection", "strike freeze").longer());
        all.add(of(19, "reset", "strike reset"));
        all.add(of(19, "cut within a frame", "strike cut-in-frame"));
        all.add(of(19, "closed with a code", "strike close"));
        all.add(of(20, "one byte a second", "strike trickle").longer());
        all.add(of(21, "frames late", "faults delay=0.2").harmless());
        all.add(of(21, "a packet of 10 lost", "lose 10").harmless());
        all.add(of(22, "segments of one byte", "strike slice").harmless());
        all.add(of(23, "a frame of 8 MB", "strike oversize"));
        all.add(of(23, "a frame that says 64 MB", "strike huge-header"));
        all.add(of(24, "a frame marked as compressed", "strike compressed"));
        all.add(of(25, "text that is no UTF-8", "strike bad-utf8"));
        all.add(of(26, "a trade frame of garbage", "next garbage TRADES x1"));
        all.add(of(26, "a book frame of garbage", "next garbage BOOK x1"));
        all.add(of(27, "100,000 brackets", "strike deep-json").harmless());
        all.add(of(28, "an unknown event", "strike unknown-event").harmless());
        all.add(of(28, "a new field", "next new-field TRADES x5", "next new-field BOOK x5")
                .harmless());
        for (var certificate : BadCertificate.values()) {
            all.add(of(29, certificate.label(), CERTIFICATE + certificate, "strike cut").longer()
                    .line(line -> line.withBreakerMs(200)));
        }
        all.add(of(30, "handshake 429, come back in 3 s", "refuse 429x1 3", "strike cut"));
        all.add(of(30, "handshake 403", "refuse 403x1", "strike cut")
                .line(line -> line.withBreakerMs(200)));
        all.add(of(30, "handshake 451", "refuse 451x1", "strike cut")
                .line(line -> line.withBreakerMs(200)));
        all.add(of(30, "handshake 503 thrice", "refuse 503x3", "strike cut"));
        all.add(of(31, "trades refused twice", "nack TRADES x2", "strike cut").longer());
        all.add(of(31, "book refused twice", "nack BOOK x2", "strike cut").longer());
        all.add(of(31, "no acknowledgement", "no-ack TRADES x1", "strike cut").longer());
        all.add(of(31, "a stream stops, its siblings go on", "silence TRADES same").longer());
        all.add(of(31, "a book stops, its siblings go on", "silence BOOK same").longer());
        all.add(of(33, "a hole in the book's sequence", "next drop BOOK x1"));
        all.add(of(34, "trades twice", "next duplicate TRADES x5").harmless());
        all.add(of(34, "trades out of order", "next swap TRADES x3").harmless());
        all.add(of(34, "a trade frame lost", "next drop TRADES x1")
                .on(Set.of(Venue.BINANCE_SPOT, Venue.BINANCE_USDM)));
        all.add(of(35, "a crossed book", "next cross BOOK x1"));
        all.add(of(35, "a wrong level, right ids", "next corrupt-level BOOK x1").longer());
        all.add(of(36, "shutdown announced", "shutdown 8000").longer()
                .on(Set.of(Venue.BINANCE_SPOT, Venue.BINANCE_USDM)));
        all.add(of(36, "connections live 8 s", "faults none").longer()
                .limits(limits -> limits.withLifetimeMs(8_000))
                .line(line -> line.withLifetimeMs(4_000)).harmless());
        all.add(of(37, "a ping each 200 ms, a pong in 1 s", "faults none")
                .limits(limits -> limits.withPings(200, 1_000).withMessagesPerSecond(0))
                .harmless());
        return all;
    }
}
