package com.waickoff.marketdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.binance.BinanceFeed;
import com.waickoff.marketdata.feed.binance.BinanceSettings;
import com.waickoff.marketdata.feed.bybit.BybitFeed;
import com.waickoff.marketdata.feed.bybit.BybitSettings;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.venue.Venue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trades that are lost on their way, and fetched after the fact, or not. */
class TradeRepairTest {
    private static final int COVERAGE_COLUMN = 18;
    private static final long SECONDS = 400;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT, 1", "BINANCE_SPOT, 2", "BINANCE_USDM, 3", "BINANCE_USDM, 4",
            "BYBIT_LINEAR, 5", "BYBIT_LINEAR, 6"})
    void shouldEndWithTheTruthWhatIsLostOnTheWay(Venue venue, long seed) throws IOException {
        try (RepairRun whole = run("whole", venue, seed, RepairRun.Losses.NONE);
                RepairRun repaired = run("repaired", venue, seed,
                        new RepairRun.Losses(venue.chainsTradeIds() ? 0.01 : 0.002, 3, 0.1))) {
            assertThat(repaired.count(Counter.TRADE_GAPS)).isGreaterThan(3);
            assertThat(repaired.count(Counter.REPAIRS_GIVEN_UP)).isZero();
            assertEquals(repaired.count(Counter.TRADES_MISSING),
                    venue.chainsTradeIds() ? repaired.count(Counter.TRADES_REPAIRED) : 0);
            ExportRows.assertSame(repaired.trueWindows(), repaired.windows(),
                    ExportRows.WINDOW_COLUMNS);
            assertEquals(coverage(whole), coverage(repaired));
        }
    }

    @ParameterizedTest
    @CsvSource({"BINANCE_SPOT, 11", "BINANCE_USDM, 12", "BYBIT_LINEAR, 13"})
    void shouldSaySoOfEveryWindowThatLostTradesForEver(Venue venue, long seed)
            throws IOException {
        try (RepairRun run = run("lost", venue, seed, new RepairRun.Losses(
                0.00005, 4, 1))) {
            assertThat(run.count(Counter.TRADES_REPAIRED)).isZero();
            TreeSet<String> truth = ExportRows.read(run.trueWindows(), ExportRows.WINDOW_COLUMNS);
            int incomplete = 0;
            int complete = 0;
            for (String row : ExportRows.read(run.windows(), COVERAGE_COLUMN + 1)) {
                if (row.endsWith(",1000000")) {
                    complete++;
                    String window = row.substring(0, row.lastIndexOf(','));
                    assertTrue(truth.stream().anyMatch(
                            line -> withoutCvd(line).equals(withoutCvd(window))), row);
                } else {
                    incomplete++;
                }
            }
            assertThat(complete).isPositive();
            assertThat(incomplete).isGreaterThan(6);
        }
    }

    /** The cumulative delta carries the trades that earlier windows have lost. */
    private static String withoutCvd(String row) {
        String[] cells = row.split(",", -1);
        cells[13] = "";
        return String.join(",", cells);
    }

    private static Map<String, String> coverage(RepairRun run) throws IOException {
        Map<String, String> coverage = new TreeMap<>();
        for (String row : ExportRows.read(run.windows(), COVERAGE_COLUMN + 1)) {
            String[] cells = row.split(",", -1);
            coverage.put(cells[1] + ' ' + cells[2], cells[COVERAGE_COLUMN]);
        }
        return coverage;
    }

    private RepairRun run(String name, Venue venue, long seed, RepairRun.Losses losses)
            throws IOException {
        System.out.println(venue + " seed " + seed + ' ' + losses);
        RepairRun run = new RepairRun(directory.resolve(name), venue, seed, SECONDS, losses,
                (ports, instruments) -> feed(venue, ports, instruments));
        run.export();
        return run;
    }

    private static VenueProtocol feed(Venue venue, FeedPorts ports, List<Instrument> instruments) {
        List<String> symbols = instruments.stream().map(Instrument::symbol).toList();
        return venue == Venue.BYBIT_LINEAR
                ? new BybitFeed(com.waickoff.marketdata.feed.Venue.BYBIT_LINEAR, ports,
                        BybitSettings.of(symbols), instruments)
                : new BinanceFeed(
                        Objects.requireNonNull(
                                com.waickoff.marketdata.feed.Venue.of(venue.label())),
                        ports, BinanceSettings.of(symbols), instruments);
    }
}
