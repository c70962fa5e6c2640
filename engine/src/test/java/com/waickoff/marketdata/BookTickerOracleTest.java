package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.FrameRejections;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.TradeChains;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.replay.RecordingReader;
import com.waickoff.marketdata.replay.RecordingSurvey;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The book as readers see it in the snapshot file against the venue's own best prices: equal at
 * every update id that both name.
 */
class BookTickerOracleTest {
    private static final Pattern TICKER = Pattern.compile(
            "\"u\":(\\d+).*?\"b\":\"([0-9.]+)\",\"B\":\"[0-9.]+\",\"a\":\"([0-9.]+)\"");

    @TempDir
    private Path directory;

    private final Map<Long, String> told = new HashMap<>();
    private final Map<Long, String> built = new HashMap<>();

    @ParameterizedTest
    @CsvSource({"binance-usdm_btcusdt_20240808, binance-usdm",
            "binance-spot_btcusdt_20240808, binance-spot"})
    void shouldHaveTheVenuesBestPricesAtEveryEqualUpdateId(String recording, String venueCode)
            throws IOException {
        Path file = SharedRecordings.file(recording + ".frames.tsv.gz");
        Venue venue = Objects.requireNonNull(Venue.of(venueCode));
        List<Instrument> instruments = InstrumentSource
                .readCsv(SharedRecordings.file("instruments.csv")).stream()
                .filter(instrument -> instrument.name().equals(venueCode + ":BTCUSDT")).toList();
        EngineConfig config = EngineConfig.defaults(directory);
        EngineWorld world = new EngineWorld(Run.ofThisProcess(1), false, () -> 1,
                CounterBlock::onHeap, () -> WindowListener.NONE, note -> {});

        try (Engine engine = Engine.open(config, world);
                RecordingReader reader = RecordingReader.open(file, (line, what) -> {});
                SnapshotReader snapshot = SnapshotReader.open(config.snapshotFile())) {
            VenueProtocol protocol = Venues.forRecording(venue,
                    new FeedPorts(engine.sink(), engine.catalogue(),
                            new TradeChains(engine.catalogue()), new FeedClock(engine.sink()),
                            VenueTransport.NOBODY, CounterBlock.onHeap("feed"),
                            FrameRejections.UNHEARD),
                    instruments, new RecordingSurvey(true, List.of()));
            protocol.onConnect(0, 1, 1);
            DepthView view = new DepthView();
            while (reader.next()) {
                if (reader.kind() == 'H') {
                    protocol.onHttp(reader.url(), reader.payloadAddress(), reader.payloadLength(),
                            reader.receiveTimeNs());
                } else {
                    protocol.onFrame(0, reader.payloadAddress(), reader.payloadLength(),
                            reader.receiveTimeNs());
                    noteTicker(Ascii.text(reader.payloadAddress(), reader.payloadLength()));
                }
                engine.sink().endOfRead();
                noteBook(snapshot, venueCode, instruments.getFirst(), view);
            }
        }

        int compared = 0;
        for (Map.Entry<Long, String> book : built.entrySet()) {
            String ticker = told.get(book.getKey());
            if (ticker != null) {
                assertEquals(ticker, book.getValue(), "at update id " + book.getKey());
                compared++;
            }
        }
        System.out.println(recording + ": best bid and ask equal at " + compared + " update ids");
        assertTrue(compared > 500, "compared: " + compared);
    }

    private void noteTicker(String frame) {
        if (frame.contains("@bookTicker\"")) {
            Matcher ticker = TICKER.matcher(frame);
            assertTrue(ticker.find(), frame);
            told.put(Long.parseLong(ticker.group(1)),
                    plain(ticker.group(2)) + " / " + plain(ticker.group(3)));
        }
    }

    private void noteBook(SnapshotReader snapshot, String venue, Instrument instrument,
            DepthView view) throws IOException {
        SnapshotEntry entry = snapshot.find(venue + ":BTCUSDT");
        assertNotNull(entry);
        assertTrue(snapshot.read(entry, view));
        if (view.state() == BookState.SYNCED) {
            built.put(view.updateId(), Decimal.toString(view.bidPrice(0), instrument.priceScale())
                    + " / " + Decimal.toString(view.askPrice(0), instrument.priceScale()));
        }
    }

    private static String plain(String price) {
        return new BigDecimal(price).stripTrailingZeros().toPlainString();
    }
}
