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
 */
public record DiskMarks(long pauseBytes, long resumeBytes, long stopBytes) {
    /** A GiB; a GiB and a half; 128 MiB. */
    public static final DiskMarks DEFAULT = new DiskMarks(1L << 30, 3L << 29, 1L << 27);

    /** Checks ranges. */
    public DiskMarks {
        if (stopBytes < 1 || pauseBytes <= stopBytes || resumeBytes <= pauseBytes) {
            throw new IllegalArgumentException("the marks of free space are " + stopBytes
                    + " bytes to stop, " + pauseBytes + " to pause books and " + resumeBytes
                    + " to resume them; each must be above the one before");
        }
    }
}
