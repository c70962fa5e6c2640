package com.waickoff.marketdata.journal;

/**
 * How much room the disk of the journal must have.
 *
 * <pre>
 *   free space   stop        pause        resume
 *        |--------|------------|------------|-------------------►
 *         engine   no book      as it was    everything
 *         stops    levels       before       is journaled
 * </pre>
 *
 * <p>Between pause and resume nothing changes: a disk at the brink must not begin and end a pause
 * with each file that is removed.
 *
 * @param pauseBytes below that, book levels are left out; more than {@code stopBytes}
 * @param resumeBytes from there on they are journaled again; more than {@code pauseBytes}
 * @param stopBytes below that, the engine stops, with a checkpoint; at least 1
 * @param booksBytes what files of book levels may take, at least 1: see {@link DepthCap}
 */
public record DiskMarks(long pauseBytes, long resumeBytes, long stopBytes, long booksBytes) {
    /** A GiB; a GiB and a half; 128 MiB; 16 GiB. */
    public static final DiskMarks DEFAULT = new DiskMarks(1L << 30, 3L << 29, 1L << 27, 1L << 34);

    /** Checks ranges. */
    public DiskMarks {
        if (stopBytes < 1 || pauseBytes <= stopBytes || resumeBytes <= pauseBytes) {
            throw new IllegalArgumentException("the marks of free space are " + stopBytes
                    + " bytes to stop, " + pauseBytes + " to pause books and " + resumeBytes
                    + " to resume them; each must be above the one before");
        }
        if (booksBytes < 1) {
            throw new IllegalArgumentException(
                    "book levels may take " + booksBytes + " bytes, allowed is from 1");
        }
    }
}
