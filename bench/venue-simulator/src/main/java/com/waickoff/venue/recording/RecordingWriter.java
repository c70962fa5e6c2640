package com.waickoff.venue.recording;

import com.waickoff.venue.wire.Frame;
import com.waickoff.venue.wire.FrameListener;
import com.waickoff.venue.wire.WireText;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a recording, an item a line; packed if the file's name ends in {@code .gz}.
 *
 * <pre>
 *   receive time ns TAB kind TAB payload LF      kinds: C connect URL, S sent, R received,
 *                                                H HTTP answer (payload: URL TAB body)
 * </pre>
 *
 * <p>Not thread safe.
 */
public final class RecordingWriter implements FrameListener, Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream out;
    private final WireText line = new WireText();
    private long lines;

    /** Replaces the file if there is one. */
    public RecordingWriter(Path file) throws IOException {
        OutputStream raw = Files.newOutputStream(file);
        this.out = file.getFileName().toString().endsWith(".gz")
                ? new BufferedOutputStream(new GZIPOutputStream(raw, BUFFER_BYTES), BUFFER_BYTES)
                : new BufferedOutputStream(raw, BUFFER_BYTES);
    }

    /** Writes to a stream as it is, and closes it in the end. */
    public RecordingWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    }

    /**
     * Writes a line.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    @Override
    public void onFrame(Frame frame) {
        line.clear().append(frame.receiveTimeNs()).append('\t').append(frame.content().kind())
                .append('\t').append(frame.text().bytes(), 0, frame.text().length()).append('\n');
        try {
            out.write(line.bytes(), 0, line.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines++;
    }

    /** Number of lines so far. */
    public long lines() {
        return lines;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
