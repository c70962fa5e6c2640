package com.waickoff.marketdata.storage.effect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an effect: the same whenever the same journal is read, by whichever process.
 *
 * <p>As text {@code <sequence>-<ordinal>}, such as {@code 4711-2}. Ordered as the effects arise.
 *
 * @param sequence engine sequence of the event that led to it; 0 only in {@link #NONE}
 * @param ordinal from 0, in the order in which the effects of that event arise
 */
public record EffectId(long sequence, int ordinal) implements Comparable<EffectId> {
    /** Before every effect. */
    public static final EffectId NONE = new EffectId(0, 0);

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,19})-([0-9]{1,10})");

    /** Checks ranges. */
    public EffectId {
        if (sequence < 0 || ordinal < 0) {
            throw new IllegalArgumentException(
                    "effect " + sequence + '-' + ordinal + ": neither part may be negative");
        }
    }

    /**
     * The last effect that an event can have: to say that all of them are meant.
     *
     * @param sequence of the event
     */
    public static EffectId lastOf(long sequence) {
        return new EffectId(sequence, Integer.MAX_VALUE);
    }

    /**
     * Reads what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static EffectId parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no effect id, allowed is sequence-ordinal");
        }
        return new EffectId(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Whether the other one arises later. */
    public boolean isBefore(EffectId other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(EffectId other) {
        int bySequence = Long.compare(sequence, other.sequence);
        return bySequence != 0 ? bySequence : Integer.compare(ordinal, other.ordinal);
    }

    @Override
    public String toString() {
        return sequence + "-" + ordinal;
    }
}
