package com.waickoff.marketdata.feed.recording;

/**
 * A piece of a file on its way to the disk: lines, or parts of long ones.
 *
 * <p>Threads: belongs to who holds it; queues hand it over.
 */
final class Block {
    static final int BYTES = 1 << 16;

    final byte[] bytes;
    /** Whether it goes back to the pool; one that is not is shared and only read. */
    final boolean isPooled;
    int length;
    /** Receive time of what it holds, in ns since the epoch. */
    long timeNs;
    /** The file it belongs to. */
    RecordingFile file;
    /** Whether the file ends with it. */
    boolean isLast;

    private Block(byte[] bytes, int length, boolean isPooled, RecordingFile file) {
        this.bytes = bytes;
        this.length = length;
        this.isPooled = isPooled;
        this.file = file;
    }

    /** One that says that its file has ended. */
    static Block end(RecordingFile file, long timeNs) {
        Block block = shared(new byte[0], file, timeNs);
        block.isLast = true;
        return block;
    }

    static Block ofPool(RecordingFile file) {
        return new Block(new byte[BYTES], 0, true, file);
    }

    /** One that holds what is never changed, such as metadata that goes to many files. */
    static Block shared(byte[] bytes, RecordingFile file, long timeNs) {
        Block block = new Block(bytes, bytes.length, false, file);
        block.timeNs = timeNs;
        return block;
    }
}
