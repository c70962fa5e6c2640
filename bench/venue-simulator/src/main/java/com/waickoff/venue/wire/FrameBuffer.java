package com.waickoff.venue.wire;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Keeps what clients receive in native memory, as sockets would leave it, to be read later: by a
 * measurement of a reader, say, that must not measure the venues as well. Filled by one connection or
 * by several, read in the order of receive times, emptied and filled again; it grows as far as it
 * must. Connects and sent texts are left out. Not thread safe.
 */
public final class FrameBuffer {
    /** Bytes behind each item that can be read, and are zero. */
    public static final int BYTES_BEHIND = 8;

    private static final int INITIAL_BYTES = 1 << 20;
    private static final int INITIAL_ITEMS = 1 << 12;

    private MemorySegment memory = Arena.ofAuto().allocate(INITIAL_BYTES, Long.BYTES);
    private long used;
    private int count;
    private long[] offsets = new long[INITIAL_ITEMS];
    private int[] lengths = new int[INITIAL_ITEMS];
    private int[] connections = new int[INITIAL_ITEMS];
    private long[] receiveTimesNs = new long[INITIAL_ITEMS];
    private String[] urls = new String[INITIAL_ITEMS];
    private int[] order = new int[0];

    /** Takes what a connection receives. */
    public FrameListener of(int connection) {
        return frame -> add(connection, frame);
    }

    private void add(int connection, Frame frame) {
        boolean isAnswer = frame.content() == FrameContent.BOOK_ANSWER;
        if (frame.content().kind() != 'R' && !isAnswer) {
            return;
        }
        byte[] bytes = frame.text().bytes();
        int from = frame.bodyOffset();
        int length = frame.text().length() - from;
        reserve(length + BYTES_BEHIND);
        offsets[count] = used;
        lengths[count] = length;
        connections[count] = connection;
        receiveTimesNs[count] = frame.receiveTimeNs();
        // A tab stands between URL and body.
        urls[count] = isAnswer ? new String(bytes, 0, from - 1, StandardCharsets.UTF_8) : "";
        MemorySegment.copy(bytes, from, memory, ValueLayout.JAVA_BYTE, used, length);
        memory.asSlice(used + length, BYTES_BEHIND).fill((byte) 0);
        used += length + BYTES_BEHIND;
        count++;
    }

    /** Forgets all items; their addresses are void. */
    public void clear() {
        count = 0;
        used = 0;
    }

    /** Puts the items in the order in which they were received: after filling, before reading. */
    public void sort() {
        order = IntStream.range(0, count).boxed()
                .sorted((one, other) -> Long.compare(receiveTimesNs[one], receiveTimesNs[other]))
                .mapToInt(Integer::intValue).toArray();
    }

    /** Number of items. */
    public int count() {
        return count;
    }

    /** Where a frame, or the body of an answer, lies. */
    public long address(int index) {
        return memory.address() + offsets[order[index]];
    }

    /** Its bytes. */
    public int length(int index) {
        return lengths[order[index]];
    }

    /** Which connection received it. */
    public int connection(int index) {
        return connections[order[index]];
    }

    /** When it was received, ns since the epoch. */
    public long receiveTimeNs(int index) {
        return receiveTimesNs[order[index]];
    }

    /** URL of what answers a REST request; empty for a frame. */
    public String url(int index) {
        return urls[order[index]];
    }

    private void reserve(int bytes) {
        if (used + bytes > memory.byteSize()) {
            MemorySegment larger = Arena.ofAuto()
                    .allocate(Math.max(2 * memory.byteSize(), used + bytes), Long.BYTES);
            MemorySegment.copy(memory, 0, larger, 0, used);
            memory = larger;
        }
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
            connections = Arrays.copyOf(connections, 2 * count);
            receiveTimesNs = Arrays.copyOf(receiveTimesNs, 2 * count);
            urls = Arrays.copyOf(urls, 2 * count);
        }
    }
}
