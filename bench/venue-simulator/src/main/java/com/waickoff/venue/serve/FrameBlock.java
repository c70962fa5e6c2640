package com.waickoff.venue.serve;

import java.util.Arrays;

/**
 * Items in the order they are played, ready to be sent. Filled by the producing thread, then handed
 * to the event loop, then used again.
 */
final class FrameBlock {
    /** Stream number of a recorded answer to a request for a book. */
    static final int ANSWER = -2;
    static final int BYTES = 256 << 10;
    private static final int ITEMS = 2_048;

    private final long[] timesNs = new long[ITEMS];
    private final int[] streams = new int[ITEMS];
    private final int[] starts = new int[ITEMS];
    private final int[] lengths = new int[ITEMS];
    private final int[] innerStarts = new int[ITEMS];
    private final int[] innerLengths = new int[ITEMS];
    private final int[] stampsEnd = new int[ITEMS];
    private int[] stamps = new int[2 * ITEMS];
    private byte[] bytes = new byte[BYTES];
    private int used;
    private int count;
    private int stampCount;

    void clear() {
        used = 0;
        count = 0;
        stampCount = 0;
        if (bytes.length > BYTES) {
            // Grown for one item: the rule, not the exception, sets what is kept.
            bytes = new byte[BYTES];
        }
    }

    /** Whether an item fits; into an empty block any does. */
    boolean hasRoom(int length) {
        return count == 0 || (count < ITEMS && used + length <= BYTES);
    }

    /** Adds an item and returns where its bytes begin. */
    int add(long timeNs, int stream, byte[] source, int offset, int length) {
        if (used + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, used + length);
        }
        System.arraycopy(source, offset, bytes, used, length);
        timesNs[count] = timeNs;
        streams[count] = stream;
        starts[count] = used;
        lengths[count] = length;
        innerStarts[count] = used;
        innerLengths[count] = length;
        stampsEnd[count] = stampCount;
        count++;
        used += length;
        return starts[count - 1];
    }

    /** Says where in the last item its inner part stands: the bare payload, or an answer's body. */
    void inner(int start, int length) {
        innerStarts[count - 1] = start;
        innerLengths[count - 1] = length;
    }

    /** Remembers where the times of the last item stand. */
    void findTimes() {
        int end = starts[count - 1] + lengths[count - 1];
        int at = WireScan.nextTime(bytes, starts[count - 1], end);
        while (at != WireScan.MISSING) {
            if (stampCount == stamps.length) {
                stamps = Arrays.copyOf(stamps, 2 * stampCount);
            }
            stamps[stampCount++] = at;
            at = WireScan.nextTime(bytes, at, end);
        }
        stampsEnd[count - 1] = stampCount;
    }

    /** Moves the times of an item; each item once. */
    void shiftTimes(int item, long shiftMs) {
        for (int i = item == 0 ? 0 : stampsEnd[item - 1]; i < stampsEnd[item]; i++) {
            WireScan.shiftTime(bytes, stamps[i], shiftMs);
        }
    }

    int count() {
        return count;
    }

    byte[] bytes() {
        return bytes;
    }

    long timeNs(int item) {
        return timesNs[item];
    }

    int stream(int item) {
        return streams[item];
    }

    int start(int item) {
        return starts[item];
    }

    int length(int item) {
        return lengths[item];
    }

    int innerStart(int item) {
        return innerStarts[item];
    }

    int innerLength(int item) {
        return innerLengths[item];
    }
}
