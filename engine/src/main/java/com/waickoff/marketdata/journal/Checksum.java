package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.memory.NativeMemory;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * CRC32C of native memory, for one region at a time: it allocates only where the region moves.
 *
 * <p>Threads: one.
 */
final class Checksum {
    /** The JDK wants a buffer: one view serves all documents of a mapping up to this length. */
    private static final int WINDOW_LENGTH = 1 << 30;
    private static final long WINDOW_STEP = WINDOW_LENGTH / 2;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(Integer.BYTES);
    private ByteBuffer window = ByteBuffer.allocateDirect(0);
    private long windowAddress;

    /** The CRC of a document, its own four bytes taken as 0. */
    int ofDocument(long document, int length) {
        crc.reset();
        update(document, JournalFormat.CRC_32);
        crc.update(zeros.clear());
        update(document + JournalFormat.HEADER_LENGTH, length - JournalFormat.HEADER_LENGTH);
        return (int) crc.getValue();
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
