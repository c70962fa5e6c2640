package com.waickoff.marketdata.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.waickoff.marketdata.storage.drain.SinkFencedException;
import com.waickoff.marketdata.storage.drain.SinkUnavailableException;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import com.waickoff.marketdata.storage.effect.InstrumentChanged;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.XAddArgs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bus on a real server. */
class RedisSinkTest {
    private static final List<Effect> EFFECTS = SampleEffects.of(7, 1_000, 4);

    @TempDir
    private static Path directory;
    private static TestRedis redis;

    private RedisSettings settings;
    private RedisKeys keys;

    @BeforeAll
    static void startServer() throws IOException {
        redis = TestRedis.any(directory);
    }

    @AfterAll
    static void stopServer() {
        if (redis != null) {
            redis.close();
        }
    }

    @BeforeEach
    void chooseKeys() {
        settings = redis.settings();
        keys = new RedisKeys(settings.prefix());
    }

    private RedisSink sink() {
        return new RedisSink(settings, System::nanoTime);
    }

    @Test
    void shouldWriteEachEffectOnce() throws Exception {
        try (RedisSink sink = sink()) {
            TestLane lane = new TestLane(EFFECTS, 64, 1);
            lane.run(sink);

            assertThat(lane.failures()).isEmpty();
            assertThat(sink.figures().written()).isEqualTo(EFFECTS.size());
        }
        TestLane.assertHolds(redis.look(), settings.prefix(), EFFECTS);
    }

    @Test
    void shouldSkipWhatIsThereWhenAllIsGivenAgain() throws Exception {
        try (RedisSink sink = sink()) {
            assertThat(sink.resumeAfter(SampleEffects.JOURNAL, 1)).isEqualTo(EffectId.NONE);
            sink.write(EFFECTS.subList(0, 700));
            // Killed before it could note the cursor.
        }
        try (RedisSink sink = sink()) {
            assertThat(sink.resumeAfter(SampleEffects.JOURNAL, 2)).isEqualTo(EffectId.NONE);
            sink.write(EFFECTS.subList(0, 300));
            sink.cursor(EFFECTS.get(200).id().sequence());
        }
        try (RedisSink sink = sink()) {
            EffectId resume = sink.resumeAfter(SampleEffects.JOURNAL, 3);
            assertThat(resume).isEqualTo(EffectId.lastOf(EFFECTS.get(200).id().sequence()));
            sink.write(EFFECTS.stream().filter(effect -> resume.isBefore(effect.id())).toList());
            assertThat(sink.figures().written()).isEqualTo(300);
            assertThat(sink.figures().skipped()).isPositive();
        }
        TestLane.assertHolds(redis.look(), settings.prefix(), EFFECTS);
    }

    @Test
    void shouldNoticeAStreamThatWasDeletedWhileConnected() throws Exception {
        try (RedisSink sink = sink()) {
            sink.resumeAfter(SampleEffects.JOURNAL, 1);
            sink.write(EFFECTS.subList(0, 500));
            sink.cursor(EFFECTS.get(400).id().sequence());
            redis.look().del(keys.events(SampleEffects.instrument(1).name()));

            assertThatThrownBy(() -> sink.write(EFFECTS.subList(500, 1_000)))
                    .isInstanceOf(SinkUnavailableException.class)
                    .hasMessageContaining("has gone");
            TestLane lane = new TestLane(EFFECTS, 100, 1);
            lane.run(sink);
            assertThat(lane.failures()).isEmpty();
        }
        TestLane.assertHolds(redis.look(), settings.prefix(), EFFECTS);
    }

    @Test
    void shouldNoticeThatTheServerWasEmptied() throws Exception {
        try (RedisSink sink = sink()) {
            sink.resumeAfter(SampleEffects.JOURNAL, 1);
            sink.write(EFFECTS);
            sink.cursor(EFFECTS.getLast().id().sequence());
            deleteAll();

            assertThatThrownBy(() -> sink.cursor(EFFECTS.getLast().id().sequence() + 1))
                    .isInstanceOf(SinkUnavailableException.class)
                    .hasMessageContaining("lost");
            new TestLane(EFFECTS, 100, 1).run(sink);
        }
        TestLane.assertHolds(redis.look(), settings.prefix(), EFFECTS);
    }

    @Test
    void shouldResumeBeforeWhatOneStreamLost() throws Exception {
        try (RedisSink sink = sink()) {
            new TestLane(EFFECTS, 100, 1).run(sink);
        }
        redis.look().del(keys.events(SampleEffects.instrument(2).name()));
        try (RedisSink sink = sink()) {
            assertThat(sink.resumeAfter(SampleEffects.JOURNAL, 2)).isEqualTo(EffectId.NONE);
            // Asked again before anything was given: the loss is not forgotten.
            assertThat(sink.resumeAfter(SampleEffects.JOURNAL, 2)).isEqualTo(EffectId.NONE);
            new TestLane(EFFECTS, 100, 2).run(sink);
            assertThat(sink.resumeAfter(SampleEffects.JOURNAL, 2))
                    .isEqualTo(EffectId.lastOf(EFFECTS.getLast().id().sequence()));
        }
        TestLane.assertHolds(redis.look(), settings.prefix(), EFFECTS);
    }

    @Test
    void shouldRefuseAStreamThatThisJournalDoesNotMake() throws Exception {
        String key = keys.events(EFFECTS.getFirst().instrument().name());
        try (RedisSink sink = sink()) {
            sink.resumeAfter(SampleEffects.JOURNAL, 1);
            redis.look().xadd(key, new XAddArgs().id("1-7"), Map.of("n", "1"));

            assertThatThrownBy(() -> sink.write(EFFECTS))
                    .isInstanceOf(SinkUnavailableException.class)
                    .hasMessageContaining("1-7").hasMessageContaining("--rebuild");

            redis.look().xadd(key, Map.of("hello", "world"));
            sink.resumeAfter(SampleEffects.JOURNAL, 1);
            assertThatThrownBy(() -> sink.write(EFFECTS))
                    .isInstanceOf(SinkUnavailableException.class)
                    .hasMessageContaining("not ours");
        }
    }

    @Test
    void shouldRefuseAStreamWithAHole() throws Exception {
        List<Effect> ofOne = EFFECTS.stream()
                .filter(effect -> effect.instrument().id() == 0).toList();
        try (RedisSink sink = sink()) {
            sink.resumeAfter(SampleEffects.JOURNAL, 1);
            sink.write(ofOne.stream().filter(effect -> !effect.equals(ofOne.get(20))).toList());

            sink.resumeAfter(SampleEffects.JOURNAL, 1);
            sink.write(ofOne);
            assertThatThrownBy(() -> sink.write(List.of(later(ofOne.getLast()))))
                    .isInstanceOf(SinkUnavailableException.class)
                    .hasMessageContaining("by this journal it is " + ofOne.size());
        }
    }

    private static Effect later(Effect effect) {
        return new InstrumentChanged(
                new EffectId(effect.id().sequence() + 1, 0), effect.instrument(), 1);
    }

    @Test
    void shouldRefuseTheStreamsOfAnotherJournalUntilTheyAreCleared() throws Exception {
        try (RedisSink sink = sink()) {
            new TestLane(EFFECTS, 100, 1).run(sink);
        }
        try (RedisSink sink = sink()) {
            assertThatThrownBy(() -> sink.resumeAfter(SampleEffects.JOURNAL + 1, 2))
                    .isInstanceOf(SinkUnavailableException.class)
                    .hasMessageContaining("another journal").hasMessageContaining("--rebuild");

            sink.clear(SampleEffects.JOURNAL + 1, 2);
            assertThat(redis.look().keys(keys.eventsPattern())).isEmpty();
            assertThat(sink.resumeAfter(SampleEffects.JOURNAL + 1, 2)).isEqualTo(EffectId.NONE);
        }
    }

    @Test
    void shouldRefuseStreamsWithoutACursor() throws Exception {
        try (RedisSink sink = sink()) {
            new TestLane(EFFECTS, 100, 1).run(sink);
            redis.look().del(keys.cursor());

            assertThatThrownBy(() -> sink.resumeAfter(SampleEffects.JOURNAL, 1))
                    .isInstanceOf(SinkUnavailableException.class)
                    .hasMessageContaining("no cursor");
            sink.clear(SampleEffects.JOURNAL, 1);
            new TestLane(EFFECTS, 100, 1).run(sink);
        }
        TestLane.assertHolds(redis.look(), settings.prefix(), EFFECTS);
    }

    @Test
    void shouldEndTheDrainBeforeIt() throws Exception {
        try (RedisSink former = sink(); RedisSink later = sink()) {
            former.resumeAfter(SampleEffects.JOURNAL, 1);
            former.write(EFFECTS.subList(0, 100));
            later.resumeAfter(SampleEffects.JOURNAL, 2);

            assertThatThrownBy(() -> former.write(EFFECTS.subList(100, 200)))
                    .isInstanceOf(SinkUnavailableException.class);
            assertThatThrownBy(() -> former.resumeAfter(SampleEffects.JOURNAL, 1))
                    .isInstanceOf(SinkFencedException.class);
            new TestLane(EFFECTS, 100, 2).run(later);
        }
        TestLane.assertHolds(redis.look(), settings.prefix(), EFFECTS);
    }

    @Test
    void shouldKeepStreamsBounded() throws Exception {
        settings = settings.withBounds(1_000, 200, settings.timeout(), settings.latestExpiry());
        List<Effect> many = SampleEffects.of(3, 6_000, 1);
        try (RedisSink sink = sink()) {
            new TestLane(many, 500, 1).run(sink);
        }
        String key = keys.events(many.getFirst().instrument().name());
        assertThat(redis.look().xlen(key)).isBetween(1_000L, 1_400L);
        // The number of the last entry tells how many there ever were.
        assertThat(redis.look().xrevrange(key, Range.unbounded(),
                Limit.from(1)).getFirst().getBody()).containsEntry("n", "6000");
    }

    @Test
    void shouldShowTheLatestAndWakeReaders() throws Exception {
        String instrument = EFFECTS.getLast().instrument().name();
        try (RedisSink sink = sink()) {
            new TestLane(EFFECTS, 100, 1).run(sink);
            assertThat(sink.figures().cacheFailures()).isZero();
        }
        Map<String, String> latest = redis.look().hgetall(keys.latest(instrument));
        assertThat(latest).containsEntry("id", EFFECTS.getLast().id().toString())
                .containsKeys("price", "quantity", "side", "match_time_ns", "receive_time_ns");
        assertThat(redis.look().pttl(keys.latest(instrument))).isBetween(1L,
                settings.latestExpiry().toMillis());
        assertThat(redis.look().xlen(keys.events(instrument))).isPositive();
    }

    @Test
    void shouldRefuseAServerThatEvictsStreams() throws Exception {
        assumeTrue(redis.isOwn(), "not for a server that was given (-Dredis.uri)");
        redis.look().configSet("maxmemory-policy", "allkeys-lru");
        try (RedisSink sink = sink()) {
            assertThatThrownBy(() -> sink.resumeAfter(SampleEffects.JOURNAL, 1))
                    .isInstanceOf(SinkUnavailableException.class)
                    .hasMessageContaining("allkeys-lru");
            redis.look().configSet("maxmemory-policy", "volatile-lru");
            sink.resumeAfter(SampleEffects.JOURNAL, 1);
        } finally {
            redis.look().configSet("maxmemory-policy", "noeviction");
        }
    }

    private void deleteAll() {
        redis.look().keys(settings.prefix() + ":*").forEach(key -> redis.look().del(key));
    }
}
