package com.waickoff.marketdata.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.depth.DepthStudy;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.report.DepthJson;
import com.waickoff.marketdata.report.DepthReading;
import com.waickoff.marketdata.report.DepthReport;
import com.waickoff.marketdata.report.NothingToShowException;
import com.waickoff.marketdata.snapshot.SnapshotConfig;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Terminal.Colors;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A book that the depth study wrote to a snapshot file, drawn. */
class DepthDrawingTest {
    private static final String NAME = "bybit-linear:BTCUSDT";
    private static final long NOON_MS = 1_767_700_800_000L;
    private static final long NS_PER_MS = 1_000_000L;
    private static final Pattern COLOR = Pattern.compile("\033\\[[0-9;]*m");

    @TempDir
    private Path folder;

    private Path file;
    private SnapshotWriter writer;
    private DepthStudy study;
    private final MarketEvent event = new MarketEvent();
    private long sequence;

    @BeforeEach
    void open() throws IOException {
        file = folder.resolve("snapshot.bin");
        writer = SnapshotWriter.create(file, new SnapshotConfig(2, 64, 50, 4),
                new Run(1, 1, NOON_MS * NS_PER_MS));
        InstrumentCatalogue catalogue = new InstrumentCatalogue(2);
        Instrument instrument = catalogue.define(Instrument.of(0, "bybit-linear", "BTCUSDT",
                new BigDecimal("0.1"), new BigDecimal("0.001"), BigDecimal.ONE, "BTC", "BTC",
                "USDT", true));
        writer.define(new SnapshotInstrument(0, "bybit-linear", "BTCUSDT",
                instrument.priceScale(), instrument.tick(), instrument.quantityScale(),
                instrument.lot(), BigDecimal.ONE, "BTC", "BTC", "USDT", instrument.tick()));
        study = new DepthStudy(catalogue, writer, DepthConfig.defaults(), 2_000,
                CounterBlock.onHeap("depth"));
        event.instrument(0, 1);
        study.onEvent(event, ++sequence, true);
    }

    @AfterEach
    void close() {
        writer.close();
    }

    @Test
    void shouldDrawABookAtEightyColumns() throws IOException, NothingToShowException {
        liveBook();
        List<String> lines = draw(80, 40, Colors.NONE, Glyphs.UNICODE);
        String picture = String.join("\n", lines);

        assertThat(lines).hasSizeLessThanOrEqualTo(40);
        assertThat(lines.getFirst()).startsWith(NAME + "  book")
                .endsWith("2026-01-06 12:01:10 UTC");
        assertThat(lines.get(1)).startsWith("● synced  60 bids  60 asks").endsWith("age 990 ms");
        assertThat(picture).contains("spread 0.1  mid 97,250.05  weighted mid 97,250.");
        assertThat(picture).containsPattern("top 5 .*%    5 bps").contains("top 50");
        assertThat(picture).contains("1m 12:01 – 12:02  book known 100 %  3 updates")
                .contains("OFI +3.0000  level 2 ").contains("OFI of 2 windows ");
        assertThat(picture).containsPattern("97,250\\.1 +\\S+ +\\S+  ░")
                .containsPattern(" +0\\.1  spread").containsPattern("97,247\\.1.* ● 30×  1 min 0 s")
                .containsPattern("97,255\\.6 +40\\.00.* ● 40×  5 s")
                .contains("sizes in BTC").contains("more than 5 times the median of 60 bids");
        assertThat(lines).allSatisfy(line -> assertThat(Shown.width(line)).as(line)
                .isLessThanOrEqualTo(80));
    }

    @ParameterizedTest
    @CsvSource({"60, 24", "80, 24", "100, 30", "140, 50", "400, 80"})
    void shouldFitAnyWidth(int width, int height) throws IOException, NothingToShowException {
        liveBook();
        for (Colors colors : Colors.values()) {
            for (String line : draw(width, height, colors, Glyphs.UNICODE)) {
                String plain = COLOR.matcher(line).replaceAll("");
                assertThat(Shown.width(plain)).as(plain).isLessThanOrEqualTo(width);
            }
        }
        assertThat(draw(width, height, Colors.NONE, Glyphs.UNICODE)).hasSizeLessThanOrEqualTo(
                Math.max(height, 28)).filteredOn(line -> line.startsWith("──"))
                .allSatisfy(line -> assertThat(line).hasSize(width)).hasSize(3);
    }

    @Test
    void shouldUseTheWidthItGets() throws IOException, NothingToShowException {
        liveBook();
        String wide = String.join("\n", draw(140, 40, Colors.NONE, Glyphs.UNICODE));
        assertThat(wide).containsPattern("█{60,}").contains("book known 100 %");
    }

    @ParameterizedTest
    @EnumSource(names = "SIXTEEN", value = Colors.class)
    void shouldUseNothingButAsciiWhereThatIsAllThereIs(Colors colors)
            throws IOException, NothingToShowException {
        liveBook();
        assertThat(String.join("", draw(80, 30, colors, Glyphs.ASCII)))
                .matches(text -> StandardCharsets.US_ASCII.newEncoder().canEncode(text));
    }

    @Test
    void shouldSayWhenTheBookCannotBeBelieved() throws IOException, NothingToShowException {
        liveBook();
        event.bookReset(0, 0, at(71_000), 0, Reason.DISCONNECTED);
        study.onEvent(event, ++sequence, true);
        assertThat(String.join("\n", draw(100, 40, Colors.NONE, Glyphs.UNICODE)))
                .contains("● stale  it does not follow its venue any more");
        assertThat(DepthJson.of(read(71_000))).contains("\"book_state\":\"stale\"");
    }

    @Test
    void shouldDrawABookOfWhichLittleIsKnown() throws IOException, NothingToShowException {
        assertThatThrownBy(() -> read(0)).isInstanceOf(NothingToShowException.class);
        level(0, 972_500, 1_000, true, EventFlags.SNAPSHOT | EventFlags.FIRST | EventFlags.LAST);
        String picture = String.join("\n", draw(80, 24, Colors.NONE, Glyphs.UNICODE));
        assertThat(picture).contains("rebuilding  it does not follow its venue yet")
                .contains("no window in which the book followed its venue")
                .contains("book rebuilding");
        assertThat(DepthJson.of(read(0))).contains("\"window\":null")
                .contains("\"asks\":[]").doesNotContain("NaN");
    }

    @Test
    void shouldPrintWhatIsDrawn() throws IOException, NothingToShowException {
        liveBook();
        String json = DepthJson.of(read(70_990));
        assertThat(json).startsWith("{\"instrument\":\"" + NAME + "\",\"price_unit\":\"USDT\"")
                .contains("\"spread\":0.1,\"mid\":97250.05,")
                .contains("\"bids\":[{\"price\":97250,\"quantity\":4,\"cumulative\":4}")
                .contains("\"multiple_of_median\":5")
                .contains("{\"price\":97247.1,\"quantity\":30,\"largest\":30,"
                        + "\"first_seen_ms\":" + (NOON_MS + 10_000) + "}")
                .contains("\"order_flow_imbalance\":[3,")
                .contains("\"coverage_ppm\":1000000").contains("\"book_state\":\"synced\"")
                .contains("\"average_spread\":0.1,");
        assertThat(json.chars().filter(c -> c == '{').count())
                .isEqualTo(json.chars().filter(c -> c == '}').count());
    }

    /** Sixty levels a side, a wall from the start and one of the last seconds. */
    private void liveBook() {
        for (int i = 0; i < 60; i++) {
            level(0, 972_500 - i, i == 29 ? 3_000_000 : 100_000, true,
                    EventFlags.SNAPSHOT | (i == 0 ? EventFlags.FIRST : 0));
            level(0, 972_501 + i, 100_000, false,
                    EventFlags.SNAPSHOT | (i == 59 ? EventFlags.LAST : 0));
        }
        event.bookReady(0, at(0), at(0), 1);
        study.onEvent(event, ++sequence, true);
        update(10_000, 972_500, 100_000, true);
        clock(10_000);
        for (int ms = 10_000; ms <= 60_000; ms += 5_000) {
            clock(ms);
        }
        update(60_000, 972_500, 100_000, true);
        clock(65_000);
        update(65_000, 972_556, 4_000_000, false);
        clock(65_000);
        update(70_000, 972_500, 400_000, true);
        clock(70_000);
    }

    private void update(long ms, long price, long quantity, boolean bid) {
        level(ms, price, quantity, bid, EventFlags.FIRST | EventFlags.LAST);
    }

    private void level(long ms, long price, long quantity, boolean bid, int flags) {
        event.bookLevel(0, at(ms), at(ms), price, quantity, 1,
                flags | (bid ? EventFlags.BID : 0));
        study.onEvent(event, ++sequence, true);
    }

    private void clock(long ms) {
        event.clock(at(ms));
        study.onEvent(event, ++sequence, true);
        writer.heartbeat(at(ms));
    }

    private static long at(long ms) {
        return (NOON_MS + ms) * NS_PER_MS;
    }

    private DepthReport read(long ms) throws IOException, NothingToShowException {
        writer.heartbeat(at(ms));
        try (DepthReading reading = new DepthReading(file, () -> NOON_MS + ms)) {
            return reading.read(NAME, Timeframe.M1);
        }
    }

    private List<String> draw(int width, int height, Colors colors, Glyphs glyphs)
            throws IOException, NothingToShowException {
        return new DepthDrawing(width, height, new Ink(colors), glyphs).draw(read(70_990));
    }
}
