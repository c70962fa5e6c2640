package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A server that outlives its sinks and fails at random: before it did anything, in the middle, after
 * it did all of it without saying so, or losing all that it confirmed behind its last cursor (if it is forgetful).
 *
 * <p>Threads: any.
 */
final class InventedServer {
    /** Of so many failures one loses what was confirmed. */
    private static final int LOSING_FAILURES = 4;

    /** What it has, by id. */
    final TreeMap<EffectId, Effect> effects = new TreeMap<>();
    /** Ids it refuses for good. */
    final List<EffectId> poison = new ArrayList<>();
    long failures;
    long replayed;
    private final SplittableRandom random;
    private final Kind kind;
    private final int failuresPerThousand;
    private boolean isForgetful;
    private boolean isAway;
    private long fence;
    private long cursor;

    /** How it keeps what it is given. */
    enum Kind {
        /** A log: takes larger ids only, and knows the last. */
        LOG,
        /** Documents: any order, a second one replaces the first; knows the cursor alone. */
        DOCUMENTS
    }

    InventedServer(Kind kind, long seed, int failuresPerThousand) {
        this.kind = kind;
        random = new SplittableRandom(seed);
        this.failuresPerThousand = failuresPerThousand;
    }

    /** Some failures are those of a server that had confirmed before it was on disk. */
    InventedServer forgetful() {
        isForgetful = true;
        return this;
    }

    /** Another way in. */
    EffectSink sink(String name) {
        return new Sink(name);
    }

    /** Does not answer from now on, or does again. */
    synchronized void away(boolean now) {
        isAway = now;
    }

    /** Loses what came last, as one whose disk was put back to an earlier day. */
    synchronized void forgetAfter(EffectId last) {
        effects.tailMap(last, false).clear();
        cursor = Math.min(cursor, last.sequence() - 1);
    }

    synchronized int count() {
        return effects.size();
    }

    synchronized List<Effect> all() {
        return List.copyOf(effects.values());
    }

    private synchronized void check(long epoch)
            throws SinkUnavailableException, SinkFencedException {
        if (epoch < fence) {
            throw new SinkFencedException("epoch " + epoch + " is behind " + fence);
        }
        if (isAway || random.nextInt(1_000) < failuresPerThousand) {
            failures++;
            throw new SinkUnavailableException("invented");
        }
    }

    private synchronized EffectId resume(long epoch)
            throws SinkUnavailableException, SinkFencedException {
        check(epoch);
        fence = epoch;
        EffectId noted = cursor == 0 ? EffectId.NONE : EffectId.lastOf(cursor);
        if (kind == Kind.DOCUMENTS || effects.isEmpty() || effects.lastKey().isBefore(noted)) {
            return noted;
        }
        return effects.lastKey();
    }

    private synchronized void take(List<Effect> batch, long epoch)
            throws SinkUnavailableException, SinkFencedException, PoisonEffectException {
        check(epoch);
        boolean isInterrupted = random.nextInt(1_000) < failuresPerThousand;
        int first = isInterrupted ? random.nextInt(batch.size() + 1) : batch.size();
        for (int i = 0; i < batch.size(); i++) {
            boolean isLost = kind == Kind.LOG ? i >= first : isInterrupted && random.nextBoolean();
            if (!isLost) {
                put(batch.get(i));
            }
        }
        if (isInterrupted) {
            failures++;
            if (isForgetful && random.nextInt(LOSING_FAILURES) == 0) {
                effects.tailMap(EffectId.lastOf(cursor), false).clear();
            }
            throw new SinkUnavailableException("invented, in the middle");
        }
    }

    private void put(Effect effect) throws PoisonEffectException {
        if (poison.contains(effect.id())) {
            throw new PoisonEffectException(effect.id(), "invented poison");
        }
        boolean isOutOfOrder = kind == Kind.LOG && !effects.isEmpty()
                && !effects.lastKey().isBefore(effect.id());
        Effect before = isOutOfOrder ? effect : effects.put(effect.id(), effect);
        if (isOutOfOrder) {
            throw new IllegalStateException(effect.id() + " is not larger than "
                    + effects.lastKey());
        }
        if (before != null) {
            replayed++;
            if (!before.equals(effect)) {
                throw new IllegalStateException("was " + before + "\nand is " + effect);
            }
        }
    }

    private synchronized void note(long sequence, long epoch)
            throws SinkUnavailableException, SinkFencedException {
        check(epoch);
        if (sequence < cursor) {
            throw new IllegalStateException("cursor " + sequence + " is behind " + cursor);
        }
        cursor = sequence;
    }

    private synchronized void clear(long epoch)
            throws SinkUnavailableException, SinkFencedException {
        check(epoch);
        effects.clear();
        cursor = 0;
    }

    private final class Sink implements EffectSink {
        private final String name;
        private long epoch;

        private Sink(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public EffectId resumeAfter(long journalId, long newEpoch)
                throws SinkUnavailableException, SinkFencedException {
            epoch = newEpoch;
            return resume(newEpoch);
        }

        @Override
        public void write(List<Effect> batch)
                throws SinkUnavailableException, SinkFencedException, PoisonEffectException {
            take(batch, epoch);
        }

        @Override
        public void cursor(long sequence) throws SinkUnavailableException, SinkFencedException {
            note(sequence, epoch);
        }

        @Override
        public void clear(long journalId, long newEpoch)
                throws SinkUnavailableException, SinkFencedException {
            InventedServer.this.clear(newEpoch);
        }

        @Override
        public void close() {
            // It has no connection.
        }
    }
}
