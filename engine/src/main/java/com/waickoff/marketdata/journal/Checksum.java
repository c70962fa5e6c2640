package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.memory.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * CRC32C of native memory, for one region at a time: it allocates only where the region moves.
 *
 * <p>Threads: one.
 */
public final class Checksum {
    /** The JDK wants a buffer: one view serves all documents of a mapping up to this length. */
    private static final int WINDOW_LENGTH = 1 << 30;
    private static final long WINDOW_STEP = WINDOW_LENGTH / 2;

    private final CRC32C crc = new CRC32C();
    private final MemorySegment header = Arena.ofAuto().allocate(JournalFormat.HEADER_LENGTH,
            Long.BYTES);
    private final ByteBuffer headerView = header.asByteBuffer();
    private ByteBuffer window = ByteBuffer.allocateDirect(0);
    private long windowAddress;

    /** Puts the CRC of a document into it. */
    public void seal(long document, int length) {
        NativeMemory.putInt(document + JournalFormat.CRC_32, 0);
        NativeMemory.putInt(document + JournalFormat.CRC_32, of(document, length));
    }

    /** Whether a document, which may be in memory that is read-only, has its CRC. */
    boolean isSealed(long document, int length) {
        // A copy of the header, with the CRC's own bytes as 0.
        long copy = header.address();
        for (int i = 0; i < JournalFormat.COUNT_32; i += Long.BYTES) {
            NativeMemory.putLong(copy + i, NativeMemory.longAt(document + i));
        }
        NativeMemory.putLong(copy + JournalFormat.COUNT_32,
                Integer.toUnsignedLong(NativeMemory.intAt(document + JournalFormat.COUNT_32)));
        crc.reset();
        crc.update(headerView.clear());
        if (length > JournalFormat.HEADER_LENGTH) {
            update(document + JournalFormat.HEADER_LENGTH, length - JournalFormat.HEADER_LENGTH);
        }
        return (int) crc.getValue() == JournalFormat.crc(document);
    }

    /** The CRC of {@code length} bytes. */
    int of(long address, int length) {
        crc.reset();
        update(address, length);
        return (int) crc.getValue();
    }

    private void update(long address, int length) {
        long offset = address - windowAddress;
        if (offset < 0 || offset + length > window.capacity()) {
            offset = moveWindow(address);
        }
        crc.update(window.limit((int) offset + length).position((int) offset));
    }

    private long moveWindow(long address) {
        windowAddress = address - Math.floorMod(address, WINDOW_STEP);
        window = NativeMemory.view(windowAddress, WINDOW_LENGTH);
        return address - windowAddress;
    }
}
