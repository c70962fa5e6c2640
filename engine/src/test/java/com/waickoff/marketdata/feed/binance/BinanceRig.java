package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.Venue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A feed of BTCUSDT on either market, and the frames written for it. */
final class BinanceRig {
    static final String SYMBOL = "BTCUSDT";
    /** Bytes of waiting diffs: the least that is allowed, so that it fills. */
    static final int BUFFER_BYTES = 4096;
    static final int MAX_FRAME_BYTES = 1 << 16;

    private BinanceRig() {}

    /** Spot: scales 2 and 7. USD-M: scales 1 and 5. */
    static Instrument instrument(Venue venue) {
        return venue == Venue.BINANCE_SPOT
                ? InstrumentSource.of(venue, SYMBOL, new BigDecimal("0.01"),
                        new BigDecimal("0.00001"), "BTC", "USDT")
                : InstrumentSource.of(venue, SYMBOL, new BigDecimal("0.10"),
                        new BigDecimal("0.001"), "BTC", "USDT");
    }

    static FeedHarness of(Venue venue, BinanceSettings.Tape tape) {
        BinanceSettings settings = new BinanceSettings(List.of(SYMBOL), tape, "depth@100ms", 1000,
                BUFFER_BYTES, MAX_FRAME_BYTES);
        return new FeedHarness(ports -> new BinanceFeed(venue, ports, settings,
                List.of(instrument(venue)))).connect();
    }

    static FeedHarness of(Venue venue) {
        return of(venue, BinanceSettings.Tape.TRADE);
    }

    /** The market a fixture belongs to, by its name. */
    static Venue venueOf(String fixture) {
        return fixture.contains("_usdm") ? Venue.BINANCE_USDM : Venue.BINANCE_SPOT;
    }

    static String fixture(String name) {
        try (InputStream in = Objects.requireNonNull(
                BinanceRig.class.getResourceAsStream(name + ".json"), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of all fixtures of frames, sorted. */
    static List<String> frames() {
        try (Stream<Path> files = Files.list(Path.of(Objects
                .requireNonNull(BinanceRig.class.getResource("ws_trade_spot-sell.json")).toURI())
                .getParent())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("ws_"))
                    .map(name -> name.substring(0, name.length() - ".json".length())).sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Events but clocks and definitions, in short, and forgets them. */
    static List<String> take(FeedHarness harness) {
        List<String> texts = new ArrayList<>();
        for (MarketEvent event : harness.sink.events()) {
            if (event.kind() != EventKind.CLOCK && event.kind() != EventKind.INSTRUMENT) {
                texts.add(text(event));
            }
        }
        harness.sink.clear();
        return texts;
    }

    private static String text(MarketEvent event) {
        long match = event.matchTimeNs() == 0
                ? -1
                : (event.matchTimeNs() - FeedHarness.START_NS) / 1000;
        return EventKind.name(event.kind()) + switch (event.kind()) {
            case EventKind.TRADE -> " " + event.id64() + flag(event, EventFlags.BUY, " buy")
                    + flag(event, EventFlags.RPI, " rpi")
                    + flag(event, EventFlags.OFF_BOOK, " off-book")
                    + flag(event, EventFlags.AGGREGATE, " of " + event.aux()) + ' '
                    + event.quantity() + " at " + event.price() + " +" + match + "us";
            case EventKind.BOOK_LEVEL -> flag(event, EventFlags.SNAPSHOT, " snapshot")
                    + (event.has(EventFlags.BID) ? " bid " : " ask ") + event.quantity() + " at "
                    + event.price() + " #" + event.updateId();
            case EventKind.TRADE_GAP -> " " + event.firstMissing() + ".." + event.lastMissing()
                    + flag(event, EventFlags.BY_TIME, " by time") + ' ' + event.reason();
            case EventKind.BOOK_RESET -> " " + event.reason() + " #" + event.updateId();
            case EventKind.BOOK_READY -> " #" + event.updateId();
            default -> "";
        };
    }

    private static String flag(MarketEvent event, short flag, String text) {
        return event.has(flag) ? text : "";
    }
}
