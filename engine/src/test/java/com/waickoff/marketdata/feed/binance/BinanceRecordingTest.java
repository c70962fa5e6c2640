package com.waickoff.marketdata.feed.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.BestPrices;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.Recordings;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.status.Counter;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded sessions of Binance: every frame accounted for, and the book against its oracle. */
class BinanceRecordingTest {
    private static final Pattern TICKER = Pattern.compile(
            "\"u\":(\\d+),\"s\":\"BTCUSDT\",\"b\":\"([^\"]+)\",\"B\":\"([^\"]+)\",\"a\":\"([^\"]+)\",\"A\":"
                    + "\"([^\"]+)\"");

    @ParameterizedTest
    @CsvSource({"binance-usdm_btcusdt_20240808.frames,BINANCE_USDM,93953,21313,66089,629",
            "binance-spot_btcusdt_20240808.frames,BINANCE_SPOT,41248,9757,28040,564"})
    void shouldAgreeWithTheVenuesBestPrices(String recording, Venue venue, long frames, long trades,
            long tickers, int comparable) throws IOException {
        List<Recordings.Line> lines = Recordings.read(recording);
        List<Instrument> definitions = InstrumentSource
                .readCsv(Recordings.folder().resolve("instruments.csv")).stream()
                .filter(instrument -> instrument.name().equals(venue.code() + ":BTCUSDT")).toList();
        Instrument instrument = definitions.getFirst();
        BestPrices book = new BestPrices();
        Map<Long, String> tickerById = new HashMap<>();
        try (FeedHarness harness = new FeedHarness(ports -> new BinanceFeed(venue, ports,
                BinanceSettings.ofRecording(List.of("BTCUSDT"), BinanceSettings.Tape.TRADE),
                definitions))) {
            Recordings.drive(harness.feed, lines, line -> {
                book.apply(harness.sink.events());
                harness.sink.clear();
                Matcher ticker = TICKER.matcher(line.text());
                if (line.text().contains("@bookTicker") && ticker.find()) {
                    tickerById.put(Long.parseLong(ticker.group(1)),
                            BestPrices.text(price(instrument, ticker.group(2)),
                                    quantity(instrument, ticker.group(3)),
                                    price(instrument, ticker.group(4)),
                                    quantity(instrument, ticker.group(5))));
                }
            });
            int compared = 0;
            for (Map.Entry<Long, String> ticker : tickerById.entrySet()) {
                String ours = book.byUpdateId().get(ticker.getKey());
                if (ours != null) {
                    compared++;
                    assertThat(ours).as("update %s", ticker.getKey()).isEqualTo(ticker.getValue());
                }
            }
            System.out.println(recording + ": best prices compared at " + compared + " updates");
            assertThat(compared).isEqualTo(comparable);
            harness.assertConserved();
            assertThat(harness.count(Counter.FRAMES_RECEIVED)).isEqualTo(frames);
            assertThat(harness.count(Counter.TRADES_DECODED)).isEqualTo(trades);
            assertThat(harness.count(Counter.IGNORED_OTHER_CHANNEL)).isEqualTo(tickers);
            assertThat(harness.count(Counter.TRADE_GAPS)).isZero();
            assertThat(harness.count(Counter.BOOK_READY)).isEqualTo(1);
            assertThat(harness.count(Counter.BOOK_RESETS)).isEqualTo(1); // the end of the recording
            assertThat(harness.rejections).isEmpty();
        }
    }

    private static long price(Instrument instrument, String text) {
        return new BigDecimal(text).scaleByPowerOfTen(instrument.priceScale()).longValueExact();
    }

    private static long quantity(Instrument instrument, String text) {
        return new BigDecimal(text).scaleByPowerOfTen(instrument.quantityScale()).longValueExact();
    }
}
