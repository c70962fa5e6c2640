package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.decimal.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * From the bytes of a symbol, topic or stream name in a frame to a number, without garbage: names
 * are hashed and compared eight bytes at a time.
 *
 * <p>Threads: names are put and found by the feed thread.
 */
public final class SymbolTable {
    /** What is found where nothing was put. */
    public static final int MISSING = -1;
    /** Longest name in bytes of UTF-8. */
    public static final int MAX_LENGTH = 64;

    private static final int WORDS_PER_NAME = MAX_LENGTH / Long.BYTES;
    private static final int INITIAL_PLACES = 64;
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private long[] words = new long[INITIAL_PLACES * WORDS_PER_NAME];
    private int[] lengths = new int[INITIAL_PLACES]; // 0: the place is free
    private int[] values = new int[INITIAL_PLACES];
    private int size;

    /**
     * Binds a name to a number, in place of what it was bound to.
     *
     * @param value at least 0
     * @throws IllegalArgumentException if the name is empty or longer than {@link #MAX_LENGTH}
     */
    public void put(String name, int value) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0 || bytes.length > MAX_LENGTH) {
            throw new IllegalArgumentException("name \"" + name + "\" takes " + bytes.length
                    + " bytes, allowed is 1 to " + MAX_LENGTH);
        }
        if (2 * (size + 1) > lengths.length) {
            grow();
        }
        long[] name8 = new long[WORDS_PER_NAME];
        for (int i = 0; i < bytes.length; i++) {
            name8[i >> 3] |= (bytes[i] & 0xffL) << ((i & 7) << 3);
        }
        bind(name8, bytes.length, value);
    }

    /**
     * The number bound to the {@code length} bytes at {@code address}, or {@link #MISSING}.
     *
     * @param length any
     */
    public int find(long address, int length) {
        if (length < 1 || length > MAX_LENGTH) {
            return MISSING;
        }
        int lastWord = (length - 1) >> 3;
        long lastMask = Ascii.firstBytes(length - (lastWord << 3));
        long hash = length;
        for (int i = 0; i < lastWord; i++) {
            hash = (hash ^ Ascii.longAt(address + ((long) i << 3))) * MIX;
        }
        long tail = Ascii.longAt(address + ((long) lastWord << 3)) & lastMask;
        int place = place((hash ^ tail) * MIX);
        while (lengths[place] != 0) {
            if (lengths[place] == length && holds(place, address, lastWord, tail)) {
                return values[place];
            }
            place = (place + 1) & (lengths.length - 1);
        }
        return MISSING;
    }

    /** Number of names. */
    public int size() {
        return size;
    }

    private boolean holds(int place, long address, int lastWord, long tail) {
        int first = place * WORDS_PER_NAME;
        if (words[first + lastWord] != tail) {
            return false;
        }
        for (int i = 0; i < lastWord; i++) {
            if (words[first + i] != Ascii.longAt(address + ((long) i << 3))) {
                return false;
            }
        }
        return true;
    }

    private void bind(long[] name, int length, int value) {
        int lastWord = (length - 1) >> 3;
        long hash = length;
        for (int i = 0; i <= lastWord; i++) {
            hash = (hash ^ name[i]) * MIX;
        }
        int place = place(hash);
        while (lengths[place] != 0) {
            int first = place * WORDS_PER_NAME;
            if (lengths[place] == length && Arrays.equals(words, first, first + WORDS_PER_NAME,
                    name, 0, WORDS_PER_NAME)) {
                values[place] = value;
                return;
            }
            place = (place + 1) & (lengths.length - 1);
        }
        System.arraycopy(name, 0, words, place * WORDS_PER_NAME, WORDS_PER_NAME);
        lengths[place] = length;
        values[place] = value;
        size++;
    }

    private int place(long hash) {
        return (int) (hash >>> 32) & (lengths.length - 1);
    }

    private void grow() {
        long[] oldWords = words;
        int[] oldLengths = lengths;
        int[] oldValues = values;
        words = new long[oldWords.length * 2];
        lengths = new int[oldLengths.length * 2];
        values = new int[oldValues.length * 2];
        size = 0;
        for (int place = 0; place < oldLengths.length; place++) {
            if (oldLengths[place] != 0) {
                int first = place * WORDS_PER_NAME;
                bind(Arrays.copyOfRange(oldWords, first, first + WORDS_PER_NAME),
                        oldLengths[place], oldValues[place]);
            }
        }
    }
}
