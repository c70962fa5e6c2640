package com.waickoff.marketdata.flow;

import com.waickoff.marketdata.snapshot.Signal;

/**
 * The signals of one window as they are found, before anybody hears of them.
 *
 * <p>Threads: one study thread.
 */
final class SignalBuffer {
    private static final long MIXER = 0x9E3779B97F4A7C15L;

    private final Signal[] signals;
    private int count;

    SignalBuffer(int capacity) {
        signals = new Signal[capacity];
        for (int i = 0; i < capacity; i++) {
            signals[i] = new Signal();
        }
    }

    void clear() {
        count = 0;
    }

    /** The next signal, to be filled. */
    Signal next() {
        return signals[count++];
    }

    int count() {
        return count;
    }

    Signal get(int index) {
        return signals[index];
    }

    /** Tells these signals from others; 0 for none. The revision is not part of it. */
    long digest() {
        long digest = 0;
        for (int i = 0; i < count; i++) {
            Signal signal = signals[i];
            digest = mix(digest, signal.kind().ordinal() * 3L + signal.side());
            digest = mix(digest, signal.price());
            for (int k = 0; k < Signal.INPUTS; k++) {
                digest = mix(digest, signal.input(k));
            }
            for (int k = 0; k < Signal.PARAMETERS; k++) {
                digest = mix(digest, signal.parameter(k));
            }
        }
        return count == 0 ? 0 : digest | 1;
    }

    private static long mix(long digest, long value) {
        long mixed = (digest ^ value) * MIXER;
        return mixed ^ (mixed >>> 32);
    }
}
