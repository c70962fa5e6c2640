package com.waickoff.marketdata.feed.recording;

import com.waickoff.marketdata.decimal.Ascii;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The recording of one line of connections, file after file. A line of text is whole in its file or
 * not in it at all:
 *
 * <pre>
 *   receive time ns  TAB  kind  TAB  payload  LF         C connect URL, S sent, R received
 *   receive time ns  TAB  H     TAB  URL  TAB  body  LF  an HTTP answer
 * </pre>
 *
 * <p>A file begins with its connection and the definitions known by then. When there is no room for
 * a line, the file ends before it, and the next one begins once the writer has caught up: what was
 * lost lies between two files.
 *
 * <p>Threads: the feed thread.
 */
final class FrameLog {
    private static final int LONGEST_NUMBER = 19;
    private static final int DECIMAL = 10;
    /** Digits of a time, two TABs, a kind and the end of the line. */
    private static final int FRAMING_BYTES = LONGEST_NUMBER + 4;
    private static final long SPACES = 0x2020202020202020L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final String series;
    private final byte[] url;
    private final RecorderSettings settings;
    private final BlockPool pool;
    private final Definitions definitions;
    private final RecorderTotals totals;
    private final byte[] digits = new byte[LONGEST_NUMBER];
    private @Nullable RecordingFile file;
    private @Nullable Block block;
    private long frames; // of the file
    private boolean isConnected;
    private boolean isLosing;

    /** @param url that is connected to */
    FrameLog(String series, String url, RecorderSettings settings, BlockPool pool,
            Definitions definitions, RecorderTotals totals) {
        this.series = series;
        this.url = url.getBytes(StandardCharsets.UTF_8);
        this.settings = settings;
        this.pool = pool;
        this.definitions = definitions;
        this.totals = totals;
    }

    /** A connection was established. */
    void connected(long timeNs) {
        isConnected = true;
        if (file != null) {
            line('C', url, timeNs);
        } else if (!isLosing || pool.hasRecovered()) {
            begin(timeNs);
        } else {
            totals.lost();
        }
    }

    /** The connection has ended. */
    void disconnected() {
        isConnected = false;
    }

    boolean isConnected() {
        return isConnected;
    }

    /** A message was sent. */
    void sent(String text, long timeNs) {
        line('S', text.getBytes(StandardCharsets.UTF_8), timeNs);
    }

    /** A frame was received. */
    void received(long address, int length, long timeNs) {
        if (hasControls(address, length)) {
            receivedSlowPath(address, length, timeNs);
            return;
        }
        Block open = open(length, timeNs);
        if (open != null) {
            put(header(open, 'R', timeNs), address, length);
            frames++;
            totals.frame(length);
        }
    }

    /** A frame with line ends between its tokens, or with something that no line can hold. */
    private void receivedSlowPath(long address, int length, long timeNs) {
        byte[] text = new byte[length];
        Ascii.copy(address, text, 0, length);
        if (!OneLine.make(text, 0, length)) {
            totals.refused();
            return;
        }
        totals.joined();
        if (line('R', text, timeNs)) {
            frames++;
            totals.frame(length);
        }
    }

    /**
     * An HTTP answer was received.
     *
     * @param text what follows the kind, with the end of the line; not changed any more
     */
    void answered(byte[] text, long timeNs) {
        line('H', text, timeNs);
    }

    /** As {@link #answered}, for a text that several files share. */
    void defined(byte[] text, long timeNs) {
        if (file != null) {
            shared(text, timeNs);
        }
    }

    /** Whether the file has come to its end by time or length, or a loss is over. */
    boolean isDue(long timeNs) {
        RecordingFile open = file;
        if (open == null) {
            return isLosing && isConnected && pool.hasRecovered();
        }
        return isConnected && (timeNs - open.beganNs() >= settings.rotateNs()
                || open.packedBytes() >= settings.rotateBytes());
    }

    /** Ends the file, if there is one, and begins the next. */
    void rotate(long timeNs) {
        end(timeNs);
        begin(timeNs);
    }

    /** Lets the writer have what there is, if it has nothing else to do. */
    void handOver() {
        Block open = block;
        RecordingFile to = file;
        if (to != null) {
            to.frames(frames);
        }
        if (open != null && open.length > 0 && pool.isIdle()) {
            pool.hand(open);
            block = null;
        }
    }

    /** Ends the file, if there is one. */
    void end(long timeNs) {
        RecordingFile ended = file;
        if (ended == null) {
            return;
        }
        ended.frames(frames);
        Block last = block;
        if (last == null) {
            last = Block.end(ended, timeNs);
        }
        last.isLast = true;
        pool.hand(last);
        block = null;
        file = null;
    }

    private void begin(long timeNs) {
        isLosing = false;
        frames = 0;
        file = new RecordingFile(series, timeNs, settings.directory());
        line('C', url, timeNs);
        for (byte[] definition : definitions.all()) {
            shared(definition, timeNs);
        }
    }

    /** A line whose text is referred to, not copied: metadata is long, and goes to many files. */
    private void shared(byte[] text, long timeNs) {
        RecordingFile to = file;
        Block open = to == null ? null : open(0, timeNs);
        if (to != null && open != null) {
            pool.hand(header(open, 'H', timeNs));
            block = null;
            pool.hand(Block.shared(text, to, timeNs));
        }
    }

    private boolean line(char kind, byte[] text, long timeNs) {
        Block open = open(text.length, timeNs);
        if (open == null) {
            return false;
        }
        Block now = header(open, kind, timeNs);
        int from = 0;
        while (from < text.length) {
            now = roomy(now);
            int some = Math.min(text.length - from, Block.BYTES - now.length);
            System.arraycopy(text, from, now.bytes, now.length, some);
            now.length += some;
            from += some;
        }
        if (kind != 'H') {
            put(now, '\n');
        }
        return true;
    }

    /** The block to begin a line in; null if the line is lost. */
    private @Nullable Block open(int payload, long timeNs) {
        RecordingFile to = file;
        long room = block == null ? 0 : Block.BYTES - block.length;
        if (to == null || room + (long) pool.available() * Block.BYTES < payload
                + (long) FRAMING_BYTES) {
            return loseSlowPath(timeNs);
        }
        Block open = block;
        if (open == null) {
            open = pool.take(to);
            block = open;
        }
        open.timeNs = timeNs;
        return open;
    }

    private @Nullable Block loseSlowPath(long timeNs) {
        if (isConnected) {
            totals.lost();
            isLosing = true;
        }
        end(timeNs);
        return null;
    }

    private Block header(Block open, char kind, long timeNs) {
        int from = LONGEST_NUMBER;
        long rest = timeNs;
        do {
            from--;
            digits[from] = (byte) ('0' + rest % DECIMAL);
            rest /= DECIMAL;
        } while (rest > 0);
        Block now = open;
        for (int i = from; i < LONGEST_NUMBER; i++) {
            now = put(now, digits[i]);
        }
        return put(put(put(now, '\t'), kind), '\t');
    }

    private Block put(Block open, int value) {
        Block now = roomy(open);
        now.bytes[now.length++] = (byte) value;
        return now;
    }

    private void put(Block open, long address, int length) {
        Block now = open;
        int from = 0;
        while (from < length) {
            now = roomy(now);
            int some = Math.min(length - from, Block.BYTES - now.length);
            Ascii.copy(address + from, now.bytes, now.length, some);
            now.length += some;
            from += some;
        }
        put(now, '\n');
    }

    /** The block itself, or the next one if it is full. */
    private Block roomy(Block open) {
        if (open.length < Block.BYTES) {
            return open;
        }
        pool.hand(open);
        Block next = pool.take(open.file);
        next.timeNs = open.timeNs;
        block = next;
        return next;
    }

    /** Whether any byte is below a space. */
    private static boolean hasControls(long address, int length) {
        int at = 0;
        for (; length - at >= 8; at += 8) {
            long word = Ascii.longAt(address + at);
            if (((word - SPACES) & ~word & HIGH_BITS) != 0) {
                return true;
            }
        }
        long word = Ascii.longAt(address + at) | ~Ascii.firstBytes(length - at);
        return ((word - SPACES) & ~word & HIGH_BITS) != 0;
    }
}
