package com.waickoff.marketdata.storage.redis;

import com.waickoff.marketdata.storage.effect.EffectId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one stream: what the drain noted of it with its cursor, what the server says of
 * it, and how far the effects given again have caught up with that.
 *
 * <pre>
 *   entries    1 2 3 4 5 6 7 8 9
 *                  ▲       ▲   ▲
 *              noted position last      given again: 4 5 6 7 8 9 │ 10 …
 *            (cursor) (given) (server)               skipped     │ written
 * </pre>
 *
 * <p>Numbers of entries are contiguous, so what is skipped must lead from the noted number to the
 * number of the last entry: if not, the stream is not what this journal makes.
 *
 * <p>Threads: one.
 */
final class StreamHead {
    /** Number of an entry that has been trimmed. */
    static final long UNKNOWN = -1;

    private final String instrument;
    private final String key;
    private EffectId noted = EffectId.NONE;
    private EffectId position = EffectId.NONE;
    private long number;
    private EffectId last = EffectId.NONE;
    private long lastNumber = UNKNOWN;
    private boolean exists;
    private boolean asked;
    private boolean catchingUp;
    private boolean changed;

    StreamHead(String instrument, String key) {
        this.instrument = instrument;
        this.key = key;
    }

    /** Sets what was noted with the cursor. */
    void note(EffectId id, long atNumber) {
        noted = id;
        position = id;
        number = atNumber;
    }

    /**
     * Sets what the server says.
     *
     * @param lastId the stream's last generated id; null if there is no stream
     * @param numberOfLast number of its last entry, or {@link #UNKNOWN}
     */
    void asked(@Nullable EffectId lastId, long numberOfLast) {
        exists = lastId != null;
        last = lastId == null ? EffectId.NONE : lastId;
        lastNumber = lastId == null ? 0 : numberOfLast;
        catchingUp = !last.equals(position);
        asked = true;
    }

    /** Whether the server has less than what was noted. */
    boolean hasLost() {
        return last.isBefore(noted);
    }

    /** Takes what the server has for all that was ever there. */
    void acceptLoss() {
        number = lastNumber == UNKNOWN ? number : lastNumber;
        noted = last;
        position = last;
        catchingUp = false;
        changed = true;
    }

    /**
     * Whether this effect is in the stream already.
     *
     * @return false if it is to be written next
     */
    boolean skips(EffectId id) {
        if (last.isBefore(id)) {
            return false;
        }
        if (position.isBefore(id)) {
            position = id;
            number++;
            changed = true;
        }
        return true;
    }

    /**
     * Why the effects that were skipped cannot be what the stream holds; empty if they can. To be
     * asked before one is written.
     */
    String mismatch() {
        if (!catchingUp) {
            return "";
        }
        if (!position.equals(last)) {
            return "stream " + key + " ends with entry " + last + ", which this journal does not"
                    + " have; the last one of both is " + position;
        }
        if (lastNumber != UNKNOWN && lastNumber != number) {
            return "stream " + key + " ends with number " + lastNumber + ", by this journal it is "
                    + number;
        }
        catchingUp = false;
        return "";
    }

    /** The server confirmed entries. */
    void wrote(EffectId newLast, int count) {
        last = newLast;
        position = newLast;
        number += count;
        exists = true;
        changed = true;
    }

    /** The server has to be asked again. */
    void forgetAnswer() {
        asked = false;
    }

    String instrument() {
        return instrument;
    }

    String key() {
        return key;
    }

    boolean isAsked() {
        return asked;
    }

    /** Whether there is a stream, as far as is known. */
    boolean exists() {
        return exists;
    }

    /** The server's last entry. */
    EffectId last() {
        return last;
    }

    /** Number of the entry written or skipped last. */
    long number() {
        return number;
    }

    /** Whether it has entries that were not noted yet. */
    boolean isChanged() {
        return changed;
    }

    /** What is noted with the cursor: {@code id number}. */
    String noteText() {
        return position + " " + number;
    }

    /** {@link #noteText()} was noted. */
    void noted() {
        noted = position;
        changed = false;
    }
}
