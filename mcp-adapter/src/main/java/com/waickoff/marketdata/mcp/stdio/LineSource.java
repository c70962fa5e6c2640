package com.waickoff.marketdata.mcp.stdio;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a stream, as bytes; no line takes more memory than is allowed.
 *
 * <p>Threads: one.
 */
final class LineSource {
    private static final byte[] TOO_LONG = new byte[0];

    private static final int BUFFER_BYTES = 1 << 14;

    private final InputStream in;
    private final int maxLineBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private byte[] line = new byte[BUFFER_BYTES];

    LineSource(InputStream in, int maxLineBytes) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
    }

    /** Whether a line was longer than allowed: its bytes are gone. */
    @SuppressWarnings("ReferenceEquality") // an empty line is another one
    static boolean isTooLong(byte[] line) {
        return line == TOO_LONG;
    }

    /** The next line without its end, or null at the end of the stream. */
    byte @Nullable [] next() throws IOException {
        int length = 0;
        boolean begun = false;
        while (at < end || fill()) {
            begun = true;
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            int part = at - from;
            if (length <= maxLineBytes) {
                keep(from, length, Math.min(part, maxLineBytes + 1 - length));
            }
            length = Math.min(length + part, maxLineBytes + 1);
            if (at < end) {
                at++;
                return finished(length);
            }
        }
        return begun ? finished(length) : null;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    private void keep(int from, int length, int part) {
        if (line.length < length + part) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + part));
        }
        System.arraycopy(buffer, from, line, length, part);
    }

    private byte[] finished(int length) {
        return length > maxLineBytes ? TOO_LONG : Arrays.copyOf(line, length);
    }
}
