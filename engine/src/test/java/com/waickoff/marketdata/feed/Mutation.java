package com.waickoff.marketdata.feed;

import java.util.Arrays;
import java.util.SplittableRandom;

/** One small change of a text. */
public final class Mutation {
    private Mutation() {}

    /** The text with a bit or byte changed, a byte put in or taken out, or its end cut off. */
    public static byte[] of(byte[] bytes, byte[] letters, SplittableRandom random) {
        if (bytes.length == 0) {
            return letters.clone();
        }
        int at = random.nextInt(bytes.length);
        byte letter = letters[random.nextInt(letters.length)];
        byte[] changed = bytes.clone();
        switch (random.nextInt(8)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1, 2 -> changed[at] = letter;
            case 3 -> changed[at] = (byte) random.nextInt(256);
            case 4, 5 -> {
                changed = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, changed, at + 1, bytes.length - at);
                changed[at] = letter;
            }
            case 6 -> {
                changed = Arrays.copyOf(bytes, bytes.length - 1);
                System.arraycopy(bytes, at + 1, changed, at, changed.length - at);
            }
            default -> changed = random.nextInt(8) == 0 ? Arrays.copyOf(bytes, at) : changed;
        }
        return changed;
    }
}
