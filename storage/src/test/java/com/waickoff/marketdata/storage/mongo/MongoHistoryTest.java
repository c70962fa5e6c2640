package com.waickoff.marketdata.storage.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.storage.effect.CoverageChanged;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import com.waickoff.marketdata.storage.effect.SignalRaised;
import com.waickoff.marketdata.storage.effect.TradeProcessed;
import com.waickoff.marketdata.storage.effect.WindowRevised;
import com.waickoff.marketdata.storage.effect.WindowState;
import com.waickoff.marketdata.storage.history.History;
import com.waickoff.marketdata.storage.history.HistoryException;
import com.waickoff.marketdata.storage.history.HistoryException.Kind;
import com.waickoff.marketdata.storage.history.HistorySignal;
import com.waickoff.marketdata.storage.history.HistoryTrade;
import com.waickoff.marketdata.storage.history.HistoryWindow;
import com.waickoff.marketdata.storage.history.Page;
import com.waickoff.marketdata.storage.history.PageRequest;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MongoHistoryTest {
    private static final long JOURNAL = 1_785_000_000_000_000_000L;
    private static final long START = SyntheticEffects.START_MS;
    private static final long END = START + 86_400_000L;
    private static final String BTC = "binance-spot:BTCUSDT";

    @TempDir
    static Path directory;

    private MongoUnderTest server;
    private MongoSink sink;
    private List<Effect> effects;
    private long nowMs = 1_800_000_000_000L;

    @BeforeAll
    void fill() throws Exception {
        server = MongoUnderTest.open(directory);
        sink = new MongoSink(server.settings(), new Random(3));
        sink.resumeAfter(JOURNAL, 1);
        // A busier one, and one whose name begins like it: neither may be in the answers.
        sink.write(new SyntheticEffects(8, "BTCUSDT2", 1, 2_000_000).begin().trades(3_000)
                .take());
        effects = new SyntheticEffects(7, "BTCUSDT", 0, 500_000).begin().trades(20_000).take();
        for (int i = 0; i < effects.size(); i += 1_000) {
            sink.write(effects.subList(i, Math.min(effects.size(), i + 1_000)));
        }
        sink.cursor(effects.getLast().id().sequence());
    }

    @AfterAll
    void close() throws Exception {
        sink.close();
        server.close();
    }

    private static PageRequest whole() {
        return range(START, END);
    }

    private static PageRequest range(long fromMs, long toMs) {
        return PageRequest.of(fromMs, toMs).within(MongoUnderTest.PATIENCE);
    }

    private MongoHistory history() {
        return new MongoHistory(server.settings(), () -> nowMs);
    }

    private List<WindowState> windows(Timeframe timeframe) {
        return StoredEffects.last(effects, timeframe);
    }

    private interface Ask<T> {
        Page<T> page(History history, PageRequest request) throws HistoryException;
    }

    /** All pages, each from another process' history. */
    private <T> List<T> all(Ask<T> ask, PageRequest first) throws HistoryException {
        List<T> all = new ArrayList<>();
        PageRequest request = first;
        while (true) {
            try (History history = history()) {
                Page<T> page = ask.page(history, request);
                assertThat(page.items()).hasSizeLessThanOrEqualTo(request.limit());
                all.addAll(page.items());
                if (page.next() == null) {
                    return all;
                }
                assertThat(page.items()).isNotEmpty();
                request = request.after(page.next());
            }
        }
    }

    @Test
    void shouldGiveEveryWindowOnceInPagesOfAnySize() throws Exception {
        List<WindowState> expected = windows(Timeframe.M1);
        assertThat(expected).hasSizeGreaterThan(30);
        for (int limit : List.of(7, 10_000)) {
            List<HistoryWindow> found = all((history, request) -> history.windows(BTC,
                    Timeframe.M1, request), whole().withLimit(limit));
            assertThat(found).extracting(HistoryWindow::startMs)
                    .isEqualTo(expected.stream().map(WindowState::startMs).toList());
            assertThat(found).extracting(HistoryWindow::rows)
                    .isEqualTo(expected.stream().map(WindowState::rows).toList());
            assertThat(found).extracting(HistoryWindow::notional)
                    .isEqualTo(expected.stream().map(WindowState::notional).toList());
        }
        List<HistoryWindow> small = all((history, request) -> history.windows(BTC, Timeframe.M1,
                request), whole().withMaxBytes(2_048));
        assertThat(small).hasSameSizeAs(expected);
    }

    @Test
    void shouldGiveBarsWithoutRowsAndOnlyThoseOfTheRange() throws Exception {
        List<WindowState> expected = windows(Timeframe.M1).subList(3, 9);
        try (History history = history()) {
            Page<HistoryWindow> page = history.bars(BTC, Timeframe.M1, range(
                    expected.getFirst().startMs(), expected.getLast().startMs() + 1));
            assertThat(page.next()).isNull();
            assertThat(page.items()).extracting(HistoryWindow::close)
                    .isEqualTo(expected.stream().map(WindowState::close).toList());
            assertThat(page.items()).allSatisfy(window -> {
                assertThat(window.rows().isEmpty()).isTrue();
                assertThat(window.area().rowSize()).isPositive();
                assertThat(window.area().vah()).isGreaterThanOrEqualTo(window.area().val());
            });
            assertThat(history.bars("binance-spot:NONE", Timeframe.M1,
                    whole()).items()).isEmpty();
        }
    }

    @Test
    void shouldGiveTradesInTheOrderOfTheJournal() throws Exception {
        List<Long> expected = effects.stream().filter(TradeProcessed.class::isInstance)
                .map(trade -> trade.id().sequence()).toList();
        for (int limit : List.of(997, 10_000)) {
            assertThat(all((history, request) -> history.trades(BTC, request),
                    whole().withLimit(limit)))
                    .extracting(HistoryTrade::sequence).isEqualTo(expected);
        }
        long fromMs = START + 600_000;
        List<HistoryTrade> some = all((history, request) -> history.trades(BTC, request),
                range(fromMs, fromMs + 60_000).withLimit(50));
        assertThat(some).hasSizeGreaterThan(50).hasSize((int) effects.stream()
                .filter(TradeProcessed.class::isInstance)
                .filter(trade -> trade.matchTimeNs() / 1_000_000 >= fromMs
                        && trade.matchTimeNs() / 1_000_000 < fromMs + 60_000)
                .count());
    }

    @Test
    void shouldGiveSignals() throws Exception {
        List<EffectId> expected = effects.stream().filter(SignalRaised.class::isInstance)
                .sorted((a, b) -> a.matchTimeNs() / 1_000_000 == b.matchTimeNs() / 1_000_000
                        ? a.id().compareTo(b.id())
                        : Long.compare(a.matchTimeNs(), b.matchTimeNs()))
                .map(Effect::id).toList();
        List<HistorySignal> found = all((history, request) -> history.signals(BTC, request),
                whole().withLimit(13));
        assertThat(found).extracting(HistorySignal::sequence)
                .isEqualTo(expected.stream().map(EffectId::sequence).toList());
        assertThat(found).allSatisfy(signal -> assertThat(signal.inputs())
                .hasSameSizeAs(signal.kind().inputs()));
    }

    @Test
    void shouldTellInstrumentsAndTheirCoverage() throws Exception {
        try (History history = history()) {
            assertThat(history.instruments()).extracting("symbol")
                    .contains("BTCUSDT", "BTCUSDT2");
            assertThat(history.coverage(BTC).orElseThrow().uncovered())
                    .extracting("toMs").containsExactly(START);
            assertThat(history.coverage("binance-spot:NONE")).isEmpty();
        }
    }

    @Test
    void shouldStampWindowsByWhatIsKnownNow() throws Exception {
        SyntheticEffects market = new SyntheticEffects(9, "ETHUSDT", 2, 2_000_000);
        sink.write(market.begin().trades(5_000).take());
        try (History history = history()) {
            PageRequest all = whole();
            HistoryWindow first = history.bars("binance-spot:ETHUSDT", Timeframe.M1, all)
                    .items().getFirst();
            assertThat(first.coverage().ppm()).isEqualTo(CoverageStamp.WHOLE_PPM);
            sink.write(List.of(new CoverageChanged(new EffectId(1_000_000, 0),
                    market.instrument(), 0, 0, 1, 0, 0, List.of(
                            new CoverageChanged.Interval(first.startMs(),
                                    first.startMs() + 15_000)))));
            CoverageStamp stamp = history.bars("binance-spot:ETHUSDT", Timeframe.M1, all)
                    .items().getFirst().coverage();
            assertThat(stamp.ppm()).isEqualTo(750_000);
            assertThat(stamp.gaps()).isEqualTo(1);
        }
    }

    @Test
    void shouldCarryTheDeltaOfARevisionForward() throws Exception {
        SyntheticEffects market = new SyntheticEffects(10, "SOLUSDT", 3, 2_000_000);
        sink.write(market.begin().trades(12_000).take());
        String name = "binance-spot:SOLUSDT";
        PageRequest all = whole();
        try (History history = history()) {
            List<HistoryWindow> before = history.windows(name, Timeframe.M1, all).items();
            HistoryWindow second = before.get(1);
            WindowState revised = new WindowState(Timeframe.M1, second.startMs(), Window.CLOSED,
                    9, second.trades() + 1, second.open(), second.high(), second.low(),
                    second.close(), second.volume() + 500, second.buyVolume() + 500,
                    second.minDelta(), second.maxDelta(), second.cumulativeDelta() + 500, 0, 0,
                    second.notional(), second.squares(), second.firstTapeKey(),
                    second.lastTapeKey(), second.coverage(), second.rows());
            sink.write(List.of(new WindowRevised(new EffectId(9_000_000, 0),
                    market.instrument(), 0, revised)));
            List<HistoryWindow> after = history.windows(name, Timeframe.M1, all).items();
            for (int i = 0; i < before.size(); i++) {
                assertThat(after.get(i).cumulativeDelta() - before.get(i).cumulativeDelta())
                        .as("window %d", i).isEqualTo(i == 0 ? 0 : 500);
            }
        }
    }

    @Test
    void shouldSayWhatIsWrongWithACursor() throws Exception {
        try (History history = history()) {
            PageRequest two = whole().withLimit(2);
            String next = history.bars(BTC, Timeframe.M1, two).next();
            assertThat(next).isNotNull();
            refused(Kind.BAD_CURSOR,
                    () -> history.bars(BTC, Timeframe.M5, two.after(next)));
            refused(Kind.BAD_CURSOR, () -> history.bars(BTC, Timeframe.M1,
                    two.after(next.substring(1))));
            refused(Kind.BAD_CURSOR, () -> history.bars(BTC, Timeframe.M1, two.after("?")));
            nowMs += 25 * 3_600_000L;
            refused(Kind.CURSOR_EXPIRED,
                    () -> history.bars(BTC, Timeframe.M1, two.after(next)));
            refused(Kind.RANGE_TOO_LARGE, () -> history.trades(BTC,
                    range(START, START + 40 * 86_400_000L)));
        }
    }

    @Test
    void shouldNotGuessAtWhatANewerProgramWrote() throws Exception {
        Mono.from(server.client().getDatabase(server.database()).getCollection("bars_1d")
                .insertOne(new Document("_id", "binance-spot:NEWER:1d:" + START).append("v", 2)))
                .block();
        try (History history = history()) {
            refused(Kind.UNREADABLE, () -> history.bars("binance-spot:NEWER", Timeframe.D1,
                    whole()));
        }
    }

    @Test
    void shouldSayThatTheDatabaseIsAway() {
        MongoSettings nobody = MongoSettings.of("mongodb://127.0.0.1:1", "market");
        try (History history = new MongoHistory(nobody, () -> nowMs)) {
            refused(Kind.UNAVAILABLE, () -> history.bars(BTC, Timeframe.M1,
                    whole().within(Duration.ofMillis(300))));
        }
    }

    private static void refused(Kind kind, ThrowingCallable question) {
        assertThatThrownBy(question).isInstanceOfSatisfying(HistoryException.class,
                refusal -> assertThat(refusal.kind()).isEqualTo(kind));
    }
}
