package com.waickoff.venue.serve;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Frames that no venue should send, as bytes on the wire. */
final class WireFaults {
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int RSV1_TEXT = 0xc1;
    private static final int MASKED = 0x80;
    private static final int LENGTH_64 = 127;
    private static final int SHORT = 125;
    private static final long HUGE_BYTES = 64L << 20;
    private static final int DEEP = 100_000;

    private WireFaults() {}

    /** A text that is no UTF-8 within a string of JSON. */
    static byte[] badUtf8() {
        byte[] text = ascii("{\"e\":\"??\"}");
        text[6] = (byte) 0xc3;
        text[7] = (byte) 0x28;
        return shortFrame(TEXT, text);
    }

    static byte[] compressed() {
        // Deflated, and not to be inflated by anybody who has not agreed to it.
        return shortFrame(RSV1_TEXT, new byte[]{(byte) 0xaa, 0x56, 0x4a, 0x55, (byte) 0xb2, 0x52,
                0x02, 0x00});
    }

    static byte[] masked() {
        byte[] text = ascii("{\"masked\":1}");
        byte[] frame = new byte[6 + text.length];
        frame[0] = (byte) TEXT;
        frame[1] = (byte) (MASKED | text.length);
        // Masked with zeros: the same letters.
        System.arraycopy(text, 0, frame, 6, text.length);
        return frame;
    }

    static byte[] binary() {
        return shortFrame(BINARY, new byte[]{0, 1, 2, 3});
    }

    /** The first bytes of a frame that says it has 64 MB. */
    static byte[] hugeHeader() {
        byte[] begun = ascii("{\"e\":\"trade\",\"E\":1");
        byte[] frame = new byte[10 + begun.length];
        frame[0] = (byte) TEXT;
        frame[1] = (byte) LENGTH_64;
        for (int i = 0; i < Long.BYTES; i++) {
            frame[2 + i] = (byte) (HUGE_BYTES >>> (56 - 8 * i));
        }
        System.arraycopy(begun, 0, frame, 10, begun.length);
        return frame;
    }

    /** A text of so many open brackets that who reads it by recursion falls. */
    static byte[] deepJson() {
        byte[] text = new byte[DEEP];
        Arrays.fill(text, (byte) '[');
        return text;
    }

    private static byte[] shortFrame(int opcode, byte[] payload) {
        if (payload.length > SHORT) {
            throw new IllegalArgumentException("too long: " + payload.length);
        }
        byte[] frame = new byte[2 + payload.length];
        frame[0] = (byte) opcode;
        frame[1] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 2, payload.length);
        return frame;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
