package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.memory.DiskBlocks;
import java.io.IOException;
import java.nio.file.Path;

/** Where the files of a journal get the blocks of the disk from that they are going to need. */
@FunctionalInterface
interface BlockSource {
    /** The disk. */
    BlockSource DISK = DiskBlocks::reserve;

    /**
     * Gives a file the blocks it lacks in a range.
     *
     * @param file exists
     * @return false if nothing can be reserved here at all
     * @throws DiskBlocks.NoSpaceException if there are not so many
     * @throws IOException if it fails otherwise
     */
    boolean reserve(Path file, long from, long length) throws IOException;
}
