package com.waickoff.marketdata.journal;

/**
 * How a journal is kept; fixed for a directory when it is created.
 *
 * @param tapeCycle how long a file of the tape lasts
 * @param depthCycle how long a file of the depth lasts: the grain in which levels are pruned
 * @param blockLength bytes by which a file grows, a power of two from {@link #MIN_BLOCK_LENGTH} to
 *     {@link #MAX_BLOCK_LENGTH}; files are sparse, so the rest of the last block costs no disk
 */
public record JournalConfig(JournalCycle tapeCycle, JournalCycle depthCycle, int blockLength) {
    /** Fewest bytes of a block: a quarter of it must hold the longest document twice. */
    public static final int MIN_BLOCK_LENGTH = 1 << 21;
    /** Most bytes of a block. */
    public static final int MAX_BLOCK_LENGTH = 1 << 28;

    /** A day of tape and an hour of depth a file, in blocks of 16 MiB. */
    public static final JournalConfig DEFAULT = new JournalConfig(JournalCycle.DAY,
            JournalCycle.HOUR, 1 << 24);

    /** Checks ranges. */
    public JournalConfig {
        if (blockLength < MIN_BLOCK_LENGTH || blockLength > MAX_BLOCK_LENGTH
                || Integer.bitCount(blockLength) != 1) {
            throw new IllegalArgumentException("journal block length is " + blockLength
                    + ", allowed is a power of two from " + MIN_BLOCK_LENGTH + " to "
                    + MAX_BLOCK_LENGTH);
        }
    }
}
