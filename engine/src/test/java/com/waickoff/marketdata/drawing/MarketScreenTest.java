package com.waickoff.marketdata.drawing;

import static com.waickoff.marketdata.report.ReportFixtures.BTC;
import static com.waickoff.marketdata.report.ReportFixtures.START_MS;
import static com.waickoff.marketdata.report.ReportFixtures.report;
import static com.waickoff.marketdata.report.ReportFixtures.twoBells;
import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.report.BookReport;
import com.waickoff.marketdata.report.BookReport.Level;
import com.waickoff.marketdata.report.EngineRates;
import com.waickoff.marketdata.report.EngineRates.Measured;
import com.waickoff.marketdata.report.FlowHistory;
import com.waickoff.marketdata.report.ReportFixtures.PlainRows;
import com.waickoff.marketdata.report.WindowReport;
import com.waickoff.marketdata.report.WindowReport.Liveness;
import com.waickoff.marketdata.report.WindowReport.Quality;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.Latency;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Spark;
import com.waickoff.marketdata.terminal.Terminal.Colors;
import com.waickoff.marketdata.window.RowVolumes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Golden pictures are in {@code src/test/resources}: to be looked at when they change. */
class MarketScreenTest {
    private static final Pattern COLOR = Pattern.compile("\033\\[[0-9;]*m");
    private static final Quality OPEN = new Quality(Liveness.LIVE, false, false, false, false,
            false, START_MS + 1_319_000, 1_000_000, 0, 0, BookState.SYNCED, START_MS + 1_319_000,
            12, 0, 4711);

    @ParameterizedTest
    @CsvSource({"60, 20, UNICODE", "80, 24, UNICODE", "80, 24, ASCII", "100, 30, UNICODE",
            "132, 40, UNICODE"})
    void shouldDrawAsGolden(int width, int height, String glyphs) throws IOException {
        assertGolden("market-" + width + 'x' + height + '-' + glyphs.toLowerCase(Locale.ROOT),
                draw(width, height, Colors.NONE, glyphs, frame(twoBells(972_481, 97), 30)));
    }

    @Test
    void shouldDrawAMarketOfWhichLittleIsKnown() throws IOException {
        WindowReport window = report(BTC, new PlainRows(972_481, 1, new long[][]{{5, 7}}), OPEN);
        MarketFrame frame = new MarketFrame(
                new WindowReport(window.scales(), window.span(), window.bar(),
                        window.rows(), null, window.quality()),
                new BookReport(BookState.REBUILDING, List.of(), List.of(new Level(972_482, 5))),
                new MarketFrame.Seconds(List.of(), List.of()),
                new EngineRates(0, 0, 0, 0, 0, 0, List.of(), List.of()));

        assertGolden("market-little-known", draw(80, 24, Colors.NONE, "UNICODE", frame));
    }

    @ParameterizedTest
    @EnumSource(Colors.class)
    void shouldFitAnyScreen(Colors colors) {
        for (int width = MarketScreen.MIN_WIDTH; width <= 160; width++) {
            for (int rows : new int[]{1, 13, 437}) {
                int height = MarketScreen.MIN_HEIGHT + width % 23;
                List<String> picture = draw(width, height, colors, "UNICODE",
                        frame(twoBells(972_481, rows), width));
                assertThat(picture).hasSize(height);
                int columns = width;
                assertThat(picture).allSatisfy(line -> assertThat(Shown.width(plain(line)))
                        .as("%d: %s", columns, plain(line)).isLessThanOrEqualTo(columns));
                assertThat(picture).filteredOn(line -> plain(line).startsWith("──"))
                        .allSatisfy(line -> assertThat(plain(line)).hasSize(columns)).hasSize(3);
            }
        }
    }

    @Test
    void shouldKeepTheBorderInOneColumn() {
        List<String> picture = draw(100, 30, Colors.MANY, "UNICODE",
                frame(twoBells(972_481, 97), 30)).stream().map(line -> plain(line)).toList();
        int border = picture.get(3).indexOf('┬');
        int bottom = 0;
        while (!picture.get(bottom).contains("┴")) {
            bottom++;
        }

        assertThat(bottom).isGreaterThan(15);
        assertThat(picture.subList(4, bottom))
                .allSatisfy(line -> assertThat(line.charAt(border)).isEqualTo('│'));
        assertThat(picture.get(bottom).indexOf('┴')).isEqualTo(border);
    }

    @Test
    void shouldUseNothingButAsciiWhereThatIsAllThereIs() {
        assertThat(String.join("", draw(80, 24, Colors.SIXTEEN, "ASCII",
                frame(twoBells(972_481, 97), 70))))
                .matches(text -> StandardCharsets.US_ASCII.newEncoder().canEncode(text));
    }

    @Test
    void shouldDrawDeltasByTheirSignAndSize() {
        Spark plain = new Spark(new Ink(Colors.NONE), Glyphs.UNICODE);
        Spark colored = new Spark(new Ink(Colors.SIXTEEN), Glyphs.UNICODE);
        List<Long> values = List.of(0L, 8L, 1L, -8L, -1L, 4L, -4L);

        assertThat(plain.rises(values)).isEqualTo(" █▁  ▄ ");
        assertThat(plain.falls(values)).isEqualTo("   █▔ ▀");
        assertThat(COLOR.matcher(colored.falls(values)).replaceAll("")).isEqualTo("   █▇ ▄");
        assertThat(colored.falls(values)).contains("\033[7m\033[91m▇");
        assertThat(plain.line(List.of(-3L, 0L, 4L))).isEqualTo("▁▄█");
        assertThat(plain.line(List.of(5L, 5L))).isEqualTo("▅▅");
    }

    @Test
    void shouldRememberEachSecond() {
        FlowHistory history = new FlowHistory();
        long second = 1_000_000_000L;
        history.add(10 * second, 100);
        history.add(10 * second + 1, 103);
        history.add(11 * second, 101);
        history.add(14 * second, 111);

        assertThat(history.cumulative(10)).containsExactly(103L, 101L, 101L, 101L, 111L);
        assertThat(history.deltas(10)).containsExactly(3L, -2L, 0L, 0L, 10L);
        assertThat(history.deltas(2)).containsExactly(0L, 10L);

        for (int i = 15; i < 2000; i++) {
            history.add(i * second, i);
        }
        assertThat(history.deltas(1000)).hasSize(400).containsOnly(1L);
        history.add(9000 * second, 5);
        assertThat(history.cumulative(10)).containsExactly(5L);
        assertThat(history.deltas(10)).containsExactly(0L);
    }

    private static MarketFrame frame(RowVolumes rows, int seconds) {
        WindowReport window = report(BTC, rows, OPEN);
        List<Level> bids = new ArrayList<>();
        List<Level> asks = new ArrayList<>();
        long touch = window.bar().close();
        for (int i = 0; i < 20; i++) {
            bids.add(new Level(touch - i * (i + 1) / 2, 100_000 + 37_000L * (i * 7 % 11)));
            asks.add(new Level(touch + 1 + i, 90_000 + 41_000L * (i * 5 % 13)));
        }
        List<Long> deltas = new ArrayList<>();
        List<Long> cumulative = new ArrayList<>();
        long sum = 0;
        for (int i = 0; i < seconds; i++) {
            long delta = Math.round(300_000 * Math.sin(i * 0.7) * Math.cos(i * 0.11));
            sum += delta;
            deltas.add(delta);
            cumulative.add(sum);
        }
        EngineRates rates = new EngineRates(5_000_000_000L, 12_061, 1_555, 49_020, 52_310,
                6_300_000, List.of(
                        new Measured(Latency.VENUE_TO_RECEIVE, 212_000, 910_000, 2_100_000,
                                3_000_000),
                        new Measured(Latency.RECEIVE_TO_SNAPSHOT, 21_300, 88_400, 412_000,
                                1_930_000),
                        new Measured(Latency.JOURNAL_APPEND, 310, 1_240, 9_800, 120_000)),
                List.of(new FeedReading("bybit-linear", FeedState.LIVE, 1, 1, "", 1)));
        return new MarketFrame(window, new BookReport(BookState.SYNCED, bids, asks),
                new MarketFrame.Seconds(deltas, cumulative), rates);
    }

    private static List<String> draw(int width, int height, Colors colors, String glyphs,
            MarketFrame frame) {
        return new MarketScreen(width, height, new Ink(colors),
                glyphs.equals("ASCII") ? Glyphs.ASCII : Glyphs.UNICODE)
                .draw(frame, new SteadyPrices());
    }

    private static String plain(String line) {
        return COLOR.matcher(line).replaceAll("");
    }

    private static void assertGolden(String name, List<String> drawing) throws IOException {
        String file = "/com/waickoff/marketdata/cli/" + name + ".txt";
        String drawn = String.join("\n", drawing) + '\n';
        try (InputStream golden = MarketScreenTest.class.getResourceAsStream(file)) {
            assertThat(golden).as("src/test/resources%s; it would be%n%s", file, drawn)
                    .isNotNull();
            assertThat(drawn).as(name)
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
