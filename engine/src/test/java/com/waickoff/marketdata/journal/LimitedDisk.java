package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.memory.DiskBlocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A disk of which is known how many bytes it still has for the files of a journal. */
final class LimitedDisk implements BlockSource {
    long freeBytes;
    boolean canReserve = true;
    final Map<String, Long> reservedEnds = new HashMap<>();

    LimitedDisk(long freeBytes) {
        this.freeBytes = freeBytes;
    }

    @Override
    public synchronized boolean reserve(Path file, long from, long length) throws IOException {
        if (!canReserve) {
            return false;
        }
        if (length > freeBytes) {
            throw new DiskBlocks.NoSpaceException(file, length);
        }
        freeBytes -= length;
        reservedEnds.put(file.getFileName().toString(), from + length);
        return true;
    }
}
