package com.waickoff.marketdata.bench.decode;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.memory.NativeMemory;
import com.waickoff.venue.recording.Json;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;

/**
 * A thousand different frames of one shape in native memory, to be decoded round and round.
 *
 * <p>Venues count updates and trades, and a decoder that met an id again would leave the frame out.
 * So each pass over the frames has its own number, which is eight digits of the ids: one or two
 * stores a frame, made some frames ahead of the decoder so that its loads do not wait for them.
 */
final class FrameSet {
    /** Number of frames. */
    static final int FRAMES = FrameShape.IDS_PER_PASS;

    private static final int AHEAD = 32;
    private static final int MOST_IDS = 2;
    private static final int PASS_DIGITS = 8;

    private final long[] addresses = new long[FRAMES];
    private final int[] lengths = new int[FRAMES];
    private final byte[][] copies = new byte[FRAMES][];
    private final int[] idOffsets = new int[FRAMES * MOST_IDS];
    private final int idsPerFrame;
    @SuppressWarnings("unused") // keeps the memory
    private final MemorySegment memory;
    private long pass = FrameShape.FIRST_PASS;
    private long passWord;
    private long nextPassWord;

    private FrameSet(List<String> texts) {
        int bytes = texts.stream().mapToInt(text -> text.length() + Ascii.OVERRUN_BYTES).sum();
        memory = Arena.ofAuto().allocate(bytes, Long.BYTES);
        long address = memory.address();
        int ids = 0;
        for (int i = 0; i < FRAMES; i++) {
            String text = texts.get(i);
            copies[i] = text.getBytes(StandardCharsets.US_ASCII);
            addresses[i] = address;
            lengths[i] = copies[i].length;
            Ascii.copy(copies[i], 0, lengths[i], address);
            address += lengths[i] + Ascii.OVERRUN_BYTES;
            ids = findIds(text, i);
        }
        idsPerFrame = ids;
        passWord = wordOf(pass);
        nextPassWord = wordOf(pass + 1);
    }

    /** Frames with their keys in the order the venue is known to use. */
    static FrameSet inExpectedOrder(FrameShape shape) {
        return new FrameSet(texts(shape));
    }

    /** The same frames, the keys of every object in the reverse order. */
    static FrameSet inReverseOrder(FrameShape shape) {
        return new FrameSet(texts(shape).stream().map(text -> reversed(Json.parse(text)).text())
                .toList());
    }

    private static List<String> texts(FrameShape shape) {
        Random random = new Random(42);
        List<String> texts = new ArrayList<>();
        for (int id = 0; id < FRAMES; id++) {
            texts.add(shape.frame(random, id));
        }
        return texts;
    }

    private static Json reversed(Json json) {
        return switch (json) {
            case Json.Scalar scalar -> scalar;
            case Json.Items items ->
                new Json.Items(items.items().stream().map(FrameSet::reversed).toList());
            case Json.Members members -> {
                LinkedHashMap<String, Json> byName = new LinkedHashMap<>();
                members.byName().reversed()
                        .forEach((key, value) -> byName.put(key, reversed(value)));
                yield new Json.Members(byName);
            }
        };
    }

    private int findIds(String text, int frame) {
        String member = ":" + FrameShape.FIRST_PASS;
        int count = 0;
        for (int at = text.indexOf(member); at >= 0; at = text.indexOf(member, at + 1)) {
            idOffsets[frame * MOST_IDS + count++] = at + 1;
        }
        return count;
    }

    private static long wordOf(long pass) {
        String digits = Long.toString(pass);
        if (digits.length() != PASS_DIGITS) {
            throw new IllegalStateException("too many passes: " + pass);
        }
        return Ascii.word(digits);
    }

    /** Where a frame lies. */
    long address(int frame) {
        return addresses[frame];
    }

    /** Bytes of a frame. */
    int length(int frame) {
        return lengths[frame];
    }

    /** A frame of the first pass on the heap. */
    byte[] copy(int frame) {
        return copies[frame];
    }

    /**
     * Numbers the frames that come soon.
     *
     * @param frame that is decoded next; each in turn
     */
    void advance(int frame) {
        int ahead = frame + AHEAD;
        long word = passWord;
        if (ahead >= FRAMES) {
            ahead -= FRAMES;
            word = nextPassWord;
            if (frame == FRAMES - 1) {
                pass++;
                passWord = nextPassWord;
                nextPassWord = wordOf(pass + 1);
            }
        }
        for (int i = 0; i < idsPerFrame; i++) {
            NativeMemory.putLong(addresses[ahead] + idOffsets[ahead * MOST_IDS + i], word);
        }
    }
}
