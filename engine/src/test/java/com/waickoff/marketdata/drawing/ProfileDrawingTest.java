package com.waickoff.marketdata.drawing;

import static com.waickoff.marketdata.report.ReportFixtures.BTC;
import static com.waickoff.marketdata.report.ReportFixtures.START_MS;
import static com.waickoff.marketdata.report.ReportFixtures.WHOLE;
import static com.waickoff.marketdata.report.ReportFixtures.profile;
import static com.waickoff.marketdata.report.ReportFixtures.twoBells;
import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.report.QualityWords;
import com.waickoff.marketdata.report.ReportFixtures.PlainRows;
import com.waickoff.marketdata.report.WindowReport.Liveness;
import com.waickoff.marketdata.report.WindowReport.Quality;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Terminal.Colors;
import com.waickoff.marketdata.terminal.VolumeBar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden drawings are in {@code src/test/resources}: to be looked at when they change. */
public class ProfileDrawingTest {
    private static final Pattern COLOR = Pattern.compile("\033\\[[0-9;]*m");
    private static final Quality INCOMPLETE = new Quality(Liveness.REPLAYED, false, true, false,
            false, false, START_MS + 1_319_000, 16_702, 1, 2, BookState.STALE,
            START_MS + 1_319_000, 1, 3, 99);

    @ParameterizedTest
    @CsvSource({"60, 24, UNICODE", "80, 24, UNICODE", "120, 40, UNICODE", "80, 24, ASCII"})
    void shouldDrawAsGolden(int width, int height, String glyphs) throws IOException {
        List<String> drawing = drawing(width, height, Colors.NONE, glyphs)
                .draw(profile(BTC, twoBells(1_180_012, 437), WHOLE));

        assertGolden("profile-" + width + '-' + glyphs.toLowerCase(Locale.ROOT),
                drawing);
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120})
    void shouldDrawOneRow(int width) throws IOException {
        PlainRows one = new PlainRows(1_180_012, 1, new long[][]{{150_000, 50_000}});

        assertGolden("one-row-" + width,
                drawing(width, 24, Colors.NONE, "UNICODE").draw(profile(BTC, one, WHOLE)));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120})
    void shouldDrawHugeNumbersAndLongNames(int width) throws IOException {
        Scales scales = new Scales(
                "bybit-inverse:" + "1000000000LONGNAMEUSD-".repeat(4) + "26DEC25",
                0, 1, "USD", 2, "contracts");
        PlainRows rows = new PlainRows(900_000_000_000_000L, 5, new long[][]{
                {Long.MAX_VALUE / 5, Long.MAX_VALUE / 7}, {0, 0}, {Long.MAX_VALUE / 9, 0}});

        assertGolden("huge-" + width,
                drawing(width, 30, Colors.NONE, "UNICODE").draw(profile(scales, rows, INCOMPLETE)));
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120})
    void shouldSayThatThereIsNothingToDraw(int width) throws IOException {
        PlainRows none = new PlainRows(0, 1, new long[0][]);
        Quality evicted = new Quality(Liveness.STOPPED, true, false, false, false, true,
                START_MS + 3_600_000, 1_000_000, 0, 0, BookState.REBUILDING, 0, 0, 0, 1);

        assertGolden("empty-" + width,
                drawing(width, 24, Colors.NONE, "UNICODE").draw(profile(BTC, none, evicted)));
    }

    @ParameterizedTest
    @EnumSource(Colors.class)
    void shouldBeTheSameWidthWithAnyColorsAndAnyWidth(Colors colors) {
        for (int width = ProfileDrawing.MIN_WIDTH; width <= 140; width++) {
            for (int rows : new int[]{1, 2, 13, 437}) {
                List<String> drawing = drawing(width, 24, colors, "UNICODE")
                        .draw(profile(BTC, twoBells(1_180_012, rows), INCOMPLETE));
                for (String line : drawing) {
                    assertThat(Shown.width(plain(line))).as("%d: %s", width, plain(line))
                            .isLessThanOrEqualTo(width);
                }
                assertThat(plain(drawing.get(1))).hasSize(width);
                assertThat(drawing).hasSizeLessThanOrEqualTo(24);
            }
        }
    }

    @Test
    void shouldUseNoEscapesWithoutColors() {
        assertThat(String.join("\n", drawing(80, 24, Colors.NONE, "UNICODE")
                .draw(profile(BTC, twoBells(1_180_012, 50), INCOMPLETE)))).doesNotContain("\033");
        assertThat(String.join("\n", drawing(80, 24, Colors.MANY, "UNICODE")
                .draw(profile(BTC, twoBells(1_180_012, 50), INCOMPLETE)))).contains("\033[38;5;");
    }

    @Test
    void shouldUseNothingButAsciiWhereThatIsAllThereIs() {
        assertThat(String.join("", drawing(80, 24, Colors.SIXTEEN, "ASCII")
                .draw(profile(BTC, twoBells(1_180_012, 50), WHOLE))))
                .matches(text -> StandardCharsets.US_ASCII.newEncoder().canEncode(text));
    }

    @Test
    void shouldTakeAsManyLinesAsAreAskedFor() {
        for (int rows : new int[]{2, 10, 100, 1000}) {
            ProfileDrawing drawing = new ProfileDrawing(80, 24, rows, new Ink(Colors.NONE),
                    Glyphs.UNICODE);
            long lines = drawing.draw(profile(BTC, twoBells(1_180_012, 437), WHOLE)).stream()
                    .filter(line -> line.contains("│") || line.contains("┃")).count();
            assertThat(lines).isBetween(1L, (long) Math.min(rows, 437));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LIVE        | false | 1000000 | 0 | false | complete so far
            LIVE        | true  | 1000000 | 0 | false | complete
            STOPPED     | true  | 1000000 | 0 | false | complete
            STOPPED     | false | 1000000 | 0 | false | STALE
            INTERRUPTED | false | 999999  | 1 | false | INCOMPLETE, STALE
            REPLAYED    | false | 0       | 1 | true  | INCOMPLETE, UNORDERED
            LIVE        | true  | 999999  | 0 | true  | UNORDERED
            LIVE        | true  | 999999  | 1 | true  | INCOMPLETE, UNORDERED
            """)
    void shouldFindHonestWords(Liveness liveness, boolean closed, int ppm, int gaps,
            boolean unordered, String verdict) {
        Quality quality = new Quality(liveness, closed, unordered, false, false, false, START_MS,
                ppm, gaps, 0, BookState.SYNCED, 1, 1, 0, 1);

        QualityWords words = QualityWords.of(quality);

        assertThat(words.verdict()).isEqualTo(verdict);
        assertThat(words.reasons()).hasSize(verdict.startsWith("complete") ? 0
                : verdict.split(",").length);
    }

    @Test
    void shouldWarnOfSumsAndTimesThatCannotBeBelieved() {
        Quality quality = new Quality(Liveness.LIVE, true, false, true, true, true, START_MS,
                1_000_000, 0, 0, BookState.SYNCED, 1, 1, 0, 1);

        assertThat(QualityWords.of(quality).verdict())
                .isEqualTo("SUSPECT TIMES, ROWS GIVEN UP, OVERFLOW");
    }

    @Test
    void shouldDrawBarsOfExactLengths() {
        SplittableRandom random = new SplittableRandom(20_260_105);
        for (Colors colors : Colors.values()) {
            for (Glyphs glyphs : List.of(Glyphs.UNICODE, Glyphs.ASCII)) {
                for (int i = 0; i < 2000; i++) {
                    long largest = 1 + random.nextLong(1_000_000);
                    long buy = random.nextLong(largest + 1);
                    long sell = random.nextInt(4) == 0 ? 0 : random.nextLong(largest - buy + 1);
                    int cells = 1 + random.nextInt(60);
                    String bar = plain(new VolumeBar(new Ink(colors), glyphs, cells, largest)
                            .draw(buy, sell, random.nextBoolean()));
                    assertThat(bar).as("%d of %d", buy + sell, largest).hasSize(cells);
                    assertThat(bar.isBlank()).isEqualTo(buy + sell == 0);
                    double expected = (double) (buy + sell) / largest * cells;
                    assertThat((double) bar.stripTrailing().length())
                            .isBetween(expected - 1, expected + 1.01);
                }
            }
        }
    }

    private static ProfileDrawing drawing(int width, int height, Colors colors, String glyphs) {
        return new ProfileDrawing(width, height, 0, new Ink(colors),
                glyphs.equals("ASCII") ? Glyphs.ASCII : Glyphs.UNICODE);
    }

    private static String plain(String line) {
        return COLOR.matcher(line).replaceAll("");
    }

    /** Compares with the drawing that is kept under this name. */
    static void assertGolden(String name, List<String> drawing) throws IOException {
        String file = "/com/waickoff/marketdata/cli/" + name + ".txt";
        try (InputStream golden = ProfileDrawingTest.class.getResourceAsStream(file)) {
            assertThat(golden).as("src/test/resources%s; it would be%n%s", file,
                    String.join("\n", drawing)).isNotNull();
            assertThat(String.join("\n", drawing) + '\n').as(name)
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
