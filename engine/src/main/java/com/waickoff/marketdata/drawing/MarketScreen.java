package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.report.PriceLadder;
import com.waickoff.marketdata.report.PriceLadder.Step;
import com.waickoff.marketdata.report.QualityWords;
import com.waickoff.marketdata.report.WindowReport;
import com.waickoff.marketdata.report.WindowReport.Bar;
import com.waickoff.marketdata.report.WindowReport.Quality;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.QuantityColumn;
import com.waickoff.marketdata.terminal.ScreenLine;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Spark;
import com.waickoff.marketdata.window.ValueAreaRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A market in one picture.
 *
 * <pre>
 *   instrument, last price, window                          time
 *   ● how good the numbers are                      feed, book
 *   high, low, volume, delta, trades
 *   ──────────────────────────────┬────────────────────────────
 *        price  buy sell    delta │     price   size  asks
 *   VAH  101.5 ┃ ████░░      +3.1 │     101.1    2.5  ███
 *   POC► 101.0 ┃ ███████░░   +5.0 │       0.1  spread
 *   VAL  100.5 ┃ ███░        +1.0 │     101.0    4.0  ████
 *   ──────────────────────────────┴────────────────────────────
 *   delta/s  ▂▁▃ ▅▁
 *              ▔▀
 *   CVD      ▃▄▂▄▆█
 *   ───────────────────────────────────────────────────────────
 *   rates
 *   latencies
 * </pre>
 *
 * <p>Threads: immutable; a picture depends on its frame and on the prices of the one before.
 */
public final class MarketScreen {
    /** Fewer columns cannot hold it. */
    static final int MIN_WIDTH = 60;
    /** Fewer lines cannot hold it; of lower screens the lower part is cut off. */
    static final int MIN_HEIGHT = 20;

    private static final int WIDTH_FOR_BOOK = 76;
    private static final int BOOK_SHARE = 3;
    private static final int BOOK_MIN = 27;
    private static final int BOOK_MAX = 46;
    /** Lines of everything but prices, with one line for latencies. */
    private static final int OTHER_LINES = 12;
    /** From this height on there is a second line for latencies, and then a third. */
    private static final int HEIGHT_FOR_MORE = 27;
    private static final int TALLEST = 60;

    private final int width;
    private final int height;
    private final Ink ink;
    private final Glyphs glyphs;

    /** Pictures of this size. */
    public MarketScreen(int width, int height, Ink ink, Glyphs glyphs) {
        this.width = Math.max(MIN_WIDTH, width);
        this.height = Math.clamp(height, MIN_HEIGHT, TALLEST);
        this.ink = ink;
        this.glyphs = glyphs;
    }

    /** The picture, line by line, its prices where they were before. */
    public List<String> draw(MarketFrame frame, SteadyPrices prices) {
        int latencyLines = Math.clamp(height - HEIGHT_FOR_MORE + 2L, 1, 3);
        int body = height - OTHER_LINES + 1 - latencyLines;
        boolean withBook = width >= WIDTH_FOR_BOOK;
        int bookWidth = withBook ? Math.clamp(width / BOOK_SHARE, BOOK_MIN, BOOK_MAX) : 0;
        int profileWidth = withBook ? width - bookWidth - 3 : width;
        List<String> lines = new ArrayList<>();
        lines.add(header(frame.window()));
        lines.add(quality(frame));
        lines.add(figures(frame.window()));
        lines.add(rule(glyphs.ruleDown(), profileWidth, withBook));
        List<String> left = profile(frame.window(), prices, profileWidth, body);
        List<String> right = withBook
                ? new BookPane(frame.window().scales(), bookWidth, ink, glyphs)
                        .draw(frame.book(), body + 1)
                : List.of();
        String margin = ' ' + ink.paint(Tone.FAINT, String.valueOf(glyphs.outside())) + ' ';
        for (int i = 0; i <= body; i++) {
            lines.add(withBook ? left.get(i) + margin + right.get(i) : left.get(i));
        }
        lines.add(rule(glyphs.ruleUp(), profileWidth, withBook));
        addFlow(lines, frame);
        lines.add(rule(glyphs.rule(), 0, false));
        EnginePane engine = new EnginePane(width, ink, glyphs);
        lines.add(engine.rates(frame.rates()));
        lines.addAll(engine.latencies(frame.rates(), latencyLines));
        lines.replaceAll(String::stripTrailing);
        return lines;
    }

    private String rule(char joint, int at, boolean joined) {
        String line = String.valueOf(glyphs.rule()).repeat(width);
        return ink.paint(Tone.FAINT, joined
                ? line.substring(0, at + 1) + joint + line.substring(at + 2) : line);
    }

    private String header(WindowReport window) {
        Scales scales = window.scales();
        Bar bar = window.bar();
        String name = Shown.plain(scales.name());
        long change = bar.close() - bar.open();
        String last = price(bar.close(), scales);
        String moved = Figures.signed(change, price(change, scales));
        String from = Figures.minute(window.span().startMs());
        String to = Figures.minute(window.span().endMs());
        int clock = from.indexOf(' ') + 1;
        String span = window.span().label(glyphs.times()) + ' ' + from.substring(clock) + ' '
                + glyphs.dash() + ' ' + to.substring(clock);
        String now = Figures.second(window.quality().asOfMs()) + " UTC";
        return new ScreenLine(width, ink).add(Tone.STRONG, name).add(Tone.STRONG, last)
                .add(ProfileColumns.toneOf(change), moved).add(null, span)
                .end(Tone.FAINT, now, now.substring(clock));
    }

    private String quality(MarketFrame frame) {
        WindowReport window = frame.window();
        Quality quality = window.quality();
        QualityWords words = QualityWords.of(quality);
        ScreenLine line = new ScreenLine(width, ink)
                .add(words.tone(), glyphs.bullet() + " " + words.verdict())
                .add(null, "coverage " + Figures.percentOfPpm(quality.coveragePpm()) + ", "
                        + quality.gaps() + (quality.gaps() == 1 ? " gap" : " gaps"));
        String name = window.scales().name();
        FeedReading feed = frame.rates().feed(name.substring(0, name.indexOf(':')));
        String book = "book " + quality.bookState().label();
        if (feed == null) {
            return line.end(null, book);
        }
        String state = feed.state().label().replace('_', ' ');
        return line.end(feed.state() == FeedState.LIVE ? Tone.GOOD : Tone.WARNING,
                "feed " + state + ", " + book, "feed " + state);
    }

    private String figures(WindowReport window) {
        Scales scales = window.scales();
        Bar bar = window.bar();
        QuantityColumn quantities = QuantityColumn.of(bar.volume(), scales.quantityScale());
        return new ScreenLine(width, ink)
                .add("volume", null, quantities.format(bar.volume()))
                .add("delta", ProfileColumns.toneOf(bar.delta()),
                        quantities.formatSigned(bar.delta()))
                .add("trades", null, Figures.count(bar.trades()))
                .add("high", null, price(bar.high(), scales))
                .add("low", null, price(bar.low(), scales)).toString();
    }

    private List<String> profile(WindowReport window, SteadyPrices prices, int columns, int body) {
        List<String> lines = new ArrayList<>();
        if (window.rows().isEmpty()) {
            lines.add(Shown.left("no rows to draw", columns));
        } else {
            PriceLadder ladder = prices.ladder(window.rows(), window.span().startMs(), body,
                    ValueAreaRule.DEFAULT);
            ProfileColumns layout = new ProfileColumns(ladder, window.scales(),
                    window.bar().close(), columns, ink, glyphs, Map.of());
            lines.add(layout.header());
            for (Step step : ladder.steps()) {
                lines.add(layout.line(step));
            }
        }
        while (lines.size() <= body) {
            lines.add(" ".repeat(columns));
        }
        return lines;
    }

    private void addFlow(List<String> lines, MarketFrame frame) {
        int labels = "delta/s ".length();
        int scale = frame.window().scales().quantityScale();
        List<Long> deltas = frame.flow().deltas();
        List<Long> cumulative = frame.flow().cumulative();
        Long cvd = frame.window().cumulativeDelta();
        String total = cvd == null ? "unknown" : Figures.signed(cvd,
                QuantityColumn.of(cvd, scale).format(cvd));
        int figures = Math.max("+100.00".length(), total.length());
        int cells = width - labels - 1 - figures;
        List<Long> shown = last(deltas, cells);
        long highest = shown.stream().mapToLong(Long::longValue).max().orElse(0);
        long lowest = shown.stream().mapToLong(Long::longValue).min().orElse(0);
        QuantityColumn quantities = QuantityColumn.of(Math.max(Math.abs(highest),
                Math.abs(lowest)), scale);
        Spark spark = new Spark(ink, glyphs);
        String blank = " ".repeat(cells - shown.size() + 1);
        lines.add(label("delta/s") + spark.rises(shown) + blank + ink.paint(Tone.BUY,
                Shown.right(highest > 0 ? quantities.formatSigned(highest) : "", figures)));
        lines.add(label("") + spark.falls(shown) + blank + ink.paint(Tone.SELL,
                Shown.right(lowest < 0 ? quantities.formatSigned(lowest) : "", figures)));
        lines.add(label("CVD") + ink.paint(Tone.ACCENT, spark.line(last(cumulative, cells)))
                + blank + Shown.right(total, figures));
    }

    private String label(String text) {
        return ink.paint(Tone.FAINT, Shown.left(text, "delta/s ".length()));
    }

    private static List<Long> last(List<Long> values, int most) {
        return values.subList(Math.max(0, values.size() - most), values.size());
    }

    private String price(long price, Scales scales) {
        return Figures.fixed(price, scales.priceScale(),
                ProfileColumns.decimalsOf(scales.tick(), scales.priceScale()));
    }
}
