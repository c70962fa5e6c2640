package com.waickoff.marketdata.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.storage.drain.EffectSink;
import com.waickoff.marketdata.storage.drain.PoisonEffectException;
import com.waickoff.marketdata.storage.drain.SinkFencedException;
import com.waickoff.marketdata.storage.drain.SinkUnavailableException;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Gives effects to a sink as a lane of the drain does: asks where to resume, gives the rest in
 * batches, notes the cursor now and then, and begins again after each failure, for ever.
 */
final class TestLane {
    /** As our own deadlines and those of the client say it. */
    private static final Pattern SILENCE = Pattern.compile("no answer within|timed out");

    private final List<Effect> effects;
    private final int batch;
    private final long epoch;
    private final List<String> failures = new ArrayList<>();
    private Consumer<EffectId> progress = id -> {};
    private int silences;

    TestLane(List<Effect> effects, int batch, long epoch) {
        this.effects = effects;
        this.batch = batch;
        this.epoch = epoch;
    }

    /** Is told of each effect that a batch ended with, once it is confirmed. */
    TestLane onProgress(Consumer<EffectId> listener) {
        progress = listener;
        return this;
    }

    /** What went wrong on the way. */
    List<String> failures() {
        return failures;
    }

    void run(EffectSink sink)
            throws InterruptedException, SinkFencedException, PoisonEffectException {
        run(sink, Integer.MAX_VALUE);
    }

    /**
     * As {@link #run(EffectSink)}, but with an end to it.
     *
     * @param mostSilences a sink is given up that so often in a row waited in vain for an answer
     * @return whether all is given
     */
    boolean run(EffectSink sink, int mostSilences)
            throws InterruptedException, SinkFencedException, PoisonEffectException {
        silences = 0;
        while (silences < mostSilences) {
            try {
                giveRest(sink);
                return true;
            } catch (SinkUnavailableException e) {
                failures.add(e.getMessage());
                silences += SILENCE.matcher(e.getMessage()).find() ? 1 : 0;
                Thread.sleep(5);
            }
        }
        return false;
    }

    private void giveRest(EffectSink sink)
            throws SinkUnavailableException, SinkFencedException, PoisonEffectException {
        EffectId resume = sink.resumeAfter(SampleEffects.JOURNAL, epoch);
        int from = 0;
        while (from < effects.size() && !resume.isBefore(effects.get(from).id())) {
            from++;
        }
        int batches = 0;
        while (from < effects.size()) {
            int to = Math.min(effects.size(), from + batch);
            // All effects of an event lie in one batch.
            while (to < effects.size() && effects.get(to).id().sequence() == effects.get(to - 1)
                    .id().sequence()) {
                to++;
            }
            sink.write(effects.subList(from, to));
            silences = 0;
            EffectId last = effects.get(to - 1).id();
            if (++batches % 3 == 0 || to == effects.size()) {
                sink.cursor(last.sequence());
            }
            progress.accept(last);
            from = to;
        }
    }

    /** Asserts that the streams hold these effects: none missing, none twice, in order, as made. */
    static void assertHolds(RedisCommands<String, String> server, String prefix,
            List<Effect> effects) {
        Map<String, List<Effect>> byInstrument = effects.stream()
                .collect(Collectors.groupingBy(effect -> effect.instrument().name()));
        byInstrument.forEach((instrument, expected) -> {
            List<StreamMessage<String, String>> entries = server
                    .xrange(new RedisKeys(prefix).events(instrument), Range.unbounded());
            assertThat(entries.stream().map(StreamMessage::getId).toList()).as(instrument)
                    .isEqualTo(expected.stream().map(effect -> effect.id().toString()).toList());
            for (int i = 0; i < entries.size(); i++) {
                assertThat(entries.get(i).getBody()).containsEntry("n", Integer.toString(i + 1))
                        .isEqualTo(fields(expected.get(i), i + 1));
            }
        });
    }

    /** What an effect is on the bus. */
    static Map<String, String> fields(Effect effect, long number) {
        Object[] fields = BusEvents.of(effect).numbered(number);
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            map.put((String) fields[i], (String) fields[i + 1]);
        }
        return map;
    }
}
