package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.decimal.Ascii;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a recording line by line; the payload lies in native memory, as a socket would leave it.
 *
 * <pre>
 *   receive time ns  TAB  kind  TAB  payload  LF         kind C, S, R
 *   receive time ns  TAB  H     TAB  URL  TAB  body  LF  an HTTP answer
 * </pre>
 *
 * <p>A line that is none of these is reported and skipped; nothing else is lost. A file that ends in
 * the middle of its compression, as one that a killed recorder wrote, is read up to its last whole
 * line, and reported.
 *
 * <p>Threads: one.
 */
public final class RecordingReader implements AutoCloseable {
    /** Longest line that is read; a longer one is skipped and reported. */
    public static final int MAX_LINE_BYTES = 64 << 20;

    private static final int CHUNK_BYTES = 1 << 20;
    private static final int DECIMAL = 10;

    private final CountingStream file;
    private final long fileBytes;
    private final InputStream in;
    private final FaultListener faults;
    private byte[] buffer = new byte[CHUNK_BYTES];
    private int from;
    private int to;
    private boolean ended;
    private boolean isDamaged;
    private long lineNumber;

    private Arena arena = Arena.ofConfined();
    private MemorySegment payload = arena.allocate(CHUNK_BYTES);
    private long receiveTimeNs;
    private byte kind;
    private String url = "";
    private int length;

    /** Hears of lines that could not be used. */
    @FunctionalInterface
    public interface FaultListener {
        /**
         * A line was skipped.
         *
         * @param lineNumber from 1
         * @param what why, for people
         */
        void onFault(long lineNumber, String what);
    }

    private RecordingReader(CountingStream file, long fileBytes, InputStream in,
            FaultListener faults) {
        this.file = file;
        this.fileBytes = fileBytes;
        this.in = in;
        this.faults = faults;
    }

    /**
     * Opens a recording, compressed by gzip where the name ends in {@code .gz}.
     *
     * @throws IOException if it cannot be read at all
     */
    public static RecordingReader open(Path path, FaultListener faults) throws IOException {
        CountingStream file = new CountingStream(
                new BufferedInputStream(Files.newInputStream(path), CHUNK_BYTES));
        try {
            boolean compressed = path.getFileName().toString().endsWith(".gz");
            InputStream in = compressed ? new GZIPInputStream(file, CHUNK_BYTES) : file;
            return new RecordingReader(file, Files.size(path), in, faults);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Moves to the next usable line.
     *
     * @return false at the end
     */
    public boolean next() throws IOException {
        while (true) {
            int end = endOfLine();
            if (end < 0) {
                return false;
            }
            lineNumber++;
            int start = from;
            from = Math.min(end + 1, to);
            if (end - start > MAX_LINE_BYTES) {
                faults.onFault(lineNumber, "longer than " + MAX_LINE_BYTES + " bytes");
            } else if (end > start && parse(start, end)) {
                return true;
            }
        }
    }

    private int endOfLine() throws IOException {
        int searched = from;
        while (true) {
            for (int i = searched; i < to; i++) {
                if (buffer[i] == '\n') {
                    return i;
                }
            }
            if (ended) {
                return from < to && !isDamaged ? to : -1;
            }
            int kept = to - from;
            searched = kept;
            fill(kept);
        }
    }

    private void fill(int kept) throws IOException {
        if (kept > MAX_LINE_BYTES) {
            kept = MAX_LINE_BYTES + 1;
            to = from + kept;
        }
        System.arraycopy(buffer, from, buffer, 0, kept);
        if (buffer.length - kept < CHUNK_BYTES) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        from = 0;
        to = kept;
        int read = read(kept);
        if (read < 0) {
            ended = true;
        } else {
            to += read;
        }
    }

    private int read(int at) throws IOException {
        try {
            return in.read(buffer, at, buffer.length - at);
        } catch (EOFException | ZipException e) {
            faults.onFault(lineNumber + 1, "the file is cut off or damaged here");
            isDamaged = true;
            return -1;
        }
    }

    private boolean parse(int start, int end) {
        int timeEnd = tab(start, end);
        int kindEnd = timeEnd < 0 ? -1 : tab(timeEnd + 1, end);
        if (kindEnd != timeEnd + 2 || timeEnd < 0) {
            return fault("not of the form: receive time, TAB, kind, TAB, payload");
        }
        long time = number(start, timeEnd);
        if (time < 0) {
            return fault("its receive time is not a number of nanoseconds");
        }
        byte lineKind = buffer[timeEnd + 1];
        int payloadStart = kindEnd + 1;
        if (lineKind == 'H') {
            int urlEnd = tab(payloadStart, end);
            if (urlEnd < 0) {
                return fault("an HTTP answer without a TAB between URL and body");
            }
            url = new String(buffer, payloadStart, urlEnd - payloadStart, StandardCharsets.UTF_8);
            payloadStart = urlEnd + 1;
        } else if (lineKind != 'C' && lineKind != 'S' && lineKind != 'R') {
            return fault("its kind is '" + (char) lineKind + "', known are C, S, R and H");
        }
        receiveTimeNs = time;
        kind = lineKind;
        copyPayload(payloadStart, end);
        return true;
    }

    private boolean fault(String what) {
        faults.onFault(lineNumber, what);
        return false;
    }

    private int tab(int start, int end) {
        for (int i = start; i < end; i++) {
            if (buffer[i] == '\t') {
                return i;
            }
        }
        return -1;
    }

    private long number(int start, int end) {
        if (start == end) {
            return -1;
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            int digit = buffer[i] - '0';
            if (digit < 0 || digit >= DECIMAL || value > (Long.MAX_VALUE - digit) / DECIMAL) {
                return -1;
            }
            value = value * DECIMAL + digit;
        }
        return value;
    }

    private void copyPayload(int start, int end) {
        int carriageReturn = end > start && buffer[end - 1] == '\r' ? 1 : 0;
        length = end - start - carriageReturn;
        if (payload.byteSize() < length + Ascii.OVERRUN_BYTES) {
            arena.close();
            arena = Arena.ofConfined();
            payload = arena.allocate(2L * length + Ascii.OVERRUN_BYTES);
        }
        Ascii.copy(buffer, start, length, payload.address());
    }

    /** When the line was recorded, in ns since the epoch. */
    public long receiveTimeNs() {
        return receiveTimeNs;
    }

    /** {@code C}, {@code S}, {@code R} or {@code H}. */
    public byte kind() {
        return kind;
    }

    /** URL of an HTTP answer. */
    public String url() {
        return url;
    }

    /** Where the payload lies until the next call of {@link #next()}. */
    public long payloadAddress() {
        return payload.address();
    }

    /** Bytes of the payload. */
    public int payloadLength() {
        return length;
    }

    /** Bytes of the file read so far. */
    public long bytesRead() {
        return file.count;
    }

    /** Bytes of the file. */
    public long fileBytes() {
        return fileBytes;
    }

    @Override
    public void close() throws IOException {
        arena.close();
        in.close();
    }

    /** Counts what was read of a file, compressed or not. */
    private static final class CountingStream extends FilterInputStream {
        private long count;

        CountingStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int wanted) throws IOException {
            int read = super.read(target, offset, wanted);
            count += Math.max(read, 0);
            return read;
        }
    }
}
