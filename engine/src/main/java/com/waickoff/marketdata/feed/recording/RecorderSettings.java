package com.waickoff.marketdata.feed.recording;

import java.nio.file.Path;

/**
 * Where recordings go, and when a new file begins.
 *
 * @param directory of the files; it exists
 * @param rotateNs receive time a file covers before the next one begins
 * @param rotateBytes packed length from which the next file begins
 * @param bufferBytes most bytes that wait for the disk; what does not fit is lost, and counted
 */
public record RecorderSettings(Path directory, long rotateNs, long rotateBytes, long bufferBytes) {
    /** Bytes that wait for the disk unless said otherwise: minutes of busy feeds. */
    public static final long DEFAULT_BUFFER_BYTES = 64L << 20;

    /** Checks ranges. */
    public RecorderSettings {
        if (rotateNs < 1 || rotateBytes < 1) {
            throw new IllegalArgumentException("rotateNs is " + rotateNs + " and rotateBytes "
                    + rotateBytes + ", must be at least 1");
        }
        if (bufferBytes < 2L * Block.BYTES) {
            throw new IllegalArgumentException("bufferBytes is " + bufferBytes
                    + ", must be at least " + 2 * Block.BYTES);
        }
    }
}
