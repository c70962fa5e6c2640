package com.waickoff.marketdata.drawing;

import static com.waickoff.marketdata.report.ReportFixtures.BTC;
import static com.waickoff.marketdata.report.ReportFixtures.START_MS;
import static com.waickoff.marketdata.report.ReportFixtures.WHOLE;
import static com.waickoff.marketdata.report.ReportFixtures.report;
import static com.waickoff.marketdata.report.ReportFixtures.twoBells;
import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.report.ProfileJson;
import com.waickoff.marketdata.report.ProfileReport;
import com.waickoff.marketdata.report.ProfileReport.NakedPoc;
import com.waickoff.marketdata.report.ProfileWishes;
import com.waickoff.marketdata.report.ProfileWishes.Stretch;
import com.waickoff.marketdata.report.ReportFixtures.PlainRows;
import com.waickoff.marketdata.report.WindowReport;
import com.waickoff.marketdata.report.WindowReport.Bar;
import com.waickoff.marketdata.report.WindowReport.Span;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Terminal.Colors;
import com.waickoff.marketdata.window.KeptParts.Part;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Session;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueAreaRule;
import com.waickoff.marketdata.window.Vwap;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden drawings are in {@code src/test/resources}: to be looked at when they change. */
class ProfileExtrasTest {
    private static final long HOUR_MS = 3_600_000;

    @ParameterizedTest
    @CsvSource({"80, UNICODE", "140, UNICODE", "80, ASCII"})
    void shouldMarkNodesNakedPocsAndTheAverage(int width, String glyphs) throws IOException {
        List<String> drawing = drawing(width, 40, glyphs).draw(everything());

        ProfileDrawingTest.assertGolden("extras-" + width + '-' + glyphs.toLowerCase(Locale.ROOT),
                drawing);
        assertThat(drawing).allMatch(line -> Shown.width(line) <= width);
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 140})
    void shouldListTheStepsOfAValueArea(int width) throws IOException {
        PlainRows rows = new PlainRows(1_180_012, 1, new long[][]{{200_000, 0}, {500_000, 0},
                {900_000, 0}, {1_400_000, 0}, {2_000_000, 0}, {3_100_000, 0}, {3_100_000, 0},
                {2_600_000, 0}, {1_200_000, 0}, {1_800_000, 0}, {600_000, 0}, {400_000, 0},
                {100_000, 0}});
        ProfileWishes wishes = wishes(new Stretch.One(Timeframe.H1, null),
                ValueAreaRule.stepN(80, 3), 0, true);

        ProfileDrawingTest.assertGolden("explained-" + width, drawing(width, 40, "UNICODE")
                .draw(ProfileReport.of(report(BTC, rows, WHOLE), wishes, List.of())));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 140})
    void shouldSayWhatPartOfASessionIsKept(int width) throws IOException {
        Session session = Session.parse("asia=00:00-06:00").getFirst();
        WindowReport window = report(BTC, twoBells(1_180_012, 60), WHOLE);
        Span span = new Span(Timeframe.H1, session, START_MS - 8 * HOUR_MS, START_MS - 2 * HOUR_MS,
                List.of(new Part(Timeframe.H4, START_MS - 6 * HOUR_MS)), 2 * HOUR_MS);
        ProfileWishes wishes = wishes(new Stretch.OfDay(Timeframe.H1, session, null),
                ValueAreaRule.DEFAULT, 3, false);

        List<String> drawing = drawing(width, 30, "UNICODE").draw(ProfileReport.of(
                new WindowReport(BTC, span, window.bar(), window.rows(), null, WHOLE), wishes,
                List.of()));

        ProfileDrawingTest.assertGolden("session-" + width, drawing);
        assertThat(String.join("\n", drawing)).contains("asia").contains("PARTLY KEPT");
    }

    @Test
    void shouldRaiseRowsToAMultipleOfWhatThereIs() {
        PlainRows rows = new PlainRows(10, 4, new long[][]{{1, 0}, {2, 0}, {3, 0}});
        ProfileReport raised = ProfileReport.of(report(BTC, rows, WHOLE),
                wishes(new Stretch.One(Timeframe.H1, null), ValueAreaRule.DEFAULT, 5, false),
                List.of());

        assertThat(raised.rows().rowSize()).isEqualTo(8);
        assertThat(String.join("\n", drawing(80, 24, "UNICODE").draw(raised)))
                .contains("rows of 0.5 were raised to a multiple of 0.4");
        assertThat(ProfileJson.of(raised)).contains("\"row_ticks\":8,\"row_ticks_asked_for\":5");
    }

    @Test
    void shouldSayHowManyWindowsThereAreOfThoseAskedFor() {
        WindowReport window = report(BTC, twoBells(1_180_012, 60), WHOLE);
        Span span = new Span(Timeframe.H1, null, START_MS - HOUR_MS, START_MS + HOUR_MS,
                List.of(new Part(Timeframe.H1, START_MS - HOUR_MS),
                        new Part(Timeframe.H1, START_MS)),
                0);
        ProfileReport two = ProfileReport.of(
                new WindowReport(BTC, span, window.bar(), window.rows(), null, WHOLE),
                wishes(new Stretch.Last(Timeframe.H1, 24), ValueAreaRule.DEFAULT, 0, false),
                List.of());

        assertThat(String.join("\n", drawing(80, 24, "UNICODE").draw(two)))
                .contains("2 × 1h  2026-01-05 13:00 – 15:00 UTC")
                .contains("no more than 2 of 24 windows are kept");
        assertThat(ProfileJson.of(two)).contains("\"windows\":[{\"timeframe\":\"1h\",\"start_ms\":"
                + (START_MS - HOUR_MS) + "},{");
    }

    @Test
    void shouldPrintAllThatIsDrawn() {
        String json = ProfileJson.of(everything());

        assertThat(json).contains("\"nodes\":[{\"kind\":\"hvn\",")
                .contains("\"naked_pocs\":[{\"start_ms\":" + (START_MS - HOUR_MS)
                        + ",\"poc\":118002.5},")
                .contains("\"vwap\":{\"price\":118003.25,")
                .contains("{\"deviations\":-1,\"price\":")
                .contains("\"block_volume\":1,\"rpi_volume\":2,")
                .contains(
                        "\"algorithm\":{\"name\":\"volume_profile\",\"version\":1,\"parameters\":{"
                                + "\"value_area_method\":\"single_row\",\"value_area_percent\":68,"
                                + "\"value_area_rows_per_step\":1,\"value_area_tie\":\"down\","
                                + "\"poc_tie\":\"vwmean\",\"row_ticks\":1,\"row_label\":\"low_edge\","
                                + "\"node_kernel\":\"1 4 6 4 1\",\"node_prominence_percent\":15,"
                                + "\"naked_poc_timeframe\":\"1h\"}}")
                .contains("\"explain\":{\"poc_volume\":").contains("\"choice\":\"heavier\"");
    }

    /** Two bells under all marks there are, with a value area of another rule. */
    private static ProfileReport everything() {
        RowVolumes rows = twoBells(1_180_012, 60);
        WindowReport window = report(BTC, rows, WHOLE);
        Bar bar = window.bar();
        BigInteger volume = BigInteger.valueOf(bar.volume());
        // A mean of 1,180,032.5 ticks, a deviation of 8.
        BigInteger notional = volume.multiply(BigInteger.valueOf(2_360_065)).shiftRight(1);
        Vwap vwap = new Vwap(notional.add(notional.negate().mod(BigInteger.TWO)),
                notional.multiply(notional).divide(volume)
                        .add(volume.multiply(BigInteger.valueOf(64))),
                volume);
        WindowReport with = new WindowReport(BTC, window.span(),
                new Bar(bar.open(), bar.high(), bar.low(), bar.close(), bar.volume(),
                        bar.buyVolume(), bar.minDelta(), bar.maxDelta(), bar.trades(), 100_000,
                        200_000, vwap),
                rows, window.cumulativeDelta(), WHOLE);
        return ProfileReport.of(with,
                new ProfileWishes(new Stretch.One(Timeframe.H1, null),
                        ValueAreaRule.of(68, ValueAreaRule.Method.SINGLE_ROW), 0, true, true, true,
                        true),
                List.of(new NakedPoc(START_MS - HOUR_MS, 1_180_025),
                        new NakedPoc(START_MS - 5 * HOUR_MS, 1_180_900)));
    }

    private static ProfileWishes wishes(Stretch stretch, ValueAreaRule rule, long rowTicks,
            boolean explain) {
        return new ProfileWishes(stretch, rule, rowTicks, false, false, false, explain);
    }

    private static ProfileDrawing drawing(int width, int height, String glyphs) {
        return new ProfileDrawing(width, height, 0, new Ink(Colors.NONE),
                glyphs.equals("ASCII") ? Glyphs.ASCII : Glyphs.UNICODE);
    }
}
