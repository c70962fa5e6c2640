package com.waickoff.marketdata.feed.bybit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.Venue;

/** Frames in the shapes the venue documents, with numbers of our own. */
final class Frames {
    static final String TRADE = "ws_publicTrade_one";
    static final String THREE_TRADES = "ws_publicTrade_three";
    static final String SNAPSHOT = "ws_orderbook_snapshot";
    static final String DELTA = "ws_orderbook_delta";
    static final Instrument BTC = instrument("BTCUSDT", "0.10", "0.001");
    static final Instrument ETH = instrument("ETHUSDT", "0.01", "0.01");

    private Frames() {}

    /** The text of a fixture. */
    static String read(String name) {
        try {
            return Files.readString(folder().resolve(name + ".json")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of all fixtures of frames. */
    static List<String> names() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .filter(name -> name.startsWith("ws_")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A feed of BTCUSDT (id 0) and ETHUSDT (id 1). */
    static BybitFeed feed(FeedPorts ports, int bookDepth) {
        return new BybitFeed(Venue.BYBIT_LINEAR, ports,
                new BybitSettings(List.of("BTCUSDT", "ETHUSDT"), bookDepth,
                        BybitSettings.DEFAULT_RECENT_TRADES,
                        BybitSettings.DEFAULT_MAX_FRAME_BYTES),
                List.of(BTC, ETH));
    }

    /** A connected feed of depth 200. */
    static FeedHarness connected() {
        return new FeedHarness(ports -> feed(ports, 200)).connect();
    }

    private static Instrument instrument(String symbol, String tick, String lot) {
        return InstrumentSource.of(Venue.BYBIT_LINEAR, symbol, new BigDecimal(tick),
                new BigDecimal(lot), symbol.substring(0, 3), "USDT");
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(Frames.class.getResource(TRADE + ".json"))
                    .toURI()).getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
