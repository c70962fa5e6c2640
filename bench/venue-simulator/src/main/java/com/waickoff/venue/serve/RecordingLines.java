package com.waickoff.venue.serve;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Reads a recording line by line into one reused array; one that a killed recorder left without its
 * end, up to the last whole line.
 */
final class RecordingLines implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int LEAST_LINE = 4;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private byte[] line = new byte[BUFFER_BYTES];
    private int bufferAt;
    private int bufferEnd;
    private int length;
    private int payload;
    private long lineNumber;

    RecordingLines(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            this.in = file.toString().endsWith(".gz")
                    ? new GZIPInputStream(raw, BUFFER_BYTES)
                    : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /**
     * Reads the next line.
     *
     * @return whether there was one
     * @throws IOException if it is no line of a recording
     */
    boolean next() throws IOException {
        length = 0;
        while (true) {
            if (bufferAt == bufferEnd) {
                bufferAt = 0;
                try {
                    bufferEnd = in.read(buffer);
                } catch (EOFException e) {
                    bufferEnd = 0;
                    return false; // the line at hand is not whole either
                }
                if (bufferEnd <= 0) {
                    bufferEnd = 0;
                    return length > 0 && accept();
                }
            }
            int end = bufferAt;
            while (end < bufferEnd && buffer[end] != '\n') {
                end++;
            }
            append(end - bufferAt);
            bufferAt = end;
            if (end < bufferEnd) {
                bufferAt++;
                return accept();
            }
        }
    }

    long timeNs() {
        return WireScan.number(line, 0, WireScan.digitsEnd(line, 0, length));
    }

    char kind() {
        return (char) line[payload - 2];
    }

    /** The array the line stands in; another one after the next line. */
    byte[] bytes() {
        return line;
    }

    int payloadStart() {
        return payload;
    }

    int payloadLength() {
        return length - payload;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void append(int count) {
        if (line.length - length < count) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + count));
        }
        System.arraycopy(buffer, bufferAt, line, length, count);
        length += count;
    }

    private boolean accept() throws IOException {
        lineNumber++;
        int digits = WireScan.digitsEnd(line, 0, length);
        payload = digits + 3;
        if (digits == 0 || length < digits + LEAST_LINE || line[digits] != '\t'
                || line[digits + 2] != '\t') {
            throw new IOException("line " + lineNumber
                    + " is not of a recording: receive time TAB kind TAB payload");
        }
        return true;
    }
}
