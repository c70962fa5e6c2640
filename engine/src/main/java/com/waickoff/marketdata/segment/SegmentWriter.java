package com.waickoff.marketdata.segment;

import com.waickoff.marketdata.journal.JournalCursor;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalFormat;
import com.waickoff.marketdata.journal.JournalQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/**
 * Seals a file of a journal into a segment. The file stays: who removes it does so after this has
 * returned, because then the segment is on the disk and has been read back.
 *
 * <p>Threads: one.
 */
public final class SegmentWriter {
    /** Behind the name of a segment that is being written. */
    static final String ASIDE_SUFFIX = ".new";

    /** As small as zstd's third, and quicker than the one above for the same size. */
    private static final int LEVEL = 4;
    /** What cannot be packed becomes a little longer. */
    private static final int MORE_LENGTH = 1 << 10;

    private final FileChannel channel;
    private final byte[] header = new byte[SegmentFormat.HEADER_LENGTH];
    private final DocumentEncoder encoder = new DocumentEncoder();
    private final DocumentDigest digest = new DocumentDigest();
    private final Bytes columns = new Bytes();
    private final CRC32C crc = new CRC32C();
    private final Deflater deflater = new Deflater(LEVEL, true);
    private byte[] packed = new byte[0];
    private long blocks;
    private long documents;
    private long events;
    private long documentBytes;
    private long firstSequence;
    private long endSequence;
    private long firstReceiveTimeNs;
    private long lastReceiveTimeNs;

    private SegmentWriter(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Seals a file, reads the segment back and compares, document by document through their hash,
     * before it takes its name. Sealing the same file again replaces the segment by the same one.
     *
     * @param cycleFileName of a file that nothing is added to any more, such as
     *     {@code 20261121F.cq4}
     * @return the manifest of the segment, in {@code segments} below the journal
     * @throws JournalException if the file is damaged, still written or empty, or if what is read
     *     back differs
     * @throws IOException if the segment cannot be written
     */
    public static SegmentInfo seal(JournalDirectory journal, JournalQueue queue,
            String cycleFileName) throws IOException {
        Path target = Segments.pathOf(journal.path(), queue, cycleFileName);
        Path folder = Files.createDirectories(target.getParent());
        Path aside = folder.resolve(target.getFileName() + ASIDE_SUFFIX);
        try {
            byte[] sha256;
            try (JournalCursor cycle = journal.closedCycle(queue, cycleFileName);
                    FileChannel channel = FileChannel.open(aside, StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                sha256 = new SegmentWriter(channel).write(journal.journalId(), queue, cycle);
                channel.force(true);
            }
            readBack(aside, SegmentFile.hex(sha256));
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(aside);
            throw e;
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
        return Segments.infoOf(target);
    }

    private static void readBack(Path segment, String sha256) throws IOException {
        try (SegmentFile file = SegmentFile.open(segment)) {
            file.verify();
            if (!file.info().sha256().equals(sha256)) {
                throw new JournalException(segment + ": its documents have the hash "
                        + file.info().sha256() + ", those it was made of " + sha256);
            }
        }
    }

    /** Returns the hash of the documents. */
    private byte[] write(long journalId, JournalQueue queue, JournalCursor cycle)
            throws IOException {
        try {
            writeHeader(journalId, queue);
            while (cycle.next()) {
                add(cycle.address(), cycle.length());
                if (encoder.documentBytes() >= SegmentFormat.BLOCK_DOCUMENT_BYTES) {
                    writeBlock();
                }
            }
            if (encoder.documents() > 0) {
                writeBlock();
            }
            if (documents == 0) {
                throw new JournalException(cycle.place() + ": there is no document to be sealed");
            }
            return writeManifest();
        } finally {
            deflater.end();
        }
    }

    private void writeHeader(long journalId, JournalQueue queue) throws IOException {
        Bytes.putLong(header, 0, SegmentFormat.MAGIC);
        Bytes.putInt(header, SegmentFormat.VERSION_32, SegmentFormat.VERSION);
        Bytes.putInt(header, SegmentFormat.DOCUMENT_VERSION_32, JournalFormat.VERSION);
        Bytes.putLong(header, SegmentFormat.JOURNAL_ID_64, journalId);
        Bytes.putInt(header, SegmentFormat.QUEUE_32, queue.ordinal());
        Bytes.putInt(header, SegmentFormat.HEADER_CRC_32,
                SegmentFile.crc(crc, header, 0, SegmentFormat.HEADER_CRC_32));
        write(header, header.length);
    }

    private void add(long document, int length) {
        encoder.add(document, length);
        digest.add(document, length);
        if (documents++ == 0) {
            firstSequence = JournalFormat.sequence(document);
            firstReceiveTimeNs = JournalFormat.receiveTimeNs(document);
        }
        events += JournalFormat.count(document);
        documentBytes += length;
        endSequence = JournalFormat.endSequence(document);
        lastReceiveTimeNs = JournalFormat.receiveTimeNs(document);
    }

    private void writeBlock() throws IOException {
        int blockDocuments = encoder.documents();
        int blockBytes = encoder.documentBytes();
        columns.clear();
        encoder.writeTo(columns);
        int columnsLength = columns.position();
        int bound = SegmentFormat.BLOCK_HEADER_LENGTH + columnsLength + columnsLength / 100
                + MORE_LENGTH;
        if (packed.length < bound) {
            packed = new byte[bound];
        }
        deflater.reset();
        deflater.setInput(columns.array(), 0, columnsLength);
        deflater.finish();
        int length = deflater.deflate(packed, SegmentFormat.BLOCK_HEADER_LENGTH,
                packed.length - SegmentFormat.BLOCK_HEADER_LENGTH);
        if (!deflater.finished()) {
            throw new IllegalStateException(columnsLength + " bytes became more than " + bound);
        }
        int total = SegmentFormat.BLOCK_HEADER_LENGTH + length;
        Bytes.putInt(packed, SegmentFormat.PACKED_LENGTH_32, length);
        Bytes.putInt(packed, SegmentFormat.COLUMNS_LENGTH_32, columnsLength);
        Bytes.putInt(packed, SegmentFormat.DOCUMENTS_32, blockDocuments);
        Bytes.putInt(packed, SegmentFormat.DOCUMENT_BYTES_32, blockBytes);
        Bytes.putInt(packed, SegmentFormat.BLOCK_CRC_32, SegmentFile.blockCrc(crc, packed, total));
        write(packed, total);
        blocks++;
    }

    private byte[] writeManifest() throws IOException {
        byte[] manifest = new byte[SegmentFormat.MANIFEST_LENGTH];
        byte[] sha256 = digest.value();
        Bytes.putLong(manifest, 0, SegmentFormat.END_MAGIC);
        Bytes.putLong(manifest, SegmentFormat.MANIFEST_BLOCKS_64, blocks);
        Bytes.putLong(manifest, SegmentFormat.MANIFEST_DOCUMENTS_64, documents);
        Bytes.putLong(manifest, SegmentFormat.MANIFEST_EVENTS_64, events);
        Bytes.putLong(manifest, SegmentFormat.MANIFEST_DOCUMENT_BYTES_64, documentBytes);
        Bytes.putLong(manifest, SegmentFormat.MANIFEST_FIRST_SEQUENCE_64, firstSequence);
        Bytes.putLong(manifest, SegmentFormat.MANIFEST_END_SEQUENCE_64, endSequence);
        Bytes.putLong(manifest, SegmentFormat.MANIFEST_FIRST_RECEIVE_TIME_64, firstReceiveTimeNs);
        Bytes.putLong(manifest, SegmentFormat.MANIFEST_LAST_RECEIVE_TIME_64, lastReceiveTimeNs);
        System.arraycopy(sha256, 0, manifest, SegmentFormat.MANIFEST_SHA_256, sha256.length);
        Bytes.putInt(manifest, SegmentFormat.MANIFEST_CRC_32,
                SegmentFile.manifestCrc(crc, header, manifest));
        write(manifest, manifest.length);
        return sha256;
    }

    private void write(byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
