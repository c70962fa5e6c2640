package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.FileHeader;
import com.waickoff.marketdata.memory.HeadedFile;
import com.waickoff.marketdata.memory.SeqLock;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What two snapshot files of the same journal have in common: every byte but the run and the
 * heartbeat in the header, and the locks.
 */
public final class SnapshotContent {
    private SnapshotContent() {}

    /**
     * The bytes of a file with all zeroed that may differ between two runs over the same journal.
     *
     * @throws IOException if the file is no usable snapshot file
     */
    public static byte[] bytes(Path path) throws IOException {
        try (HeadedFile file = HeadedFile.open(path, SnapshotFormat.FORMAT)) {
            SnapshotLayout layout = SnapshotLayout.read(file);
            byte[] bytes = new byte[file.buffer().capacity()];
            file.buffer().getBytes(0, bytes);
            UnsafeBuffer copy = new UnsafeBuffer(bytes);
            FileHeader.eraseRun(copy);
            for (int place = 0; place < layout.config().maxInstruments(); place++) {
                for (int lock : layout.lockOffsets(place)) {
                    copy.setMemory(lock, SeqLock.LENGTH, (byte) 0);
                }
            }
            return bytes;
        }
    }

    /**
     * SHA-256 of {@link #bytes}, in hex.
     *
     * @throws IOException if the file is no usable snapshot file
     */
    public static String hash(Path path) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(path)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
