package com.waickoff.venue.serve;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets the streams of a symbol through, or holds them back. What a halted symbol would have told is
 * told when it trades again, in order and all at once: so nothing is missing behind a halt. What is
 * not listed yet is only kept; what is delisted is lost. Belongs to the event loop.
 */
final class StreamGates {
    private static final long MOST_HELD_BYTES = 64L << 20;

    /** A frame that waits. */
    static final class Held {
        final MarketStream stream;
        final byte[] bytes;
        final int innerStart;
        final int innerLength;

        private Held(MarketStream stream, byte[] bytes, int innerStart, int innerLength) {
            this.stream = stream;
            this.bytes = bytes;
            this.innerStart = innerStart;
            this.innerLength = innerLength;
        }
    }

    private final Map<String, ArrayDeque<Held>> held = new HashMap<>();
    private final Board.Standing[] byStream;
    private long heldBytes;

    StreamGates(MarketStreams streams) {
        byStream = new Board.Standing[streams.all().size()];
        Arrays.fill(byStream, Board.Standing.TRADING);
    }

    Board.Standing standing(MarketStream stream) {
        return byStream[stream.number()];
    }

    /** Sets how the streams of a symbol stand. */
    void set(MarketStreams streams, String symbol, Board.Standing standing) {
        for (MarketStream stream : streams.all()) {
            if (stream.symbol().equals(symbol)) {
                byStream[stream.number()] = standing;
            }
        }
    }

    /**
     * Keeps a frame for later.
     *
     * @throws IllegalStateException if more is held back than there is room for
     */
    void hold(MarketStream stream, byte[] bytes, int start, int length, int innerStart,
            int innerLength) {
        heldBytes += length;
        if (heldBytes > MOST_HELD_BYTES) {
            throw new IllegalStateException("a halt holds back more than " + MOST_HELD_BYTES
                    + " bytes: " + stream.name());
        }
        held.computeIfAbsent(stream.symbol(), _ -> new ArrayDeque<>())
                .add(new Held(stream, Arrays.copyOfRange(bytes, start, start + length),
                        innerStart - start, innerLength));
    }

    /** Gives back what a symbol has held, in order; nothing is held any more. */
    ArrayDeque<Held> release(String symbol) {
        ArrayDeque<Held> frames = held.remove(symbol);
        if (frames == null) {
            return new ArrayDeque<>();
        }
        frames.forEach(frame -> heldBytes -= frame.bytes.length);
        return frames;
    }

    /** Symbols of which something is held. */
    List<String> symbols() {
        return List.copyOf(held.keySet());
    }
}
