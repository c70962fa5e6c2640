package com.waickoff.marketdata.storage.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.storage.drain.SinkFencedException;
import com.waickoff.marketdata.storage.drain.SinkUnavailableException;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import com.waickoff.marketdata.storage.effect.InstrumentChanged;
import com.waickoff.marketdata.storage.effect.WindowClosed;
import com.waickoff.marketdata.storage.effect.WindowRevised;
import com.waickoff.marketdata.storage.effect.WindowRows;
import com.waickoff.marketdata.storage.effect.WindowState;
import com.waickoff.marketdata.window.Timeframe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoSinkTest {
    private static final long JOURNAL = 1_785_000_000_000_000_000L;

    @TempDir
    Path directory;

    private MongoUnderTest server;

    @BeforeEach
    void open() throws Exception {
        server = MongoUnderTest.open(directory);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    private MongoSink sink() {
        return new MongoSink(server.settings(), new Random(1));
    }

    private static SyntheticEffects market() {
        return new SyntheticEffects(5, "BTCUSDT", 0, 2_000_000);
    }

    @Test
    void shouldWriteEachEffectOnceHoweverOftenItIsGiven() throws Exception {
        List<Effect> effects = market().begin().trades(20_000).take();
        try (MongoSink sink = sink()) {
            assertThat(sink.resumeAfter(JOURNAL, 1)).isEqualTo(EffectId.NONE);
            write(sink, effects, 700);
            shouldHave(effects);
            // As after a crash before the place was noted: by another process, in other batches.
        }
        try (MongoSink sink = sink()) {
            assertThat(sink.resumeAfter(JOURNAL, 2)).isEqualTo(EffectId.NONE);
            write(sink, effects, 333);
            shouldHave(effects);
            sink.cursor(effects.getLast().id().sequence());
        }
        try (MongoSink sink = sink()) {
            assertThat(sink.resumeAfter(JOURNAL, 3))
                    .isEqualTo(EffectId.lastOf(effects.getLast().id().sequence()));
            assertThat(sink.resumeAfter(JOURNAL + 1, 4)).isEqualTo(EffectId.NONE);
        }
    }

    private static void write(MongoSink sink, List<Effect> effects, int batch) throws Exception {
        for (int i = 0; i < effects.size(); i += batch) {
            sink.write(effects.subList(i, Math.min(effects.size(), i + batch)));
        }
    }

    private void shouldHave(List<Effect> effects) {
        StoredEffects.assertHolds(server.client().getDatabase(server.database()), effects);
    }

    private List<WindowState> windows(Timeframe timeframe) {
        return StoredEffects.windows(server.client().getDatabase(server.database()), timeframe);
    }

    @Test
    void shouldNotReplaceARevisionByWhatWasThereBefore() throws Exception {
        WindowRevised revised = first(WindowRevised.class);
        WindowState window = revised.window();
        WindowClosed late = new WindowClosed(new EffectId(revised.id().sequence() - 1, 0),
                revised.instrument(), revised.receiveTimeNs(), revision(window, 0, window.rows()));
        try (MongoSink sink = sink(); MongoSink slow = sink()) {
            slow.resumeAfter(JOURNAL, 1);
            sink.resumeAfter(JOURNAL, 2);
            sink.write(List.of(revised));
            slow.write(List.of(late));
            assertThat(windows(window.timeframe())).containsExactly(window);
            assertThat(slow.superseded()).isEqualTo(1);
            // Another journal that is newer has other sequences.
            sink.resumeAfter(JOURNAL + 1, 3);
            sink.write(List.of(late));
            assertThat(windows(window.timeframe())).containsExactly(late.window());
        }
    }

    private static <T extends Effect> T first(Class<T> type) {
        return market().begin().trades(20_000).take().stream().filter(type::isInstance)
                .map(type::cast).findFirst().orElseThrow();
    }

    private static WindowState revision(WindowState window, int revision, WindowRows rows) {
        return new WindowState(window.timeframe(), window.startMs(), window.flags(), revision,
                window.trades(), window.open(), window.high(), window.low(), window.close(),
                window.volume(), window.buyVolume(), window.minDelta(), window.maxDelta(),
                window.cumulativeDelta(), window.blockVolume(), window.rpiVolume(),
                window.notional(), window.squares(), window.firstTapeKey(),
                window.lastTapeKey(), window.coverage(), rows);
    }

    @Test
    void shouldKeepTheRowsOfAWindowThatIsRevisedWithoutThem() throws Exception {
        WindowClosed closed = first(WindowClosed.class);
        WindowState window = closed.window();
        WindowRevised revised = new WindowRevised(
                new EffectId(closed.id().sequence() + 5, 0), closed.instrument(),
                closed.receiveTimeNs(), revision(window, 1, WindowRows.NONE));
        try (MongoSink sink = sink()) {
            sink.resumeAfter(JOURNAL, 1);
            sink.write(List.of(closed, revised));
            assertThat(windows(window.timeframe()))
                    .containsExactly(revision(window, 1, window.rows()));
        }
    }

    @Test
    void shouldKeepBothPartsOfAWindowInWhichTheTickChanged() throws Exception {
        WindowClosed before = first(WindowClosed.class);
        Instrument defined = before.instrument().withId(5);
        EffectId later = new EffectId(before.id().sequence() + 9, 0);
        WindowClosed after = new WindowClosed(new EffectId(later.sequence(), 1), defined,
                before.receiveTimeNs(), revision(before.window(), 0, before.window().rows()));
        try (MongoSink sink = sink()) {
            sink.resumeAfter(JOURNAL, 1);
            sink.write(market().begin().take());
            sink.write(List.of(before));
            sink.write(List.of(new InstrumentChanged(later, defined, 0)));
        }
        try (MongoSink sink = sink()) { // which knows from the server which one was first
            sink.resumeAfter(JOURNAL, 2);
            sink.write(List.of(after, before));
            assertThat(server.all(DocumentIds.barCollection(before.window().timeframe())))
                    .extracting(bar -> bar.getInt32("definition").getValue())
                    .containsExactly(0, 5);
        }
    }

    @Test
    void shouldFenceADrainThatWasOvertaken() throws Exception {
        try (MongoSink old = sink(); MongoSink current = sink()) {
            old.resumeAfter(JOURNAL, 1);
            old.cursor(10);
            assertThat(current.resumeAfter(JOURNAL, 2)).isEqualTo(EffectId.lastOf(10));
            assertThatThrownBy(() -> old.cursor(20)).isInstanceOf(SinkFencedException.class);
            assertThatThrownBy(() -> old.resumeAfter(JOURNAL, 1))
                    .isInstanceOf(SinkFencedException.class);
            current.cursor(5);
            assertThat(current.resumeAfter(JOURNAL, 3)).isEqualTo(EffectId.lastOf(10));
        }
    }

    @Test
    void shouldBeEmptyWhenItWasCleared() throws Exception {
        try (MongoSink sink = sink()) {
            sink.resumeAfter(JOURNAL, 1);
            sink.write(market().begin().trades(3_000).take());
            sink.cursor(7);
            sink.clear(JOURNAL, 2);
            assertThat(sink.resumeAfter(JOURNAL, 3)).isEqualTo(EffectId.NONE);
            assertThat(server.all("bars_1m")).isEmpty();
            assertThat(server.collections()).doesNotContain("trades_20260801");
        }
    }

    @Test
    void shouldSayThatAServerIsAwayAndNotWithWhichPassword() {
        MongoSettings nobody = MongoSettings
                .of("mongodb://drain:secret@127.0.0.1:1", "market").within(Duration.ofMillis(200));
        try (MongoSink sink = new MongoSink(nobody, new Random(1))) {
            assertThatThrownBy(() -> sink.resumeAfter(JOURNAL, 1))
                    .isInstanceOf(SinkUnavailableException.class)
                    .message().doesNotContain("secret");
        }
        assertThat(nobody.toString()).doesNotContain("secret");
        assertThatThrownBy(() -> new MongoSink(
                MongoSettings.of("mongodb://drain:sec/ret@host", "market"), new Random(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .message().doesNotContain("sec/ret");
    }

    @Test
    void shouldWriteOnlyWhatTheSchemaAllows() throws Exception {
        try (MongoSink sink = sink()) {
            sink.resumeAfter(JOURNAL, 1);
            sink.write(market().begin().trades(5_000).take());
        }
        for (String collection : List.of("bars_1m", "signals", "states", "instruments",
                "coverage", "trades_20260801")) {
            BsonDocument schema = MongoSchema.schema(collection);
            assertThat(server.all(collection)).isNotEmpty().allSatisfy(
                    document -> assertThat(document.keySet()).as(collection).containsAll(
                            schema.getArray("required").stream()
                                    .map(name -> name.asString().getValue()).toList()));
        }
    }
}
