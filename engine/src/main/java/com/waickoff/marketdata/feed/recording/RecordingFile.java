package com.waickoff.marketdata.feed.recording;

import java.nio.file.Path;

/**
 * A file of a recording, from its first line to its end.
 *
 * <p>Threads: lines and frames are counted by the feed thread, bytes by the writer's; anybody may ask.
 */
public final class RecordingFile {
    private final String series;
    private final long beganNs;
    private volatile Path path;
    private volatile long frames;
    private volatile long packedBytes;

    RecordingFile(String series, long beganNs, Path directory) {
        this.series = series;
        this.beganNs = beganNs;
        this.path = directory;
    }

    /** Which line of which venue it is of: {@code bybit-linear-0}. */
    public String series() {
        return series;
    }

    /** Receive time of its first line, in ns since the epoch. */
    public long beganNs() {
        return beganNs;
    }

    /** Where it is; the directory until it is made. */
    public Path path() {
        return path;
    }

    /** Frames handed to it so far. */
    public long frames() {
        return frames;
    }

    /** Its length so far. */
    public long packedBytes() {
        return packedBytes;
    }

    void madeAt(Path made) {
        path = made;
    }

    void frames(long count) {
        frames = count;
    }

    void packedBytes(long bytes) {
        packedBytes = bytes;
    }
}
