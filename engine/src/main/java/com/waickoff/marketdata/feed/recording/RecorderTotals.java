package com.waickoff.marketdata.feed.recording;

/**
 * What a recorder has done so far.
 *
 * <p>Threads: the first group is the feed thread's, the second the writer's; anybody may ask.
 */
public final class RecorderTotals {
    private volatile long frames;
    private volatile long frameBytes;
    private volatile long lost;
    private volatile long refused;
    private volatile long joined;
    private long frameCount;
    private long byteCount;

    private volatile long files;
    private volatile long packedBytes;

    /** Frames recorded. */
    public long frames() {
        return frames;
    }

    /** Their bytes. */
    public long frameBytes() {
        return frameBytes;
    }

    /** Lines that found no room to wait for the disk. */
    public long linesLost() {
        return lost;
    }

    /** Frames and answers with a line end within a string: no JSON, and no line of a recording. */
    public long refusals() {
        return refused;
    }

    /** Frames and answers of several lines that became one. */
    public long linesJoined() {
        return joined;
    }

    /** Files that have ended. */
    public long files() {
        return files;
    }

    /** Bytes of all files, as they are on the disk. */
    public long packedBytes() {
        return packedBytes;
    }

    void frame(int bytes) {
        frameCount++;
        byteCount += bytes;
    }

    void publish() {
        frames = frameCount;
        frameBytes = byteCount;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void lost() {
        lost++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void refused() {
        refused++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void joined() {
        joined++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void fileEnded() {
        files++;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void packed(long bytes) {
        packedBytes += bytes;
    }
}
